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
  finishReason: string;
  nativeFinishReason: string;
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
  | { kind: 'finish'; finishReason: string; nativeFinishReason: string };

/** One API's way of writing an answer. Methods return the pieces to send now, each on its own. A skin serves one answer. */
export interface Skin {
  headers: Record<string, string>;
  /** Sent while there is nothing to say. */
  keepAlive: string;
  event(head: AnswerHead, event: AnswerEvent): string[];
  /** Everything is known now, the bill too. */
  finish(head: AnswerHead, outcome: Outcome): string[];
  /** The answer broke off after it had begun. */
  fail(head: AnswerHead, error: ApiError): string[];
}
