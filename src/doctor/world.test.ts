import type { IncomingHttpHeaders } from 'node:http';
import { expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import { agent, httpServer } from '../exchange/testing.ts';
import { openWorld } from './world.ts';

it('asks OpenRouter for metadata and against cached answers, and says who asks; the provider is asked for neither', async () => {
  const heard: IncomingHttpHeaders[] = [];
  const server = () =>
    httpServer((request, response) => {
      heard.push(request.headers);
      request.resume();
      response.end('{}');
    });
  const world = openWorld({
    baseUrl: await server(),
    providerUrl: await server(),
    keys: { openRouter: 'mine', management: null, provider: 'theirs' },
    model: 'a/one',
    dispatcher: agent(),
    clock: systemClock,
  });
  const question = { method: 'POST', path: '/chat/completions', body: {} } as const;
  await world.ask(question);
  await world.askProvider(question);
  const application = expect.stringMatching(/^byok-conformance\/\d/);
  const [openRouter, provider] = heard;
  expect(openRouter).toMatchObject({
    authorization: 'Bearer mine',
    'user-agent': application,
    'x-openrouter-title': application,
    'x-openrouter-metadata': 'enabled',
    'x-openrouter-cache': 'false',
  });
  expect(provider).toMatchObject({ authorization: 'Bearer theirs', 'user-agent': application });
  expect(Object.keys(provider ?? {}).filter((name) => name.startsWith('x-openrouter'))).toEqual([]);
});
