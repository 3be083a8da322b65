import { ApiError } from './api-error.ts';
import { hostOf } from './catalogue.ts';
import type { Candidate } from './route.ts';
import { unavailable } from './unserved.ts';

/** An endpoint that was asked in vain. */
export interface Failed {
  candidate: Candidate;
  /** What the client would hear if there was no other endpoint. */
  error: ApiError;
  /** Seconds, when the host gave a hint. */
  retryAfter: number | undefined;
}

/**
 * What the client hears when every endpoint failed: what they have in common, where several hosts were asked, else the last error.
 * https://openrouter.ai/docs/api_reference/errors-and-debugging, availability. A pinned provider's own refusal is passed on, as
 * seen up to 2026-10.
 */
export function allFailed(failed: readonly Failed[], requested: readonly string[]): ApiError {
  const last = failed.at(-1);
  const [model = ''] = requested;
  if (!last) {
    return unavailable({
      code: 'no_endpoints',
      message: `No endpoints found for ${model}.`,
      requested,
      metadata: { routing_funnel: [{ step: 'Add BYOK Endpoints', endpoint_count: 0 }] },
    });
  }
  const all = (holds: (status: number) => boolean) => failed.every(({ error }) => holds(error.status));
  const affected = [...new Set(failed.map(({ candidate }) => candidate.endpoint.host))];
  const hints = failed.flatMap(({ retryAfter }) => retryAfter ?? []);
  const retryAfter = hints.length > 0 ? Math.min(...hints) : undefined;
  const common = { requested, affected, retryAfter, metadata: { previous_errors: failed.map(inShort) } };
  if (all((status) => status === 404)) {
    return unavailable({
      code: 'model_unavailable_upstream',
      message: `No provider has ${model} at the moment.`,
      ...common,
    });
  }
  if (affected.length > 1 && all((status) => status === 429)) {
    const hint = retryAfter === undefined ? '' : ` Retry after ${retryAfter} seconds.`;
    return unavailable({
      code: 'capacity_exhausted',
      message: `All providers for ${model} are at capacity.${hint}`,
      ...common,
    });
  }
  if (affected.length > 1 && all((status) => status === 408 || status >= 500)) {
    return unavailable({ code: 'temporarily_unavailable', message: 'Service temporarily unavailable', ...common });
  }
  const { error } = last;
  const earlier = failed.slice(0, -1).map(({ error: { status, message } }) => ({ code: status, message }));
  return new ApiError(error.status, error.message, {
    metadata: { ...error.metadata, ...(earlier.length > 0 && { previous_errors: earlier }) },
    errorType: error.errorType,
    ...(retryAfter !== undefined && (error.status === 429 || error.status === 503) && { retryAfter }),
  });
}

/** Without the hosts' own words, since 2026-08-19. */
const inShort = ({ candidate, error }: Failed) => ({
  provider: hostOf(candidate.endpoint).name,
  code: error.errorType,
  status: error.status,
});
