import { describe, expect, test } from 'vitest';
import { ionet } from '../../provider.ts';
import { errorTypes } from '../errors/mapping.ts';
import type { Difference } from './difference.ts';
import { driftOf } from './drift.ts';
import { knownDifferences } from './known.ts';
import { Specification } from './specification.ts';

const credits = {
  type: 'object',
  properties: { total_credits: { type: 'number' }, total_usage: { type: 'number' } },
  required: ['total_credits', 'total_usage'],
};

interface Changes {
  statuses?: string[];
  errorTypes?: readonly string[];
  providers?: string[];
  credits?: object;
  finishReasons?: (string | null)[];
}

/** A specification of a few operations and schemas. */
function specification(changes: Changes = {}): Specification {
  const {
    statuses = ['401', '403', '500'],
    finishReasons = ['tool_calls', 'stop', 'length', 'content_filter', 'error', null],
  } = changes;
  const choice = {
    type: 'object',
    properties: { finish_reason: { type: ['string', 'null'], enum: finishReasons } },
  };
  const answer = { type: 'object', properties: { data: { $ref: '#/components/schemas/Credits' } }, required: ['data'] };
  return new Specification({
    openapi: '3.1.0',
    paths: {
      '/credits': {
        get: {
          responses: {
            200: { content: { 'application/json': { schema: answer } } },
            ...Object.fromEntries(statuses.map((status) => [status, { description: 'an error' }])),
          },
        },
      },
    },
    components: {
      schemas: {
        Credits: changes.credits ?? credits,
        ApiErrorType: { type: 'string', enum: changes.errorTypes ?? errorTypes },
        BYOKProviderSlug: { type: 'string', enum: changes.providers ?? [ionet.slug, 'openai'] },
        ChatResult: { type: 'object', properties: { choices: { type: 'array', items: choice } } },
      },
    },
  });
}

/** The small specification lacks nearly everything; that much is taken as known. */
const known = driftOf(specification(), []).unexpected.map(({ path, what }) => ({ path, what, reason: 'too small' }));
const drifted = (changes: Changes): Difference[] => driftOf(specification(changes), known).unexpected;

describe('a specification', () => {
  test('whose every difference is known has not drifted', () => {
    expect(drifted({})).toEqual([]);
    expect(driftOf(specification(), known).known).toEqual(known);
  });

  test('with a new status and without an old one differs in both', () => {
    expect(drifted({ statuses: ['401', '418', '500'] })).toEqual([
      { path: 'GET /credits 418', what: 'new', expected: 'absent', actual: 'present' },
      { path: 'GET /credits 403', what: 'gone', expected: 'present', actual: 'absent' },
    ]);
  });

  test('with a new error type differs', () => {
    expect(drifted({ errorTypes: [...errorTypes, 'haunted'] })).toEqual([
      { path: 'ApiErrorType haunted', what: 'new', expected: 'absent', actual: 'present' },
    ]);
  });

  test('that takes no keys of the provider under test differs', () => {
    expect(drifted({ providers: ['openai', 'acme'] }).map(({ path, what }) => `${what} ${path}`)).toEqual([
      'new BYOKProviderSlug acme',
      `gone BYOKProviderSlug ${ionet.slug}`,
    ]);
  });

  test('with a finish reason that the schemas refuse differs', () => {
    expect(drifted({ finishReasons: ['stop', 'bored', 'tool_calls', 'length', 'content_filter', 'error'] })).toEqual([
      { path: 'ChatResult.choices[].finish_reason bored', what: 'new', expected: 'absent', actual: 'present' },
    ]);
  });

  test('with a field that is required no more, is new, is gone or has another type differs', () => {
    const { properties } = credits;
    expect(drifted({ credits: { ...credits, required: ['total_credits'] } })).toEqual([
      {
        path: 'GET /credits 200 data.total_usage',
        what: 'changed',
        expected: 'a required field',
        actual: 'an optional field',
      },
    ]);
    expect(
      drifted({
        credits: {
          type: 'object',
          properties: {
            total_usage: { anyOf: [{ type: 'number' }, { type: 'null' }] },
            currency: { type: 'string' },
            note: {},
          },
          required: ['total_usage', 'currency'],
        },
      }),
    ).toEqual([
      { path: 'GET /credits 200 data.total_credits', what: 'gone', expected: 'a required field', actual: 'absent' },
      { path: 'GET /credits 200 data.total_usage', what: 'changed', expected: 'number', actual: 'number or null' },
      { path: 'GET /credits 200 data.currency', what: 'new', expected: 'absent', actual: 'a required field' },
    ]);
    expect(
      drifted({ credits: { ...credits, properties: { ...properties, total_usage: { type: 'integer' } } } }),
    ).toEqual([]);
  });

  test('that no longer shows a known difference differs in that', () => {
    const gone = { path: 'GET /credits 402', what: 'new', reason: 'was there once' } as const;
    expect(driftOf(specification(), [...known, gone])).toEqual({
      unexpected: [{ path: 'GET /credits 402', what: 'changed', expected: 'known as new', actual: 'no difference' }],
      known,
    });
  });
});

test('a known difference is known once and says why', () => {
  const names = knownDifferences.map(({ path, what }) => `${what} ${path}`);
  expect(new Set(names).size).toBe(names.length);
  expect(knownDifferences.filter(({ reason }) => !reason.endsWith('.'))).toEqual([]);
});
