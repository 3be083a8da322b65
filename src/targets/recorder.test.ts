import { readdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Agent } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import { chat, ref, temporaryFolder } from '../cassettes/testing.ts';
import { systemClock } from '../clock.ts';
import { send } from '../exchange/send.ts';
import { recording, type RecorderOptions } from './recorder.ts';
import { replayTarget } from './replay.ts';
import type { Session, Target } from './target.ts';

const key = `sk-or-v1-${'a1'.repeat(32)}`;
const providerKey = `io-v2-${'b2'.repeat(16)}`;
const file = 'z-ai/glm-5.2/pinning/only-serves.stream.json';

/** A target over a loopback server that answers every call with what `respond` writes. */
async function targetOf(respond: Parameters<typeof createServer>[1], end: () => void = () => {}): Promise<Target> {
  const server: Server = createServer(respond);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const dispatcher = new Agent();
  onTestFinished(async () => {
    await dispatcher.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const session: Session = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`,
    dispatcher,
    clock: systemClock,
    label: 'byokc-test',
    credential: async (name) => ({ name, key }),
    close: async () => end(),
  };
  return { name: 'sandbox', open: async () => session, close: async () => {} };
}

const answering = () =>
  targetOf((_incoming, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'set-cookie': 'a=b' });
    response.end(`data: {"label":"${key}","byok":"${providerKey}"}\n\ndata: [DONE]\n\n`);
  });

const optionsOf = (fixturesDir: string): RecorderOptions => ({
  fixturesDir,
  harnessVersion: '0.1.0',
  contractVersion: '2026-11-23',
  secrets: new Map([['provider-key', providerKey]]),
  env: {},
  allowInCi: false,
});

async function callThrough(session: Session) {
  const credential = await session.credential('customer');
  const wire = await send({ ...chat, headers: { authorization: `Bearer ${credential.key}` } }, session);
  session.keep?.(wire, credential);
  return wire;
}

test('a session that ends well is recorded without a secret, and replays chunk by chunk', async () => {
  const fixturesDir = await temporaryFolder();
  const session = await recording(await answering(), optionsOf(fixturesDir)).open(ref);
  const live = await callThrough(session);
  await session.close('done');

  const text = await readFile(join(fixturesDir, file), 'utf8');
  expect(text).toContain('data: {\\"label\\":\\"{customer}\\",\\"byok\\":\\"{provider-key}\\"}');
  for (const secret of [key, providerKey, 'authorization', 'a=b']) expect(text).not.toContain(secret);

  const target = replayTarget({ fixturesDir, delivery: 'fast', now: Date.now, allowStale: false });
  const replayed = await target.open(ref);
  const again = await callThrough(replayed);
  await replayed.close('done');
  expect(again.chunks.map(({ at }) => at)).toEqual(live.chunks.map(({ at }) => at));
  expect(again.end).toEqual(live.end);
  expect(replayed.origin?.recordedFrom).toBe('sandbox');
});

test('the key for asking the provider itself is blotted out wherever it comes back, whatever it looks like', async () => {
  const fixturesDir = await temporaryFolder();
  const provider = { name: 'provider-key', key: 'plain-words-for-a-key' };
  const { open, ...target } = await targetOf((_incoming, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'x-asked-with': provider.key });
    response.end(JSON.stringify({ detail: `seen: ${provider.key}` }));
  });
  const withProvider = async (...asked: Parameters<typeof open>) => {
    const session = await open(...asked);
    return { ...session, provider: { ...provider, baseUrl: session.baseUrl } };
  };
  const options = { ...optionsOf(fixturesDir), secrets: new Map<string, string>() };
  const session = await recording({ ...target, open: withProvider }, options).open(ref);
  const wire = await send({ ...chat, headers: { authorization: `Bearer ${provider.key}` } }, session);
  session.keep?.(wire, provider);
  await session.close('done');

  const text = await readFile(join(fixturesDir, file), 'utf8');
  expect(text).toContain('seen: {provider-key}');
  expect(text).not.toContain(provider.key);
});

test('a session that fails leaves no cassette', async () => {
  const fixturesDir = await temporaryFolder();
  const session = await recording(await answering(), optionsOf(fixturesDir)).open(ref);
  await callThrough(session);
  await session.close('failed');
  expect(await readdir(fixturesDir)).toEqual([]);
});

test('a session that cannot be closed leaves no cassette', async () => {
  const fixturesDir = await temporaryFolder();
  const target = await targetOf(undefined, () => {
    throw new Error('not closed');
  });
  const session = await recording(target, optionsOf(fixturesDir)).open(ref);
  await expect(session.close('done')).rejects.toThrow('not closed');
  expect(await readdir(fixturesDir)).toEqual([]);
});

test('nothing is written when a key arrives in two pieces', async () => {
  const fixturesDir = await temporaryFolder();
  const session = await recording(await answering(), optionsOf(fixturesDir)).open(ref);
  const wire = await callThrough(session);
  const [head, tail] = [Buffer.from(key.slice(0, 20)), Buffer.from(key.slice(20))];
  session.keep?.({ ...wire, chunks: [head, tail].map((bytes) => ({ at: 1, bytes })) }, { name: 'customer', key });
  await expect(session.close('done')).rejects.toMatchObject({ code: 'E_CASSETTE' });
  expect(await readdir(fixturesDir)).toEqual([]);
});

test('nothing is recorded in CI unless asked for', async () => {
  const target = await answering();
  const options = { ...optionsOf('fixtures'), env: { CI: 'true' } };
  expect(() => recording(target, options)).toThrow(/recording is off in CI/);
  expect(recording(target, { ...options, allowInCi: true }).name).toBe('sandbox');
  expect(recording(target, { ...options, env: { CI: 'false' } }).name).toBe('sandbox');
});

test('a replay cannot be recorded', () => {
  const target = replayTarget({ fixturesDir: 'fixtures', delivery: 'fast', now: Date.now, allowStale: false });
  expect(() => recording(target, optionsOf('fixtures'))).toThrow(/a replay cannot be recorded/);
});
