import { expect, it } from 'vitest';
import { judge } from './check.ts';
import { schemaChecks } from './schema.ts';
import {
  messageEvents,
  messageResult,
  messageStream,
  response,
  responseEvents,
  responseStream,
} from './testing-skins.ts';
import { chunk, chunks, jsonSubject, result, streamSubject, testChecks, usage } from './testing.ts';

const notFound = { error: { message: 'none', code: 404 }, user_id: null };

testChecks(schemaChecks, {
  'response.schema': {
    silentOn: jsonSubject(result()),
    when: 'a count is a word',
    tripsOn: jsonSubject(result({ usage: { ...usage, prompt_tokens: '10' } })),
    finding: { expected: 'integer', actual: '"10"', where: '/usage/prompt_tokens' },
  },
  'stream.schema': {
    silentOn: streamSubject(),
    when: 'a chunk is of another kind',
    tripsOn: streamSubject([chunk({}, { object: 'chat.completion' }), ...chunks()]),
    finding: { where: 'event 0 /object' },
  },
  'response.error-schema': {
    silentOn: jsonSubject(notFound, { status: 404 }),
    when: 'the code is a word',
    tripsOn: jsonSubject({ error: { message: 'none', code: 'not_found' } }, { status: 404 }),
    finding: { where: '/error/code' },
  },
});

it('allows fields that nobody has heard of', () => {
  expect(judge(schemaChecks, jsonSubject(result({ brand_new: { at: 'any depth' } })))).toEqual([]);
});

it('tells a breach that all chunks share once', () => {
  const wrong = chunks().map((part) => ({ ...part, created: 'now' }));
  expect(judge(schemaChecks, streamSubject([...wrong, '[DONE]']))).toHaveLength(1);
});

it('does not bind an old answer to today’s form', () => {
  const body = result({ object: undefined });
  expect(judge(schemaChecks, jsonSubject(body))).toEqual([expect.objectContaining({ level: 'must' })]);
  expect(judge(schemaChecks, jsonSubject(body, {}, { madeAt: '2025-10-03' }))).toEqual([
    expect.objectContaining({ level: 'observed' }),
  ]);
});

it.each([
  ['GET', '/byok', 200, { data: [], total_count: 0 }],
  ['DELETE', '/byok/1', 200, { deleted: true }],
  ['GET', '/keys', 200, { data: [] }],
  ['GET', '/guardrails', 200, { data: [], total_count: 0 }],
  ['POST', '/guardrails/1/assignments/keys', 200, { assigned_count: 1 }],
  ['POST', '/guardrails/1/assignments/keys/remove', 200, { unassigned_count: 1 }],
  ['GET', '/workspaces', 200, { data: [], total_count: 0 }],
  ['GET', '/credits', 200, { data: { total_credits: 10, total_usage: 1 } }],
  ['GET', '/models?providers=io-net', 200, { data: [], total_count: 0, links: { next: null } }],
  ['POST', '/responses', 200, response()],
  ['POST', '/messages', 200, messageResult()],
  ['GET', '/endpoints/zdr', 200, { data: [] }],
  ['GET', '/guardrails/assignments/keys', 200, { data: [], total_count: 0 }],
  ['GET', '/guardrails/1/assignments/members', 200, { data: [], total_count: 0 }],
  ['GET', '/workspaces/1/budgets', 200, { data: [] }],
  ['DELETE', '/workspaces/1/budgets/daily', 200, { deleted: true }],
  ['GET', '/providers', 200, { data: [{ name: 'Io Net', slug: 'io-net', privacy_policy_url: null }] }],
] as const)('%s %s has a schema of its own', (method, path, status, body) => {
  expect(judge(schemaChecks, jsonSubject(body, { method, path, status }))).toEqual([]);
  expect(judge(schemaChecks, jsonSubject({}, { method, path, status })).length).toBeGreaterThan(0);
});

it('asks for the key itself only when it was just made', () => {
  const missing = (method: 'GET' | 'POST') =>
    judge(schemaChecks, jsonSubject({ data: {} }, { method, path: method === 'GET' ? '/keys/1' : '/keys' }))
      .map(({ where }) => where)
      .includes('/key');
  expect(missing('POST')).toBe(true);
  expect(missing('GET')).toBe(false);
});

it('has a schema for each event of the APIs that have typed ones', () => {
  const without = (events: readonly object[], field: string) =>
    events.map((event) => Object.fromEntries(Object.entries(event).filter(([name]) => name !== field)));
  const found = (subject: Parameters<typeof judge>[1]) =>
    new Set(judge(schemaChecks, subject).map(({ where }) => where.replace(/^event \d+ /, '')));
  expect(found(responseStream(without(responseEvents(), 'output_index')))).toEqual(new Set(['/output_index']));
  expect(found(responseStream(without(responseEvents(), 'response')))).toEqual(new Set(['/response']));
  expect(found(messageStream(without(messageEvents(), 'index')))).toEqual(new Set(['/index']));
  expect(found(messageStream(without(messageEvents(), 'delta')))).toEqual(new Set(['/delta']));
});

it('does not bind the older completions, which no specification has', () => {
  expect(judge(schemaChecks, jsonSubject({ choices: 1 }, { path: '/completions' }))[0]).toMatchObject({
    level: 'should',
  });
});

it('accepts Anthropic’s envelope on /messages', () => {
  const body = { type: 'error', error: { type: 'not_found_error', message: 'Model not found' }, request_id: null };
  expect(judge(schemaChecks, jsonSubject(body, { path: '/messages', status: 404 }))).toEqual([]);
  expect(judge(schemaChecks, jsonSubject(notFound, { path: '/messages', status: 404 }))).toEqual([]);
  const odd = { ...body, error: { type: 'lost', message: 'x' } };
  expect(judge(schemaChecks, jsonSubject(odd, { path: '/messages', status: 404 }))).toHaveLength(1);
});
