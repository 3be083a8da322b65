import { ionet } from '../../provider.ts';
import { all, change, set, where, drop } from '../edit.ts';
import type { Family } from '../fault.ts';

const metadata = 'openrouter_metadata';
const other = 'Novita';
const theirs = { provider: other, model: 'z-ai/glm-5.2', status: 503 };

/** The answer says that somebody else served, or says nothing where it has to. */
export const routingEvidence: Family = {
  name: 'routing evidence',
  faults: [
    {
      name: 'chat-names-another-provider',
      says: 'The answer of /chat/completions names a provider that did not serve.',
      trips: ['routing.served-by', 'routing.metadata-agrees'],
      touches: ['byok/own-key-pays'],
      edit: change('provider', () => other),
    },
    {
      name: 'completions-names-another-provider',
      says: 'The answer of /completions names a provider that did not serve.',
      trips: ['routing.served-by', 'routing.metadata-agrees'],
      touches: ['completions/pinned-on-own-key'],
      edit: change('provider', () => other),
    },
    {
      name: 'message-names-another-provider',
      says: 'The message, or the event that opens it, names a provider that did not serve.',
      trips: ['routing.served-by', 'routing.metadata-agrees'],
      touches: ['messages/pinned-on-own-key'],
      edit: all(
        change('provider', () => other),
        change('message.provider', () => other),
      ),
    },
    {
      name: 'provider-unnamed',
      says: 'The answer names no provider.',
      trips: ['routing.served-by'],
      touches: ['byok/own-key-pays'],
      edit: drop('provider'),
    },
    {
      name: 'provider-changes-in-mid-stream',
      says: 'The last chunk names another provider than those before.',
      trips: ['routing.served-by', 'stream.constant-provider'],
      touches: ['byok/own-key-pays [stream]'],
      edit: where(({ usage }) => usage !== undefined, set('provider', other)),
    },
    {
      name: 'metadata-selects-another-provider',
      says: 'The routing metadata marks an endpoint of another provider as selected.',
      trips: ['routing.served-by', 'routing.metadata-agrees', 'routing.pin-proven-by-metadata'],
      touches: ['byok/own-key-pays', 'messages/pinned-on-own-key', 'completions/pinned-on-own-key'],
      edit: set(`${metadata}.endpoints.available.*.provider`, other),
    },
    {
      name: 'responses-metadata-selects-another-provider',
      says: 'On /responses, where only the metadata names the provider, it names another.',
      trips: ['routing.served-by', 'routing.pin-proven-by-metadata'],
      touches: ['responses/pinned-on-own-key'],
      edit: all(
        set(`${metadata}.endpoints.available.*.provider`, other),
        set(`response.${metadata}.endpoints.available.*.provider`, other),
      ),
    },
    {
      name: 'metadata-selects-nobody',
      says: 'The routing metadata marks no endpoint as selected.',
      trips: ['routing.metadata-agrees', 'routing.pin-proven-by-metadata'],
      touches: ['byok/own-key-pays'],
      edit: set(`${metadata}.endpoints.available.*.selected`, false),
    },
    {
      name: 'metadata-selects-two',
      says: 'The routing metadata marks two endpoints as selected.',
      trips: ['routing.metadata-agrees', 'routing.pin-proven-by-metadata'],
      touches: ['byok/own-key-pays'],
      edit: change(`${metadata}.endpoints.available`, ([one]: [object]) => [one, one]),
    },
    {
      name: 'metadata-left-out',
      says: 'The routing metadata that was asked for is not sent.',
      trips: ['routing.pin-proven-by-metadata'],
      touches: ['byok/own-key-pays', 'responses/pinned-on-own-key [json]'],
      edit: drop(metadata),
    },
    {
      name: 'metadata-counts-two-attempts',
      says: 'The routing metadata of a pinned request says that the second attempt served.',
      trips: ['routing.pin-proven-by-metadata'],
      touches: ['byok/own-key-pays'],
      edit: set(`${metadata}.attempt`, 2),
    },
    {
      name: 'metadata-tells-of-a-fallback',
      says: 'Another provider was tried before the pinned one.',
      trips: ['routing.pin-proven-by-metadata'],
      touches: ['byok/own-key-pays'],
      edit: change(`${metadata}.attempts`, (attempts: object[]) => [theirs, ...attempts]),
    },
    {
      name: 'metadata-attempt-failed',
      says: 'The only attempt has failed, and yet there is an answer.',
      trips: ['routing.pin-proven-by-metadata'],
      touches: ['byok/own-key-pays'],
      edit: set(`${metadata}.attempts.*.status`, 503),
    },
    {
      name: 'metadata-of-wrong-type',
      says: 'The routing metadata counts its attempts in words.',
      trips: ['routing.pin-proven-by-metadata', 'response.schema', 'stream.schema'],
      touches: ['byok/own-key-pays'],
      edit: change(`${metadata}.attempt`, () => 'first'),
    },
    {
      name: 'record-names-another-provider',
      says: 'The generation record says that another provider served.',
      trips: ['routing.served-by', 'routing.pin-proven-by-record'],
      touches: ['byok/own-key-pays', 'responses/pinned-on-own-key', 'messages/pinned-on-own-key'],
      at: ['generation'],
      edit: set('data.provider_name', other),
    },
    {
      name: 'record-tells-of-a-fallback',
      says: 'The generation record lists an answer of another provider.',
      trips: ['routing.pin-proven-by-record'],
      touches: ['byok/own-key-pays'],
      at: ['generation'],
      edit: change('data.provider_responses', (list: object[]) => [{ provider_name: other, status: 503 }, ...list]),
    },
    {
      name: 'record-names-nobody',
      says: 'The generation record names no provider.',
      trips: ['routing.pin-proven-by-record'],
      touches: ['byok/own-key-pays'],
      at: ['generation'],
      edit: set('data.provider_name', null),
    },
    {
      name: 'record-never-appears',
      says: 'No generation ever has a record.',
      trips: ['routing.pin-proven-by-record', 'ids.record-found'],
      touches: ['byok/own-key-pays', 'completions/pinned-on-own-key'],
      at: ['generation'],
      state: () => (world) => world.state.generations.clear(),
    },
    {
      name: 'error-selects-an-endpoint',
      says: 'Beside a refusal the routing metadata marks an endpoint as selected.',
      trips: ['routing.metadata-on-error'],
      touches: ['chat-errors/429-provider', 'messages-errors/429-rate-limit'],
      edit: set(`${metadata}.endpoints.available.*.selected`, true),
    },
    {
      name: 'error-tells-of-success',
      says: 'Beside a refusal the routing metadata shows an attempt that succeeded.',
      trips: ['routing.metadata-on-error'],
      touches: ['responses-errors/chat-429-provider'],
      edit: where(({ error }) => error !== undefined && error !== null, set(`${metadata}.attempts.*.status`, 200)),
    },
    {
      name: 'error-attempts-without-attempt',
      says: 'Beside a refusal the routing metadata counts no attempt and lists one.',
      trips: ['routing.metadata-on-error'],
      touches: ['pinning/unsatisfiable-pin-refused'],
      edit: where(({ error }) => error !== undefined, set(`${metadata}.attempts`, [theirs])),
    },
    {
      name: 'provider-spelt-as-key-holder',
      says: 'Who served is told by the name of the key rather than of the provider.',
      trips: ['routing.served-by', 'routing.metadata-agrees'],
      touches: ['byok/own-key-pays [json]'],
      edit: change('provider', () => `${ionet.name} Customer`),
    },
  ],
};
