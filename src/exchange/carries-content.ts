import { listOf, objectOf, stringOf } from './json-reading.ts';

const contentDeltas: ReadonlySet<unknown> = new Set([
  'response.output_text.delta',
  'response.refusal.delta',
  'response.reasoning_text.delta',
  'response.reasoning_summary_text.delta',
  'response.function_call_arguments.delta',
]);

/**
 * Whether a chunk, event or result of any inference API carries content, a refusal, reasoning or a piece of a tool call. Empty
 * strings do not count.
 */
export function carriesContent(value: unknown): boolean {
  const json = objectOf(value);
  const type = json?.['type'];
  if (contentDeltas.has(type)) return hasText(json, ['delta']);
  if (type === 'content_block_delta') return hasText(objectOf(json?.['delta']), ['text', 'thinking', 'partial_json']);
  return (
    (type === 'response.output_item.added' && isCall(json?.['item'])) ||
    isCall(json?.['content_block']) ||
    listOf(json?.['choices']).some(choiceCarries) ||
    [...listOf(json?.['output']), ...listOf(json?.['content'])].some(itemCarries)
  );
}

function hasText(value: Readonly<Record<string, unknown>> | undefined, fields: readonly string[]): boolean {
  return fields.some((field) => stringOf(value?.[field]));
}

/** The head of a tool call names the tool already. */
function isCall(value: unknown): boolean {
  const type = objectOf(value)?.['type'];
  return type === 'function_call' || type === 'tool_use';
}

function choiceCarries(value: unknown): boolean {
  const choice = objectOf(value);
  const said = objectOf(choice?.['delta']) ?? objectOf(choice?.['message']);
  return (
    hasText(choice, ['text']) ||
    hasText(said, ['content', 'reasoning', 'refusal']) ||
    ['tool_calls', 'reasoning_details'].some((field) => listOf(said?.[field]).length > 0)
  );
}

/** An item of a response's output, or a block of a message. */
function itemCarries(value: unknown): boolean {
  const item = objectOf(value);
  return (
    isCall(item) ||
    hasText(item, ['text', 'thinking']) ||
    [...listOf(item?.['content']), ...listOf(item?.['summary'])].some((part) =>
      hasText(objectOf(part), ['text', 'refusal']),
    )
  );
}
