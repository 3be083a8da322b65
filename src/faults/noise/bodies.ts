import { ionet } from '../../provider.ts';
import type { Json } from '../blocks.ts';
import { all, change, drop, set, where } from '../edit.ts';
import type { Noise } from '../noise.ts';

const tag = `${ionet.slug}/${ionet.quantization}`;
const named = (name: unknown) => name === ionet.name;
const metadata = (path: string) => [`openrouter_metadata.${path}`, `response.openrouter_metadata.${path}`];
const everywhere = (paths: readonly string[], to: (now: never) => unknown) =>
  all(...paths.map((path) => change(path, to)));
const isWhole = (text: string) => /^\s*\{/.test(text);

/** Long, and nothing of it changes what the answer says. */
const blanks = ' '.repeat(1_000_000);
const thought = 'Let me think about this once more. '.repeat(8_000);

/** The same value with a field more in every object but those that callers define. */
function withMore(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withMore);
  if (typeof value !== 'object' || value === null) return value;
  const inside = Object.entries(value).map(([field, each]) => [field, opaque.has(field) ? each : withMore(each)]);
  return { ...(Object.fromEntries(inside) as Json), x_new_field: { since: '2027-01' } };
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([field, each]) => [field, reversed(each)]),
  );
}

/** Objects with fields of their owner’s choice. */
const opaque: ReadonlySet<string> = new Set(['input', 'parameters', 'schema', 'metadata', 'headers', 'cost_details']);

const replace = (json: Json, by: unknown) => {
  for (const field of Object.keys(json)) delete json[field];
  Object.assign(json, by);
};

/** Answers that say the same in another way, and circumstances in which they do. */
export const noiseInBodies: readonly Noise[] = [
  {
    name: 'blanks-before-json',
    says: 'Many signs of life come before a JSON answer.',
    only: 'bodies',
    bytes: (text) => (isWhole(text) ? ['\n         \n'.repeat(500), text] : [text]),
  },
  {
    name: 'blanks-after-json',
    says: 'A line end follows a JSON answer.',
    at: 'everything',
    only: 'bodies',
    bytes: (text) => [isWhole(text) ? `${text}\n` : text],
  },
  {
    name: 'pretty-json',
    says: 'JSON is laid out over many lines.',
    at: 'everything',
    only: 'bodies',
    bytes: (text) => [isWhole(text) ? JSON.stringify(JSON.parse(text), null, 4) : text],
  },
  {
    name: 'escaped-json',
    says: 'Everything beyond ASCII is escaped, slashes too.',
    at: 'everything',
    bytes: (text) => [
      text
        .replaceAll(/[^\p{ASCII}]/gu, (character) =>
          [...Array(character.length).keys()]
            .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
            .join(''),
        )
        .replaceAll(/(?<=[a-z])\/(?=[a-z])/g, '\\/'),
    ],
    when: ({ path }) => !path.startsWith('/sandbox'),
  },
  {
    name: 'scientific-numbers',
    says: 'Small amounts are told with an exponent.',
    at: 'everything',
    bytes: (text) => [text.replaceAll(/(?<=":)0\.0\d+(?=[,}])/g, (number) => Number(number).toExponential())],
  },
  {
    name: 'json-with-charset',
    says: 'The content type of JSON has a character set.',
    at: 'everything',
    headers: (headers) =>
      headers['content-type'] === 'application/json'
        ? { ...headers, 'content-type': 'application/json; charset=utf-8' }
        : headers,
  },
  {
    name: 'other-headers',
    says: 'Headers come that nobody has heard of.',
    at: 'everything',
    headers: (headers) => ({ ...headers, 'x-provider-name': ionet.name, 'cf-cache-status': 'DYNAMIC', 'x-new': '1' }),
  },
  {
    name: 'connection-closed',
    says: 'The connection is closed after every answer.',
    at: 'everything',
    headers: (headers) => ({ ...headers, connection: 'close' }),
  },
  {
    name: 'unknown-fields',
    says: 'Every object has a field that is not documented.',
    at: 'everything',
    edit: (json) => replace(json, withMore(json)),
  },
  {
    name: 'other-key-order',
    says: 'The fields of every object stand in reverse order.',
    at: 'everything',
    edit: (json) => replace(json, reversed(json)),
  },
  {
    name: 'unknown-words',
    says: 'Open sets have a member more: strategy, service tier, native finish reason, data region.',
    at: 'everything',
    edit: all(
      everywhere(metadata('strategy'), () => 'wormhole'),
      everywhere(metadata('region'), () => 'moon'),
      change('choices.0.native_finish_reason', (word) => (word === 'stop' ? 'end_of_turn' : word)),
      set('service_tier', 'turbo'),
      change('usage.service_tier', () => 'turbo'),
      change('data.data_region', () => 'moon'),
    ),
    when: ({ path }) => !path.startsWith('/responses'),
  },
  {
    name: 'optional-fields-left-out',
    says: 'Fields that need not be there are not.',
    at: 'everything',
    edit: all(
      ...[
        'service_tier',
        'choices.0.logprobs',
        'choices.0.message.refusal',
        'choices.0.message.reasoning',
        'usage.prompt_tokens_details',
        'usage.completion_tokens_details',
        'openrouter_metadata.attempts',
        'data.session_id',
        'user_id',
      ].map(drop),
    ),
    when: ({ path }) => !path.startsWith('/responses') && !path.startsWith('/messages'),
  },
  {
    name: 'generation-id-only-in-body',
    says: 'No header names the generation.',
    headers: (headers) => ({ ...headers, 'x-generation-id': undefined }),
  },
  {
    name: 'provider-by-slug',
    says: 'The provider is named by its slug.',
    edit: all(
      change('provider', (name) => (named(name) ? ionet.slug : name)),
      change('message.provider', (name) => (named(name) ? ionet.slug : name)),
    ),
  },
  {
    name: 'endpoint-by-tag',
    says: 'The routing metadata names endpoints by their tags.',
    edit: everywhere([...metadata('endpoints.available.*.provider'), ...metadata('attempts.*.provider')], (name) =>
      named(name) ? tag : name,
    ),
  },
  {
    name: 'dated-model',
    says: 'The answer names the dated model.',
    at: ['chat', 'completions'],
    edit: change('model', (name: string) => (name === ionet.models[0] ? `${name}-20260616` : name)),
  },
  {
    name: 'huge-reasoning',
    says: 'The answer has a quarter of a megabyte of reasoning.',
    at: ['chat'],
    edit: all(
      where(
        (json) => json['error'] === undefined,
        change('choices.0.message', (message: Json) =>
          message['content'] === '' ? message : { ...message, reasoning: thought },
        ),
      ),
      change('choices.0.delta', (delta: Json) =>
        delta['reasoning'] === undefined ? delta : { ...delta, reasoning: thought },
      ),
    ),
  },
  {
    name: 'huge-content',
    says: 'The content is a megabyte long.',
    only: 'bodies',
    at: ['chat'],
    edit: change('choices.0.message.content', (text) => (text === '' ? text : `${blanks}${String(text)}`)),
  },
  {
    name: 'arguments-with-blanks',
    among: 'features/tool-',
    says: 'The arguments of tool calls are laid out.',
    only: 'bodies',
    edit: change('choices.0.message.tool_calls.*.function.arguments', (text: string) =>
      JSON.stringify(JSON.parse(text), null, 2),
    ),
  },
  {
    name: 'metadata-by-its-old-header',
    says: 'The routing metadata is asked for by its old header.',
    state:
      () =>
      (_world, { headers }) => {
        headers['x-openrouter-experimental-metadata'] = headers['x-openrouter-metadata'] ?? '';
        delete headers['x-openrouter-metadata'];
      },
  },
  {
    name: 'late-record',
    says: 'A generation record appears half a minute after the answer.',
    at: ['generation'],
    state: () => {
      const seen = new Set<unknown>();
      return ({ state }) => {
        for (const entry of state.generations.values()) {
          if (!seen.has(entry)) entry.availableAt += 25_000;
          seen.add(entry);
        }
      };
    },
    only: 'record',
  },
  {
    name: 'slow-propagation',
    says: 'Changes of provider keys take effect after three quarters of a minute.',
    at: 'everything',
    state: () => (world) => void (world.propagationMs = 45_000),
  },
  {
    name: 'clock-apart',
    says: 'The clock of the gateway is half a minute ahead.',
    headers: (headers) => ({ ...headers, date: 'Mon, 23 Nov 2026 12:00:30 GMT' }),
  },
];
