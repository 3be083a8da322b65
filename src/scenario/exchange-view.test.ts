import { expect, test } from 'vitest';
import { readExchange } from '../exchange/read-exchange.ts';
import { wireOf } from '../exchange/testing.ts';
import { passedStep, viewOf } from './exchange-view.ts';

function exchangeOf(chunks: readonly string[], type?: string) {
  const wire = wireOf(chunks, type === undefined ? {} : { type });
  wire.call = { ...wire.call, headers: { authorization: 'Bearer sk-or-v1-secret' }, body: { model: 'a/one' } };
  Object.assign(wire.response?.headers ?? {}, { 'set-cookie': '__cf_bm=secret', 'cf-ray': 'r' });
  return readExchange(wire);
}

function view(chunks: readonly string[], type?: string) {
  return viewOf(exchangeOf(chunks, type), 'OPENROUTER_API_KEY');
}

test('an exchange is shown with the name of the variable in place of the key, and without cookies', () => {
  expect(view(['{"a":', '1}'], 'application/json')).toEqual({
    method: 'POST',
    path: '/chat/completions',
    requestHeaders: { authorization: 'Bearer $OPENROUTER_API_KEY' },
    requestBody: '{"model":"a/one"}',
    responseHeaders: { 'content-type': 'application/json', 'cf-ray': 'r' },
    responseBody: '{"a":1}',
    responseBytes: 7,
    headersMs: 0.5,
    totalMs: 3,
  });
});

test('a long body loses its middle and says how much', () => {
  const { responseBody, responseBytes } = view([`first${'x'.repeat(1_000_000)}last`], 'text/plain');
  expect(responseBody).toMatch(/^firstx{1295}\n… 997409 more characters …\nx{1296}last$/);
  expect(responseBytes).toBe(1_000_009);
});

test('nothing of a key is left where it lay on the cut', () => {
  const key = `sk-or-v1-${'0'.repeat(64)}`;
  for (const before of [1_480, 1_450, 1_499]) {
    const { responseBody } = view([`${' '.repeat(before)}${key}${' '.repeat(9_000 - before)}`], 'text/plain');
    expect(responseBody).not.toContain('sk-');
  }
});

test('a case that passed keeps less of its bodies and commands', () => {
  const exchange = exchangeOf([`first${'x'.repeat(2_000)}last`], 'text/plain');
  const step = {
    step: '1 POST /chat/completions',
    given: 'customer',
    status: 200,
    end: 'complete',
    curl: `curl ${'x'.repeat(5_000)}`,
    exchange: viewOf(exchange, 'OPENROUTER_API_KEY'),
  };
  const passed = passedStep(step, exchange);
  expect(passed.exchange?.responseBody).toMatch(/^firstx{395}\n… 1209 more characters …\nx{396}last$/);
  expect(passed.exchange?.responseBytes).toBe(2_009);
  expect(passed.curl).toMatch(/^curl x{1795}\n… 1405 more characters …\nx{1800}$/);
});

test('of a stream each piece is marked by its time and size', () => {
  expect(view([': hi\n\n', 'data: [DONE]\n\n']).chunks).toEqual([
    [1, 6],
    [2, 14],
  ]);
});

test('in a long stream neighbours share a mark, and no byte is lost', () => {
  const { chunks = [] } = view(Array.from({ length: 1_001 }, () => ': hi\n\n'));
  expect(chunks).toHaveLength(334);
  expect(chunks.slice(0, 2)).toEqual([
    [1, 18],
    [4, 18],
  ]);
  expect(chunks.reduce((sum, [, bytes]) => sum + bytes, 0)).toBe(6_006);
});
