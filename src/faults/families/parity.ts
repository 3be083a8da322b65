import { all, change } from '../edit.ts';
import type { Family } from '../fault.ts';

const twice = (usd: number) => usd * 2;

/** What only shows beside the provider's own answer to the same request: in itself each of these answers is sound. */
export const parity: Family = {
  name: 'parity',
  faults: [
    {
      name: 'smaller-model-of-the-name',
      says: 'A smaller model answers, whose name begins like that of the one asked for.',
      trips: ['parity.same-model'],
      touches: ['parity/plain-answer', 'parity/tool-call'],
      at: ['chat', 'generation'],
      edit: all(
        change('model', () => 'z-ai/glm-5.2-air'),
        change('data.model', () => 'z-ai/glm-5.2-air'),
      ),
    },
    {
      name: 'limit-lowered-on-the-way',
      says: 'The provider is told to stop after one token.',
      trips: ['parity.same-finish'],
      touches: ['parity/plain-answer'],
      hear: change('max_tokens', () => 1),
    },
    {
      name: 'schema-of-a-tool-lost',
      says: 'The arguments of a tool are not described to the provider as the request describes them.',
      trips: ['parity.tool-calls-valid'],
      touches: ['parity/tool-call'],
      hear: change('tools.*.function.parameters', () => ({
        type: 'object',
        properties: { town: { type: 'string' } },
        required: ['town'],
      })),
    },
    {
      name: 'prompt-added-on-the-way',
      says: 'A system prompt of the gateway’s own is put before the messages.',
      trips: ['parity.prompt-tokens-close'],
      touches: ['parity/plain-answer', 'parity/tool-call', 'parity/cut-by-max-tokens'],
      hear: change('messages', (messages: unknown[]) => [
        { role: 'system', content: 'You are a helpful assistant of the gateway. '.repeat(20) },
        ...messages,
      ]),
    },
    {
      name: 'upstream-cost-with-a-margin',
      says: 'What the provider is said to bill is twice its own price, in all its parts and in the record.',
      trips: ['parity.price-as-listed'],
      touches: ['parity/plain-answer'],
      at: ['chat', 'generation'],
      edit: all(change('usage.cost_details.*', twice), change('data.upstream_inference_cost', twice)),
    },
  ],
};
