import { chatUsage } from './chat-usage.ts';
import type { AnswerHead, Skin } from './skin.ts';

const done = 'data: [DONE]\n\n';

/** A completion as an event stream: chat's chunks with `text` for the delta. */
export function completionsStream(): Skin {
  return {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' },
    keepAlive: ': OPENROUTER PROCESSING\n\n',
    event(head, event) {
      switch (event.kind) {
        case 'content':
          return [chunk(head, choiceOf({ text: event.text }))];
        case 'reasoning':
          return [chunk(head, choiceOf({ text: '', reasoning: event.text }))];
        case 'finish':
          return [chunk(head, choiceOf({ text: '' }, event.finishReason, event.nativeFinishReason))];
        case 'tool-call':
          return [];
      }
    },
    finish: (head, { finishReason, nativeFinishReason, usage, cost, routing }) => [
      chunk(head, choiceOf({ text: '' }, finishReason, nativeFinishReason), {
        usage: chatUsage(usage, cost),
        ...(routing !== undefined && { openrouter_metadata: routing }),
      }),
      done,
    ],
    fail(head, error, at) {
      const body = error.body();
      if (at?.form === 'bare') return [JSON.stringify(body)];
      if (at?.form === 'with-usage') {
        return [chunk(head, choiceOf({ text: '' }), { ...body, usage: chatUsage(at.usage, at.cost) }), done];
      }
      return [chunk(head, at?.form === 'no-choices' ? null : choiceOf({ text: '' }, 'error'), body), done];
    },
  };
}

function chunk({ id, created, model, provider }: AnswerHead, choice: object | null, more: object = {}): string {
  const choices = choice === null ? [] : [choice];
  return `data: ${JSON.stringify({ id, object: 'text_completion', created, model, provider, choices, ...more })}\n\n`;
}

const choiceOf = (said: object, finishReason: string | null = null, native: string | null = null) => ({
  index: 0,
  ...said,
  finish_reason: finishReason,
  native_finish_reason: native,
});
