import { MessageContent } from './messages-content.ts';
import { messagesErrorBody, messagesErrorEvent } from './messages-error.ts';
import { circumstances, counters, messageOf, stopReasonOf } from './messages-result.ts';
import type { AnswerHead, Skin } from './skin.ts';

const uncounted = { promptTokens: 0, completionTokens: 0, reasoningTokens: 0, cachedTokens: 0 };
/** Ends the streams of this API too, by the specification. */
const done = 'data: [DONE]\n\n';

/**
 * A message as an event stream, with `event:` lines. Whose key paid stands only in the metadata of `message_stop`:
 * https://openrouter.ai/openapi.yaml MessagesStreamEvents
 */
export function messagesStream(): Skin {
  const content = new MessageContent();
  let begun = false;

  function begin(head: AnswerHead): string[] {
    if (begun) return [];
    begun = true;
    const usage = { ...counters(uncounted), ...circumstances };
    return write({ type: 'message_start', message: { ...messageOf(head, [], null), usage } });
  }

  return {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' },
    keepAlive: ': OPENROUTER PROCESSING\n\n',
    event: (head, event) => [...begin(head), ...write(...content.take(event))],
    finish(head, outcome) {
      const delta = {
        container: null,
        stop_reason: stopReasonOf(outcome),
        stop_details: null,
        stop_sequence: null,
      };
      return [
        ...begin(head),
        ...write(
          ...content.close(),
          { type: 'message_delta', delta, usage: counters(outcome.usage) },
          {
            type: 'message_stop',
            ...(outcome.routing !== undefined && { openrouter_metadata: outcome.routing }),
          },
        ),
        done,
      ];
    },
    fail(_head, error, at) {
      if (at?.form === 'bare') return [JSON.stringify(messagesErrorBody(error))];
      return [...write(messagesErrorEvent(error)), done];
    },
  };
}

const write = (...events: ({ type: string } & Record<string, unknown>)[]): string[] =>
  events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
