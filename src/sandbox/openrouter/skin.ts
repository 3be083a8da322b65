import type { ApiError } from './api-error.ts';
import type { Cost } from './cost.ts';
import type { TokenUsage, UpstreamEvent } from './upstream-events.ts';

/** What an answer says about itself. */
export interface AnswerHead {
  id: string;
  /** Seconds since the epoch. */
  created: number;
  model: string;
  /** Display name. */
  provider: string;
}

/** How a complete answer ended. */
export interface Outcome {
  /** Null when the host gave none. */
  finishReason: string | null;
  nativeFinishReason: string | null;
  usage: TokenUsage;
  cost: Cost;
  /** `openrouter_metadata`, when it was asked for. */
  routing: unknown;
  /** Seconds since the epoch. */
  completedAt: number;
}

/** Events of the answer itself. */
export type AnswerEvent =
  | Extract<UpstreamEvent, { kind: 'content' | 'reasoning' | 'tool-call' }>
  | { kind: 'finish'; finishReason: string | null; nativeFinishReason: string | null };

/**
 * How an error after the first token is told. `choice` is the documented form; the others were seen: without choices, beside a
 * normal choice and the usage, as a bare body without framing, and not at all. On /responses the documentation has two events more,
 * `error` and `response.error`.
 */
export type LateForm =
  | 'choice'
  | 'no-choices'
  | 'with-usage'
  | 'bare'
  | 'error-event'
  | 'response-error-event'
  | 'unsaid';

/** An answer that broke off. */
export interface Break {
  form: Exclude<LateForm, 'unsaid'>;
  usage: TokenUsage;
  cost: Cost;
}

/** One API's way of writing an answer. Methods return the pieces to send now, each on its own. A skin serves one answer. */
export interface Skin {
  headers: Record<string, string>;
  /** Sent while there is nothing to say. */
  keepAlive: string;
  event(head: AnswerHead, event: AnswerEvent): string[];
  /** Everything is known now, the bill too. */
  finish(head: AnswerHead, outcome: Outcome): string[];
  /** Whether this API shows the error as an answer of limited length instead. */
  shortens?(error: ApiError): boolean;
  /** The answer broke off; without `at`, before its first token. */
  fail(head: AnswerHead, error: ApiError, at?: Break): string[];
}
