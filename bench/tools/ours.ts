import { writeCassette } from '../../src/cassettes/store.ts';
import { readExchange } from '../../src/exchange/read-exchange.ts';
import { send } from '../../src/exchange/send.ts';
import { replayTarget } from '../../src/targets/replay.ts';
import type { Session } from '../../src/targets/target.ts';
import type { Kind, Material, Tool } from '../tool.ts';
import { undiciPlayer } from './players.ts';

const base = '/api/v1';

/** A session over a cassette that answers the request so many times. */
async function replaying(material: Material, kind: Kind, times: number, fixturesDir: string): Promise<Session> {
  const { request, answers } = material;
  const { contentType, chunks } = answers[kind];
  const ref = { scenario: 'bench/answer', model: null, mode: kind } as const;
  const exchange = {
    credential: 'customer',
    request: {
      method: request.method,
      path: request.path.slice(base.length),
      headers: {},
      body: JSON.parse(request.body) as unknown,
    },
    response: { status: 200, headers: { 'content-type': contentType }, headersAt: 0 },
    chunks: chunks.map((text, index) => ({ at: index, text })),
    end: { how: 'complete' as const, at: chunks.length - 1 },
  };
  await writeCassette(fixturesDir, {
    format: 1,
    ...ref,
    recordedFrom: 'sandbox',
    recordedAt: '2026-11-23T12:00:00.000Z',
    harnessVersion: '0',
    contractVersion: '0',
    exchanges: Array.from({ length: times }, () => exchange),
  });
  const session = await replayTarget({ fixturesDir, delivery: 'fast', now: Date.now, allowStale: false }).open(ref);
  await session.credential('customer');
  return session;
}

/** Our dispatcher below undici's `request`, as the other undici tools are measured. */
export const ours: Tool = {
  name: 'byok-conformance, undici.request',
  async prepare(material, kind, { times, folder }) {
    const { dispatcher } = await replaying(material, kind, times, folder);
    return undiciPlayer(dispatcher, material.origin, material);
  },
};

/** The way a scenario goes: every chunk with its time, then read as an exchange. */
export const oursWhole: Tool = {
  name: 'byok-conformance, send and read',
  async prepare(material, kind, { times, folder }) {
    const session = await replaying(material, kind, times, folder);
    const { method, path, headers, body } = material.request;
    const call = { method, path: path.slice(base.length), headers, body: JSON.parse(body) as unknown };
    return {
      ask: async () => readExchange(await send(call, session)).text,
      pieces: async () => (await send(call, session)).chunks.length,
      close: () => session.close('failed'),
    };
  },
};
