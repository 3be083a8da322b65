import type { Chunk, StreamItem, WireFact } from './exchange.ts';
import { excerpt } from './excerpt.ts';
import { parseJson } from './parse-json.ts';
import { streamReader } from './stream-reader.ts';

interface StreamReading {
  items: StreamItem[];
  /** JSON that stood in the stream without `data:` in front of it; undefined when there was none. */
  unframed: unknown;
  facts: WireFact[];
}

/** A line that names a field, whether or not event streams know it. */
const fieldLine = /^[A-Za-z][\w.-]*(?=:|$)/;

/**
 * Reads the chunks of an event stream; `text` is the same, decoded. However the bytes are cut into chunks, the items are the
 * same but for their times. What is no event is kept as a fact: unknown fields, stray lines, an unfinished tail, and a JSON
 * body sent without framing, as OpenRouter does with an error when it has announced a stream already (seen 2026-08-27).
 */
export function readStream(chunks: readonly Chunk[], text: string): StreamReading {
  const items: StreamItem[] = [];
  const facts: WireFact[] = [];
  const unframed: { line: string; where: string }[] = [];
  let events = 0;
  const reader = streamReader(
    (item) => {
      items.push(item);
      if (item.kind === 'event') events += 1;
    },
    ({ type, line = '' }) => {
      const where = `before event ${events}`;
      if (type === 'invalid-retry') facts.push({ code: 'invalid-stream-line', where, detail: excerpt(line) });
      else if (fieldLine.test(line)) facts.push({ code: 'unknown-stream-field', where, detail: excerpt(line) });
      else unframed.push({ line, where });
    },
  );
  for (const chunk of chunks) reader.push(chunk);

  const { event, stray } = unfinished(text);
  if (event !== '') facts.push({ code: 'unterminated-event', where: `event ${events}`, detail: excerpt(event) });
  if (stray !== '') unframed.push({ line: stray, where: `before event ${events}` });
  const bare = unframed.map(({ line }) => line).join('\n');
  const first = unframed.find(({ line }) => line.trim() !== '');
  if (first && /^\s*[{[]/.test(bare)) {
    facts.push({ code: 'data-without-framing', where: first.where, detail: excerpt(bare.trim()) });
    return { items, unframed: parseJson(bare), facts };
  }
  for (const { line, where } of unframed) facts.push({ code: 'invalid-stream-line', where, detail: excerpt(line) });
  return { items, unframed: undefined, facts };
}

/** What follows the last blank line: the lines of an event that was never finished, and a last line that is no field. */
function unfinished(text: string): { event: string; stray: string } {
  const lines = text.slice(afterLastBlankLine(text)).split(/\r\n|\n|\r/);
  const rest = lines.pop() ?? '';
  const fields = lines.filter((line) => /^(?:data|event|id)(?=:|$)/.test(line));
  if (/^[A-Za-z:]/.test(rest)) fields.push(rest);
  return { event: fields.join('\n'), stray: /^[A-Za-z:]/.test(rest) ? '' : rest.trim() };
}

function afterLastBlankLine(text: string): number {
  const blank = Math.max(text.lastIndexOf('\n\n'), text.lastIndexOf('\n\r'), text.lastIndexOf('\r\r'));
  if (blank === -1) return 0;
  return text.startsWith('\r\n', blank + 1) ? blank + 3 : blank + 2;
}
