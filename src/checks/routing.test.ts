import { describe, expect, it } from 'vitest';
import { judge, type Subject } from './check.ts';
import { sameProvider } from './routing-evidence.ts';
import { routingChecks } from './routing.ts';
import {
  chunk,
  chunks,
  evidence,
  jsonSubject,
  metadata,
  record,
  result,
  streamSubject,
  testChecks,
} from './testing.ts';

const pinned = { servedBy: 'Io Net', pinned: true };
const generation = (over: object = {}) => ({ generation: evidence({ data: record({ ...over }) }) });
const served = (over: object, extra: Partial<Subject>) => jsonSubject(result({ ...over }), {}, extra);
const selecting = (provider: string) => ({
  ...metadata,
  endpoints: { total: 1, available: [{ provider, model: 'm', selected: true }] },
});
const failing = (over: object) =>
  jsonSubject(
    { error: { code: 404, message: 'none' }, openrouter_metadata: { ...metadata, attempt: 0, ...over } },
    { status: 404 },
  );

testChecks(routingChecks, {
  'routing.served-by': {
    silentOn: served({}, { expect: { servedBy: 'Io Net' } }),
    when: 'the body names another',
    tripsOn: served({ provider: 'Other' }, { expect: { servedBy: 'Io Net' } }),
    finding: { expected: 'Io Net', actual: 'Other', where: '/provider' },
  },
  'routing.model-asked-for': {
    silentOn: served({ model: 'qwen/qwen3.6-27b-20260422' }, { expect: { isByok: true } }),
    when: 'another model answers',
    tripsOn: served({ model: 'qwen/qwen3-8b' }, { expect: { servedBy: 'Io Net' } }),
    finding: { expected: 'qwen/qwen3.6-27b', actual: 'qwen/qwen3-8b', where: '/model' },
  },
  'routing.not-served-by': {
    silentOn: served({ provider: 'Other', openrouter_metadata: undefined }, { expect: { notServedBy: 'Io Net' } }),
    when: 'the ignored provider served',
    tripsOn: served({}, { expect: { notServedBy: 'io-net' } }),
  },
  'routing.pin-proven-by-metadata': {
    silentOn: served({}, { expect: pinned }),
    when: 'the metadata is missing',
    tripsOn: served({ openrouter_metadata: undefined }, { expect: pinned }),
    finding: { actual: 'not proven: absent' },
  },
  'routing.pin-proven-by-record': {
    silentOn: served({}, { expect: pinned, evidence: generation() }),
    when: 'no record was found',
    tripsOn: served({}, { expect: pinned, evidence: { generation: evidence({ error: {} }, 404) } }),
    finding: { actual: 'not proven: status 404' },
  },
  'routing.metadata-agrees': {
    silentOn: served({}, {}),
    when: 'it selects another provider than the body names',
    tripsOn: served({ openrouter_metadata: selecting('Other') }, {}),
    finding: { actual: 'Other' },
  },
  'routing.metadata-on-error': {
    silentOn: failing({ endpoints: { total: 1, available: [{ provider: 'Io Net', model: 'm', selected: false }] } }),
    when: 'an endpoint is selected',
    tripsOn: failing({}),
  },
});

describe('a pin', () => {
  it.each([
    ['at a second attempt', { attempt: 2 }],
    [
      'with a fallback before',
      {
        attempts: [
          { provider: 'Other', status: 500 },
          { provider: 'Io Net', status: 200 },
        ],
      },
    ],
    ['with an attempt of another', { attempts: [{ provider: 'Other', status: 200 }] }],
    ['with nothing selected', { endpoints: { total: 0, available: [] } }],
    ['with another selected', selecting('Other')],
  ])('is not proven %s', (_, over) => {
    const subject = served({ openrouter_metadata: { ...metadata, ...over } }, { expect: pinned });
    const found = judge(routingChecks, subject).filter(({ check }) => check === 'routing.pin-proven-by-metadata');
    expect(found.length).toBeGreaterThan(0);
  });

  it.each([
    ['names another provider', { provider_name: 'Other' }],
    ['names none', { provider_name: null }],
    ['shows that another was asked', { provider_responses: [{ status: 500, provider_name: 'Other' }] }],
  ])('is not proven by a record that %s', (_, over) => {
    const found = judge(routingChecks, served({}, { expect: pinned, evidence: generation(over) }));
    expect(found.map(({ check }) => check)).toContain('routing.pin-proven-by-record');
  });

  it('is proven when one attempt is listed, by the provider', () => {
    const attempts = [{ provider: 'Io Net', model: 'm', status: 200 }];
    const subject = served(
      { openrouter_metadata: { ...metadata, attempts } },
      { expect: pinned, evidence: generation() },
    );
    expect(judge(routingChecks, subject)).toEqual([]);
  });
});

it('only warns when the body names no provider', () => {
  const subject = served({ provider: undefined }, { expect: { servedBy: 'Io Net' } });
  expect(judge(routingChecks, subject)).toEqual([expect.objectContaining({ level: 'should', actual: 'absent' })]);
});

it('finds another provider in a single chunk', () => {
  const [first = {}, ...rest] = chunks();
  const subject = streamSubject(
    [first, chunk({}, { provider: 'Other' }), ...rest, '[DONE]'],
    {},
    { expect: { servedBy: 'Io Net' } },
  );
  expect(judge(routingChecks, subject)).toEqual([
    expect.objectContaining({ where: 'event 1 /provider', actual: 'Other' }),
  ]);
});

it.each([
  ['Io Net', 'io-net', true],
  ['io net', 'io-net/fp8', true],
  ['Io Net', 'Io Network', false],
])('takes %s and %s for one provider: %s', (a, b, same) => {
  expect(sameProvider(a, b)).toBe(same);
});
