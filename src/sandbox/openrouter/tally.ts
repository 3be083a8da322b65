import type { AnswerEvent } from './skin.ts';
import type { TokenUsage, UpstreamEvent } from './upstream-events.ts';

/** Counts while an answer passes by. */
export class Tally {
  finishReason: string | null = null;
  nativeFinishReason: string | null = null;
  usage: TokenUsage;
  #called = false;

  /** Nothing is charged for an answer that the host called an error, or that has neither a token nor an end. */
  get isFree(): boolean {
    return this.nativeFinishReason === 'error' || (this.finishReason === null && this.usage.completionTokens === 0);
  }

  /** Until the host has counted, the estimate of the prompt and one token for every piece. */
  constructor(estimatedInputTokens: number) {
    this.usage = { promptTokens: estimatedInputTokens, completionTokens: 0, reasoningTokens: 0, cachedTokens: 0 };
  }

  /** What of the event belongs to the answer. */
  take(event: UpstreamEvent): AnswerEvent | null {
    switch (event.kind) {
      case 'usage':
        this.usage = event.usage;
        return null;
      case 'finish':
        this.nativeFinishReason = event.reason;
        this.finishReason = finishReasonOf(event.reason, this.#called);
        return { kind: 'finish', finishReason: this.finishReason, nativeFinishReason: event.reason };
      case 'tool-call':
        this.#called = true;
        break;
      case 'reasoning':
        this.usage.reasoningTokens += 1;
        break;
      case 'content':
        break;
    }
    this.usage.completionTokens += 1;
    return event;
  }
}

const finishReasons = new Set(['tool_calls', 'stop', 'length', 'content_filter']);

/** Hosts name their reasons as they like; a tool call is `tool_calls` even when the host calls it `stop`. */
function finishReasonOf(native: string, called: boolean): string | null {
  // Seen 2026-08-24: an error of the host that shows in its own finish reason alone.
  if (native === 'error') return null;
  if (called && native === 'stop') return 'tool_calls';
  return finishReasons.has(native) ? native : 'stop';
}
