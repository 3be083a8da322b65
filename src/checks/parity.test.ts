import { describe, expect, it } from 'vitest';
import { judge, type Subject } from './check.ts';
import { parityChecks } from './parity.ts';
import { choice, chunk, chunks, evidence, jsonSubject, result, streamSubject, testChecks, usage } from './testing.ts';

type Json = { [field: string]: unknown };

const parameters = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
};
const tools = [{ type: 'function', function: { name: 'get_weather', parameters } }];
const request = { model: 'qwen/qwen3.6-27b', tools };

/** Prices in the form of the documentation: texts. */
const listed = { model_id: 'Qwen/Qwen3.6-27B', metadata: { input_token_price: '0.4', output_token_price: '3.2' } };

function models(row: Json = listed): Subject['exchange'] {
  return evidence({ data: [{ model_id: 'zai-org/GLM-5.2', metadata: {} }, row] });
}

/** What the provider says by itself: no cost, no `is_byok`. */
function direct(over: Json = {}): Subject['exchange'] {
  const counted = { prompt_tokens: 10, completion_tokens: 3, total_tokens: 13, prompt_tokens_details: null };
  const said = {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1790000000,
    model: 'Qwen/Qwen3.6-27B',
    choices: [{ index: 0, message: { role: 'assistant', content: 'ok', tool_calls: [] }, finish_reason: 'stop' }],
    usage: counted,
    ...over,
  };
  return jsonSubject(said, { request: { ...request, model: 'Qwen/Qwen3.6-27B' } }).exchange;
}

function beside(exchange: Subject['exchange'], list = models()): Partial<Subject> {
  return { evidence: { direct: exchange, 'direct-models': list } };
}

function calling(text: string, name = 'get_weather', reason = 'tool_calls'): Json {
  const call = { id: 'call_1', type: 'function', index: 0, function: { name, arguments: text } };
  return choice({ content: null, tool_calls: [call] }, { finish_reason: reason });
}

const routed = (over: Json = {}, extra = beside(direct())) => jsonSubject(result(over), { request }, extra);
const calls = (here: Json, there: Json) => routed({ choices: [here] }, beside(direct({ choices: [there] })));
const paris = calling('{"city":"Paris"}');

testChecks(parityChecks, {
  'parity.same-model': {
    silentOn: routed({ model: 'qwen/qwen3.6-27b-20260422' }),
    when: 'a smaller model of the same line answers',
    tripsOn: routed({ model: 'qwen/qwen3.6-4b' }),
    finding: { where: '/model', expected: '"Qwen/Qwen3.6-27B", as at the provider', actual: '"qwen/qwen3.6-4b"' },
  },
  'parity.same-finish': {
    silentOn: routed(),
    when: 'the answer is cut here and not there',
    tripsOn: routed({ choices: [choice({}, { finish_reason: 'length' })] }),
    finding: { where: '/choices/0 finish_reason', expected: '"stop", as at the provider', actual: '"length"' },
  },
  'parity.tool-calls-valid': {
    silentOn: calls(paris, calling('{"city":"Paris, France"}')),
    when: 'the arguments do not satisfy the schema of the tool',
    tripsOn: calls(calling('{"town":"Paris"}'), paris),
    finding: { where: 'tool call 0 /city', actual: 'absent' },
  },
  'parity.prompt-tokens-close': {
    silentOn: routed({ usage: { ...usage, prompt_tokens: 26 } }),
    when: 'more is counted than a template explains',
    tripsOn: routed({ usage: { ...usage, prompt_tokens: 27 } }),
    finding: { where: '/usage/prompt_tokens', expected: '10, as at the provider, give or take 16', actual: '27' },
  },
  'parity.price-as-listed': {
    silentOn: routed(),
    when: 'the provider lists another price',
    tripsOn: routed(
      {},
      beside(direct(), models({ ...listed, metadata: { input_token_price: '0.4', output_token_price: '3' } })),
    ),
    finding: { where: '/usage/cost_details/upstream_inference_cost', actual: '0.0000104' },
  },
});

function findings(subject: Subject) {
  return judge(parityChecks, subject).map(({ check, level, where }) => `${check} ${level} ${where}`);
}

it('finds nothing in a stream beside the stream of the provider', () => {
  const said = [
    { ...chunks()[0], provider: undefined, model: 'Qwen/Qwen3.6-27B' },
    chunk({}, {}, { finish_reason: 'stop' }),
    { choices: [], usage: { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 } },
  ];
  const { exchange } = streamSubject([...said, '[DONE]'], { request: { model: 'Qwen/Qwen3.6-27B', stream: true } });
  expect(findings(streamSubject(undefined, {}, beside(exchange)))).toEqual([]);
});

it('says nothing where the provider was not asked, or the request was refused', () => {
  expect(findings(routed({ model: 'other' }, {}))).toEqual([]);
  const refusal = { error: { code: 404, message: 'No endpoints found.' } };
  expect(findings(jsonSubject(refusal, { request, status: 404 }, beside(direct())))).toEqual([]);
});

describe('prompt tokens', () => {
  const apart = (here: number, there: number) =>
    findings(
      routed(
        { usage: { ...usage, prompt_tokens: here, cost_details: {} } },
        beside(direct({ usage: { prompt_tokens: there } })),
      ),
    );

  it('of a long prompt may lie a tenth apart', () => {
    expect(apart(1_100, 1_000)).toEqual([]);
    expect(apart(1_101, 1_000)).toEqual(['parity.prompt-tokens-close should /usage/prompt_tokens']);
    expect(apart(899, 1_000)).toEqual(['parity.prompt-tokens-close should /usage/prompt_tokens']);
  });

  it('that the provider does not count are only noted', () => {
    const uncounted = routed({}, beside(direct({ usage: undefined })));
    expect(findings(uncounted)).toEqual(['parity.prompt-tokens-close observed direct /usage/prompt_tokens']);
  });
});

describe('tool calls', () => {
  it('that the provider ends with "stop" are of the same kind', () => {
    expect(findings(calls(paris, calling('{"city":"Paris"}', 'get_weather', 'stop')))).toEqual([]);
  });

  it.each([
    ['no JSON here', calling('{"city":'), paris, ['tool call 0']],
    ['no JSON there', paris, calling('{"city":'), ['direct tool call 0']],
    [
      'a tool that nobody offered',
      calling('{"city":"Paris"}', 'get_time'),
      paris,
      ['tool call 0', '/choices/0 tool_calls'],
    ],
    ['a field too many there', paris, calling('{"city":"Paris","unit":"K"}'), ['direct tool call 0']],
  ])('with %s are found', (_, here, there, where) => {
    expect(findings(calls(here, there))).toEqual(where.map((one) => `parity.tool-calls-valid should ${one}`));
  });

  it('on one side only are found', () => {
    expect(findings(calls(choice({}), paris))).toEqual([
      'parity.same-finish should /choices/0 finish_reason',
      'parity.tool-calls-valid should /choices/0 tool_calls',
    ]);
  });

  it('may be cut off where the answer is', () => {
    const cut = calling('{"city":', 'get_weather', 'length');
    expect(findings(calls(cut, cut))).toEqual([]);
  });
});

describe('the price', () => {
  const priced = (metadata: Json, over: Json = {}) =>
    findings(routed({ usage: { ...usage, ...over } }, beside(direct(), models({ ...listed, metadata }))));

  it.each([
    ['per million, as numbers', { input_token_price: 0.4, output_token_price: 3.2 }],
    ['per token, as texts', { input_token_price: '0.0000004', output_token_price: '0.0000032' }],
  ])('may be listed %s', (_, metadata) => {
    expect(priced(metadata)).toEqual([]);
  });

  it.each([
    [0.0000088, 'at their own price'],
    [0.0000104, 'at the full price'],
  ])('of %d counts cached tokens %s', (upstream) => {
    const details = {
      prompt_tokens_details: { cached_tokens: 8 },
      cost_details: { upstream_inference_cost: upstream },
    };
    const metadata = { input_token_price: '0.4', output_token_price: '3.2', cache_read_token_price: '0.2' };
    expect(priced(metadata, details)).toEqual([]);
    expect(priced({ ...metadata, cache_read_token_price: '' }, details)).toHaveLength(upstream === 0.0000104 ? 0 : 1);
  });

  it.each([{}, { input_token_price: '', output_token_price: '3.2' }, { input_token_price: 'free' }])(
    'that is not listed (%j) is only noted',
    (metadata) => {
      expect(priced(metadata)).toEqual(['parity.price-as-listed observed direct-models /data']);
    },
  );

  it('is looked up under the name of 2025 too', () => {
    const { metadata } = listed;
    expect(findings(routed({}, beside(direct(), models({ id: 'Qwen/Qwen3.6-27B', metadata }))))).toEqual([]);
  });
});
