import type { ApiError } from './api-error.ts';
import { chatUsage } from './chat-usage.ts';
import type { AnswerEvent, AnswerHead, Break, Outcome, Skin } from './skin.ts';
import type { ToolCallDelta } from './upstream-events.ts';

/** A chat answer in one piece. Keys stand in the order of today's wire; blanks keep the connection alive before it. */
export function chatJson(): Skin {
  let content = '';
  let reasoning = '';
  const calls: { index: number; id: string; name: string; arguments: string }[] = [];

  function add({ index, id, function: part }: ToolCallDelta): void {
    let call = calls.find((known) => known.index === index);
    if (!call) calls.push((call = { index, id: id ?? '', name: part?.name ?? '', arguments: '' }));
    call.arguments += part?.arguments ?? '';
  }

  const message = () => ({
    role: 'assistant',
    content: calls.length > 0 && content === '' ? null : content,
    refusal: null,
    reasoning: reasoning === '' ? null : reasoning,
    ...(calls.length > 0 && {
      tool_calls: calls.map(({ index, id, name, arguments: text }) => ({
        type: 'function',
        index,
        id,
        function: { name, arguments: text },
      })),
    }),
    ...(reasoning !== '' && {
      reasoning_details: [{ type: 'reasoning.text', text: reasoning, format: 'unknown', index: 0 }],
    }),
  });

  const result = ({ id, created, model, provider }: AnswerHead, choice: object, more: object) =>
    JSON.stringify({
      id,
      object: 'chat.completion',
      created,
      model,
      provider,
      system_fingerprint: null,
      service_tier: null,
      choices: [{ index: 0, logprobs: null, ...choice }],
      ...more,
    });

  return {
    headers: { 'content-type': 'application/json' },
    keepAlive: '\n         \n',
    event(_head: AnswerHead, event: AnswerEvent) {
      if (event.kind === 'content') content += event.text;
      else if (event.kind === 'reasoning') reasoning += event.text;
      else if (event.kind === 'tool-call') add(event.call);
      return [];
    },
    finish(head: AnswerHead, { finishReason, nativeFinishReason, usage, cost, routing }: Outcome) {
      return [
        result(
          head,
          { finish_reason: finishReason, native_finish_reason: nativeFinishReason, message: message() },
          { usage: chatUsage(usage, cost), ...(routing !== undefined && { openrouter_metadata: routing }) },
        ),
      ];
    },
    fail(head: AnswerHead, error: ApiError, at?: Break) {
      // Nothing said yet: a bare error, inside a 200 that cannot be taken back. Seen later on, too.
      if (at === undefined || at.form === 'bare') return [JSON.stringify(error.body())];
      const { error: inside, ...beside } = error.body();
      const choice = { finish_reason: 'error', native_finish_reason: null, message: message(), error: inside };
      return [result(head, choice, { ...beside, usage: chatUsage(at.usage, at.cost) })];
    },
  };
}
