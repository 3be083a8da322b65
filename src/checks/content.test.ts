import { describe, expect, it } from 'vitest';
import { judge, type Check, type Subject } from './check.ts';
import {
  calledTool,
  contentContains,
  contentIsJsonFor,
  finishReasonIs,
  hasReasoning,
  stopsBefore,
  tokensAtMost,
} from './content.ts';
import { ionet } from '../provider.ts';
import { listsEndpointOf, listsModel, listsOwnKey, listsProvider } from './listing.ts';
import { choice, jsonSubject, result } from './testing.ts';

const saying = (content: string | null, message: object = {}, over: object = {}) =>
  jsonSubject(result({ choices: [choice({ content, ...message }, { ...over })] }));
const calling = (name: string, args: string) =>
  saying(null, { tool_calls: [{ id: 'call_1', type: 'function', function: { name, arguments: args } }] });
const schema = { type: 'object', required: ['city'], properties: { city: { type: 'string' } } };
const row = {
  provider_name: 'Io Net',
  tag: 'io-net/fp8',
  context_length: 32768,
  pricing: { prompt: '0.0000004', completion: '0.0000032' },
  supported_parameters: ['tools'],
};
const listing = (...endpoints: object[]) => jsonSubject({ data: { endpoints } });
const provider = { name: 'Io Net', slug: 'io-net' };

const cases: [Check, silentOn: Subject, tripsOn: Subject, actual: string][] = [
  [finishReasonIs('length'), saying('a', {}, { finish_reason: 'length' }), saying('a'), '"stop"'],
  [contentContains('grün'), saying('Es ist grün.'), saying('Es ist blau.'), '"Es ist blau."'],
  [contentIsJsonFor(schema), saying('{"city":"Bern"}'), saying('{"city":1}'), '1'],
  [calledTool('add'), calling('add', '{"a":1}'), calling('subtract', '{}'), '0'],
  [
    calledTool('add', { times: 2 }),
    jsonSubject(result({ choices: [choice({ tool_calls: twice('add') })] })),
    calling('add', '{}'),
    '1',
  ],
  [hasReasoning(), saying('ok', { reasoning: 'because' }), saying('ok'), 'none'],
  [stopsBefore('END'), saying('one two '), saying('one END two'), '"one END two"'],
  [tokensAtMost(2), saying('ok'), jsonSubject(result({ usage: { completion_tokens: 3 } })), '3'],
  [
    listsModel('a/b'),
    jsonSubject({ data: [{ id: 'a/b' }] }),
    jsonSubject({ data: [{ id: 'a/c' }] }),
    'not among 1 models',
  ],
  [
    listsProvider(ionet),
    jsonSubject({ data: [{ name: ionet.name, slug: ionet.slug }] }),
    jsonSubject({ data: [{ name: 'Other', slug: 'other' }] }),
    'not listed',
  ],
  [
    listsOwnKey(ionet),
    jsonSubject({ data: [{ provider: ionet.slug, label: 'io-...AbCd' }] }),
    jsonSubject({ data: [] }),
    'none',
  ],
  [
    listsOwnKey(ionet),
    jsonSubject({ data: [{ provider: ionet.slug, label: 'io-...AbCd' }] }),
    jsonSubject({ data: [{ provider: ionet.slug, label: ionet.unknownKey }] }),
    'another',
  ],
  [listsEndpointOf(provider), listing(row), listing({ ...row, provider_name: 'Other' }), 'none among 1'],
];

function twice(name: string) {
  return ['call_1', 'call_2'].map((id) => ({ id, type: 'function', function: { name, arguments: '{}' } }));
}

describe.each(cases.map(([check, silentOn, tripsOn, actual]) => ({ id: check.id, check, silentOn, tripsOn, actual })))(
  '$id',
  ({ check, silentOn, tripsOn, actual }) => {
    it('is silent when it holds and tells what it found when not', () => {
      expect(judge([check], silentOn)).toEqual([]);
      expect(judge([check], tripsOn)).toEqual([expect.objectContaining({ check: check.id, actual })]);
    });
  },
);

it('tells that content is no JSON at all', () => {
  expect(judge([contentIsJsonFor(schema)], saying('Sure! {'))).toEqual([expect.objectContaining({ expected: 'JSON' })]);
});

it('finds tool arguments that were cut off', () => {
  expect(judge([calledTool('add')], calling('add', '{"a":'))).toEqual([
    expect.objectContaining({ actual: '"{\\"a\\":"' }),
  ]);
});

it.each([
  ['tag', { tag: 'other/fp8' }],
  ['context_length', { context_length: 0 }],
  ['pricing/prompt', { pricing: { completion: '0.1' } }],
  ['supported_parameters', { supported_parameters: [] }],
])('wants the endpoint’s %s', (field, over) => {
  const found = judge([listsEndpointOf(provider)], listing({ ...row, ...over }));
  expect(found).toEqual([expect.objectContaining({ where: `/data/endpoints/0/${field}` })]);
});
