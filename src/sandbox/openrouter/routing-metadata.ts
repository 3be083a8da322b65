import type { Attempt } from './attempts.ts';
import { hostOf } from './catalogue.ts';
import type { Endpoint, Model } from './endpoint.ts';
import type { Candidate } from './route.ts';

/** What the router knows of a request, for clients that send `X-OpenRouter-Metadata: enabled`. */
export interface Routing {
  /** Model as the request named it. */
  requested: string;
  model: Model;
  /** Empty when routing left none. */
  candidates: readonly Candidate[];
  attempts: readonly Attempt[];
  /** Null when nobody served. */
  served: Candidate | null;
}

/** `openrouter_metadata`: https://openrouter.ai/docs/guides/features/router-metadata */
export function routingMetadata({ requested, model, candidates, attempts, served }: Routing) {
  const available = [...new Set(candidates.map(({ endpoint }) => endpoint))];
  const named = (endpoint: Endpoint) => ({ provider: hostOf(endpoint).name, model: model.id });
  return {
    requested,
    strategy: 'direct',
    region: 'iad',
    summary: `available=${available.length}${served ? `, selected=${hostOf(served.endpoint).name}` : ''}`,
    attempt: attempts.length,
    is_byok: (served ?? attempts.at(-1)?.candidate)?.ownKey != null,
    endpoints: {
      total: model.endpoints.length,
      available: available.map((endpoint) => ({ ...named(endpoint), selected: endpoint === served?.endpoint })),
    },
    ...(attempts.length > 0 && {
      attempts: attempts.map(({ candidate, status }) => ({ ...named(candidate.endpoint), status })),
    }),
  };
}

/** The header's old name still works; any value but `enabled` switches it off. */
export function wantsMetadata(headers: Record<string, string | string[] | undefined>): boolean {
  return ['x-openrouter-metadata', 'x-openrouter-experimental-metadata'].some(
    (name) => String(headers[name] ?? '').toLowerCase() === 'enabled',
  );
}
