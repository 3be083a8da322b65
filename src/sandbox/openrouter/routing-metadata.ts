import type { Attempt } from './attempts.ts';
import { hostOf } from './catalogue.ts';
import type { PipelineStage } from './content-filters.ts';
import type { Model } from './endpoint.ts';
import type { Candidate } from './route.ts';

/** What the router knows of a request, for clients that send `X-OpenRouter-Metadata: enabled`. */
export interface Routing {
  /** Models as the request named them, the wanted one first. */
  requested: readonly string[];
  models: readonly Model[];
  strategy: string;
  /** What guardrails found. */
  pipeline: readonly PipelineStage[];
  /** Empty when routing left none. */
  candidates: readonly Candidate[];
  attempts: readonly Attempt[];
  /** Null when nobody served. */
  served: Candidate | null;
}

/** `openrouter_metadata`: https://openrouter.ai/docs/guides/features/router-metadata */
export function routingMetadata({ requested, models, strategy, pipeline, candidates, attempts, served }: Routing) {
  const available = candidates.filter(
    ({ endpoint }, index) => candidates.findIndex((other) => other.endpoint === endpoint) === index,
  );
  const named = ({ endpoint, model }: Candidate) => ({ provider: hostOf(endpoint).name, model: model.id });
  return {
    requested: requested[0] ?? '',
    strategy,
    region: 'iad',
    summary: `available=${available.length}${served ? `, selected=${hostOf(served.endpoint).name}` : ''}`,
    attempt: attempts.length,
    is_byok: (served ?? attempts.at(-1)?.candidate)?.ownKey != null,
    endpoints: {
      total: models.reduce((sum, { endpoints }) => sum + endpoints.length, 0),
      available: available.map((candidate) => ({
        ...named(candidate),
        selected: candidate.endpoint === served?.endpoint,
      })),
    },
    ...(attempts.length > 0 && {
      attempts: attempts.map(({ candidate, status }) => ({ ...named(candidate), status })),
    }),
    ...(pipeline.length > 0 && { pipeline }),
  };
}

/** The header's old name still works; any value but `enabled` switches it off. */
export function wantsMetadata(headers: Record<string, string | string[] | undefined>): boolean {
  return ['x-openrouter-metadata', 'x-openrouter-experimental-metadata'].some(
    (name) => String(headers[name] ?? '').toLowerCase() === 'enabled',
  );
}
