import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Call, Chunk, Ending, WireExchange } from '../exchange/exchange.ts';
import { ionet } from '../provider.ts';
import { type Cassette, FORMAT } from './format.ts';
import { redactor } from './redact.ts';
import { writeCassette } from './store.ts';
import { toRecording } from './wire.ts';

export const ref = { scenario: 'pinning/only-serves', model: 'z-ai/glm-5.2', mode: 'stream' } as const;

/** An empty folder that is gone when the test is. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cassettes-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** Pieces of a body, the first 2 ms after the headers, then one every 2 ms. */
export function chunksOf(...pieces: (string | Uint8Array)[]): Chunk[] {
  return pieces.map((piece, index) => ({ at: 4 + 2 * index, bytes: Buffer.from(piece as string) }));
}

export const chat: Call = {
  method: 'POST',
  path: '/chat/completions',
  headers: { authorization: 'Bearer replay-customer', 'content-type': 'application/json' },
  body: { model: ref.model, messages: [{ role: 'user', content: 'Hi' }], stream: true },
};

/** An answered call; of headers and end only what matters needs to be said. */
export function answered(
  chunks: Chunk[],
  { call = chat, contentType = 'text/event-stream', end }: { call?: Call; contentType?: string; end?: Ending } = {},
): WireExchange {
  return {
    call,
    response: { status: 200, headers: { 'content-type': contentType }, headersAt: 2 },
    chunks,
    end: end ?? { how: 'complete', at: 2 * (chunks.length + 2) },
  };
}

export function cassetteOf(exchanges: WireExchange[], header: Partial<Cassette> = {}): Cassette {
  const redact = redactor(new Map(), ionet.keyPattern);
  return {
    format: FORMAT,
    ...ref,
    recordedFrom: 'sandbox',
    recordedAt: '2026-11-01T00:00:00.000Z',
    harnessVersion: '0.1.0',
    contractVersion: '2026-11-23',
    exchanges: exchanges.map((exchange) => toRecording(exchange, 'customer', redact)),
    ...header,
  };
}

/** A fixtures folder with one cassette of `ref` in it. */
export async function fixturesOf(exchanges: WireExchange[], header: Partial<Cassette> = {}): Promise<string> {
  const folder = await temporaryFolder();
  await writeCassette(folder, cassetteOf(exchanges, header));
  return folder;
}
