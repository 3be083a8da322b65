import { expect, it } from 'vitest';
import { judge } from './check.ts';
import { evidence, jsonSubject, metadata, record, result, sharedUsage, testChecks, usage } from './testing.ts';
import { usageChecks } from './usage.ts';

const good = jsonSubject(result());
const withUsage = (over: object, expectation: object = {}) =>
  jsonSubject(result({ usage: { ...usage, ...over } }), {}, expectation);

testChecks(usageChecks, {
  'usage.present': { silentOn: good, when: 'it is missing', tripsOn: jsonSubject(result({ usage: undefined })) },
  'usage.total-is-sum': {
    silentOn: good,
    when: 'it is not',
    tripsOn: withUsage({ total_tokens: 13 }),
    finding: { expected: '10 + 2', actual: '13' },
  },
  'usage.details-within-totals': {
    silentOn: good,
    when: 'more tokens reasoned than were generated',
    tripsOn: withUsage({ completion_tokens_details: { reasoning_tokens: 3 } }),
  },
  'usage.is-byok-present': { silentOn: good, when: 'it is absent', tripsOn: withUsage({ is_byok: undefined }) },
  'usage.is-byok-boolean': {
    silentOn: good,
    when: 'it is a word',
    tripsOn: withUsage({ is_byok: 'true' }),
    finding: { actual: '"true"' },
  },
  'usage.is-byok-expected': {
    silentOn: withUsage({}, { expect: { isByok: true } }),
    when: 'shared capacity paid',
    tripsOn: withUsage({ is_byok: false }, { expect: { isByok: true } }),
    finding: { expected: 'true', actual: 'false, served by Io Net' },
  },
  'usage.is-byok-agrees': {
    silentOn: withUsage({}, { evidence: { generation: evidence({ data: record() }) } }),
    when: 'the record says something else',
    tripsOn: withUsage({}, { evidence: { generation: evidence({ data: record({ is_byok: false }) }) } }),
    finding: { where: 'generation /data/is_byok' },
  },
});

it('tells absent from false', () => {
  const found = judge(usageChecks, withUsage({ is_byok: undefined }, { expect: { isByok: false } }));
  expect(found).toContainEqual(
    expect.objectContaining({ check: 'usage.is-byok-expected', actual: 'absent, served by Io Net' }),
  );
});

it('allows is_byok to be absent where server tools ran', () => {
  const tools = { is_byok: undefined, server_tool_use_details: { tool_calls_executed: 1 } };
  expect(judge(usageChecks, withUsage(tools))).toEqual([]);
});

it('finds routing metadata that contradicts the usage', () => {
  const found = judge(usageChecks, jsonSubject(result({ usage: sharedUsage, openrouter_metadata: metadata })));
  expect(found).toEqual([
    expect.objectContaining({ check: 'usage.is-byok-agrees', where: '/openrouter_metadata/is_byok' }),
  ]);
});
