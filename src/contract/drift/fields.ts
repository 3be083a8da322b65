import { schemas } from '../schemas.ts';
import type { Schema } from '../schemas/shape.ts';
import { type Difference, setDifferences } from './difference.ts';
import { isNode, listAt, type Node, type Specification } from './specification.ts';
import { typesOf } from './types.ts';

/** Where the specification has what a schema of ours is about. Those it has not, or only inside another, are not listed. */
const places: Readonly<Record<string, string>> = {
  'chat-result': 'ChatResult',
  'chat-chunk': 'ChatStreamChunk',
  'responses-result': 'OpenResponsesResult',
  'messages-result': 'MessagesResult',
  'router-metadata': 'OpenRouterMetadata',
  error: 'BadRequestResponse',
  'messages-error': 'AnthropicMessagesErrorResponse',
  'generation-record': 'GET /generation 200',
  'own-key': 'GET /key 200',
  credits: 'GET /credits 200',
  'key-list': 'GET /keys 200',
  'key-single': 'GET /keys/{hash} 200',
  'key-created': 'POST /keys 201',
  providers: 'GET /providers 200',
  models: 'GET /models 200',
  'model-single': 'GET /model/{author}/{slug} 200',
  'model-endpoints': 'GET /models/{author}/{slug}/endpoints 200',
  'endpoints-zdr': 'GET /endpoints/zdr 200',
  'byok-list': 'GET /byok 200',
  'byok-single': 'GET /byok/{id} 200',
  deleted: 'DELETE /byok/{id} 200',
  'guardrail-list': 'GET /guardrails 200',
  'guardrail-single': 'GET /guardrails/{id} 200',
  'assignment-list': 'GET /guardrails/{id}/assignments/keys 200',
  'member-assignment-list': 'GET /guardrails/{id}/assignments/members 200',
  assigned: 'POST /guardrails/{id}/assignments/keys 200',
  unassigned: 'POST /guardrails/{id}/assignments/keys/remove 200',
  'workspace-list': 'GET /workspaces 200',
  'workspace-single': 'GET /workspaces/{id} 200',
  'budget-list': 'GET /workspaces/{id}/budgets 200',
  'budget-single': 'GET /workspaces/{id}/budgets/{interval} 200',
};

/**
 * What the specification and our schemas say differently about fields: which are required, which of ours it does not know,
 * and which it lets have a type or value that ours refuse. Optional fields that it has and ours do not mention are no
 * difference, since every schema of ours lets unknown fields be.
 */
export function fieldDifferences(specification: Specification): Difference[] {
  return Object.entries(schemas).flatMap(([name, ours]): Difference[] => {
    const at = places[name];
    if (at === undefined) return [];
    const theirs = specification.schema(at);
    if (theirs === undefined) return [{ path: at, what: 'gone', expected: 'a schema', actual: 'absent' }];
    return compare(ours, theirs, at, specification);
  });
}

function compare(ours: Schema, theirs: unknown, at: string, specification: Specification): Difference[] {
  const alternatives = alternativesOf(theirs, specification);
  const [only, ...others] = alternatives.filter((node) => node['type'] !== 'null');
  const own = ownShape(ours);
  const accepted = typesOf(own);
  const found = alternatives.flatMap((node) => typesOf(node) ?? []);
  const refused = found.filter((type) => accepted !== undefined && !accepts(accepted, type));
  const types: Difference[] =
    accepted === undefined || refused.length === 0
      ? []
      : [{ path: at, what: 'changed', expected: accepted.join(' or '), actual: [...new Set(found)].join(' or ') }];
  // Of a choice between several shapes nothing can be said but their types.
  if (only === undefined || others.length > 0) return types;
  return [
    ...types,
    ...valueDifferences(own, only, at),
    ...propertyDifferences(own, only, at, specification),
    ...(isNode(own['items']) && isNode(only['items'])
      ? compare(own['items'], only['items'], `${at}[]`, specification)
      : []),
  ];
}

function propertyDifferences(own: Node, their: Node, at: string, specification: Specification): Difference[] {
  const [ownProperties, theirProperties] = [own['properties'], their['properties']];
  // An object of ours without fields is one that we do not look into.
  if (!isNode(ownProperties) || !isNode(theirProperties) || Object.keys(ownProperties).length === 0) return [];
  const [ownRequired, theirRequired] = [listAt(own, 'required'), listAt(their, 'required')];
  const path = (field: string) => `${at}${/ \d{3}$/.test(at) ? ' ' : '.'}${field}`;
  const mine = Object.entries(ownProperties).flatMap(([field, schema]): Difference[] => {
    const required = ownRequired.includes(field);
    const expected = required ? 'a required field' : 'an optional field';
    if (!Object.hasOwn(theirProperties, field))
      return [{ path: path(field), what: 'gone', expected, actual: 'absent' }];
    const actual = theirRequired.includes(field) ? 'a required field' : 'an optional field';
    return [
      ...(expected === actual ? [] : [{ path: path(field), what: 'changed', expected, actual } as const]),
      ...compare(schema as Schema, theirProperties[field], path(field), specification),
    ];
  });
  const news = theirRequired.filter((field) => typeof field === 'string' && !Object.hasOwn(ownProperties, field));
  return [
    ...mine,
    ...news.map(
      (field) => ({ path: path(String(field)), what: 'new', expected: 'absent', actual: 'a required field' }) as const,
    ),
  ];
}

function valueDifferences(own: Node, their: Node, at: string): Difference[] {
  const [expected, actual] = [valuesOf(own), valuesOf(their)];
  if (expected === undefined) return [];
  if (actual !== undefined) return setDifferences(at, expected, actual);
  return [{ path: at, what: 'changed', expected: expected.join(' or '), actual: 'any value' }];
}

function valuesOf(node: Node): string[] | undefined {
  const values = 'const' in node ? [node['const']] : Array.isArray(node['enum']) ? node['enum'] : undefined;
  return values?.filter((value) => value !== null).map(String);
}

function accepts(accepted: readonly string[], type: string): boolean {
  return accepted.includes(type) || (type === 'integer' && accepted.includes('number'));
}

/** Ours write "or null" as `anyOf` only around a schema without a type of its own. */
function ownShape(schema: Schema): Node {
  const choice = listAt(schema, 'anyOf').filter(isNode);
  return choice.find((node) => node['type'] !== 'null') ?? schema;
}

function alternativesOf(node: unknown, specification: Specification): Node[] {
  const resolved = specification.resolved(node);
  if (resolved === undefined) return [];
  const choice = [...listAt(resolved, 'anyOf'), ...listAt(resolved, 'oneOf')];
  return choice.length === 0 ? [resolved] : choice.flatMap((one) => alternativesOf(one, specification));
}
