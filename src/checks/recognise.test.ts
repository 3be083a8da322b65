import { expect, it } from 'vitest';
import { readExchange } from '../exchange/read-exchange.ts';
import { endpointOf, subjectOf } from './recognise.ts';

it.each([
  ['POST', '/chat/completions', 'chat'],
  ['POST', '/responses', 'responses'],
  ['POST', '/messages', 'messages'],
  ['POST', '/completions', 'completions'],
  ['GET', '/generation?id=gen-1', 'generation'],
  ['GET', '/key', 'key'],
  ['GET', '/credits', 'credits'],
  ['GET', '/models?providers=io-net', 'models'],
  ['GET', '/models/qwen/qwen3.6-27b/endpoints', 'model-endpoints'],
  ['GET', '/model/qwen/qwen3.6-27b', 'model-single'],
  ['GET', '/endpoints/zdr', 'endpoints-zdr'],
  ['GET', '/providers', 'providers'],
  ['PATCH', '/byok/1', 'byok'],
  ['POST', '/keys', 'keys'],
  ['DELETE', '/guardrails/1', 'guardrails'],
  ['POST', '/guardrails/1/assignments/keys', 'guardrails'],
  ['GET', '/workspaces', 'workspaces'],
  ['PUT', '/workspaces/1/budgets/monthly', 'budgets'],
  ['GET', '/workspaces/1/budgets', 'budgets'],
  ['GET', '/chat/completions', 'other'],
  ['POST', '/embeddings', 'other'],
  ['GET', '', 'other'],
] as const)('%s %s speaks to %s', (method, path, endpoint) => {
  expect(endpointOf(method, path)).toBe(endpoint);
});

function bare(text: string) {
  return subjectOf(
    readExchange({
      call: { method: 'POST', path: '', headers: {} },
      response: { status: 200, headers: {}, headersAt: 0 },
      chunks: [{ at: 0, bytes: Buffer.from(text) }],
      end: { how: 'complete', at: 0 },
    }),
  );
}

it('recognises a body that came without its request by what it says it is', () => {
  expect(bare('{"object":"chat.completion"}')).toMatchObject({ endpoint: 'chat', streamed: false });
  expect(bare('data: {"object":"chat.completion.chunk"}\n\n')).toMatchObject({ endpoint: 'chat', streamed: true });
  expect(bare('{"object":"response"}').endpoint).toBe('responses');
  expect(bare('{"type":"message"}').endpoint).toBe('messages');
  expect(bare('{"object":"text_completion"}').endpoint).toBe('completions');
  expect(bare('data: {"type":"response.created"}\n\n').endpoint).toBe('responses');
  expect(bare('data: {"type":"message_start"}\n\n').endpoint).toBe('messages');
  expect(bare('{"data":[]}').endpoint).toBe('other');
});

it('takes the day of a bare body from the body itself', () => {
  expect(bare('{"object":"chat.completion","created":1759449600}').madeAt).toBe('2025-10-03');
  expect(bare('data: {"object":"chat.completion.chunk","created":1759449600}\n\n').madeAt).toBe('2025-10-03');
  expect(bare('{"object":"response","created_at":1759449600}').madeAt).toBe('2025-10-03');
  expect(bare('data: {"type":"response.created","response":{"created_at":1759449600}}\n\n').madeAt).toBe('2025-10-03');
  expect(bare('{"object":"chat.completion","created":0}').madeAt).toBeUndefined();
});
