import type { Answer, AnswerError } from './answer-view.ts';
import { objectOf, stringOf } from './json-reading.ts';

export type Draft = {
  -readonly [K in keyof Answer]: Answer[K] extends readonly (infer E)[] ? E[] : Answer[K];
};

/** A result, a chunk or event of one, or an error. */
export interface Part {
  json: Readonly<Record<string, unknown>>;
  /** Index of its event. */
  event: number;
  /** It is the whole body, or stood in a stream without framing. */
  unframed: boolean;
}

/** Takes over what a part says about the answer as a whole. */
export function addHead(answer: Draft, head: Readonly<Record<string, unknown>> | undefined): void {
  answer.id ??= stringOf(head?.['id']) ?? null;
  answer.model ??= stringOf(head?.['model']) ?? null;
  answer.provider ??= stringOf(head?.['provider']) ?? null;
  answer.object ??= stringOf(head?.['object']) ?? null;
  answer.metadata = head?.['openrouter_metadata'] ?? answer.metadata;
}

export function addCreated(answer: Draft, created: unknown): void {
  answer.created ??= typeof created === 'number' ? created : null;
}

/** Keeps a usage as it was sent, and what it is in the names of /chat/completions. */
export function addUsage(
  answer: Draft,
  usage: unknown,
  event: number,
  inCommonNames: (usage: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>,
): void {
  if (usage === undefined || usage === null) return;
  answer.usages.push({ event, usage });
  const raw = objectOf(usage);
  if (raw === undefined) return;
  answer.rawUsage = raw;
  answer.usage = inCommonNames(raw);
}

/** Keeps the first error; `beside` are the fields around it, one of which may be its type. */
export function addError(
  answer: Draft,
  value: unknown,
  { where, pointer, event, beside }: Pick<AnswerError, 'where' | 'pointer' | 'event'> & { beside?: Part['json'] },
): void {
  if (value === undefined || value === null || answer.error !== null) return;
  const error = objectOf(value) ?? { message: value };
  const metadata = objectOf(error['metadata']);
  const type = stringOf(error['type']);
  const errorType =
    stringOf(error['error_type']) ?? stringOf(metadata?.['error_type']) ?? stringOf(beside?.['error_type']);
  const availability = error['availability'] ?? metadata?.['availability'];
  answer.error = {
    code: error['code'],
    message: stringOf(error['message']) ?? null,
    metadata: error['metadata'],
    ...(type !== undefined && { type }),
    ...(errorType !== undefined && { errorType }),
    ...(availability !== undefined && { availability }),
    where,
    pointer,
    event,
  };
}
