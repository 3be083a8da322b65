import { expect, test } from 'vitest';
import { addFragments, type ToolCall } from './tool-calls.ts';

/** Each argument is the `tool_calls` of one chunk. */
function streamed(...chunks: unknown[]): ToolCall[] {
  const calls: ToolCall[] = [];
  for (const fragments of chunks) addFragments(calls, fragments, true);
  return calls;
}

const first = { index: 0, id: 'call_1', type: 'function', function: { name: 'f', arguments: '' } };
const whole = { index: 0, id: 'call_1', type: 'function', name: 'f', arguments: '{"a":1}', problems: [] };

test.for([
  ['leave id and name out', { index: 0, function: { arguments: '"a":' } }],
  ['repeat them', { ...first, function: { name: 'f', arguments: '"a":' } }],
  ['say null', { index: 0, id: null, type: null, function: { name: null, arguments: '"a":' } }],
] as const)('later fragments may %s', ([, fragment]) => {
  const calls = streamed(
    [first],
    [{ index: 0, function: { arguments: '{' } }],
    [fragment],
    [{ index: 0, function: { arguments: '1}' } }],
  );
  expect(calls).toEqual([{ ...whole, fragments: 4 }]);
});

test('an absent arguments is empty', () => {
  expect(streamed([{ index: 0, id: 'call_1', function: { name: 'f' } }])).toMatchObject([
    { arguments: '', problems: [] },
  ]);
});

test('parallel calls are kept apart by their index, in one chunk or interleaved', () => {
  const second = { ...first, index: 1, id: 'call_2' };
  const calls = streamed(
    [first, second],
    [{ index: 1, function: { arguments: '2' } }],
    [{ index: 0, function: { arguments: '1' } }],
  );
  expect(calls).toMatchObject([
    { index: 0, id: 'call_1', arguments: '1', problems: [] },
    { index: 1, id: 'call_2', arguments: '2', problems: [] },
  ]);
});

test('a result that was not streamed needs no index', () => {
  const calls: ToolCall[] = [];
  addFragments(calls, [first, { id: 'call_2', type: 'function', function: { name: 'g', arguments: '{}' } }], false);
  expect(calls).toMatchObject([
    { index: 0, id: 'call_1' },
    { index: 1, id: 'call_2', name: 'g', problems: [] },
  ]);
});

test.for([
  [
    'no id and name in the first',
    [{ index: 0, function: { arguments: '' } }],
    ['fragment 1 has no id', 'fragment 1 has no name'],
  ],
  ['an id that changes', [first, { ...first, id: 'call_2' }], ['id changes from "call_1" to "call_2" in fragment 2']],
  [
    'a name that changes',
    [first, { index: 0, function: { name: 'g' } }],
    ['name changes from "f" to "g" in fragment 2'],
  ],
  ['no index', [{ ...first, index: undefined }], ['fragment 1 has no index']],
  [
    'arguments that are an object',
    [{ ...first, function: { name: 'f', arguments: {} } }],
    ['arguments of fragment 1 is no string'],
  ],
  ['an id that is a number', [{ ...first, id: 7 }], ['id of fragment 1 is no string']],
  ['a fragment that is no object', [first, 'x'], ['fragment 2 is no object']],
] as const)('%s is a problem of the call', ([, fragments, problems]) => {
  const calls = streamed(...fragments.map((fragment) => [fragment]));
  expect(calls.map((call) => call.problems)).toEqual([problems]);
});

test('without an index a new id begins a call and a fragment without one continues the last', () => {
  const { index: _, ...unplaced } = first;
  const calls = streamed([unplaced], [{ ...unplaced, id: 'call_2' }], [{ function: { arguments: '2' } }], [unplaced]);
  expect(calls).toMatchObject([
    { id: 'call_1', arguments: '', fragments: 2 },
    { id: 'call_2', arguments: '2', fragments: 2 },
  ]);
});
