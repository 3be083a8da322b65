import { listOf, objectOf, stringOf } from './json-reading.ts';

/** Whether a chat stream chunk carries content, a refusal, reasoning or a piece of a tool call. Empty strings do not count. */
export function carriesContent(chunk: unknown): boolean {
  return listOf(objectOf(chunk)?.['choices']).some((choice) => {
    const delta = objectOf(objectOf(choice)?.['delta']);
    return (
      ['content', 'reasoning', 'refusal'].some((field) => stringOf(delta?.[field])) ||
      ['tool_calls', 'reasoning_details'].some((field) => listOf(delta?.[field]).length > 0)
    );
  });
}
