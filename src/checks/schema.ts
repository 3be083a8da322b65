import type { Skin } from '../contract/errors/row.ts';
import { schemas, type SchemaName } from '../contract/schemas.ts';
import { messagesEvent } from '../contract/schemas/messages-events.ts';
import { responsesEvent } from '../contract/schemas/responses-events.ts';
import type { Schema } from '../contract/schemas/shape.ts';
import { schemaViolations, type Violation } from '../contract/validate.ts';
import { forCurrentForm } from './age.ts';
import type { Breach, Check, Endpoint, Subject } from './check.ts';
import { inBandErrors } from './errors.ts';
import { failed, isObject, parts, place, skinOf, stringAt, succeeded, type JsonObject } from './reading.ts';
import { pathWithoutQuery } from './recognise.ts';

/** Documented answers have the documented shape. Source: https://openrouter.ai/openapi.yaml, read 2026-11-23. */
export const schemaChecks = [
  {
    id: 'response.schema',
    level: 'must',
    holds: 'A successful answer has the documented fields with the documented types.',
    covers: [
      'api.chat-result',
      'api.responses-result',
      'api.messages-result',
      'api.completions',
      'api.model',
      'api.endpoints-zdr',
      'api.budgets',
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
      return schema === undefined
        ? []
        : breaches(subject, schemas[schema], subject.exchange.json, '', introduced[schema]);
    },
  },
  {
    id: 'stream.schema',
    level: 'must',
    holds: 'Every chunk or event of a stream has the documented fields with the documented types.',
    covers: ['api.chat-chunk', 'api.responses-result', 'api.messages-result', 'api.completions'],
    applies: (subject) => skinOf(subject) !== null && subject.exchange.stream !== null,
    judge: (subject) => {
      const schemaOf = eventSchemas[skinOf(subject) ?? 'chat'];
      const seen = new Set<string>();
      // A chunk with an error has its own forms and its own check; an event of an error has a schema like any other.
      return parts(subject)
        .filter(({ json }) => json['error'] === undefined || stringAt(json, 'type') !== undefined)
        .flatMap(({ where, json }) =>
          breaches(subject, schemaOf(json), json, where).filter(({ where: at, expected }) =>
            isNew({ pointer: `${stringAt(json, 'type')} ${at.replace(/^event \d+ /, '')}`, expected }, seen),
          ),
        );
    },
  },
  {
    id: 'response.error-schema',
    level: 'must',
    holds: 'A failure has the documented envelope.',
    covers: ['errors.envelope'],
    applies: (subject) => failed(subject) && subject.endpoint !== 'other' && isObject(subject.exchange.json),
    judge: (subject) => breaches(subject, schemas[errorSchema(subject)], subject.exchange.json, ''),
  },
] as const satisfies readonly Check[];

/** On /messages the specification has Anthropic's envelope; in 2026 the plain one of OpenRouter was seen there. */
function errorSchema({ endpoint, exchange }: Subject): SchemaName {
  if (endpoint === 'responses') return 'responses-error';
  return endpoint === 'messages' && stringAt(exchange.json, 'type') === 'error' ? 'messages-error' : 'error';
}

const eventSchemas: Record<Skin, (json: JsonObject) => Schema> = {
  chat: () => schemas['chat-chunk'],
  completions: () => schemas['text-completion'],
  responses: (json) => responsesEvent(stringAt(json, 'type') ?? ''),
  messages: (json) => messagesEvent(stringAt(json, 'type') ?? ''),
};

const byEndpoint: Partial<Record<Endpoint, SchemaName>> = {
  chat: 'chat-result',
  completions: 'text-completion',
  responses: 'responses-result',
  messages: 'messages-result',
  generation: 'generation-record',
  key: 'own-key',
  credits: 'credits',
  models: 'models',
  'model-single': 'model-single',
  'model-endpoints': 'model-endpoints',
  'endpoints-zdr': 'endpoints-zdr',
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
  const [, ...below] = pathWithoutQuery(call.path).split('/').filter(Boolean);
  if (endpoint === 'budgets') return call.method === 'DELETE' ? 'deleted' : budgetSchema(below[2]);
  if (kind === undefined) return byEndpoint[endpoint];
  if (below.length === 0) return call.method === 'POST' ? kind.created : kind.list;
  // /guardrails/assignments/keys lists those of every guardrail.
  if (below.at(0) === 'assignments') return assignmentSchema(call.method, below.slice(1));
  if (below.length === 1) return call.method === 'DELETE' ? 'deleted' : kind.single;
  return below[1] === 'assignments' ? assignmentSchema(call.method, below.slice(2)) : undefined;
}

function assignmentSchema(method: string, [of, last]: readonly string[]): SchemaName | undefined {
  if (method === 'GET') return of === 'members' ? 'member-assignment-list' : 'assignment-list';
  return last === 'remove' ? 'unassigned' : 'assigned';
}

function budgetSchema(interval: string | undefined): SchemaName {
  return interval === undefined ? 'budget-list' : 'budget-single';
}

function breaches(subject: Subject, schema: Schema, value: unknown, where: string, since?: string): Breach[] {
  const seen = new Set<string>();
  return schemaViolations(schema, value)
    .filter((violation) => isNew(violation, seen))
    .map((violation) => ({
      expected: violation.expected,
      actual: violation.actual,
      where: place(where, violation.pointer === '' ? 'body' : violation.pointer),
      // No specification binds the older /completions.
      ...(subject.endpoint === 'completions' ? { level: 'should' as const } : {}),
      ...(violation.level === undefined ? {} : { level: violation.level }),
      ...forCurrentForm(subject, since),
    }));
}

/** Since when the answer has the form that the specification requires today, where that is later than for the rest. */
const introduced: Partial<Record<SchemaName, string>> = {
  // total_count and links came in 2026-07.
  models: '2026-07-01',
};

/** The same breach in every row of a list, or chunk of a stream, is told once. */
function isNew({ pointer, expected }: Pick<Violation, 'pointer' | 'expected'>, seen: Set<string>): boolean {
  const key = `${pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*')} ${expected}`;
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}
