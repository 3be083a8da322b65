import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dispatcher } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import { type Cassette, providerCredential } from '../cassettes/format.ts';
import { redactor } from '../cassettes/redact.ts';
import { answered, chat, chunksOf, fixturesOf, ref } from '../cassettes/testing.ts';
import { toRecording } from '../cassettes/wire.ts';
import { readAnswer } from '../exchange/answer.ts';
import type { Call, Ending, WireExchange } from '../exchange/exchange.ts';
import { readExchange } from '../exchange/read-exchange.ts';
import { send } from '../exchange/send.ts';
import { type Delivery, type ReplayOptions, replayTarget } from './replay.ts';
import type { Session } from './target.ts';

const now = () => Date.parse('2026-11-23T00:00:00Z');
const deliveries: Delivery[] = ['fast', 'timed', 'refragment'];

interface Setting {
  header?: Partial<Cassette>;
  options?: Partial<ReplayOptions>;
}

/** A session over these recordings; `customer` is among its credentials. */
async function replaying(exchanges: WireExchange[], { header, options }: Setting = {}): Promise<Session> {
  const fixturesDir = await fixturesOf(exchanges, header);
  const target = replayTarget({ fixturesDir, delivery: 'fast', now, allowStale: false, ...options });
  const session = await target.open(ref);
  onTestFinished(() => session.close('failed'));
  await session.credential('customer');
  return session;
}

const ask = (session: Session, call: Call = chat, options: { leaveAfter?: number; signal?: AbortSignal } = {}) =>
  send(call, { ...session, ...options });

const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
const delta = (content: string, more = {}) =>
  event({ id: 'gen-1', provider: 'Io Net', choices: [{ index: 0, delta: { content } }], ...more });
const rocket = Buffer.from(delta('🚀🚀'));
const stream = chunksOf(
  ': OPENROUTER PROCESSING\n\n',
  delta('añ') + delta('b'),
  rocket.subarray(0, -8),
  rocket.subarray(-8),
  delta('', { usage: { is_byok: true, cost: 0 } }),
  'data: [DONE]\n\n',
);

test('fast: chunks, times and ending are exactly those of the recording', async () => {
  const recorded = answered(stream);
  const session = await replaying([recorded]);
  const { response, chunks, end } = await ask(session);
  expect({ response, chunks, end }).toEqual({
    response: recorded.response,
    chunks: recorded.chunks,
    end: recorded.end,
  });
  await session.close('done');
});

test('timed: the same chunks arrive, none before its time', async () => {
  const { chunks, end } = await ask(await replaying([answered(stream)], { options: { delivery: 'timed' } }));
  expect(chunks.map(({ bytes }) => bytes)).toEqual(stream.map(({ bytes }) => bytes));
  expect(chunks.filter(({ at }, index) => at < (stream[index]?.at ?? 0))).toEqual([]);
  expect(end.how).toBe('complete');
});

test.for(['a', 'b', 'c'])('what is read from an answer is the same in every delivery (seed %s)', async (seed) => {
  const read = await Promise.all(
    deliveries.map(async (delivery) => {
      const exchange = readExchange(await ask(await replaying([answered(stream)], { options: { delivery, seed } })));
      const answer = readAnswer(exchange);
      const items = exchange.stream?.map((item) => ({ ...item, at: null }));
      return { text: exchange.text, facts: exchange.facts, items, content: answer?.content, usage: answer?.usage };
    }),
  );
  expect(read[0]).toMatchObject({ content: 'añb🚀🚀', usage: { is_byok: true }, facts: [] });
  expect(read[1]).toEqual(read[0]);
  expect(read[2]).toEqual(read[0]);
});

const endings: Ending[] = [
  { how: 'complete', at: 20 },
  { how: 'closed-early', at: 20, code: 'UND_ERR_SOCKET', message: 'other side closed' },
  { how: 'reset', at: 20, code: 'ECONNRESET', message: 'read ECONNRESET' },
  { how: 'timed-out', at: 20, code: 'idle' },
  { how: 'too-large', at: 20 },
  { how: 'aborted', at: 20 },
];

test.for(deliveries.flatMap((delivery) => endings.map((end) => [delivery, end.how, end] as const)))(
  '%s: a stream that ended %s ends so again, after its chunks',
  async ([delivery, , end]) => {
    const wire = await ask(await replaying([answered(stream, { end })], { options: { delivery } }));
    expect(Buffer.concat(wire.chunks.map(({ bytes }) => bytes))).toEqual(
      Buffer.concat(stream.map(({ bytes }) => bytes)),
    );
    expect(wire.end).toEqual({ ...end, at: expect.closeTo(end.at, delivery === 'timed' ? -3 : 3) });
  },
);

test.for<Ending>([
  { how: 'not-connected', at: 3, code: 'ECONNREFUSED', message: 'connect ECONNREFUSED' },
  { how: 'reset', at: 7, code: 'ECONNRESET' },
  { how: 'timed-out', at: 120_000, code: 'headers' },
])('a call that ended $how without an answer ends so again', async (end) => {
  const wire = await ask(await replaying([{ call: chat, chunks: [], end }]));
  expect(wire).toMatchObject({ chunks: [], end });
  expect(wire.response).toBeUndefined();
});

test('exchanges under way at the same time each keep their own times', async () => {
  const recorded = [1, 2, 3].map((n) =>
    answered(chunksOf(...Array.from({ length: 100 * n }, () => 'x')), { call: { ...chat, body: n } }),
  );
  const session = await replaying(recorded);
  const wires = await Promise.all(recorded.map(({ call }) => ask(session, call)));
  for (const [index, wire] of wires.entries()) {
    expect(wire.chunks.map(({ at }) => at)).toEqual(recorded[index]?.chunks.map(({ at }) => at));
    expect(wire.end).toEqual(recorded[index]?.end);
  }
});

test('the clock starts when the recording was made and shows what it shows', async () => {
  const session = await replaying([answered(stream)]);
  expect(new Date(session.clock.now()).toISOString()).toBe('2026-11-01T00:00:00.000Z');
  expect(session.origin).toEqual({ recordedFrom: 'sandbox', recordedAt: '2026-11-01T00:00:00.000Z' });
  await ask(session);
  expect(new Date(session.clock.now()).toISOString()).toBe('2026-11-01T00:00:00.016Z');
});

test('the same request twice is answered in the order of recording', async () => {
  const session = await replaying([answered(chunksOf('first')), answered(chunksOf('second'))]);
  const texts = [await ask(session), await ask(session)].map((wire) => readExchange(wire).text);
  expect(texts).toEqual(['first', 'second']);
  await session.close('done');
});

test('a request asked for once too often is refused, and so is the session', async () => {
  const session = await replaying([answered(stream)]);
  await ask(session);
  await expect(ask(session)).rejects.toMatchObject({
    code: 'E_CASSETTE',
    message: expect.stringMatching(/POST \/chat\/completions was asked for 2 times, but recorded 1 times/),
  });
  await expect(session.close('done')).rejects.toThrow(/asked for 2 times/);
});

const body = chat.body as Record<string, unknown>;
test.for<[string, Partial<Call>]>([
  ['method', { method: 'PUT' }],
  ['path', { path: '/completions' }],
  ['query', { path: '/chat/completions?a=1' }],
  ['value', { body: { ...body, stream: false } }],
  ['nested value', { body: { ...body, messages: [{ role: 'user', content: 'Ho' }] } }],
  ['added key', { body: { ...body, seed: 1 } }],
  ['missing body', { body: undefined }],
  ['header of OpenRouter', { headers: { ...chat.headers, 'x-openrouter-metadata': 'enabled' } }],
])('another %s is not answered, and the nearest recording is shown', async ([, change]) => {
  const session = await replaying([
    answered(stream, { call: { ...chat, path: '/other', body: [] } }),
    answered(stream),
  ]);
  const asking = ask(session, { ...chat, ...change });
  await expect(asking).rejects.toMatchObject({ code: 'E_CASSETTE' });
  await expect(asking).rejects.toThrow(/no recording of (.|\n)*--- recorded as exchange 2\n\+\+\+ asked for\n@@/);
  await expect(session.close('done')).rejects.toThrow(/no recording of/);
});

test('a recording that was never asked for is refused at the end, unless the case failed anyway', async () => {
  const session = await replaying([answered(stream), answered(stream, { call: { ...chat, path: '/key' } })]);
  await ask(session);
  await expect(session.close('done')).rejects.toThrow(/never asked for, though recorded: POST \/key \(exchange 2\)/);
  await session.close('failed');
});

test('the same call with another credential is another call', async () => {
  const session = await replaying([answered(stream)]);
  const { key } = await session.credential('byok-disabled');
  const call = { ...chat, headers: { ...chat.headers, authorization: `Bearer ${key}` } };
  await expect(ask(session, call)).rejects.toThrow(
    /recorded with the credential "customer", but is asked for with "byok-disabled"/,
  );
});

test('what the provider itself answered never stands for what OpenRouter answered, though all but the address is equal', async () => {
  const redact = redactor(new Map(), /never/);
  const [ofProvider, ofOpenRouter] = ['it', 'us'].map((text) => answered(chunksOf(delta(text)))) as [
    WireExchange,
    WireExchange,
  ];
  const exchanges = [
    toRecording(ofProvider, providerCredential, redact),
    toRecording(ofOpenRouter, 'customer', redact),
  ];
  const session = await replaying([], { header: { exchanges } });
  const { key, baseUrl } = session.provider ?? { key: '', baseUrl: '' };
  const withIts = { ...chat, headers: { ...chat.headers, authorization: `Bearer ${key}` } };
  const atProvider = (call: Call) => ask({ ...session, baseUrl }, call);

  expect((await ask(session)).chunks).toEqual(ofOpenRouter.chunks);
  expect((await atProvider(withIts)).chunks).toEqual(ofProvider.chunks);
  await session.close('done');
});

test('the key of the provider is answered at the provider alone, and no other key there', async () => {
  const redact = redactor(new Map(), /never/);
  const exchanges = [
    toRecording(answered(stream), providerCredential, redact),
    toRecording(answered(stream), 'customer', redact),
  ];
  const session = await replaying([], { header: { exchanges } });
  const { key, baseUrl } = session.provider ?? { key: '', baseUrl: '' };
  const withIts = { ...chat, headers: { ...chat.headers, authorization: `Bearer ${key}` } };
  await expect(ask(session, withIts)).rejects.toThrow(/recorded with the credential "customer"/);
  await expect(ask({ ...session, baseUrl })).rejects.toThrow(/recorded with the credential "provider-key"/);
});

test('where the provider was not asked, nobody can ask it', async () => {
  expect((await replaying([answered(stream)])).provider).toBeUndefined();
});

test('no credential is a real key, and "no-key" is none', async () => {
  const session = await replaying([]);
  expect(await session.credential('customer')).toEqual({ name: 'customer', key: 'replay-customer' });
  expect(await session.credential('no-key')).toEqual({ name: 'no-key', key: null });
  const { authorization: _, ...headers } = chat.headers;
  await expect(ask(session, { ...chat, headers })).rejects.toThrow(/no recording/);
});

test('a secret replaced in a recorded path or body matches what stands for it now', async () => {
  const secret = `sk-or-v1-${'0'.repeat(64)}`;
  const recorded: Call = {
    method: 'POST',
    path: '/byok/{second}',
    headers: {},
    body: { key: '{second}', other: secret },
  };
  const session = await replaying([answered([], { call: recorded })]);
  const { key } = await session.credential('second');
  const asked = { ...chat, path: `/byok/${key}`, body: { key, other: secret } };
  expect((await ask(session, asked)).end.how).toBe('complete');
});

test('a client that goes away gets nothing more', async () => {
  const session = await replaying([answered(stream)]);
  const wire = await ask(session, chat, { leaveAfter: 1 });
  expect(wire.end).toEqual({ how: 'aborted', at: 6 });
  await session.close('done');
});

class Heard implements Dispatcher.DispatchHandler {
  readonly events: string[] = [];
  readonly over = Promise.withResolvers<void>();
  onData: (controller: Dispatcher.DispatchController) => void = () => {};

  onRequestStart(): void {
    this.events.push('start');
  }
  onResponseStart(_: Dispatcher.DispatchController, status: number): void {
    this.events.push(String(status));
  }
  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.events.push(chunk.toString());
    this.onData(controller);
  }
  onResponseEnd(): void {
    this.events.push('end');
    this.over.resolve();
  }
  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.events.push(error.message);
    this.over.resolve();
  }
}

const dispatched = { origin: 'https://openrouter.ai', path: '/api/v1/chat/completions', method: 'POST' as const };
const options = { ...dispatched, headers: chat.headers, body: JSON.stringify(chat.body) };
const turns = async () => {
  for (let count = 0; count < 5; count++) await new Promise((resolve) => setImmediate(resolve));
};

test('a paused handler gets nothing until it resumes', async () => {
  const { dispatcher } = await replaying([answered(chunksOf('a', 'b'))]);
  const heard = new Heard();
  let resume = () => {};
  heard.onData = (controller) => {
    controller.pause();
    resume = () => controller.resume();
  };
  dispatcher.dispatch(options, heard);
  await turns();
  expect(heard.events).toEqual(['start', '200', 'a']);
  resume();
  await turns();
  expect(heard.events).toEqual(['start', '200', 'a', 'b']);
  resume();
  await heard.over.promise;
  expect(heard.events).toEqual(['start', '200', 'a', 'b', 'end']);
});

test('an aborting handler gets its reason once and nothing afterwards', async () => {
  const { dispatcher } = await replaying([answered(chunksOf('a', 'b'))]);
  const heard = new Heard();
  heard.onData = (controller) => {
    controller.abort(new Error('enough'));
    controller.abort(new Error('again'));
  };
  dispatcher.dispatch(options, heard);
  await turns();
  expect(heard.events).toEqual(['start', '200', 'a', 'enough']);
});

test('a handler that throws meets its own error', async () => {
  const { dispatcher } = await replaying([answered(chunksOf('a', 'b'))]);
  const heard = new Heard();
  heard.onData = () => {
    throw new Error('clumsy');
  };
  dispatcher.dispatch(options, heard);
  await heard.over.promise;
  expect(heard.events).toEqual(['start', '200', 'a', 'clumsy']);
});

test('a handler that throws at the end meets its own error too', async () => {
  const { dispatcher } = await replaying([answered(chunksOf('a'))]);
  const heard = new Heard();
  heard.onResponseEnd = () => {
    throw new Error('clumsy');
  };
  dispatcher.dispatch(options, heard);
  await heard.over.promise;
  expect(heard.events).toEqual(['start', '200', 'a', 'clumsy']);
});

test('closing a session ends what is under way and refuses what comes later', async () => {
  const session = await replaying([answered(chunksOf('a', 'b')), answered(stream)]);
  const heard = new Heard();
  session.dispatcher.dispatch(options, heard);
  await session.close('failed');
  await turns();
  expect(heard.events).toEqual(['start', 'The client is destroyed']);
  expect(() => session.dispatcher.dispatch(options, heard)).toThrow(/closed/);
});

test('a thousand replays in a row let timers and immediates have their turns', async () => {
  const session = await replaying(Array.from({ length: 1000 }, () => answered(chunksOf('{"a":1}'))));
  let turnsTaken = 0;
  let running = true;
  const count = () => {
    turnsTaken++;
    if (running) setImmediate(count);
  };
  count();
  for (let asked = 0; asked < 1000; asked++) await ask(session);
  running = false;
  expect(turnsTaken).toBeGreaterThan(50);
  await session.close('done');
});

test('a live recording older than thirty days is refused unless asked for; one of the sandbox is not', async () => {
  const header = { recordedFrom: 'live', recordedAt: '2026-10-01T00:00:00.000Z' } as const;
  await expect(replaying([], { header })).rejects.toThrow(/recorded live 53 days ago, more than 30.*--allow-stale/);
  await replaying([], { header, options: { allowStale: true } });
  await replaying([], { header: { ...header, recordedFrom: 'sandbox' } });
});

test('a case whose cassette is there twice is refused, naming both files', async () => {
  const fixturesDir = await fixturesOf([]);
  const path = 'z-ai/glm-5.2/pinning/only-serves.stream.json';
  await writeFile(join(fixturesDir, 'copy.json'), await readFile(join(fixturesDir, path)));
  const target = replayTarget({ fixturesDir, delivery: 'fast', now, allowStale: false });
  await expect(target.open(ref)).rejects.toThrow(
    /copy\.json: claims the case that belongs in .*only-serves\.stream\.json\. Delete it/,
  );
});
