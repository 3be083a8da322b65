import { chatUsage } from './chat-usage.ts';
import type { AnswerHead, Skin } from './skin.ts';

/** A completion in one piece: chat's answer with `text` for the message. */
export function completionsJson(): Skin {
  let text = '';
  let reasoning = '';

  const result = ({ id, created, model, provider }: AnswerHead, choice: object, more: object) =>
    JSON.stringify({
      id,
      object: 'text_completion',
      created,
      model,
      provider,
      system_fingerprint: null,
      choices: [{ index: 0, text, reasoning: reasoning === '' ? null : reasoning, logprobs: null, ...choice }],
      ...more,
    });

  return {
    headers: { 'content-type': 'application/json' },
    keepAlive: '\n         \n',
    event(_head, event) {
      if (event.kind === 'content') text += event.text;
      else if (event.kind === 'reasoning') reasoning += event.text;
      return [];
    },
    finish: (head, { finishReason, nativeFinishReason, usage, cost, routing }) => [
      result(
        head,
        { finish_reason: finishReason, native_finish_reason: nativeFinishReason },
        { usage: chatUsage(usage, cost), ...(routing !== undefined && { openrouter_metadata: routing }) },
      ),
    ],
    fail(head, error, at) {
      if (at === undefined || at.form === 'bare') return [JSON.stringify(error.body())];
      const { error: inside, ...beside } = error.body();
      const choice = { finish_reason: 'error', native_finish_reason: null, error: inside };
      return [result(head, choice, { ...beside, usage: chatUsage(at.usage, at.cost) })];
    },
  };
}
