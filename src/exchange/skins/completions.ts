import type { Draft, Part } from '../draft.ts';
import { stringOf } from '../json-reading.ts';
import { addSingleChoicePart } from './chat.ts';

/** A result or chunk of the older /completions: as chat, but that the choice has a text instead of a message. */
export function addCompletionPart(answer: Draft, part: Part): void {
  const choice = addSingleChoicePart(answer, part);
  answer.content += stringOf(choice?.['text']) ?? '';
  answer.reasoning += stringOf(choice?.['reasoning']) ?? '';
}
