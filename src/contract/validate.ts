import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Level } from './requirement.ts';
import { schemas, type SchemaName } from './schemas.ts';
import type { Schema } from './schemas/shape.ts';

/** One place where a value is not what its schema says. */
export interface Violation {
  /** RFC 6901 pointer into the value; the empty string is the whole of it. */
  pointer: string;
  expected: string;
  actual: string;
  /** Present where the schema holds the breach to be less than binding. */
  level?: Exclude<Level, 'must'>;
}

const compiled = new Map<Schema, ValidateFunction>();
let ajv: Ajv2020 | undefined;

/** What is wrong with `value` as an answer of the API, empty when nothing is. */
export function violations(name: SchemaName, value: unknown): Violation[] {
  return schemaViolations(schemas[name], value);
}

/** What is wrong with `value` by any schema, e.g. the one a request gave as its response format. Throws for a schema ajv refuses. */
export function schemaViolations(schema: Schema, value: unknown): Violation[] {
  const validate = compiled.get(schema) ?? compile(schema);
  if (validate(value)) return [];
  return (validate.errors ?? []).filter(({ keyword }) => keyword !== 'anyOf').map(toViolation);
}

function compile(schema: Schema): ValidateFunction {
  ajv ??= new Ajv2020({
    allErrors: true,
    verbose: true,
    strict: false,
    validateFormats: false,
    logger: false,
  });
  const validate = ajv.compile(schema);
  compiled.set(schema, validate);
  return validate;
}

function toViolation(error: ErrorObject): Violation {
  if (error.keyword !== 'required') {
    return {
      pointer: error.instancePath,
      expected: expectation(error),
      actual: describe(error.data),
    };
  }
  const field = String(error.params['missingProperty']);
  const level = leniency(error.parentSchema, field);
  return {
    pointer: `${error.instancePath}/${escape(field)}`,
    expected: 'to be present',
    actual: 'absent',
    ...(level === undefined ? {} : { level }),
  };
}

function leniency(schema: ErrorObject['parentSchema'], field: string): Exclude<Level, 'must'> | undefined {
  const missing: unknown = schema?.['missing'];
  if (typeof missing !== 'object' || missing === null) return undefined;
  const level: unknown = Reflect.get(missing, field);
  return level === 'should' || level === 'observed' ? level : undefined;
}

function expectation({ keyword, params, message }: ErrorObject): string {
  switch (keyword) {
    case 'type':
      return [params['type']].flat().join(' or ');
    case 'enum':
      return `one of ${JSON.stringify(params['allowedValues'])}`;
    case 'const':
      return JSON.stringify(params['allowedValue']);
    case 'minLength':
      return 'a string that is not empty';
    default:
      return message ?? keyword;
  }
}

/** A value in a few words, short enough for one line of a report. */
export function describe(value: unknown): string {
  if (value === undefined) return 'absent';
  if (Array.isArray(value)) return `array of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'object';
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 80 ? `${json.slice(0, 77)}...` : json;
}

function escape(segment: string): string {
  return segment.replaceAll('~', '~0').replaceAll('/', '~1');
}
