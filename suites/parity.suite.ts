/**
 * The same request, sent to io.net itself and through OpenRouter on the customer's own key: what comes back is of one kind. Words may
 * differ, as those of any two runs of a model do.
 * https://io.net/docs/reference/ai-models/create-chat-completion
 */
import {
  answered,
  calledTool,
  chat,
  finishReasonIs,
  onOwnKey,
  pin,
  say,
  scenario,
  tokensAtMost,
} from '../src/index.ts';
import { weatherTool } from './material.ts';

/** A model may reason unasked, and that is generated within the same limit. */
const roomToThink = 2_048;

const alike = [
  'parity.same-model',
  'parity.same-finish',
  'parity.prompt-tokens-close',
  'parity.price-as-listed',
] as const;

scenario({
  id: 'parity/plain-answer',
  says: 'A plain answer has the model, the ending, the prompt tokens and the price that it has at io.net itself.',
  proves: ['parity.model', 'parity.finish-reason', 'parity.prompt-tokens', 'parity.price'],
  steps: [
    answered(say('Reply with exactly: all is well', { provider: pin, max_tokens: roomToThink }), onOwnKey, {
      checks: alike,
    }),
  ],
});

scenario({
  id: 'parity/tool-call',
  says: 'A tool is called as at io.net itself, with arguments that satisfy its schema on both sides.',
  proves: ['parity.tools', 'parity.finish-reason', 'parity.prompt-tokens'],
  requires: ['tools', 'tool_choice'],
  steps: [
    answered(
      chat([{ role: 'user', content: 'What is the weather in Paris?' }], {
        provider: pin,
        max_tokens: roomToThink,
        tools: [weatherTool],
        tool_choice: 'required',
      }),
      onOwnKey,
      { checks: [calledTool('get_weather'), 'parity.tool-calls-valid', ...alike] },
    ),
  ],
});

scenario({
  id: 'parity/cut-by-max-tokens',
  says: '`max_tokens` cuts an answer as it does at io.net itself.',
  proves: ['parity.finish-reason', 'api.max-tokens', 'parity.prompt-tokens'],
  requires: ['max_tokens'],
  steps: [
    answered(say('Count from 1 to 500', { provider: pin, max_tokens: 16 }), onOwnKey, {
      checks: [finishReasonIs('length'), tokensAtMost(16), ...alike],
    }),
  ],
});
