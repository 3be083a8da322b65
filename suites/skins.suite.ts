/**
 * The other inference APIs going well: the same pins, the same key, the same bill, in their own words.
 * https://openrouter.ai/docs/api_reference/responses/overview and /docs/api_reference/messages
 *
 * Event order, sequence numbers, terminal events and the names of the cost fields are checked on every answer.
 */
import {
  answered,
  calledTool,
  contentContains,
  finishReasonIs,
  onOwnKey,
  onSharedCapacity,
  pin,
  say,
  scenario,
  through,
} from '../src/index.ts';
import { weatherTool } from './material.ts';

const ask = say('Reply with exactly: ok', { provider: pin });

for (const api of ['responses', 'messages', 'completions'] as const) {
  scenario({
    id: `${api}/pinned-on-own-key`,
    says: `A pinned request to /${api} is served by io.net on the customer’s key; metadata and generation record say so, and the answer where it can.`,
    proves: ['provider.only', 'guide.is-byok-true', 'usage.is-byok'],
    steps: [answered(through(api, ask), onOwnKey, { checks: [contentContains('ok')] })],
  });

  scenario({
    id: `${api}/shared-capacity-says-so`,
    says: `Without a key of the provider a request to /${api} is served by shared capacity, and says so.`,
    proves: ['guide.is-byok-false', 'usage.is-byok'],
    steps: [answered(through(api, ask), onSharedCapacity, { given: 'byok-none' })],
  });

  scenario({
    id: `${api}/billed-as-on-chat`,
    says: `A request to /${api} costs what it would on /chat/completions, and the key’s usage grows by it.`,
    proves: ['usage.cost', 'usage.cost-details', 'usage.key-accounting'],
    steps: [
      answered(through(api, say('Count from 1 to 20', { provider: pin, max_tokens: 64 })), onOwnKey, {
        given: 'byok-just-added',
        checks: ['cost.key-usage-grows'],
      }),
    ],
  });

  scenario({
    id: `${api}/cut-at-the-limit`,
    says: `An answer of /${api} that reaches its token limit says so in that API’s words.`,
    proves: ['api.max-tokens'],
    requires: ['max_tokens'],
    steps: [
      answered(through(api, say('Count from 1 to 500', { provider: pin, max_tokens: 16 })), onOwnKey, {
        checks: [finishReasonIs('length')],
      }),
    ],
  });
}

for (const api of ['responses', 'messages'] as const) {
  scenario({
    id: `${api}/tool-call`,
    says: `A tool call comes back over /${api} with id, name and JSON arguments.`,
    proves: ['api.tools'],
    requires: ['tools', 'tool_choice'],
    steps: [
      answered(
        through(
          api,
          say('What is the weather in Paris?', { provider: pin, tools: [weatherTool], tool_choice: 'required' }),
        ),
        onOwnKey,
        { checks: [calledTool('get_weather')] },
      ),
    ],
  });

  scenario({
    id: `${api}/text-survives-cuts`,
    says: `Characters of several bytes arrive whole over /${api}, wherever the transport cuts them.`,
    proves: ['api.messages'],
    steps: [
      answered(through(api, say('Reply with exactly: Zażółć 東京 👩🏽‍🚀', { provider: pin })), onOwnKey, {
        checks: [contentContains('Zażółć 東京 👩🏽‍🚀')],
      }),
    ],
  });
}
