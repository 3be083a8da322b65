import { addCreated, addError, addHead, addUsage, type Draft, type Part } from '../draft.ts';
import { listOf, objectOf, stringOf } from '../json-reading.ts';
import { addFragments } from '../tool-calls.ts';

/** A result or chunk of /chat/completions. */
export function addChatPart(answer: Draft, part: Part): void {
  const choice = addSingleChoicePart(answer, part);
  const streamed = answer.mode === 'stream';
  const message = objectOf(choice?.[streamed ? 'delta' : 'message']);
  answer.content += stringOf(message?.['content']) ?? '';
  answer.reasoning += stringOf(message?.['reasoning']) ?? '';
  answer.reasoningDetails.push(...listOf(message?.['reasoning_details']));
  answer.refusal += stringOf(message?.['refusal']) ?? '';
  addFragments(answer.toolCalls, message?.['tool_calls'], streamed);
}

/** All of a part but what its choice says; returns the choice. Answers have one: OpenRouter has no `n`. */
export function addSingleChoicePart(answer: Draft, { json, event, unframed }: Part) {
  addHead(answer, json);
  addCreated(answer, json['created']);
  const where = unframed && !('choices' in json) ? 'bare' : 'top-level';
  addError(answer, json['error'], { where, pointer: '/error', event, beside: json });
  addUsage(answer, json['usage'], event, (usage) => usage);
  const choice = objectOf(listOf(json['choices'])[0]);
  if (choice === undefined) return undefined;
  const { finish_reason: reason = null, native_finish_reason: native = null } = choice;
  if (reason !== null || native !== null) answer.finishReasons.push({ event, reason, native });
  answer.finishReason ??= stringOf(reason) ?? null;
  answer.nativeFinishReason ??= stringOf(native) ?? null;
  answer.ending ??= answer.finishReason;
  addError(answer, choice['error'], { where: 'choice', pointer: '/choices/0/error', event });
  return choice;
}
