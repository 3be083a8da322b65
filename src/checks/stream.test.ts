import { expect, it } from 'vitest';
import { judge } from './check.ts';
import { finishChecks } from './finish.ts';
import { chunkChecks } from './chunks.ts';
import { streamChecks } from './stream.ts';
import {
  choice,
  chunk,
  chunks,
  jsonSubject,
  result,
  streamSubject,
  subjectWith,
  testChecks,
  usage,
} from './testing.ts';

const good = streamSubject();
const [first = {}, second = {}, finish = {}, last = {}] = chunks();
const error = { error: { code: 502, message: 'Provider disconnected' } };
const long = { ...usage, completion_tokens: 64, total_tokens: 74 };

testChecks([...streamChecks, ...chunkChecks], {
  'stream.content-type': {
    silentOn: good,
    when: 'the stream is announced as JSON',
    tripsOn: streamSubject(undefined, { headers: { 'content-type': 'application/json' } }),
    finding: { actual: 'application/json' },
  },
  'stream.data-lines-only': {
    silentOn: good,
    when: 'an event has a name',
    tripsOn: subjectWith('event: chunk\ndata: {}\n\n', { headers: { 'content-type': 'text/event-stream' } }),
    finding: { actual: 'event: chunk' },
  },
  'stream.events-are-json': {
    silentOn: good,
    when: 'an event is cut off',
    tripsOn: streamSubject([first, '{"id":', last, '[DONE]']),
    finding: { where: 'event 1' },
  },
  'stream.done-last-and-once': {
    silentOn: good,
    when: 'there is no [DONE]',
    tripsOn: streamSubject(chunks()),
    finding: { actual: 'none' },
  },
  'stream.constant-id': {
    silentOn: good,
    when: 'a chunk is of another generation',
    tripsOn: streamSubject([first, { ...second, id: 'gen-2' }, last, '[DONE]']),
    finding: { actual: '"gen-2"', where: 'event 1 /id' },
  },
  'stream.constant-provider': {
    silentOn: good,
    when: 'the provider changes on the way',
    tripsOn: streamSubject([first, { ...second, provider: 'Other' }, last, '[DONE]']),
  },
  'stream.usage-once': {
    silentOn: good,
    when: 'there is none',
    tripsOn: streamSubject([first, finish, '[DONE]']),
    finding: { actual: 'none' },
  },
  'stream.usage-last': {
    silentOn: good,
    when: 'a chunk follows it',
    tripsOn: streamSubject([first, last, finish, '[DONE]']),
    finding: { where: 'event 1' },
  },
  'stream.incremental': {
    silentOn: streamSubject([first, second, { ...last, usage: long }, '[DONE]']),
    when: 'a long answer comes in one piece',
    tripsOn: streamSubject([chunk({ content: 'all of it' }), { ...last, usage: long }, '[DONE]']),
  },
  'stream.single-choice': {
    silentOn: good,
    when: 'a second choice appears',
    tripsOn: streamSubject([first, chunk({}, {}, { index: 1 }), last, '[DONE]']),
    finding: { where: 'event 1 /choices/0/index' },
  },
  'stream.role-first': {
    silentOn: good,
    when: 'nobody is said to speak',
    tripsOn: streamSubject([chunk({ role: undefined }), last, '[DONE]']),
  },
});

testChecks(finishChecks, {
  'response.finish-reason': {
    silentOn: good,
    when: 'the stream ends without one',
    tripsOn: streamSubject([first, chunk({ content: '' }, { usage }), '[DONE]']),
    finding: { actual: 'none' },
  },
  'stream.finish-reason-repeated-equal': {
    silentOn: good,
    when: 'the second is another',
    tripsOn: streamSubject([first, finish, chunk({}, { usage }, { finish_reason: 'length' }), '[DONE]']),
    finding: { expected: '"stop"', actual: '"length"' },
  },
  'stream.nothing-after-finish': {
    silentOn: good,
    when: 'content follows',
    tripsOn: streamSubject([first, finish, second, last, '[DONE]']),
    finding: { where: 'event 2' },
  },
  'stream.nothing-after-error': {
    silentOn: streamSubject([first, chunk({ content: '' }, error, { finish_reason: 'error' })]),
    when: 'content follows',
    tripsOn: streamSubject([first, chunk({ content: '' }, error), second]),
    finding: { where: 'event 2' },
  },
  'stream.error-before-token-is-plain': {
    silentOn: jsonSubject(error, { status: 502, request: { stream: true } }),
    when: 'a stream begins with the error',
    tripsOn: streamSubject([chunk({ content: '' }, error)]),
    finding: { actual: 'status 200 with error 502' },
  },
});

const ids = (subject: Parameters<typeof judge>[1]) =>
  judge([...streamChecks, ...chunkChecks, ...finishChecks], subject).map(({ check }) => check);

it('accepts every form the usage chunk has had', () => {
  const empty = { ...last, choices: [] };
  const withoutReason = chunk({ content: '' }, { usage });
  for (const usageChunk of [last, empty, withoutReason]) {
    expect(ids(streamSubject([first, second, finish, usageChunk, '[DONE]']))).toEqual([]);
  }
});

it('accepts a mid-stream error with and without [DONE], and with usage after it', () => {
  const broken = chunk({ content: '' }, error, { finish_reason: 'error' });
  expect(ids(streamSubject([first, broken]))).toEqual([]);
  expect(ids(streamSubject([first, broken, chunk({ content: '' }, { usage }), '[DONE]']))).toEqual([]);
});

it('finds what comes after [DONE], and a second [DONE]', () => {
  expect(ids(streamSubject([...chunks(), '[DONE]', '[DONE]']))).toEqual(['stream.done-last-and-once']);
});

it('finds two usages that differ but not one that is sent twice', () => {
  const other = { ...last, usage: { ...usage, cost: 1 } };
  expect(ids(streamSubject([first, last, last, '[DONE]']))).toEqual([]);
  expect(ids(streamSubject([first, last, other, '[DONE]']))).toEqual(['stream.usage-once']);
});

it('is lenient with parallel tool calls that repeat the finish reason each', () => {
  const call = (index: number) =>
    chunk(
      {
        content: null,
        tool_calls: [{ index, id: `c${index}`, type: 'function', function: { name: 'f', arguments: '{}' } }],
      },
      {},
      { finish_reason: 'tool_calls' },
    );
  const found = judge(finishChecks, streamSubject([call(0), call(1), chunk({}, { usage }), '[DONE]']));
  expect(found).toEqual([expect.objectContaining({ check: 'stream.nothing-after-finish', level: 'should' })]);
});

it('judges no finish of an answer that the caller left', () => {
  expect(ids(streamSubject([first], { end: { how: 'aborted', at: 9 } }))).toEqual([]);
});

it('accepts the words of an old upstream in an old answer only', () => {
  const body = result({ choices: [choice({}, { finish_reason: 'end_turn' })] });
  expect(judge(finishChecks, jsonSubject(body))).toEqual([expect.objectContaining({ level: 'must' })]);
  expect(judge(finishChecks, jsonSubject(body, {}, { madeAt: '2024-11-10' }))).toEqual([
    expect.objectContaining({ level: 'observed' }),
  ]);
});
