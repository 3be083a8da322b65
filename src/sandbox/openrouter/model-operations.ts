import { ApiError, notFound } from './api-error.ts';
import type { ApiRequest } from './api-request.ts';
import { hosts, models } from './catalogue-data.ts';
import { findModel, hostOf } from './catalogue.ts';
import { endpointView, modelView, providerView } from './catalogue-view.ts';
import type { Model } from './endpoint.ts';
import { selectModels } from './model-query.ts';
import { modelMeant } from './models-meant.ts';
import { listing, ok, operation } from './operation.ts';
import type { Operation, Reply } from './operation.ts';
import { pageOf } from './paging.ts';
import type { ApiKey } from './state.ts';

/** The public listings. */
export const modelOperations: readonly Operation[] = [
  operation('GET', '/models', listing, (_world, { query }) => ({
    ...pageOfModels('/api/v1/models', selectModels(models, query), query),
    headers: { 'cache-control': 'public, max-age=300, stale-while-revalidate=3600, stale-if-error=3600' },
  })),

  operation('GET', '/embeddings/models', listing, (_world, { query }) => {
    const found = models.filter(({ outputModalities }) => outputModalities.includes('embeddings'));
    return pageOfModels('/api/v1/embeddings/models', found, query);
  }),

  operation('GET', '/models/:author/:slug/endpoints', listing, (_world, { params, caller }) => {
    const model = findModel(`${params['author']}/${params['slug']}`);
    if (!model) throw notFound();
    const { id, name, created, description, architecture } = modelView(model);
    const endpoints = model.endpoints.map((endpoint) => endpointView(model, endpoint, caller !== null));
    return ok({ data: { id, name, created, description, architecture, endpoints } });
  }),

  operation('GET', '/model/:author/:slug', listing, (_world, { params }) => ok({ data: modelView(modelAt(params)) })),

  operation('GET', '/endpoints/zdr', listing, (_world, { caller }) =>
    ok({
      data: models.flatMap((model) =>
        model.endpoints
          .filter((endpoint) => hostOf(endpoint).zeroDataRetention)
          .map((endpoint) => endpointView(model, endpoint, caller !== null)),
      ),
    }),
  ),

  operation('GET', '/providers', listing, () => ok({ data: hosts.map(providerView) })),
];

/** The model of that id or alias. */
function modelAt({ author, slug }: ApiRequest<ApiKey | null>['params']): Model {
  const id = `${author}/${slug}`;
  const known = findModel(id);
  if (known) return known;
  try {
    const [model] = modelMeant(id, null).models;
    if (model) return model;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
  throw notFound();
}

/** The whole list, unless a page of it was asked for. */
function pageOfModels(path: string, found: readonly Model[], query: URLSearchParams): Reply {
  const isPaged = query.has('offset') || query.has('limit');
  const { offset, limit } = pageOf(query, { limit: 500, most: 1000 });
  const end = isPaged ? offset + limit : found.length;
  const next = new URLSearchParams(query);
  next.set('offset', String(end));
  next.set('limit', String(limit));
  return ok({
    data: found.slice(isPaged ? offset : 0, end).map(modelView),
    total_count: found.length,
    links: { next: end < found.length ? `${path}?${next}` : null },
  });
}
