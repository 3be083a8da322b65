import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { httpServer } from '../exchange/testing.ts';
import { providerCredential } from '../cassettes/format.ts';
import type { Mode, Session } from '../targets/target.ts';
import { runCase } from './run-case.ts';
import { answered, say } from './steps.ts';
import type { Scenario } from './scenario.ts';
import { sessionWith } from './testing.ts';

const scenario: Scenario = {
  id: 'parity/plain-answer',
  says: 'It is alike.',
  proves: ['parity.model'],
  steps: [answered(say('hi', { provider: { only: ['io-net'] } }), {}, { checks: ['parity.same-model'] })],
};
const list = { data: [{ model_id: 'zai-org/GLM-5.3' }, { model_id: 'zai-org/GLM-5.2' }] };

interface Heard {
  path: string;
  key: string | undefined;
  body: unknown;
}

type Answer = [status: number, body: unknown];

/** A server that answers the path, and what it heard. */
async function server(answerTo: (path: string) => Answer): Promise<{ url: string; heard: Heard[] }> {
  const heard: Heard[] = [];
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? '';
    const text = Buffer.concat(await request.toArray()).toString();
    heard.push({ path, key: request.headers.authorization, body: text === '' ? undefined : JSON.parse(text) });
    const [status, body] = answerTo(path);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  return { url: await httpServer((request, response) => void respond(request, response)), heard };
}

function saying(model: string): Answer {
  const choices = [{ index: 0, message: { role: 'assistant', content: 'ok' }, finish_reason: 'stop' }];
  return [200, { model, choices, usage: { prompt_tokens: 9, completion_tokens: 1, total_tokens: 10 } }];
}

async function compared(
  { listing = [200, list], answer = saying('zai-org/GLM-5.2') }: { listing?: Answer; answer?: Answer } = {},
  { keyed = true, mode = 'json' }: { keyed?: boolean; mode?: Mode } = {},
) {
  const openRouter = await server(() => saying('z-ai/glm-5.2'));
  const provider = await server((path) => (path.startsWith('/models') ? listing : answer));
  const session: Session = {
    ...sessionWith(openRouter.url),
    ...(keyed && { provider: { name: providerCredential, key: 'its-own', baseUrl: provider.url } }),
  };
  const ref = { scenario: scenario.id, model: 'z-ai/glm-5.2', mode };
  return {
    outcome: await runCase(scenario, ref, { session }),
    atOpenRouter: openRouter.heard,
    atProvider: provider.heard,
  };
}

it('each side hears the same request, under its own name of the model and with its own key alone', async () => {
  const { outcome, atOpenRouter, atProvider } = await compared();
  expect(outcome.findings.filter(({ check }) => check.startsWith('parity.'))).toEqual([]);
  const messages = [{ role: 'user', content: 'hi' }];
  expect(atOpenRouter).toEqual([
    {
      path: '/chat/completions',
      key: 'Bearer key-customer',
      body: { model: 'z-ai/glm-5.2', max_tokens: 256, messages, provider: { only: ['io-net'] } },
    },
  ]);
  expect(atProvider).toEqual([
    { path: '/models?page_size=100', key: 'Bearer its-own', body: undefined },
    {
      path: '/chat/completions',
      key: 'Bearer its-own',
      body: { model: 'zai-org/GLM-5.2', max_tokens: 256, messages },
    },
  ]);
});

it('a stream is asked for with its usage', async () => {
  const { atProvider } = await compared({}, { mode: 'stream' });
  expect(atProvider[1]?.body).toMatchObject({ stream: true, stream_options: { include_usage: true } });
});

it('without a key of the provider nothing is sent, and the case does not apply', async () => {
  const { outcome, atOpenRouter, atProvider } = await compared({}, { keyed: false });
  expect(outcome.verdict).toBe('not-applicable');
  expect(outcome.reason).toContain('set IONET_API_KEY');
  expect([...atOpenRouter, ...atProvider]).toEqual([]);
});

it('where the provider does not list the model nothing is paid for, and the case does not apply', async () => {
  const { outcome, atOpenRouter } = await compared({ listing: [200, { data: [{ id: 'zai-org/GLM-5.2-Air' }] }] });
  expect(outcome).toMatchObject({
    verdict: 'not-applicable',
    reason: 'Io Net itself lists no model like z-ai/glm-5.2.',
  });
  expect(atOpenRouter).toEqual([]);
});

it.each<[string, Parameters<typeof compared>[0], RegExp]>([
  [
    'refuses the key',
    { listing: [401, { detail: 'no' }] },
    /answer GET \/models\?page_size=100 with 200, but: 401\. .*byok doctor/,
  ],
  ['is out of credits', { answer: [402, { detail: 'no' }] }, /answer POST \/chat\/completions with 200, but: 402/],
  ['fails within its answer', { answer: [200, { error: { message: 'no' } }] }, /did not finish its answer/],
])('a provider that %s leaves nothing to compare with', async (_, answers, reason) => {
  const { outcome } = await compared(answers);
  expect(outcome).toMatchObject({ verdict: 'could-not-run', code: 'E_BLOCKED', reason: expect.stringMatching(reason) });
});
