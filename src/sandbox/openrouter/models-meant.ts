import { models, retired } from './catalogue-data.ts';
import { findModel } from './catalogue.ts';
import type { Model } from './endpoint.ts';
import { unavailable } from './unserved.ts';

/** What is meant by a model id, with all that its suffix or alias says. */
export interface Meant {
  /** As the request has it. */
  id: string;
  /** More than one for a router, which takes the first that can serve. */
  models: readonly Model[];
  /** `strategy` of the router metadata. */
  strategy: 'direct' | 'auto' | 'latest';
  /** `:nitro`, `:floor`, `:exacto`. */
  sort?: 'throughput' | 'price' | 'exacto';
  /** `:thinking` */
  thinks?: true;
}

/** https://openrouter.ai/docs/guides/routing/model-variants ; `:online` is deprecated and adds nothing here. */
const suffixes: Record<string, Pick<Meant, 'sort' | 'thinks'>> = {
  nitro: { sort: 'throughput' },
  floor: { sort: 'price' },
  exacto: { sort: 'exacto' },
  thinking: { thinks: true },
  extended: {},
  online: {},
};

/**
 * Finds out what a model id means.
 *
 * @param permitted patterns of ids that the auto router may choose from, such as `z-ai/*`; null for all
 * @throws ApiError for one that means nothing, no longer means anything, or means something that does not chat
 */
export function modelMeant(id: string, permitted: readonly string[] | null): Meant {
  if (id === 'openrouter/auto') return { id, models: routable(id, permitted), strategy: 'auto' };
  if (id.startsWith('~')) return { id, models: [latest(id)], strategy: 'latest' };
  const gone = retired.find((known) => known.id === id);
  if (gone) {
    throw unavailable({ code: gone.why, message: gone.message, requested: [id], fallbacks: gone.fallbacks });
  }
  const model = findModel(id);
  if (model) return { id, models: [chatting(model)], strategy: 'direct' };
  const [base = '', suffix = ''] = id.split(':');
  const known = findModel(base);
  const says = suffixes[suffix];
  if (!known || (says === undefined && suffix !== 'free' && suffix !== 'batch')) throw unknown(id);
  if (suffix === 'free') {
    throw unavailable({
      code: 'free_variant_ended',
      message: `No endpoints found for ${id}.`,
      requested: [id],
      fallbacks: [base],
    });
  }
  // Seen 2026-08-04: what the batch API takes is not found here.
  if (suffix === 'batch')
    throw unavailable({ code: 'no_endpoints', message: `No endpoints found for ${id}.`, requested: [id] });
  return { id, models: [chatting(known)], strategy: 'direct', ...says };
}

const unknown = (id: string) =>
  unavailable({ code: 'model_not_found', message: `${id} is not a valid model ID`, requested: [id], namesUser: true });

function chatting(model: Model): Model {
  if (model.outputModalities.includes('text')) return model;
  throw unavailable({
    code: 'wrong_endpoint',
    message: `${model.id} is not available on this endpoint.`,
    requested: [model.id],
    constraint: { field: 'endpoint', detail: `${model.id} is served by /api/v1/embeddings` },
  });
}

/** What the auto router may choose from: https://openrouter.ai/docs/guides/routing/routers/auto-router */
function routable(id: string, permitted: readonly string[] | null): Model[] {
  const found = models.filter(
    (model) =>
      model.outputModalities.includes('text') &&
      model.endpoints.length > 0 &&
      !model.id.endsWith(':free') &&
      (permitted === null || permitted.some((pattern) => isLike(model.id, pattern))),
  );
  if (found.length > 0) return found;
  throw unavailable({
    code: 'no_endpoints',
    message: 'No models match your request and model restrictions',
    requested: [id],
  });
}

function isLike(id: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(id);
}

/** `~author/family-latest`: the newest model of the family. */
function latest(id: string): Model {
  const family = /^~(.+)-latest$/.exec(id)?.[1];
  const [newest] = models
    .filter((model) => family !== undefined && model.id.startsWith(family) && model.endpoints.length > 0)
    .filter(({ outputModalities, id: own }) => outputModalities.includes('text') && !own.includes(':'))
    .toSorted((a, b) => b.created - a.created);
  if (!newest) throw unknown(id);
  return newest;
}
