import { invalidRequest } from './api-error.ts';

/** @throws ApiError 400 outside `offset` >= 0 and 1 <= `limit` <= `most` */
export function pageOf(
  query: URLSearchParams,
  { limit, most }: { limit: number; most: number } = { limit: 50, most: 100 },
): { offset: number; limit: number } {
  const page = { offset: wholeNumber(query, 'offset', 0), limit: wholeNumber(query, 'limit', limit) };
  if (page.offset < 0 || page.limit < 1 || page.limit > most) throw invalidRequest();
  return page;
}

/** One page of a listing, in the form of the management API. */
export function page<T>(query: URLSearchParams, items: readonly T[], view: (item: T) => unknown) {
  const { offset, limit } = pageOf(query);
  return { data: items.slice(offset, offset + limit).map(view), total_count: items.length };
}

function wholeNumber(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name);
  if (text === null || text === '') return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value)) throw invalidRequest();
  return value;
}
