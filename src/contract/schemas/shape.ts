/** A JSON Schema (2020-12) as plain data. */
export type Schema = { readonly [keyword: string]: unknown };

type Fields = Readonly<Record<string, Schema>>;

export const string: Schema = { type: 'string' };
export const text: Schema = { type: 'string', minLength: 1 };
export const number: Schema = { type: 'number' };
export const amount: Schema = { type: 'number', minimum: 0 };
export const integer: Schema = { type: 'integer' };
export const count: Schema = { type: 'integer', minimum: 0 };
export const boolean: Schema = { type: 'boolean' };
/** Present, of whatever type. */
export const anything: Schema = {};

/** An object with `required` and `optional` fields. Others are allowed: OpenRouter adds fields without notice. */
export function object(required: Fields, optional: Fields = {}): Schema {
  return {
    type: 'object',
    required: Object.keys(required),
    properties: { ...required, ...optional },
  };
}

export function array(items: Schema): Schema {
  return { type: 'array', items };
}

/** The same, or null. */
export function nullable(schema: Schema): Schema {
  const { type, enum: values, ...rest } = schema;
  if (type === undefined) return { anyOf: [schema, { type: 'null' }] };
  const types = Array.isArray(type) ? type : [type];
  return {
    ...rest,
    type: [...types, 'null'],
    ...(Array.isArray(values) ? { enum: [...values, null] } : {}),
  };
}

export function oneOf(...values: readonly (string | null)[]): Schema {
  return { enum: values };
}

export function always(value: string | boolean): Schema {
  return { const: value };
}

/** `schema` and, where its fields are missing, how binding that is. Read by `violations`. */
export function lenient(schema: Schema, missing: Readonly<Record<string, 'should' | 'observed'>>): Schema {
  return { ...schema, missing };
}

/** What most of the API wraps its answers in. */
export function data(schema: Schema): Schema {
  return object({ data: schema });
}
