import { describe, expect, test } from 'vitest';
import { readExchange } from './read-exchange.ts';
import { wireOf } from './testing.ts';

const json = { type: 'application/json' };
const chunk = (delta: object) => `data: ${JSON.stringify({ choices: [{ index: 0, delta }] })}\n\n`;

test('a JSON body may begin with keep-alive blanks', () => {
  const exchange = readExchange(wireOf(['\n         \n', '\n         \n{"id":"gen-1"}'], json));
  expect(exchange).toMatchObject({ json: { id: 'gen-1' }, stream: null, facts: [] });
  expect(exchange.text).toBe('\n         \n\n         \n{"id":"gen-1"}');
});

test('what came over the wire stays as it was', () => {
  const wire = wireOf(['{}'], json);
  expect(readExchange(wire)).toMatchObject(wire);
});

test('the content type is read without parameters and in any case', () => {
  expect(readExchange(wireOf(['data: a\n\n'], { type: 'Text/Event-Stream; charset=utf-8' }))).toMatchObject({
    stream: [{ data: 'a' }],
    facts: [],
  });
});

test.for([
  ['{"id":', '{"id":'],
  ['\n         \n', 'empty'],
  ['', 'empty'],
  ['<html>', '<html>'],
])('the body %j is no JSON, and says so under its type', ([body = '', detail]) => {
  expect(readExchange(wireOf([body], json))).toMatchObject({
    json: undefined,
    stream: null,
    facts: [{ code: 'invalid-json-body', where: 'body', detail }],
  });
});

test('an answer without content needs no body', () => {
  expect(readExchange(wireOf([], { ...json, status: 204 })).facts).toEqual([]);
});

test('JSON is read under no type and under a wrong one', () => {
  expect(readExchange(wireOf(['{"a":1}'], { type: '' }))).toMatchObject({ json: { a: 1 }, facts: [] });
  expect(readExchange(wireOf(['{"a":1}'], { type: 'text/plain' }))).toMatchObject({ json: { a: 1 }, facts: [] });
  expect(readExchange(wireOf(['<html>'], { type: 'text/html' }))).toMatchObject({ json: undefined, facts: [] });
});

test('an error sent bare under the type of a stream is read as JSON', () => {
  const exchange = readExchange(wireOf(['{"error":{"code":429,"message":"Provider returned error"}}']));
  expect(exchange).toMatchObject({ json: { error: { code: 429 } }, stream: null });
  expect(exchange.facts).toMatchObject([{ code: 'data-without-framing' }]);
});

test('an error sent bare after comments leaves both', () => {
  const exchange = readExchange(wireOf([': OPENROUTER PROCESSING\n\n', '{"error":{"code":429}}']));
  expect(exchange).toMatchObject({ json: { error: { code: 429 } }, stream: [{ kind: 'comment', at: 1 }] });
});

test('an empty event stream is one without items', () => {
  expect(readExchange(wireOf([]))).toMatchObject({ stream: [], json: undefined, facts: [] });
});

test.for([': OPENROUTER PROCESSING\n\ndata: a\n\n', 'data: a\n\n'])(
  'the stream %j is read under another type',
  (body) => {
    const exchange = readExchange(wireOf([body], json));
    expect(exchange.stream?.at(-1)).toEqual({ kind: 'event', at: 1, data: 'a' });
    expect(exchange.facts).toMatchObject([{ code: 'content-type-mismatch', where: 'header content-type' }]);
    expect(readExchange(wireOf([body], { type: '' })).facts).toEqual([]);
  },
);

describe('encoding', () => {
  test('ill-formed UTF-8 is replaced and a fact', () => {
    const exchange = readExchange(wireOf([Buffer.from('7b2261223a22ff80227d', 'hex')], json));
    expect(exchange.json).toEqual({ a: '\uFFFD\uFFFD' });
    expect(exchange.facts).toEqual([
      { code: 'invalid-utf8', where: 'byte 6', detail: 'ff, the first of 2 ill-formed sequence(s)' },
    ]);
  });

  test('a stream cut inside a character is a fact', () => {
    const bytes = Buffer.from('data: a\n\ndata: 🦉');
    const { stream, facts } = readExchange(wireOf([bytes.subarray(0, -1)]));
    expect(stream).toMatchObject([{ data: 'a' }]);
    expect(facts).toMatchObject([
      { code: 'invalid-utf8', where: 'byte 15', detail: 'f09fa6, the body ends inside a character' },
      { code: 'unterminated-event', where: 'event 1' },
    ]);
  });

  test('a byte order mark is dropped and a fact', () => {
    for (const [body, type] of [
      ['\uFEFF{"a":1}', 'application/json'],
      ['\uFEFFdata: {"a":1}\n\n', 'text/event-stream'],
    ] as const) {
      const exchange = readExchange(wireOf([body], { type }));
      expect(exchange.facts).toMatchObject([{ code: 'bom', where: 'byte 0' }]);
      expect(exchange.json ?? exchange.stream).toMatchObject(exchange.stream ? [{ data: '{"a":1}' }] : { a: 1 });
    }
  });

  test('audio is not looked into', () => {
    const audio = readExchange(wireOf([Uint8Array.of(0xff, 0xfb, 0x90)], { type: 'audio/mpeg' }));
    expect(audio).toMatchObject({ body: Uint8Array.of(0xff, 0xfb, 0x90), json: undefined, stream: null, facts: [] });
  });
});

describe('timing', () => {
  test('first content is the first event with something in it', () => {
    const { timing } = readExchange(
      wireOf([
        ': c\n\n',
        chunk({ role: 'assistant', content: '' }),
        chunk({ content: '', reasoning: null, tool_calls: [] }),
        chunk({ content: 'a' }),
        chunk({ content: 'b' }),
      ]),
    );
    expect(timing).toEqual({ headers: 0.5, firstByte: 1, firstContent: 4, total: 6 });
  });

  test.for([
    { reasoning: 'a' },
    { reasoning_details: [{ type: 'reasoning.text', text: 'a' }] },
    { tool_calls: [{ index: 0, id: 'call_1', function: { name: 'f', arguments: '' } }] },
    { refusal: 'no' },
  ])('%j is content', (delta) => {
    expect(readExchange(wireOf([chunk({ content: '', ...delta })])).timing.firstContent).toBe(1);
  });

  test('what never happened has no time', () => {
    const wire = { ...wireOf([]), chunks: [], end: { how: 'not-connected', at: 3, code: 'ECONNREFUSED' } as const };
    const { response: _, ...refused } = wire;
    expect(readExchange(refused)).toMatchObject({
      body: Buffer.alloc(0),
      text: '',
      json: undefined,
      stream: null,
      timing: { headers: null, firstByte: null, firstContent: null, total: 3 },
      facts: [],
    });
  });

  test('an answer that was not streamed has no first content', () => {
    expect(readExchange(wireOf(['{"choices":[]}'], json)).timing.firstContent).toBeNull();
  });
});
