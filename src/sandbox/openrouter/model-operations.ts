import { invalidRequest, notFound } from './api-error.ts';
import { hosts, models } from './catalogue-data.ts';
import { findModel, hostOf, isNamed } from './catalogue.ts';
import type { Model } from './endpoint.ts';
import { endpointView, modelView, providerView } from './catalogue-view.ts';
import { anybody, ok, operation } from './operation.ts';
import type { Operation } from './operation.ts';
import { pageOf } from './paging.ts';

/** The public listings. */
export const modelOperations: readonly Operation[] = [
  operation('GET', '/models', anybody, (_world, { query }) => {
    const found = models.filter((model) => matches(model, query));
    const isPaged = query.has('offset') || query.has('limit');
    const { offset, limit } = pageOf(query, { limit: 500, most: 1000 });
    const end = isPaged ? offset + limit : found.length;
    const next = new URLSearchParams(query);
    next.set('offset', String(end));
    next.set('limit', String(limit));
    return {
      status: 200,
      headers: { 'cache-control': 'public, max-age=300, stale-while-revalidate=3600, stale-if-error=3600' },
      body: {
        data: found.slice(isPaged ? offset : 0, end).map(modelView),
        total_count: found.length,
        links: { next: end < found.length ? `/api/v1/models?${next}` : null },
      },
    };
  }),

  operation('GET', '/models/:author/:slug/endpoints', anybody, (_world, { params, caller }) => {
    const model = findModel(`${params['author']}/${params['slug']}`);
    if (!model) throw notFound();
    const { id, name, created, description, architecture } = modelView(model);
    const endpoints = model.endpoints.map((endpoint) => endpointView(model, endpoint, caller !== null));
    return ok({ data: { id, name, created, description, architecture, endpoints } });
  }),

  operation('GET', '/providers', anybody, () => ok({ data: hosts.map(providerView) })),
];

function matches(model: Model, query: URLSearchParams): boolean {
  const providers = list(query, 'providers');
  const parameters = list(query, 'supported_parameters');
  const text = query.get('q')?.toLowerCase();
  const zdr = query.get('zdr');
  if (zdr !== null && zdr !== 'true') throw invalidRequest();
  return (
    (text === undefined || `${model.id} ${model.name}`.toLowerCase().includes(text)) &&
    model.endpoints.some(
      (endpoint) =>
        (providers === null || providers.some((name) => isNamed(name, endpoint))) &&
        (parameters === null || parameters.every((name) => endpoint.supportedParameters.includes(name))) &&
        (zdr === null || hostOf(endpoint).zeroDataRetention),
    )
  );
}

const list = (query: URLSearchParams, name: string): string[] | null =>
  query.get(name)?.split(',').filter(Boolean) ?? null;
