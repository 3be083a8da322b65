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
    const until = performance.now() + 1;
    while (performance.now() < until);
    if (loaded) setImmediate(burn);
  };
  burn();
  const recordings = await Promise.all([recordManyStreams(), recordManyStreams(), recordManyStreams()]);
  loaded = false;
  for (const recording of recordings) expect(recording).toEqual(quiet);
});
