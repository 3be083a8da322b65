import { expect, test } from 'vitest';
import { canonicalBody, canonicalRequest } from './canonical.ts';

interface Request {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: unknown;
}

const canonical = (request: Request) => canonicalRequest({ ...request, body: canonicalBody(request.body) });

const asked: Request = {
  method: 'POST',
  path: '/chat/completions?b=2&a=1',
  headers: { 'x-openrouter-metadata': 'enabled', accept: 'application/json' },
  body: { model: 'z-ai/glm-5.2', messages: [{ role: 'user', content: 'Hi' }], temperature: 0, stop: null, tools: [] },
};

test('the order of keys and of query parameters, and the headers that name the client, do not count', () => {
  const same = {
    method: 'POST',
    path: '/chat/completions?a=1&b=2',
    headers: {
      accept: '*/*',
      'user-agent': 'other',
      'x-openrouter-title': 'byok/2',
      'x-openrouter-metadata': 'enabled',
    },
    body: { tools: [], stop: null, temperature: 0, messages: [{ content: 'Hi', role: 'user' }], model: 'z-ai/glm-5.2' },
  };
  expect(canonical(same)).toBe(canonical(asked));
});

/** The value with one leaf changed, one key added or one key removed, for every place in it. */
function* alterations(value: unknown): Generator<unknown> {
  if (typeof value !== 'object' || value === null) return yield [value];
  if (Array.isArray(value)) {
    yield [...value, 'added'];
    if (value.length > 0) yield value.slice(1);
    for (const [index, inner] of value.entries())
      for (const other of alterations(inner)) yield value.with(index, other);
    return;
  }
  yield { ...value, added: null };
  for (const [key, inner] of Object.entries(value)) {
    yield Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
    for (const other of alterations(inner)) yield { ...value, [key]: other };
  }
}

test('every other request is another: method, path, query, any value, any key, any header of OpenRouter', () => {
  const others: Request[] = [
    { ...asked, method: 'PUT' },
    { ...asked, path: '/completions?b=2&a=1' },
    { ...asked, path: '/chat/completions?b=2' },
    { ...asked, path: '/chat/completions?b=2&a=2' },
    { ...asked, headers: {} },
    { ...asked, headers: { 'x-openrouter-metadata': 'disabled' } },
    { ...asked, body: undefined },
    ...[...alterations(asked.body)].map((body) => ({ ...asked, body })),
  ];
  expect(others.length).toBeGreaterThan(20);
  expect(new Set([asked, ...others].map(canonical)).size).toBe(others.length + 1);
});

test('the order of a list counts', () => {
  const list = (body: unknown) => canonical({ ...asked, body });
  expect(list({ order: ['a', 'b'] })).not.toBe(list({ order: ['b', 'a'] }));
});

test('a placeholder in a path matches however a client escapes it', () => {
  const path = (path: string) => canonical({ method: 'GET', path, headers: {} });
  expect(path('/keys/{key-1}?q={a}')).toBe(path('/keys/%7Bkey-1%7D?q=%7Ba%7D'));
});
