/** Values seen in the prompt that a generated instance should use where they fit. */
export interface Hints {
  /** Names of places, people and quoted words, in order. */
  names: readonly string[];
  /** In order of appearance. */
  numbers: readonly number[];
  /** Everything the user said last; an enum value found in it is preferred. */
  text: string;
}

type Schema = Record<string, unknown>;

const FORMATS: Record<string, string> = {
  date: '2026-01-01',
  'date-time': '2026-01-01T00:00:00Z',
  time: '00:00:00Z',
  email: 'someone@example.com',
  uri: 'https://example.com/',
  uuid: '00000000-0000-4000-8000-000000000000',
};

/** Nested deeper than this, optional things and list items are left out, so that a schema that contains itself comes to an end. */
const DEPTH = 6;

/**
 * A small value that satisfies a JSON Schema, with values from the prompt where they fit.
 *
 * Understands what tool and output schemas are written with: types, enum, const, $ref, anyOf, oneOf, allOf, required, bounds and
 * common formats; not `pattern`, `not`, `if` and `dependent*`.
 */
export function instanceOf(schema: unknown, hints: Hints): unknown {
  const numbers = [...hints.numbers];
  const root = asSchema(schema);

  function value(given: unknown, depth: number): unknown {
    const node = resolve(asSchema(given), root);
    if ('const' in node) return node.const;
    if (Array.isArray(node.enum)) return mentioned(node.enum, hints.text);
    switch (typeOf(node)) {
      case 'object':
        return object(node, depth);
      case 'array':
        return array(node, depth);
      case 'string':
        return string(node, hints);
      case 'number':
      case 'integer':
        return number(node, numbers);
      case 'boolean':
        return true;
      default:
        return null;
    }
  }

  function object(node: Schema, depth: number): Schema {
    const properties = asSchema(node.properties);
    const required = Array.isArray(node.required)
      ? node.required.map(String)
      : depth < DEPTH
        ? Object.keys(properties)
        : [];
    return Object.fromEntries(required.map((name) => [name, value(properties[name] ?? { type: 'string' }, depth + 1)]));
  }

  function array(node: Schema, depth: number): unknown[] {
    const least = asNumber(node.minItems) ?? 0;
    const wanted = depth < DEPTH && node.maxItems !== 0 ? Math.max(least, 1) : least;
    return Array.from({ length: wanted }, (_, index) => {
      const item = value(node.items ?? { type: 'string' }, depth + 1);
      return node.uniqueItems === true && index > 0 && typeof item === 'string' ? `${item} ${index + 1}` : item;
    });
  }

  return value(root, 0);
}

function asSchema(value: unknown): Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Schema) : {};
}

function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** Follows $ref and takes the first branch of a choice. */
function resolve(node: Schema, root: Schema): Schema {
  if (typeof node.$ref === 'string') {
    const target = node.$ref
      .split('/')
      .slice(1)
      .reduce<unknown>((at, part) => asSchema(at)[part], root);
    return resolve(asSchema(target), root);
  }
  const choice = node.anyOf ?? node.oneOf;
  if (Array.isArray(choice))
    return resolve({ ...node, anyOf: undefined, oneOf: undefined, ...asSchema(choice[0]) }, root);
  if (Array.isArray(node.allOf))
    return node.allOf.map((part) => resolve(asSchema(part), root)).reduce(merge, { ...node, allOf: undefined });
  return node;
}

function merge(left: Schema, right: Schema): Schema {
  const required = [left.required, right.required].flatMap((names) => (Array.isArray(names) ? names : []));
  return {
    ...left,
    ...right,
    properties: { ...asSchema(left.properties), ...asSchema(right.properties) },
    ...(required.length > 0 && { required }),
  };
}

function typeOf(node: Schema): unknown {
  if (Array.isArray(node.type)) return node.type.find((type) => type !== 'null') ?? 'null';
  return node.type ?? ('items' in node ? 'array' : 'object');
}

function mentioned(values: readonly unknown[], text: string): unknown {
  const lower = text.toLowerCase();
  return values.find((value) => typeof value === 'string' && lower.includes(value.toLowerCase())) ?? values[0];
}

function string(node: Schema, hints: Hints): string {
  const known = typeof node.format === 'string' ? FORMATS[node.format] : undefined;
  if (known !== undefined) return known;
  const text = hints.names[0] ?? 'sample';
  return text.padEnd(asNumber(node.minLength) ?? 0, '.').slice(0, asNumber(node.maxLength) ?? undefined);
}

/** Takes the next number of the prompt that is allowed, else the smallest allowed one. */
function number(node: Schema, candidates: number[]): number {
  const step = asNumber(node.multipleOf) ?? (node.type === 'number' ? undefined : 1);
  const above = asNumber(node.exclusiveMinimum);
  const least = Math.max(asNumber(node.minimum) ?? -Infinity, above === undefined ? -Infinity : above + (step ?? 0.5));
  const most = Math.min(
    asNumber(node.maximum) ?? Infinity,
    (asNumber(node.exclusiveMaximum) ?? Infinity) - (step ?? 0.5),
  );
  const index = candidates.findIndex(
    (candidate) => candidate >= least && candidate <= most && (step === undefined || candidate % step === 0),
  );
  if (index !== -1) return candidates.splice(index, 1)[0] ?? 0;
  const smallest = least > -Infinity ? least : Math.min(1, most);
  return step === undefined ? smallest : Math.ceil(smallest / step) * step;
}
