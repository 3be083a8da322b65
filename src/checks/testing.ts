import { describe, expect, it } from 'vitest';
import type { Call, Ending } from '../exchange/exchange.ts';
import { readExchange } from '../exchange/read-exchange.ts';
import { judge, type Check, type Finding, type Subject } from './check.ts';
import { subjectOf } from './recognise.ts';

type Json = { [field: string]: unknown };

interface Made {
  method?: Call['method'];
  path?: string;
  request?: unknown;
  status?: number;
  headers?: Record<string, string>;
  end?: Ending;
}

/** An exchange with this body, as a subject of checks; `extra` adds expectations and evidence. */
export function subjectWith(body: string | Uint8Array, made: Made = {}, extra: Partial<Subject> = {}): Subject {
  const { method = 'POST', path = '/chat/completions', request = { model: 'qwen/qwen3.6-27b' }, status = 200 } = made;
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const exchange = readExchange({
    call: { method, path, headers: {}, ...(method === 'POST' ? { body: request } : {}) },
    response: { status, headers: { 'content-type': 'application/json', ...made.headers }, headersAt: 5 },
    chunks: [{ at: 6, bytes }],
    end: made.end ?? { how: 'complete', at: 7 },
  });
  return subjectOf(exchange, extra);
}

/** The same for a body that is JSON. */
export function jsonSubject(json: unknown, made: Made = {}, extra: Partial<Subject> = {}): Subject {
  return subjectWith(JSON.stringify(json), made, extra);
}

export const id = 'gen-1790000000-aaaaaaaaaaaaaaaaaaaa';

export const usage: Json = {
  prompt_tokens: 10,
  completion_tokens: 2,
  total_tokens: 12,
  cost: 0,
  is_byok: true,
  prompt_tokens_details: { cached_tokens: 0, cache_write_tokens: 0, audio_tokens: 0, video_tokens: 0 },
  cost_details: {
    upstream_inference_cost: 0.0000104,
    upstream_inference_prompt_cost: 0.000004,
    upstream_inference_completions_cost: 0.0000064,
  },
  completion_tokens_details: { reasoning_tokens: 0, image_tokens: 0, audio_tokens: 0 },
};

/** Usage of the same request on shared capacity. */
export const sharedUsage: Json = { ...usage, is_byok: false, cost: 0.0000104 };

export const metadata: Json = {
  requested: 'qwen/qwen3.6-27b',
  strategy: 'direct',
  region: 'iad',
  summary: 'available=1',
  attempt: 1,
  is_byok: true,
  endpoints: { total: 1, available: [{ provider: 'Io Net', model: 'qwen/qwen3.6-27b', selected: true }] },
};

/** A chat result as sent today, with `over` in place of its top-level fields. */
export function result(over: Json = {}): Json {
  return {
    id,
    object: 'chat.completion',
    created: 1790000000,
    model: 'qwen/qwen3.6-27b',
    provider: 'Io Net',
    system_fingerprint: null,
    service_tier: null,
    choices: [choice({})],
    usage,
    openrouter_metadata: metadata,
    ...over,
  };
}

export function choice(message: Json, over: Json = {}): Json {
  return {
    index: 0,
    logprobs: null,
    finish_reason: 'stop',
    native_finish_reason: 'stop',
    message: { role: 'assistant', content: 'ok', refusal: null, reasoning: null, ...message },
    ...over,
  };
}

/** A chunk of a chat stream as sent today. */
export function chunk(delta: Json = { content: 'o' }, over: Json = {}, choiceOver: Json = {}): Json {
  const said = { role: 'assistant', ...delta };
  return {
    id,
    object: 'chat.completion.chunk',
    created: 1790000000,
    model: 'qwen/qwen3.6-27b',
    provider: 'Io Net',
    choices: [{ index: 0, delta: said, finish_reason: null, native_finish_reason: null, ...choiceOver }],
    ...over,
  };
}

const stop = { finish_reason: 'stop', native_finish_reason: 'stop' };

/** The chunks of a whole answer: two pieces, the finish, and the usage with the finish repeated. */
export function chunks(): Json[] {
  return [
    chunk({ content: 'o' }),
    chunk({ content: 'k' }),
    chunk({ content: '' }, {}, stop),
    chunk({ content: '' }, { usage, openrouter_metadata: metadata }, stop),
  ];
}

/** An event stream of these chunks; strings are sent as they are. */
export function streamSubject(
  parts: readonly (Json | string)[] = [...chunks(), '[DONE]'],
  made: Made = {},
  extra: Partial<Subject> = {},
): Subject {
  const lines = parts.map((part) => `data: ${typeof part === 'string' ? part : JSON.stringify(part)}\n\n`);
  return subjectWith(
    `: OPENROUTER PROCESSING\n\n${lines.join('')}`,
    {
      request: { model: 'qwen/qwen3.6-27b', stream: true },
      ...made,
      headers: { 'content-type': 'text/event-stream', ...made.headers },
    },
    extra,
  );
}

/** An exchange to stand beside the one that is judged. */
export function evidence(json: unknown, status = 200): Subject['exchange'] {
  return jsonSubject(json, { method: 'GET', path: '/evidence', status }).exchange;
}

/** The generation record of `result()`. */
export function record(over: Json = {}): Json {
  return {
    id,
    model: 'qwen/qwen3.6-27b',
    provider_name: 'Io Net',
    is_byok: true,
    native_tokens_prompt: 10,
    native_tokens_completion: 2,
    usage: 0,
    total_cost: 0,
    upstream_inference_cost: 0.0000104,
    finish_reason: 'stop',
    provider_responses: [{ status: 200, provider_name: 'Io Net', is_byok: true }],
    ...over,
  };
}

/** What a check must be silent on and what must trip it. */
export interface Case {
  silentOn: Subject;
  /** What is wrong with the second one, completing "speaks up when". */
  when: string;
  tripsOn: Subject;
  /** Left out: the level of the check. */
  level?: Finding['level'];
  /** Must stand in the finding. */
  finding?: Partial<Finding>;
}

/** One pair of tests for each check. The table lists them all: the compiler asks for what is missing. */
export function testChecks<C extends Check>(checks: readonly C[], cases: Record<C['id'], Case>): void {
  describe.each(checks.map((check) => ({ check, id: check.id })))('$id', ({ check }) => {
    const { silentOn, when, tripsOn, level = check.level, finding = {} } = cases[check.id as C['id']];

    it('applies to an answer as it should be and finds nothing', () => {
      expect(check.applies?.(silentOn) ?? true).toBe(true);
      expect(judge([check], silentOn)).toEqual([]);
    });

    it(`speaks up when ${when}`, () => {
      expect(judge([check], tripsOn)).toContainEqual(expect.objectContaining({ check: check.id, level, ...finding }));
    });
  });
}
