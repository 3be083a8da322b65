import { violations, type Violation } from '../contract/validate.ts';
import type { SchemaName } from '../contract/schemas.ts';
import { forCurrentForm } from './age.ts';
import type { Breach, Check, Endpoint, Subject } from './check.ts';
import { inBandErrors } from './errors.ts';
import { isObject, parts, place, statusOf, succeeded } from './reading.ts';
import { pathWithoutQuery } from './recognise.ts';

/** Documented answers have the documented shape. Source: https://openrouter.ai/openapi.yaml, read 2026-11-23. */
export const schemaChecks = [
  {
    id: 'response.schema',
    level: 'must',
    holds: 'A successful answer has the documented fields with the documented types.',
    covers: [
      'api.chat-result',
      'api.models',
      'api.model-endpoints',
      'api.providers',
      'api.key',
      'api.credits',
      'api.byok',
      'api.keys',
      'api.guardrails',
      'api.workspaces',
      'generation.record',
    ],
    // An error inside a 200 has its own forms and its own check.
    applies: (subject) =>
      subject.exchange.stream === null &&
      succeeded(subject) &&
      successSchema(subject) !== undefined &&
      inBandErrors(subject).length === 0,
    judge: (subject) => {
      const schema = successSchema(subject);
      return schema === undefined ? [] : breaches(subject, schema, subject.exchange.json, '');
    },
  },
  {
    id: 'stream.schema',
    level: 'must',
    holds: 'Every chunk of a chat stream has the documented fields with the documented types.',
    covers: ['api.chat-chunk'],
    applies: (subject) => subject.endpoint === 'chat' && subject.exchange.stream !== null,
    judge: (subject) => {
      const seen = new Set<string>();
      return parts(subject)
        .filter(({ json }) => json['error'] === undefined)
        .flatMap(({ where, json }) => breaches(subject, 'chat-chunk', json, where, seen));
    },
  },
  {
    id: 'response.error-schema',
    level: 'must',
    holds: 'A failure has the documented envelope.',
    covers: ['errors.envelope'],
    applies: (subject) => isFailure(subject) && subject.endpoint !== 'other' && isObject(subject.exchange.json),
    judge: (subject) => breaches(subject, errorSchema(subject), subject.exchange.json, ''),
  },
] as const satisfies readonly Check[];

function isFailure(subject: Subject): boolean {
  return (statusOf(subject) ?? 0) >= 400;
}

function errorSchema({ endpoint }: Subject): SchemaName {
  if (endpoint === 'responses') return 'responses-error';
  return endpoint === 'messages' ? 'messages-error' : 'error';
}

const byEndpoint: Partial<Record<Endpoint, SchemaName>> = {
  chat: 'chat-result',
  generation: 'generation-record',
  key: 'own-key',
  credits: 'credits',
  models: 'models',
  'model-endpoints': 'model-endpoints',
  providers: 'providers',
};

const managed: Partial<Record<Endpoint, { list: SchemaName; single: SchemaName; created: SchemaName }>> = {
  byok: { list: 'byok-list', single: 'byok-single', created: 'byok-single' },
  keys: { list: 'key-list', single: 'key-single', created: 'key-created' },
  guardrails: { list: 'guardrail-list', single: 'guardrail-single', created: 'guardrail-single' },
  workspaces: { list: 'workspace-list', single: 'workspace-single', created: 'workspace-single' },
};

function successSchema({ endpoint, exchange: { call } }: Subject): SchemaName | undefined {
  const kind = managed[endpoint];
  if (kind === undefined) return byEndpoint[endpoint];
  const [, ...below] = pathWithoutQuery(call.path).split('/').filter(Boolean);
  if (below.length === 0) return call.method === 'POST' ? kind.created : kind.list;
  if (below.length === 1) return call.method === 'DELETE' ? 'deleted' : kind.single;
  return below[1] === 'assignments' && below[2] === 'keys' ? assignmentSchema(call.method, below[3]) : undefined;
}

function assignmentSchema(method: string, last: string | undefined): SchemaName | undefined {
  if (method === 'GET') return 'assignment-list';
  return last === 'remove' ? 'unassigned' : 'assigned';
}

function breaches(
  subject: Subject,
  schema: SchemaName,
  value: unknown,
  where: string,
  seen = new Set<string>(),
): Breach[] {
  return violations(schema, value)
    .filter((violation) => isNew(violation, seen))
    .map((violation) => ({
      expected: violation.expected,
      actual: violation.actual,
      where: place(where, violation.pointer === '' ? 'body' : violation.pointer),
      ...(violation.level === undefined ? {} : { level: violation.level }),
      ...forCurrentForm(subject, introduced[schema]),
    }));
}

/** Since when the answer has the form that the specification requires today, where that is later than for the rest. */
const introduced: Partial<Record<SchemaName, string>> = {
  // total_count and links came in 2026-07.
  models: '2026-07-01',
};

/** The same breach in every row of a list, or chunk of a stream, is told once. */
function isNew({ pointer, expected }: Violation, seen: Set<string>): boolean {
  const key = `${pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*')} ${expected}`;
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}
