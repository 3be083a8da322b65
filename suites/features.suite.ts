/**
 * What a model can do, as far as io.net's endpoint lists the parameter. Invariants only: never what a model chose to say.
 * https://openrouter.ai/docs/api_reference/parameters
 */
import {
  answered,
  calledTool,
  chat,
  contentContains,
  contentIsJsonFor,
  finishReasonIs,
  hasReasoning,
  onOwnKey,
  pin,
  readAnswer,
  say,
  scenario,
  stopsBefore,
  tokensAtMost,
} from '../src/index.ts';
import type { Exchange } from '../src/index.ts';
import { city, citySchema, weatherTool } from './material.ts';

/** A model may reason unasked, and that is generated within the same limit. */
const roomToThink = 2_048;

const weather = { role: 'user', content: 'What is the weather in Paris?' };

scenario({
  id: 'features/tool-call-forced',
  says: '`tool_choice: "required"` makes the model call a tool.',
  proves: ['api.tools'],
  requires: ['tools', 'tool_choice'],
  steps: [
    answered(
      chat([weather], { provider: pin, max_tokens: roomToThink, tools: [weatherTool], tool_choice: 'required' }),
      onOwnKey,
      {
        checks: [calledTool('get_weather'), finishReasonIs('tool_calls')],
      },
    ),
  ],
});

scenario({
  id: 'features/tool-call-free',
  says: 'With tools and a free choice the answer is sound either way: a call with JSON arguments, or text.',
  proves: ['api.tools'],
  requires: ['tools'],
  steps: [
    answered(chat([weather], { provider: pin, max_tokens: roomToThink, tools: [weatherTool] }), onOwnKey, {
      checks: [finishReasonIs('tool_calls', 'stop')],
    }),
  ],
});

scenario({
  id: 'features/tool-result-round-trip',
  says: 'The result of a tool goes back under the id of its call, and is answered.',
  proves: ['api.tools', 'api.messages'],
  requires: ['tools', 'tool_choice'],
  steps: [
    answered(
      chat([weather], { provider: pin, max_tokens: roomToThink, tools: [weatherTool], tool_choice: 'required' }),
      onOwnKey,
      {
        checks: [calledTool('get_weather')],
      },
    ),
    ({ earlier }) =>
      answered(
        chat([weather, ...roundTrip(earlier[0])], { provider: pin, max_tokens: roomToThink, tools: [weatherTool] }),
        onOwnKey,
      ),
  ],
});

scenario({
  id: 'features/json-schema-validates',
  says: 'Structured output is JSON that validates against the schema asked for.',
  proves: ['api.structured-outputs'],
  requires: ['response_format', 'structured_outputs'],
  steps: [
    answered(
      say('Describe Paris as JSON.', { provider: pin, max_tokens: roomToThink, response_format: citySchema }),
      onOwnKey,
      {
        checks: [contentIsJsonFor(city)],
      },
    ),
  ],
});

scenario({
  id: 'features/max-tokens-gives-length',
  says: '`max_tokens` ends the answer with finish reason `length`.',
  proves: ['api.max-tokens'],
  requires: ['max_tokens'],
  steps: [
    answered(say('Count from 1 to 500', { provider: pin, max_tokens: 16 }), onOwnKey, {
      checks: [finishReasonIs('length'), tokensAtMost(16)],
    }),
  ],
});

scenario({
  id: 'features/stop-ends-the-answer',
  says: 'A stop sequence ends the answer before it is written.',
  proves: ['api.stop'],
  requires: ['stop'],
  steps: [
    answered(say('Count from 1 to 20', { provider: pin, stop: ['7'] }), onOwnKey, {
      checks: [stopsBefore('7'), finishReasonIs('stop')],
    }),
  ],
});

scenario({
  id: 'features/multi-byte-text-survives',
  says: 'Text of several scripts and composed emoji comes back as it was sent.',
  proves: ['api.messages'],
  steps: [
    answered(say('Reply with exactly: Zażółć 東京 👩🏽‍🚀', { provider: pin }), onOwnKey, {
      checks: [contentContains('Zażółć 東京 👩🏽‍🚀')],
    }),
  ],
});

scenario({
  id: 'features/system-message-heeded',
  says: 'A system message is accepted beside the user’s.',
  proves: ['api.messages'],
  steps: [
    answered(
      chat(
        [
          { role: 'system', content: 'End every reply with the word roger.' },
          { role: 'user', content: 'Reply with exactly: ok' },
        ],
        { provider: pin },
      ),
      onOwnKey,
      { checks: [contentContains('ok')] },
    ),
  ],
});

scenario({
  id: 'features/seed-accepted',
  says: '`seed` is accepted where the endpoint lists it.',
  proves: ['api.seed'],
  requires: ['seed'],
  steps: [answered(say('Reply with exactly: ok', { provider: pin, seed: 7 }), onOwnKey)],
});

scenario({
  id: 'features/reasoning-shown',
  says: 'Reasoning asked for is shown and counted among the completion tokens.',
  proves: ['api.reasoning', 'usage.tokens'],
  requires: ['reasoning'],
  steps: [
    answered(say('Reply with exactly: ok', { provider: pin, reasoning: { effort: 'high' } }), onOwnKey, {
      checks: [hasReasoning()],
    }),
  ],
});

/** The call as the assistant's turn, and its result. */
function roundTrip(exchange: Exchange | undefined): unknown[] {
  const call = exchange && readAnswer(exchange)?.toolCalls[0];
  const { id = 'missing', name = 'missing', arguments: text = '{}' } = call ?? {};
  return [
    { role: 'assistant', content: null, tool_calls: [{ id, type: 'function', function: { name, arguments: text } }] },
    { role: 'tool', tool_call_id: id, content: '{"temperature_celsius":21}' },
  ];
}
