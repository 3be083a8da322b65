import { describe, expect, test } from 'vitest';
import { readAnswer } from './answer.ts';
import { readExchange } from './read-exchange.ts';
import { wireOf } from './testing.ts';

const head = {
  id: 'gen-1790000000-a',
  object: 'chat.completion.chunk',
  created: 1_790_000_000,
  model: 'm',
  provider: 'Io Net',
};

function result(body: unknown) {
  return readAnswer(readExchange(wireOf([JSON.stringify(body)], { type: 'application/json' })));
}

/** Each part as one event: an object as JSON, a string as it is. */
function streamed(...parts: (object | string)[]) {
  const events = parts.map((part) => `data: ${typeof part === 'string' ? part : JSON.stringify(part)}\n\n`);
  return readAnswer(readExchange(wireOf(events)));
}

const delta = (part: object, rest: object = {}) => ({
  ...head,
  choices: [{ index: 0, delta: part, finish_reason: null, ...rest }],
});

describe('both modes give the same answer', () => {
  const details = [{ type: 'reasoning.text', text: 'thinking' }];
  const usage = { prompt_tokens: 1, is_byok: true, cost: 0 };
  const call = { id: 'call_1', type: 'function', function: { name: 'f', arguments: '{"a":1}' } };
  const finish = { finish_reason: 'tool_calls', native_finish_reason: 'stop' };
  const expected = {
    id: 'gen-1790000000-a',
    model: 'm',
    provider: 'Io Net',
    created: 1_790_000_000,
    content: 'Hello',
    reasoning: 'thinking',
    reasoningDetails: details,
    refusal: '',
    toolCalls: [{ index: 0, id: 'call_1', type: 'function', name: 'f', arguments: '{"a":1}', problems: [] }],
    finishReason: 'tool_calls',
    nativeFinishReason: 'stop',
    usage,
    metadata: { attempt: 1 },
    error: null,
    afterDone: [],
  };

  test('one result', () => {
    const message = {
      role: 'assistant',
      content: 'Hello',
      refusal: null,
      reasoning: 'thinking',
      reasoning_details: details,
    };
    const answer = result({
      ...head,
      object: 'chat.completion',
      choices: [{ index: 0, message: { ...message, tool_calls: [call] }, ...finish }],
      usage,
      openrouter_metadata: { attempt: 1 },
    });
    expect(answer).toMatchObject({ ...expected, mode: 'json', object: 'chat.completion', done: false });
    expect(answer?.events).toMatchObject([{ index: 0, at: 2 }]);
    expect(answer?.usages).toEqual([{ event: 0, usage }]);
  });

  test('its chunks', () => {
    const answer = streamed(
      delta({ role: 'assistant', content: '', reasoning: 'thinking', reasoning_details: details }),
      delta({ content: 'Hel' }),
      delta({ content: 'lo' }),
      delta({ content: null, tool_calls: [{ index: 0, ...call, function: { name: 'f', arguments: '' } }] }),
      delta({ content: null, tool_calls: [{ index: 0, function: { arguments: '{"a":1}' } }] }),
      delta({ content: '' }, finish),
      { ...delta({ content: '' }, finish), usage, openrouter_metadata: { attempt: 1 } },
      '[DONE]',
    );
    expect(answer).toMatchObject({ ...expected, mode: 'stream', object: 'chat.completion.chunk', done: true });
    expect(answer?.finishReasons).toEqual([5, 6].map((event) => ({ event, reason: 'tool_calls', native: 'stop' })));
    expect(answer?.usages).toEqual([{ event: 6, usage }]);
  });
});

test('events carry their place, time and parsed data', () => {
  expect(streamed({ a: 1 }, 'no JSON', '[DONE]')?.events).toEqual([
    { index: 0, at: 1, data: '{"a":1}', json: { a: 1 } },
    { index: 1, at: 2, data: 'no JSON', json: undefined },
    { index: 2, at: 3, data: '[DONE]', json: undefined },
  ]);
});

test('a missing finish reason stays missing', () => {
  expect(streamed(delta({ content: 'a' }), '[DONE]')).toMatchObject({
    finishReason: null,
    finishReasons: [],
    done: true,
  });
  expect(result({ choices: [{ message: { content: 'a' } }] })).toMatchObject({ finishReason: null, content: 'a' });
});

test('contradicting finish reasons and usages are all kept', () => {
  const answer = streamed(
    { ...delta({}, { finish_reason: 'stop' }), usage: { cost: 1 } },
    { ...delta({}, { finish_reason: 'length' }), usage: { cost: 2 } },
    { ...delta({}, { finish_reason: 7, native_finish_reason: 'error' }), usage: 'free' },
  );
  expect(answer?.finishReason).toBe('stop');
  expect(answer?.finishReasons.map(({ reason }) => reason)).toEqual(['stop', 'length', 7]);
  expect(answer?.usage).toEqual({ cost: 2 });
  expect(answer?.usages.map(({ usage }) => usage)).toEqual([{ cost: 1 }, { cost: 2 }, 'free']);
});

test('what follows [DONE] is named', () => {
  const answer = streamed(delta({ content: 'a' }), '[DONE]', delta({ content: 'b' }), '[DONE]');
  expect(answer?.afterDone.map(({ index }) => index)).toEqual([2, 3]);
  expect(answer?.content).toBe('ab');
});

test('a stream that was cut before [DONE] is not done', () => {
  const cutStream = readAnswer(
    readExchange(wireOf([`data: ${JSON.stringify(delta({ content: 'a' }))}\n\ndata: [DON`])),
  );
  expect(cutStream).toMatchObject({ content: 'a', done: false });
});

describe('an error is found', () => {
  const error = { code: 502, message: 'Upstream', metadata: { error_type: 'provider_unavailable' } };
  const found = { ...error, errorType: 'provider_unavailable', pointer: '/error' };

  test('as a body of its own', () => {
    expect(result({ error, user_id: 'user_1' })?.error).toEqual({ ...found, where: 'bare', event: 0 });
    expect(readAnswer(readExchange(wireOf([JSON.stringify({ error })])))).toMatchObject({
      mode: 'json',
      error: { code: 502, where: 'bare' },
    });
  });

  test('bare after events', () => {
    const wire = wireOf([`data: ${JSON.stringify(delta({ content: 'a' }))}\n\n`, JSON.stringify({ error })]);
    expect(readAnswer(readExchange(wire))).toMatchObject({
      mode: 'stream',
      content: 'a',
      events: { length: 1 },
      error: { where: 'bare', event: 1 },
    });
  });

  test('beside the fields of a result or chunk', () => {
    expect(result({ ...head, choices: [], error })?.error).toEqual({ ...found, where: 'top-level', event: 0 });
    expect(streamed(delta({ content: 'a' }), { ...head, choices: [], error })?.error).toEqual({
      ...found,
      where: 'top-level',
      event: 1,
    });
  });

  test('inside the choice', () => {
    const choice = { message: { content: 'par' }, finish_reason: 'error', error };
    expect(result({ choices: [choice] })).toMatchObject({
      content: 'par',
      finishReason: 'error',
      error: { ...error, where: 'choice', event: 0 },
    });
  });

  test('when it is only a text, and the first of two', () => {
    expect(result({ error: 'nope' })?.error).toMatchObject({ code: undefined, message: 'nope' });
    expect(streamed({ error: { code: 1 } }, { error: { code: 2 } })?.error).toMatchObject({ code: 1, event: 0 });
    expect(result({ ...head, error: null, choices: [] })?.error).toBeNull();
  });
});

test('there is no answer in what is neither JSON nor an event stream', () => {
  expect(readAnswer(readExchange(wireOf(['<html>'], { type: 'text/html' })))).toBeNull();
  expect(readAnswer(readExchange(wireOf([])))).toMatchObject({ mode: 'stream', events: [], done: false });
});

test('an answer is read once', () => {
  const exchange = readExchange(wireOf(['{}'], { type: 'application/json' }));
  expect(readAnswer(exchange)).toBe(readAnswer(exchange));
});

test('nothing a server can say makes it throw, and wrong types read as missing', () => {
  const odd = [null, 7, 'x', [], {}, [null], [7], ['x'], [[]], [{}], true];
  for (const a of odd) {
    const parts = [
      a,
      { id: a, model: a, provider: a, object: a, created: a, choices: a, usage: a, error: a, openrouter_metadata: a },
      { choices: [{ delta: a, message: a, finish_reason: a, native_finish_reason: a, error: a }] },
      ...['delta', 'message'].flatMap((key) => [
        { choices: [{ [key]: { content: a, reasoning: a, refusal: a, reasoning_details: a, tool_calls: a } }] },
        { choices: [{ [key]: { tool_calls: [{ index: a, id: a, type: a, function: a }] } }] },
        { choices: [{ [key]: { tool_calls: [{ function: { name: a, arguments: a } }] } }] },
      ]),
    ];
    for (const part of parts) expect(() => [result(part), streamed(JSON.stringify(part))]).not.toThrow();
  }
  const wrong = { id: 1, model: 1, provider: {}, object: [], created: '1', choices: [{ message: { content: 1 } }] };
  expect(result(wrong)).toMatchObject({
    id: null,
    model: null,
    provider: null,
    object: null,
    created: null,
    content: '',
  });
});
