import { expect, test } from 'vitest';
import { Deadlines } from './deadlines.ts';
import { manualClock } from './testing.ts';

const limits = { connect: 10, headers: 200, firstEvent: 300, idle: 60, total: 1_000, body: 0 };

function started() {
  const clock = manualClock();
  const passed: string[] = [];
  return { clock, passed, deadlines: new Deadlines(clock, limits, (code) => passed.push(code)) };
}

test('connecting and waiting for headers are limited one after the other', () => {
  const first = started();
  first.clock.advance(10);
  expect(first.passed).toEqual(['connect']);

  const second = started();
  second.deadlines.connected();
  second.clock.advance(199);
  expect(second.passed).toEqual([]);
  second.clock.advance(1);
  expect(second.passed).toEqual(['headers']);
});

test('silence counts from the last bytes', () => {
  const { clock, passed, deadlines } = started();
  deadlines.connected();
  deadlines.answered(false);
  clock.advance(50);
  deadlines.receivedBytes();
  clock.advance(20);
  deadlines.receivedBytes();
  clock.advance(50);
  expect(passed).toEqual([]);
  clock.advance(10);
  expect(passed).toEqual(['idle']);
});

test('bytes that are no event do not put off the limit of the first event', () => {
  const { clock, passed, deadlines } = started();
  deadlines.connected();
  deadlines.answered(true);
  for (let at = 0; at < 300; at += 50) {
    deadlines.receivedBytes();
    clock.advance(50);
  }
  expect(passed).toEqual(['first-event']);
});

test('the whole is limited, however lively it is', () => {
  const { clock, passed, deadlines } = started();
  deadlines.connected();
  deadlines.answered(true);
  deadlines.receivedEvent();
  for (let at = 0; at < 1_000; at += 50) {
    deadlines.receivedBytes();
    clock.advance(50);
  }
  expect(passed).toEqual(['total']);
});

test('nothing is pending once a limit has passed or the exchange has ended', () => {
  const { clock, deadlines } = started();
  deadlines.connected();
  deadlines.answered(true);
  expect(clock.pending()).toEqual([60, 300, 1_000]);
  deadlines.stop();
  deadlines.connected();
  expect(clock.pending()).toEqual([]);
});
