import { LineCounter, parseDocument } from 'yaml';

/** A mapping of the document. */
export type Node = Readonly<Record<string, unknown>>;

/** A document that is no OpenAPI specification; the message names the line and column where it stops being one. */
export class BrokenSpecification extends Error {
  override readonly name = 'BrokenSpecification';
}

/**
 * Reads an OpenAPI document in YAML or JSON.
 *
 * @param source where the text is from, for messages
 * @throws {BrokenSpecification} naming the place, e.g. `openapi.yaml:12:3`
 */
export function parseSpecification(text: string, source: string): Specification {
  const lines = new LineCounter();
  // `prettyErrors` would repeat lines of the document in the message.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${source}:${line}:${col}`;
  };
  const [error] = document.errors;
  if (error !== undefined) throw new BrokenSpecification(`${place(error.pos[0])}: ${error.message}`);
  let root: unknown;
  try {
    root = document.toJS();
  } catch (cause) {
    // Aliases without an anchor, or so many that they could only be an attack.
    throw new BrokenSpecification(`${source}:1:1: ${(cause as Error).message}`, { cause });
  }
  for (const [path, expected] of [
    [['openapi'], 'a version'],
    [['paths'], 'a mapping of paths'],
    [['components', 'schemas'], 'a mapping of schemas'],
  ] as const) {
    const found = path.reduce<unknown>((node, key) => (isNode(node) ? node[key] : undefined), root);
    if (path[0] === 'openapi' ? typeof found === 'string' : isNode(found)) continue;
    const at = document.contents?.range?.[0] ?? 0;
    throw new BrokenSpecification(`${place(at)}: expected ${expected} at "${path.join('.')}", found ${kindOf(found)}.`);
  }
  return new Specification(root as Node);
}

/** A parsed OpenAPI document, asked by operation and by schema. */
export class Specification {
  readonly #root: Node;

  constructor(root: Node) {
    this.#root = root;
  }

  /** Statuses of an operation such as `GET /byok/{id}`, without success; undefined when it has no such operation. */
  errorStatuses(operation: string): string[] | undefined {
    const responses = this.#operation(operation)?.['responses'];
    if (!isNode(responses)) return undefined;
    return Object.keys(responses).filter((status) => /^[345]\d\d$/.test(status));
  }

  /** The schema at `ChatResult` (a component) or at `GET /key 200` (a JSON answer); undefined when there is none. */
  schema(at: string): Node | undefined {
    const [method = '', path, status] = at.split(' ');
    if (path === undefined) return nodeAt(this.#root, 'components', 'schemas', method);
    const operation = this.#operation(`${method} ${path}`);
    const response = this.resolved(nodeAt(operation, 'responses', status ?? ''));
    return nodeAt(response, 'content', 'application/json', 'schema');
  }

  /** What a `$ref` within the document stands for, `allOf` put together. */
  resolved(node: unknown, depth = 0): Node | undefined {
    if (!isNode(node)) return undefined;
    const reference = node['$ref'];
    // A ring of references stands for nothing.
    if (typeof reference === 'string') return depth > 32 ? undefined : this.resolved(this.#at(reference), depth + 1);
    const parts = node['allOf'];
    if (!Array.isArray(parts)) return node;
    const { allOf: _, ...own } = node;
    return [...parts.map((part) => this.resolved(part, depth + 1) ?? {}), own].reduce<Node>(merged, {});
  }

  #operation(operation: string): Node | undefined {
    const [method = '', path = ''] = operation.split(' ');
    return nodeAt(this.#root, 'paths', path, method.toLowerCase());
  }

  #at(reference: string): unknown {
    const segments = /^#\/(.*)$/.exec(reference)?.[1]?.split('/') ?? [];
    const keys = segments.map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
    return keys.length === 0 ? undefined : nodeAt(this.#root, ...keys);
  }
}

function merged(one: Node, other: Node): Node {
  return {
    ...one,
    ...other,
    ...(isNode(one['properties']) && { properties: { ...one['properties'], ...nodeAt(other, 'properties') } }),
    ...(Array.isArray(one['required']) && { required: [...one['required'], ...listAt(other, 'required')] }),
  };
}

function nodeAt(node: Node | undefined, ...keys: string[]): Node | undefined {
  let here: unknown = node;
  for (const key of keys) {
    if (!isNode(here) || !Object.hasOwn(here, key)) return undefined;
    here = here[key];
  }
  return isNode(here) ? here : undefined;
}

/** The list at a key of a node, empty when there is none. */
export function listAt(node: Node, key: string): unknown[] {
  const value = node[key];
  return Array.isArray(value) ? value : [];
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
