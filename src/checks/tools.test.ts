import { choice, chunk, jsonSubject, result, streamSubject, testChecks, usage } from './testing.ts';
import { toolChecks } from './tools.ts';

const call = (over: object = {}) => ({
  id: 'call_1',
  type: 'function',
  index: 0,
  function: { name: 'add', arguments: '{"a":1}' },
  ...over,
});
const calling = (...calls: object[]) =>
  jsonSubject(result({ choices: [choice({ content: null, tool_calls: calls }, { finish_reason: 'tool_calls' })] }));
const fragments = (...pieces: object[]) =>
  streamSubject([
    ...pieces.map((piece) => chunk({ content: null, tool_calls: [piece] })),
    chunk({ content: '' }, { usage }, { finish_reason: 'tool_calls' }),
    '[DONE]',
  ]);

testChecks(toolChecks, {
  'tools.calls-are-named': {
    silentOn: fragments(call({ function: { name: 'add', arguments: '' } }), {
      index: 0,
      function: { arguments: '{}' },
    }),
    when: 'the name comes only later',
    tripsOn: fragments({ index: 0, id: 'call_1', type: 'function', function: { arguments: '' } }, call()),
    finding: { where: 'event 0 /choices/0 tool call 0 function/name' },
  },
  'tools.arguments-are-json': {
    silentOn: calling(call()),
    when: 'they are cut off',
    tripsOn: calling(call({ function: { name: 'add', arguments: '{"a":' } })),
  },
  'tools.ids-differ': {
    silentOn: calling(call(), call({ id: 'call_2', index: 1 })),
    when: 'two are the same',
    tripsOn: calling(call(), call({ index: 1 })),
  },
  'tools.finish-reason': {
    silentOn: calling(call()),
    when: 'no tool is called',
    tripsOn: calling(),
  },
});
