import { listAt, type Node } from './specification.ts';

/** The JSON types a schema names or its values have; undefined when it leaves them open. */
export function typesOf(schema: Node): string[] | undefined {
  const { type } = schema;
  if (type !== undefined) return [type].flat().map(String);
  const values = 'const' in schema ? [schema['const']] : listAt(schema, 'enum');
  return values.length === 0 ? undefined : [...new Set(values.map(typeOf))];
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}
