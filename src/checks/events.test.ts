import { describe, expect, it } from 'vitest';
import { judge } from './check.ts';
import { eventChecks } from './events.ts';
import { testChecks } from './testing.ts';
import {
  messageEvents,
  messageStream,
  numbered,
  response,
  responseEvents,
  responseStream,
  streamOf,
} from './testing-skins.ts';

const events = responseEvents();
const parts = messageEvents();

testChecks(eventChecks, {
  'events.in-order': {
    silentOn: responseStream(),
    when: 'a part of an item comes before the item',
    tripsOn: responseStream([...events.slice(0, 2), ...events.slice(4)]),
    finding: { expected: 'response.output_item.added for item 0 before', where: 'event 2' },
  },
  'events.one-terminal': {
    silentOn: messageStream(),
    when: 'the answer just stops',
    tripsOn: messageStream(parts.slice(0, -1)),
    finding: { actual: 'none' },
  },
  'events.nothing-after-terminal': {
    silentOn: responseStream(),
    when: 'another event follows the closing one',
    tripsOn: responseStream([...events, events[4] ?? {}]),
    finding: { actual: 'response.output_text.delta', where: 'event 10' },
  },
  'events.sequence-increases': {
    silentOn: responseStream(),
    when: 'a number is used twice',
    tripsOn: streamOf([...numbered(events).slice(0, 3), ...numbered(events).slice(2), '[DONE]']),
    finding: { expected: 'more than 2', actual: '2', where: 'event 3 /sequence_number' },
  },
  'events.name-is-type': {
    silentOn: messageStream(),
    when: 'an event has the name of another',
    tripsOn: messageStream(parts, {}, () => 'event: ping\n'),
    finding: { expected: 'message_start', actual: 'ping' },
  },
  'events.messages-are-named': {
    silentOn: messageStream(),
    when: 'the events of a message have no names',
    tripsOn: messageStream(parts, {}, () => ''),
    finding: { where: 'event 0' },
  },
  'events.told-once-more-alike': {
    silentOn: responseStream(),
    when: 'the closing event has another text',
    tripsOn: responseStream([
      ...events.slice(0, -1),
      {
        type: 'response.completed',
        response: response({ output: [{ type: 'message', content: [{ type: 'output_text', text: 'no' }] }] }),
      },
    ]),
    finding: { expected: '"ok"', actual: '"no"' },
  },
});

const found = (subject: Parameters<typeof judge>[1]) => judge(eventChecks, subject).map(({ check }) => check);

it('wants no names on events of /responses, and one ending only', () => {
  expect(found(responseStream())).toEqual([]);
  expect(found(responseStream([...events, events.at(-1) ?? {}]))).toContain('events.one-terminal');
});

it('takes an error event for an ending', () => {
  const error = { type: 'error', error: { type: 'api_error', message: 'x' } };
  expect(found(messageStream([...parts.slice(0, 4), error]))).toEqual([]);
});

describe('the order of a message', () => {
  const [start, open, ping, one, two, close, delta, stop] = parts;
  const inOrder = (...given: ((typeof parts)[number] | undefined)[]) =>
    judge(eventChecks, messageStream(given.filter((event) => event !== undefined)))
      .filter(({ check }) => check === 'events.in-order')
      .map(({ expected }) => expected);

  it.each([
    ['no beginning', [open, one, close, delta, stop], 'message_start first'],
    ['two beginnings', [start, start, delta, stop], 'message_start once'],
    ['a piece without its block', [start, one, delta, stop], 'content_block_start for block 0 before'],
    ['a block inside a block', [start, open, open, close, delta, stop], 'block 0 after the one before has stopped'],
    ['a block that never stops', [start, open, one, delta, stop], 'content_block_stop for block 0 before'],
    ['no reason to stop', [start, open, close, stop], 'message_delta before'],
  ])('%s is found', (_, given, expected) => {
    expect(inOrder(...given)).toContain(expected);
  });

  it('lets a ping stand anywhere', () => {
    expect(inOrder(ping, start, ping, open, one, two, close, delta, ping, stop)).toEqual([]);
  });
});

it('wants a response to open once and first, and each item and part to be added once', () => {
  const [created, progress, item, part, delta] = events;
  const expected = (...given: (typeof events)[number][]) =>
    judge(eventChecks, responseStream(given)).map(({ expected: wanted }) => wanted);
  const all = (...given: (typeof created)[]) => expected(...given.map((event) => event ?? {}));
  expect(all(progress, created)).toContain('response.created first');
  expect(all(created, created)).toContain('response.created once');
  expect(all(created, item, item)).toContain('item 0 added once');
  expect(all(created, item, delta)).toContain('response.content_part.added for part 0/0 before');
  expect(all(created, item, part, delta)).toEqual(['one closing event']);
});
