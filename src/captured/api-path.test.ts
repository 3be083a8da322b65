import { expect, it } from 'vitest';
import { apiPath } from './api-path.ts';

it.each([
  ['POST', 'https://openrouter.ai/api/v1/chat/completions', '/chat/completions'],
  ['POST', 'https://openrouter.ai:443/api/v1/embeddings', '/embeddings'],
  ['POST', 'https://eu.openrouter.ai/api/v1/responses', '/responses'],
  ['GET', 'https://openrouter.ai/api/v1/generation?id=gen-1', '/generation?id=gen-1'],
  ['POST', 'http://127.0.0.1:8787/api/v1/messages', '/messages'],
  ['POST', 'http://localhost:3000/proxy/api/v1/chat/completions', '/chat/completions'],
  ['POST', 'http://[::1]:9000/llm/chat/completions', '/chat/completions'],
  ['GET', 'http://router.localhost/models/z-ai/glm-5.2/endpoints', '/models/z-ai/glm-5.2/endpoints'],
] as const)('%s %s is a call', (method, url, path) => {
  expect(apiPath(method, url)).toEqual({ path });
});

it.each([
  ['POST', 'https://api.example.com/api/v1/chat/completions', 'of a foreign host'],
  ['POST', 'https://openrouter.ai.example.com/api/v1/chat/completions', 'of a foreign host'],
  ['GET', 'https://openrouter.ai/chat', 'no call of the API'],
  ['GET', 'https://openrouter.ai/api/frontend/models', 'no call of the API'],
  [null, 'https://openrouter.ai/api/v1/chat/completions', 'no call of the API'],
  ['GET', 'http://localhost:3000/api/v1/users', 'no call of the API'],
  ['GET', 'http://localhost:3000/index.html', 'no call of the API'],
  ['GET', 'about:blank', 'of a foreign host'],
  ['GET', 'nonsense', 'incomplete'],
] as const)('%s %s is none', (method, url, why) => {
  expect(apiPath(method, url)).toMatchObject({ why });
});
