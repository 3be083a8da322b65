import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { type Hints, instanceOf } from './instance.ts';

const NONE: Hints = { names: [], numbers: [], text: '' };
const ajv = new Ajv2020({ strict: false });

const schemas: Record<string, object> = {
  'strings with bounds': {
    type: 'object',
    properties: { short: { type: 'string', maxLength: 3 }, long: { type: 'string', minLength: 40 } },
    required: ['short', 'long'],
  },
  'numbers with bounds': {
    type: 'array',
    items: { type: 'integer', minimum: 5, maximum: 9 },
    minItems: 3,
  },
  'exclusive bounds and steps': {
    type: 'object',
    properties: {
      above: { type: 'number', exclusiveMinimum: 0 },
      below: { type: 'integer', exclusiveMaximum: -3 },
      step: { type: 'integer', minimum: 11, multipleOf: 5 },
    },
  },
  'choices and constants': {
    type: 'object',
    properties: {
      unit: { enum: ['celsius', 'kelvin'] },
      kind: { const: 'report' },
      maybe: { type: ['null', 'boolean'] },
      either: { anyOf: [{ type: 'string' }, { type: 'null' }] },
    },
    required: ['unit', 'kind', 'maybe', 'either'],
    additionalProperties: false,
  },
  'references and a schema that contains itself': {
    $defs: {
      node: {
        type: 'object',
        properties: { name: { type: 'string' }, children: { type: 'array', items: { $ref: '#/$defs/node' } } },
        required: ['name', 'children'],
      },
    },
    $ref: '#/$defs/node',
  },
  'parts that hold together': {
    allOf: [
      { type: 'object', properties: { a: { type: 'boolean' } }, required: ['a'] },
      { type: 'object', properties: { b: { type: 'integer' } }, required: ['b'] },
    ],
  },
  'distinct items': { type: 'array', items: { type: 'string' }, minItems: 3, uniqueItems: true },
  'an object without properties': { type: 'object' },
};

test.for(Object.entries(schemas))('an instance satisfies a schema with %s', ([, schema]) => {
  const validate = ajv.compile(schema);
  expect(validate(instanceOf(schema, NONE)), JSON.stringify(validate.errors)).toBe(true);
});

test('values of the prompt are used where they fit', () => {
  const schema = {
    type: 'object',
    properties: {
      city: { type: 'string' },
      days: { type: 'integer', minimum: 1, maximum: 10 },
      celsius: { type: 'number' },
      unit: { enum: ['metric', 'imperial'] },
    },
  };
  const hints = { names: ['Paris'], numbers: [40, 3], text: 'in imperial units' };
  expect(instanceOf(schema, hints)).toEqual({ city: 'Paris', days: 3, celsius: 40, unit: 'imperial' });
});

test('optional properties are left out', () => {
  const schema = { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } }, required: ['a'] };
  expect(instanceOf(schema, NONE)).toEqual({ a: 'sample' });
});
