import { expect, it } from 'vitest';
import { judge } from './check.ts';
import { idChecks } from './ids.ts';
import { evidence, id, jsonSubject, record, result, testChecks } from './testing.ts';

const good = jsonSubject(result());
const recorded = (over: object) =>
  jsonSubject(result(), {}, { evidence: { generation: evidence({ data: record({ ...over }) }) } });

testChecks(idChecks, {
  'ids.generation-prefix': {
    silentOn: good,
    when: 'it begins otherwise',
    tripsOn: jsonSubject(result({ id: 'chatcmpl-1' })),
  },
  'ids.header-is-id': {
    silentOn: jsonSubject(result(), { headers: { 'x-generation-id': id } }),
    when: 'they differ',
    tripsOn: jsonSubject(result(), { headers: { 'x-generation-id': 'gen-2' } }),
    finding: { actual: 'gen-2' },
  },
  'ids.created-matches-id': {
    silentOn: good,
    when: 'the answer claims another day',
    tripsOn: jsonSubject(result({ created: 1789900000 })),
  },
  'ids.record-found': {
    silentOn: recorded({}),
    when: 'there is none',
    tripsOn: jsonSubject(result(), {}, { evidence: { generation: evidence({ error: {} }, 404) } }),
  },
  'ids.record-agrees': {
    silentOn: recorded({}),
    when: 'it counts other tokens',
    tripsOn: recorded({ native_tokens_prompt: 11 }),
    finding: { where: 'generation /data/native_tokens_prompt', level: 'should' },
  },
  'ids.record-model': { silentOn: recorded({}), when: 'it names another', tripsOn: recorded({ model: 'acme/fake' }) },
});

it.each([
  ['id', { id: 'gen-2' }],
  ['cost', { total_cost: 0.1 }],
  ['upstream cost', { upstream_inference_cost: 0.1 }],
  ['finish reason', { finish_reason: 'length' }],
])('finds a record with another %s', (_, over) => {
  expect(judge(idChecks, recorded(over)).map(({ check }) => check)).toEqual(['ids.record-agrees']);
});

it('takes the dated name of a model for the same', () => {
  expect(judge(idChecks, recorded({ model: 'qwen/qwen3.6-27b-20260801' }))).toEqual([]);
});

it('judges no id that a recorder replaced', () => {
  expect(judge(idChecks, jsonSubject(result({ id: 'chatcmpl-REDACTED_1' })))).toEqual([]);
});
