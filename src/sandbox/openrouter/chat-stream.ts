import type { ApiError } from './api-error.ts';
import { chatUsage } from './chat-usage.ts';
import type { AnswerEvent, AnswerHead, Break, Outcome, Skin } from './skin.ts';

const done = 'data: [DONE]\n\n';

/** A chat answer as an event stream. Keys stand in the order of today's wire; `role` is in every delta. */
export function chatStream(): Skin {
  return {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' },
    keepAlive: ': OPENROUTER PROCESSING\n\n',
    event: (head, event) => [chunk(head, choiceOf(event))],
    finish(head: AnswerHead, { finishReason, nativeFinishReason, usage, cost, routing }: Outcome) {
      // The finish reason comes a second time beside the usage since 2026-03-16.
      const last = choiceOf({ kind: 'finish', finishReason, nativeFinishReason });
      const after = { usage: chatUsage(usage, cost), ...(routing !== undefined && { openrouter_metadata: routing }) };
      return [chunk(head, last, { before: { service_tier: null }, after }), done];
    },
    fail(head: AnswerHead, error: ApiError, at?: Break) {
      const body = error.body();
      // Seen without any framing, too: no `data:`, no [DONE].
      if (at?.form === 'bare') return [JSON.stringify(body)];
      const { error: before, ...after } = body;
      if (at?.form === 'with-usage') {
        const usual = choiceOf({ kind: 'content', text: '' });
        const more = { ...after, usage: chatUsage(at.usage, at.cost) };
        return [chunk(head, usual, { before: { error: before }, after: more }), done];
      }
      const failed = { index: 0, delta: { content: '' }, finish_reason: 'error', native_finish_reason: null };
      return [chunk(head, at?.form === 'no-choices' ? null : failed, { before: { error: before }, after }), done];
    },
  };
}

function chunk(head: AnswerHead, first: object | null, around: { before?: object; after?: object } = {}): string {
  const { id, created, model, provider } = head;
  const value = {
    id,
    object: 'chat.completion.chunk',
    created,
    model,
    provider,
    ...around.before,
    choices: first === null ? [] : [first],
    ...around.after,
  };
  return `data: ${JSON.stringify(value)}\n\n`;
}

function choiceOf(event: AnswerEvent): object {
  const [finishReason, native] =
    event.kind === 'finish' ? [event.finishReason, event.nativeFinishReason] : [null, null];
  return { index: 0, delta: deltaOf(event), finish_reason: finishReason, native_finish_reason: native };
}

function deltaOf(event: AnswerEvent): object {
  switch (event.kind) {
    case 'content':
      return { content: event.text, role: 'assistant' };
    case 'reasoning':
      return {
        content: '',
        role: 'assistant',
        reasoning: event.text,
        reasoning_details: [{ type: 'reasoning.text', text: event.text, format: 'unknown', index: 0 }],
      };
    case 'tool-call':
      return { content: null, role: 'assistant', tool_calls: [event.call] };
    case 'finish':
      return { content: '', role: 'assistant' };
  }
}
