import { createParser, type ParseError } from 'eventsource-parser';
import type { Chunk, StreamItem } from './exchange.ts';

/** Reads an event stream chunk by chunk. */
export interface StreamReader {
  push(chunk: Chunk): void;
}

/**
 * Calls `onItem` for each event and comment as the chunk that completes it is pushed, and `onStray` for each complete line
 * that is none of `data`, `event`, `id`, `retry` or a comment. What no blank line (or, for a comment, no line end) follows
 * is never reported.
 *
 * Line ends and fields as in https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export function streamReader(
  onItem: (item: StreamItem) => void,
  onStray: (problem: ParseError) => void = () => {},
): StreamReader {
  let at = 0;
  let unfinishedLine = '';
  const decoder = new TextDecoder();
  const parser = createParser({
    onEvent: ({ data, event, id }) =>
      onItem({
        kind: 'event',
        at,
        data,
        ...(event !== undefined && { event }),
        ...(id !== undefined && { id }),
      }),
    onComment: (text) => onItem({ kind: 'comment', at, text }),
    onError: onStray,
  });
  // The decoder removes a byte order mark. Without this the parser would take the characters U+00EF U+00BB U+00BF for one too.
  parser.feed('\uFEFF');

  return {
    push(chunk) {
      at = chunk.at;
      const text = decoder.decode(chunk.bytes, { stream: true });
      const lineEnd = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
      if (lineEnd === 0) {
        unfinishedLine += text;
        return;
      }
      // Only whole lines are fed: of an unfinished one that is no field the parser would forget the first part unreported.
      parser.feed(unfinishedLine + text.slice(0, lineEnd));
      unfinishedLine = text.slice(lineEnd);
    },
  };
}
