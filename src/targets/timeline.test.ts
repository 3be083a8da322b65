import { expect, test } from 'vitest';
import { VirtualTimeline } from './timeline.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('sleepers wake in the order of their times, at their times, without waiting', async () => {
  const { clock } = new VirtualTimeline(1000);
  const woken: [string, number][] = [];
  const sleeper = async (name: string, ms: number) => {
    await clock.sleep(ms);
    woken.push([name, clock.now()]);
  };
  await Promise.all([sleeper('late', 90_000), sleeper('early', 10), sleeper('middle', 500)]);
  expect(woken).toEqual([
    ['early', 1010],
    ['middle', 1500],
    ['late', 91_000],
  ]);
});

test('a sleeper goes on before time passes further', async () => {
  const { clock } = new VirtualTimeline(0);
  const later = clock.sleep(1000);
  await clock.sleep(10);
  await clock.sleep(10);
  expect(clock.now()).toBe(20);
  await later;
  expect(clock.now()).toBe(1000);
});

test('a limit fires when time passes it, at its time, but does not move time by itself', async () => {
  const { clock } = new VirtualTimeline(0);
  const fired: number[] = [];
  for (const ms of [300, 100, 5000]) clock.limit(ms, () => fired.push(clock.now()));
  const cancel = clock.limit(200, () => fired.push(-1));
  cancel();
  await turn();
  expect(clock.now()).toBe(0);
  await clock.sleep(1000);
  expect(fired).toEqual([100, 300]);
  expect(clock.now()).toBe(1000);
});

test('a limit set by a limit fires in the same stretch of time', async () => {
  const { clock } = new VirtualTimeline(0);
  const fired: number[] = [];
  clock.limit(100, () => clock.limit(100, () => fired.push(clock.now())));
  await clock.sleep(1000);
  expect(fired).toEqual([200]);
});

test('an aborted sleep rejects with the reason and is forgotten', async () => {
  const { clock } = new VirtualTimeline(0);
  const controller = new AbortController();
  const sleeping = clock.sleep(1000, controller.signal);
  controller.abort(new Error('enough'));
  await expect(sleeping).rejects.toThrow('enough');
  await expect(clock.sleep(1, controller.signal)).rejects.toThrow('enough');
  await turn();
  expect(clock.now()).toBe(0);
});
