import { anthropicError } from './error.ts';
import { routerMetadata, routerMetadataOnError } from './metadata.ts';
import { contentBlock, deltaUsage, messagesResult, stopReason } from './messages.ts';
import { always, count, nullable, object, string, text, type Schema } from './shape.ts';

const byType: ReadonlyMap<string, Schema> = new Map([
  ['message_start', object({ type: always('message_start'), message: messagesResult })],
  ['content_block_start', object({ type: always('content_block_start'), index: count, content_block: contentBlock })],
  [
    'content_block_delta',
    object({
      type: always('content_block_delta'),
      index: count,
      delta: object({ type: text }, { text: string, thinking: string, partial_json: string, signature: string }),
    }),
  ],
  ['content_block_stop', object({ type: always('content_block_stop'), index: count })],
  [
    'message_delta',
    object({
      type: always('message_delta'),
      delta: object({
        stop_reason: stopReason,
        stop_sequence: nullable(string),
        stop_details: nullable(object({})),
        container: nullable(object({})),
      }),
      usage: deltaUsage,
    }),
  ],
  ['message_stop', object({ type: always('message_stop') }, { openrouter_metadata: nullable(routerMetadata) })],
  ['ping', object({ type: always('ping') })],
  [
    'error',
    object({ type: always('error'), error: anthropicError }, { openrouter_metadata: nullable(routerMetadataOnError) }),
  ],
]);

const anyEvent: Schema = object({ type: text });

/** An event of a /messages stream. Source: MessagesStreamEvents. */
export function messagesEvent(type: string): Schema {
  return byType.get(type) ?? anyEvent;
}
