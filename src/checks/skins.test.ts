import { describe, expect, it, test } from 'vitest';
import { judge, type Subject } from './check.ts';
import { checks } from './checks.ts';
import { chunks, evidence, jsonSubject, record, streamSubject, usage } from './testing.ts';
import {
  completion,
  messageEvents,
  messageResult,
  messageStream,
  messageSubject,
  responseEvents,
  responsesUsage,
  responseStream,
  responseSubject,
} from './testing-skins.ts';

const pinned: Partial<Subject> = {
  expect: { status: [200], servedBy: 'Io Net', isByok: true, pinned: true },
  evidence: { generation: evidence({ data: record() }) },
};

const found = (subject: Subject) => judge(checks, subject).map(({ check, level }) => `${level} ${check}`);
const ids = (subject: Subject) => judge(checks, subject).map(({ check }) => check);

describe('an answer as it should be', () => {
  const textChunks = chunks().map((chunk, index) => {
    const choice = { index: 0, text: 'ok'[index] ?? '', finish_reason: index < 2 ? null : 'stop' };
    return { ...chunk, object: 'text_completion', choices: [choice] };
  });

  it.each([
    ['a response', responseSubject({}, pinned)],
    ['its stream', responseStream(undefined, pinned)],
    ['a message', messageSubject({}, pinned)],
    ['its stream', messageStream(undefined, pinned)],
    ['an older completion', jsonSubject(completion({ usage }), { path: '/completions' })],
    ['its stream', streamSubject([...textChunks, '[DONE]'], { path: '/completions' })],
  ])('%s breaks nothing', (_, subject) => {
    expect(judge(checks, subject).filter(({ level }) => level !== 'observed')).toEqual([]);
  });
});

describe('whose key paid', () => {
  const shared = { ...pinned, evidence: { generation: evidence({ data: record({ is_byok: false }) }) } };
  const withoutMetadata = messageEvents().map((event) =>
    event['type'] === 'message_stop' ? { type: 'message_stop' } : event,
  );

  it('is in the usage of a response and of a message', () => {
    expect(ids(responseSubject({ usage: { ...responsesUsage, is_byok: false } }, pinned))).toContain(
      'usage.is-byok-expected',
    );
    expect(ids(responseSubject({ usage: { ...responsesUsage, is_byok: undefined } }))).toContain(
      'usage.is-byok-present',
    );
  });

  it('is in the metadata and the record of a streamed message', () => {
    expect(ids(messageStream(undefined, shared))).toContain('usage.is-byok-agrees');
    expect(ids(messageStream(withoutMetadata, { ...pinned, evidence: {} }))).toContain('usage.is-byok-expected');
    const byRecord = messageStream(withoutMetadata, { expect: { isByok: true }, evidence: pinned.evidence ?? {} });
    expect(ids(byRecord)).not.toContain('usage.is-byok-expected');
  });
});

test('who served is proven on every API', () => {
  const elsewhere = { provider: 'Mara', openrouter_metadata: undefined };
  expect(ids(messageSubject(elsewhere, pinned))).toEqual(
    expect.arrayContaining(['routing.served-by', 'routing.pin-proven-by-metadata']),
  );
  expect(ids(responseSubject({ openrouter_metadata: undefined }, pinned))).toContain('routing.pin-proven-by-metadata');
  const renamed = messageEvents().map((event) =>
    event['type'] === 'message_start' ? { ...event, message: messageResult({ provider: 'Mara' }) } : event,
  );
  expect(ids(messageStream(renamed, pinned))).toContain('routing.served-by');
});

test('cost is judged in the names of the API', () => {
  const twisted = { ...responsesUsage, cost_details: usage['cost_details'] };
  expect(found(responseSubject({ usage: twisted }))).toEqual(
    expect.arrayContaining(['must cost.names-of-the-api', 'must response.schema']),
  );
  const sum = { ...responsesUsage, total_tokens: 13 };
  expect(judge(checks, responseSubject({ usage: sum }))).toContainEqual(
    expect.objectContaining({ check: 'usage.total-is-sum', expected: '10 + 2' }),
  );
  const reasoned = { ...responsesUsage, output_tokens_details: { reasoning_tokens: 3 } };
  expect(judge(checks, responseSubject({ usage: reasoned }))).toContainEqual(
    expect.objectContaining({ where: '/usage/output_tokens_details/reasoning_tokens' }),
  );
});

test('a streamed message costs what its record says', () => {
  const expensive = { data: record({ usage: 1, total_cost: 1 }) };
  expect(ids(messageStream(undefined, { evidence: { generation: evidence(expensive) } }))).toContain(
    'cost.byok-fee-at-most-5-percent',
  );
});

test('an end needs a documented word', () => {
  expect(found(responseSubject({ status: 'cancelled' }))).toContain('must response.finish-reason');
  expect(found(responseSubject({ status: 'incomplete' }))).toContain('should response.finish-reason');
  expect(found(messageSubject({ stop_reason: 'done' }))).toContain('must response.finish-reason');
});

test('an error inside a 200 is found in every form', () => {
  const error = { code: 'server_error', message: 'Upstream' };
  const cut = responseEvents().slice(0, 5);
  for (const last of [
    { type: 'error', ...error, param: null },
    { type: 'response.error', error },
    { type: 'response.failed', response: { id: 'gen-1', status: 'failed', error } },
  ]) {
    expect(found(responseStream([...cut, last]))).toEqual(['must response.no-in-band-error']);
  }
  expect(found(responseSubject({ status: 'failed', error, usage: null, output: [] }))).toContain(
    'must response.no-in-band-error',
  );
  const overloaded = { type: 'error', error: { type: 'overloaded_error', message: 'Busy' } };
  expect(found(messageStream([...messageEvents().slice(0, 4), overloaded]))).toEqual([
    'must response.no-in-band-error',
  ]);
});

test('an error inside a 200 costs nothing', () => {
  const failed = { status: 'failed', error: { code: 'server_error', message: 'x' } };
  expect(found(responseSubject({ ...failed, usage: { ...responsesUsage, cost: 1 } }))).toContain(
    'must cost.nothing-for-an-error',
  );
});

test('the tool calls of every API have an id and a name', () => {
  const call = { type: 'function_call', id: 'fc_1', status: 'completed', arguments: '{' };
  expect(ids(responseSubject({ output: [call] }))).toEqual(
    expect.arrayContaining(['tools.calls-are-named', 'tools.arguments-are-json']),
  );
  const block = { type: 'tool_use', id: 'toolu_1', name: 'f', input: {} };
  expect(ids(messageSubject({ content: [block], stop_reason: 'tool_use' }))).toEqual([]);
  expect(ids(messageSubject({ stop_reason: 'tool_use' }))).toContain('tools.finish-reason');
});

test('the id of a message is its own affair, that of its generation is in the header', () => {
  const { exchange } = messageSubject();
  const response = { status: 200, headersAt: 1, headers: { 'x-generation-id': 'x' } };
  expect(ids({ ...messageSubject(), exchange: { ...exchange, response } })).toContain('ids.generation-prefix');
});
