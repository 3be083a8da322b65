import { expect, it } from 'vitest';
import { schemas, type SchemaName } from './schemas.ts';
import { describe, schemaViolations, violations } from './validate.ts';

it.each(Object.keys(schemas) as SchemaName[])('%s is a schema that asks for something', (name) => {
  expect(violations(name, {}).length).toBeGreaterThan(0);
});

it('points at the place, tells what is expected there and what is', () => {
  const data = [{ name: 'Io Net', slug: '', privacy_policy_url: 5 }];
  expect(violations('providers', { data })).toEqual([
    { pointer: '/data/0/slug', expected: 'a string that is not empty', actual: '""' },
    { pointer: '/data/0/privacy_policy_url', expected: 'string or null', actual: '5' },
  ]);
});

it('finds null where none is allowed', () => {
  expect(violations('credits', { data: { total_credits: null, total_usage: 1 } })).toEqual([
    { pointer: '/data/total_credits', expected: 'number', actual: 'null' },
  ]);
});

it('lists the words of a closed set', () => {
  const found = violations('chat-chunk', { choices: [{ finish_reason: 'end_turn' }] });
  expect(found).toContainEqual({
    pointer: '/choices/0/finish_reason',
    expected: 'one of ["tool_calls","stop","length","content_filter","error",null]',
    actual: '"end_turn"',
  });
});

it('is lenient about fields that the specification requires and its own example leaves out', () => {
  const found = violations('generation-record', { data: {} });
  expect(found).toContainEqual(expect.objectContaining({ pointer: '/data/workspace_id', level: 'observed' }));
  expect(found).toContainEqual({ pointer: '/data/id', expected: 'to be present', actual: 'absent' });
});

it('escapes field names in pointers', () => {
  const schema = { type: 'object', required: ['a/b~c'] };
  expect(schemaViolations(schema, {})).toEqual([{ pointer: '/a~1b~0c', expected: 'to be present', actual: 'absent' }]);
});

it('says a value in a few words', () => {
  expect([undefined, null, [1, 2], { a: 1 }, true].map(describe)).toEqual([
    'absent',
    'null',
    'array of 2',
    'object',
    'true',
  ]);
  expect(describe('x'.repeat(1e6))).toHaveLength(80);
});
