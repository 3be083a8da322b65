/** A piece of a tool call as it comes in. */
export interface ToolCallDelta {
  index: number;
  id?: string;
  type?: string;
  function?: { name?: string; arguments?: string };
}

/** What a host says in its stream, in words that no skin owns. */
export type UpstreamEvent =
  | { kind: 'content'; text: string }
  | { kind: 'reasoning'; text: string }
  | { kind: 'tool-call'; call: ToolCallDelta }
  | { kind: 'finish'; reason: string }
  | { kind: 'usage'; usage: TokenUsage };

export interface TokenUsage {
  promptTokens: number;
  completionTokens: number;
  reasoningTokens: number;
  cachedTokens: number;
}

/** A host did not answer, or stopped answering. */
export class UpstreamFailure extends Error {
  override readonly name = 'UpstreamFailure';
  /** The host's own status; null when there was no answer. */
  readonly status: number | null;
  /** The host's body as it came. */
  readonly raw: string;
  /** Seconds after which the host would like to be asked again. */
  readonly retryAfter: number | undefined;

  constructor(
    status: number | null,
    raw: string,
    { retryAfter, ...options }: ErrorOptions & { retryAfter?: number } = {},
  ) {
    super(`upstream ${status ?? 'broke off'}`, options);
    this.status = status;
    this.raw = raw;
    this.retryAfter = retryAfter;
  }
}

interface Chunk {
  id?: string;
  choices?: {
    delta?: { content?: string | null; reasoning_content?: string | null; tool_calls?: ToolCallDelta[] | null };
    finish_reason?: string | null;
  }[];
  usage?: {
    prompt_tokens: number;
    completion_tokens: number;
    prompt_tokens_details?: { cached_tokens?: number } | null;
    completion_tokens_details?: { reasoning_tokens?: number } | null;
  } | null;
  error?: { code?: unknown; message?: unknown } | null;
}

/**
 * Reads one event of an OpenAI-style stream.
 *
 * @throws UpstreamFailure when the event is an error
 */
export function readUpstreamEvent(data: string): UpstreamEvent[] {
  const chunk = JSON.parse(data) as Chunk;
  if (chunk.error) throw new UpstreamFailure(statusIn(chunk.error.code), data);
  const choice = chunk.choices?.[0];
  const events: UpstreamEvent[] = [];
  if (choice?.delta?.reasoning_content) events.push({ kind: 'reasoning', text: choice.delta.reasoning_content });
  if (choice?.delta?.content) events.push({ kind: 'content', text: choice.delta.content });
  for (const call of choice?.delta?.tool_calls ?? []) events.push({ kind: 'tool-call', call });
  if (choice?.finish_reason) events.push({ kind: 'finish', reason: choice.finish_reason });
  if (chunk.usage) {
    events.push({
      kind: 'usage',
      usage: {
        promptTokens: chunk.usage.prompt_tokens,
        completionTokens: chunk.usage.completion_tokens,
        reasoningTokens: chunk.usage.completion_tokens_details?.reasoning_tokens ?? 0,
        cachedTokens: chunk.usage.prompt_tokens_details?.cached_tokens ?? 0,
      },
    });
  }
  return events;
}

/** The host's name for its answer. */
export const upstreamId = (data: string): string | null => (JSON.parse(data) as Chunk).id ?? null;

const statusIn = (code: unknown): number | null =>
  typeof code === 'number' && code >= 400 && code <= 599 ? code : null;
