import type { Har } from '@pollyjs/persister';
import type { Tool } from '../tool.ts';
import { serving } from './loopback.ts';
import { fetchPlayer } from './players.ts';

export const nockTool: Tool = {
  name: 'nock, fetch',
  async prepare(material, kind) {
    const { default: nock } = await import('nock');
    const { origin, request, answers } = material;
    const { contentType, chunks } = answers[kind];
    nock.disableNetConnect();
    nock(origin)
      .persist()
      .post(request.path, request.body)
      .reply(200, chunks.join(''), { 'content-type': contentType });
    return fetchPlayer(origin, material, async () => nock.cleanAll());
  },
};

export const mswTool: Tool = {
  name: 'MSW, fetch',
  async prepare(material, kind) {
    const { http, HttpResponse } = await import('msw');
    const { setupServer } = await import('msw/node');
    const { origin, request, answers } = material;
    const { contentType, chunks } = answers[kind];
    const text = chunks.join('');
    const server = setupServer(
      http.post(origin + request.path, async ({ request: asked }) => {
        // It has no body matching of its own; a replay has to compare.
        if ((await asked.text()) !== request.body) return HttpResponse.error();
        return new HttpResponse(text, { headers: { 'content-type': contentType } });
      }),
    );
    server.listen({ onUnhandledFrame: 'error' });
    return fetchPlayer(origin, material, async () => server.close());
  },
};

export const pollyTool: Tool = {
  name: 'Polly.js, fetch',
  async prepare(material, kind) {
    const { Polly } = await import('@pollyjs/core');
    const FetchAdapter = classOf(await import('@pollyjs/adapter-fetch'));
    const Persister = classOf(await import('@pollyjs/persister'));
    const stored = new Map<string, Har>();
    class InMemory extends Persister {
      static override get id(): string {
        return 'in-memory';
      }
      override async onFindRecording(id: string) {
        return stored.get(id) ?? null;
      }
      override async onSaveRecording(id: string, recording: Har) {
        stored.set(id, structuredClone(recording));
      }
      override async onDeleteRecording(id: string) {
        stored.delete(id);
      }
    }
    const polly = (mode: 'record' | 'replay') =>
      new Polly('bench', {
        mode,
        adapters: [FetchAdapter],
        persister: InMemory,
        recordIfMissing: false,
        logLevel: 'silent',
        matchRequestsBy: { order: false, url: { port: false } },
      });
    let recordedAt = '';
    await serving(material.answers[kind], async (origin) => {
      recordedAt = origin;
      const recorder = polly('record');
      await fetchPlayer(origin, material).ask();
      await recorder.stop();
    });
    const player = polly('replay');
    return fetchPlayer(recordedAt, material, () => player.stop());
  },
};

/** Their types say that the class is the default export of the default export; it is the default export. */
function classOf<Class>({ default: found }: { default: { default: Class } }): Class {
  return found as unknown as Class;
}
