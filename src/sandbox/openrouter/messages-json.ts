import { MessageContent } from './messages-content.ts';
import { messagesErrorBody } from './messages-error.ts';
import { circumstances, costs, counters, messageOf, stopReasonOf } from './messages-result.ts';
import type { Skin } from './skin.ts';

/** A message in one piece; blanks keep the connection alive before it. */
export function messagesJson(): Skin {
  const content = new MessageContent();
  return {
    headers: { 'content-type': 'application/json' },
    keepAlive: '\n         \n',
    event(_head, event) {
      content.take(event);
      return [];
    },
    finish(head, outcome) {
      content.close();
      const message = {
        ...messageOf(head, content.blocks, stopReasonOf(outcome)),
        usage: { ...counters(outcome.usage), ...circumstances, ...costs(outcome) },
        ...(outcome.routing !== undefined && { openrouter_metadata: outcome.routing }),
      };
      return [JSON.stringify(message)];
    },
    // A message has no place for an error; what was said before is lost.
    fail: (_head, error) => [JSON.stringify(messagesErrorBody(error))],
  };
}
