import { Agent, request } from 'undici';
import { expect, test } from 'vitest';
import type { LocalServer } from './http.ts';
import { clientGone, startServer } from './http.ts';
import { VirtualClock } from './virtual-clock.ts';

const EPOCH = 1_790_000_000_000;

type Delivery = [text: string, at: number];

/** Streams `count` chunks, `pace` ms apart, named after the path. */
function startTicker(clock: VirtualClock): Promise<LocalServer> {
  return startServer({
    clock,
    port: 0,
    async handle(incoming, response) {
      const gone = clientGone(response);
      const [, name, pace, count] = (incoming.url ?? '').split('/');
      response.writeHead(200);
      for (let index = 0; index < Number(count); index++) {
        response.write(`${name}${index};`);
        await clock.sleep(Number(pace), gone);
      }
      response.end();
    },
  });
}

async function deliveries(clock: VirtualClock, agent: Agent, url: string): Promise<Delivery[]> {
  const started = clock.now();
  const { body } = await request(url, { dispatcher: agent });
  const seen: Delivery[] = [];
  for await (const chunk of body as AsyncIterable<Buffer>) seen.push([chunk.toString(), clock.now() - started]);
  return seen;
}

async function recordManyStreams(): Promise<Delivery[][]> {
  const clock = new VirtualClock(EPOCH);
  const server = await startTicker(clock);
  const agent = new Agent();
  try {
    return await Promise.all(
      [7, 12, 3, 12, 31, 1].map((pace) => deliveries(clock, agent, `${server.origin}/s${pace}-/${pace}/20`)),
    );
  } finally {
    await agent.destroy();
    await server.close();
  }
}

test('every chunk written before a sleep is delivered alone and before time passes', async () => {
  const [first] = await recordManyStreams();
  expect(first).toEqual(Array.from({ length: 20 }, (_, index) => [`s7-${index};`, index * 7]));
});

test('many streams at different paces are recorded the same twice', async () => {
  expect(await recordManyStreams()).toEqual(await recordManyStreams());
});

test('recordings made at the same moment beside each other and under load in the same process are the same', async () => {
  const quiet = await recordManyStreams();
  let loaded = true;
  const burn = () => {
    const until = performance.now() + 0.2;
    while (performance.now() < until);
    if (loaded) setImmediate(burn);
  };
  burn();
  const recordings = await Promise.all([recordManyStreams(), recordManyStreams(), recordManyStreams()]);
  loaded = false;
  for (const recording of recordings) expect(recording).toEqual(quiet);
});

test('a limit of the client fires during a long silence of the server, without waiting', async () => {
  const clock = new VirtualClock(EPOCH);
  const server = await startTicker(clock);
  const agent = new Agent();
  const impatient = new AbortController();
  clock.limit(30_000, () => impatient.abort(new Error('idle')));
  const answer = request(`${server.origin}/silent/3600000/2`, { dispatcher: agent, signal: impatient.signal });
  await expect(answer.then(({ body }) => body.text())).rejects.toThrow('idle');
  expect(clock.now()).toBe(EPOCH + 30_000);
  await agent.destroy();
  await server.close();
});

test('clients that are not undici hold time still as well', async () => {
  const clock = new VirtualClock(EPOCH);
  const server = await startTicker(clock);
  const texts = await Promise.all([5, 9].map(async (pace) => (await fetch(`${server.origin}/f/${pace}/3`)).text()));
  expect(texts).toEqual(['f0;f1;f2;', 'f0;f1;f2;']);
  expect(clock.now()).toBe(EPOCH + 27);
  await server.close();
});

test('timers fire in the order of their times, then of their setting, each at its own time', async () => {
  const clock = new VirtualClock(EPOCH);
  const fired: string[] = [];
  const note = (name: string) => () => fired.push(`${name} at ${clock.now() - EPOCH}`);
  clock.limit(20, note('late limit'));
  clock.limit(10, note('limit'));
  const cancel = clock.limit(15, note('cancelled limit'));
  cancel();
  await Promise.all([clock.sleep(30).then(note('sleep')), clock.sleep(10).then(note('early sleep'))]);
  expect(fired).toEqual(['limit at 10', 'early sleep at 10', 'late limit at 20', 'sleep at 30']);
});

test('limits alone never move time', async () => {
  const clock = new VirtualClock(EPOCH);
  let fired = false;
  clock.limit(1, () => (fired = true));
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect([fired, clock.now()]).toEqual([false, EPOCH]);
});

test('an aborted sleep rejects with the reason of its signal and does not move time', async () => {
  const clock = new VirtualClock(EPOCH);
  const controller = new AbortController();
  const sleep = clock.sleep(1_000, controller.signal);
  controller.abort(new Error('enough'));
  await expect(sleep).rejects.toThrow('enough');
  await expect(clock.sleep(1, controller.signal)).rejects.toThrow('enough');
  expect(clock.now()).toBe(EPOCH);
});
