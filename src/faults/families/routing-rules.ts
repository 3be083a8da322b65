import { ionet } from '../../provider.ts';
import type { World } from '../../sandbox/openrouter/world.ts';
import type { ByokKey, ByokSettings } from '../../sandbox/openrouter/state.ts';
import { all, at, change, drop, set, where } from '../edit.ts';
import type { Family } from '../fault.ts';

const elsewhere = set('provider', { only: ['novita'] });

/** A request with `field` is sent to another provider. */
const lostWith = (field: string) => where((body) => at(body, field) !== undefined, elsewhere);

/** Rules of the customer's provider keys that the gateway does not know. */
const forgetting = (change: Partial<ByokSettings>) => () =>
  onKeys((key) => {
    for (const { value } of key.versions) Object.assign(value, change);
  });

const onKeys = (act: (key: ByokKey) => void) => (world: World) => world.state.byokKeys.forEach(act);

/** What the request or the account asks of routing is not heeded. */
export const routingRules: Family = {
  name: 'routing rules',
  faults: [
    {
      name: 'pin-goes-to-another-provider',
      says: 'A pinned request is served by another provider, which says so.',
      trips: [
        'routing.served-by',
        'routing.pin-proven-by-metadata',
        'routing.pin-proven-by-record',
        'usage.is-byok-expected',
      ],
      touches: [
        'byok/own-key-pays',
        'responses/pinned-on-own-key',
        'messages/pinned-on-own-key',
        'completions/pinned-on-own-key',
      ],
      hear: elsewhere,
    },
    {
      name: 'only-is-a-preference',
      says: 'A pin that nobody satisfies is served by somebody else.',
      trips: ['response.status-expected', 'response.message-expected'],
      touches: ['pinning/unsatisfiable-pin-refused'],
      hear: drop('provider'),
    },
    {
      name: 'ignore-is-ignored',
      says: 'The provider to ignore serves.',
      trips: ['routing.not-served-by'],
      touches: ['pinning/ignore-keeps-out'],
      hear: drop('provider.ignore'),
    },
    {
      name: 'ignore-does-not-hold-for-a-pin',
      says: 'A provider that is pinned and ignored serves.',
      trips: ['response.status-expected', 'response.message-expected'],
      touches: ['pinning/pinned-and-ignored-refused'],
      hear: drop('provider.ignore'),
    },
    {
      name: 'order-comes-before-own-key',
      says: '`provider.order` is followed although another provider has the customer’s key.',
      trips: ['routing.served-by', 'usage.is-byok-expected'],
      touches: ['pinning/own-key-before-order'],
      hear: change('provider', ({ order }: { order: string[] }) => ({ only: order })),
    },
    {
      name: 'order-is-a-pin',
      says: '`provider.order` leaves no way out when its provider is ignored.',
      trips: ['response.status-expected'],
      touches: ['pinning/order-alone-prefers'],
      hear: change('provider', (wish: { order: string[] }) => ({ ...wish, only: wish.order })),
    },
    {
      name: 'display-name-unknown',
      says: 'A provider cannot be named by its display name.',
      trips: ['response.status-expected'],
      touches: ['pinning/display-name-accepted'],
      hear: change('provider.only', (names: string[]) => names.map((name) => (name === ionet.name ? 'nobody' : name))),
    },
    {
      name: 'endpoint-tag-unknown',
      says: 'A provider cannot be named by the tag of its endpoint.',
      trips: ['response.status-expected'],
      touches: ['pinning/endpoint-tag-accepted'],
      hear: change('provider.only', (names: string[]) => names.map((name) => (name.includes('/') ? 'nobody' : name))),
    },
    {
      name: 'no-fallbacks-refuses-all',
      says: '`allow_fallbacks: false` leaves not even the first choice.',
      trips: ['response.status-expected'],
      touches: ['pinning/order-without-fallbacks-pins'],
      hear: where((body) => at(body, 'provider.allow_fallbacks') === false, set('provider', { only: ['nobody'] })),
    },
    {
      name: 'zero-retention-not-heeded',
      says: 'A request for zero retention goes to a provider without it.',
      trips: ['response.status-expected', 'response.message-expected'],
      touches: ['byok/zero-retention-before-own-key'],
      hear: drop('provider.zdr'),
    },
    {
      name: 'tools-lose-the-pin',
      says: 'A pinned request with tools goes elsewhere.',
      trips: [
        'routing.served-by',
        'routing.pin-proven-by-metadata',
        'routing.pin-proven-by-record',
        'usage.is-byok-expected',
      ],
      touches: ['pinning/tools-stay-pinned'],
      hear: lostWith('tools'),
    },
    {
      name: 'structured-output-loses-the-pin',
      says: 'A pinned request for structured output goes elsewhere.',
      trips: [
        'routing.served-by',
        'routing.pin-proven-by-metadata',
        'routing.pin-proven-by-record',
        'usage.is-byok-expected',
      ],
      touches: ['pinning/structured-output-stays-pinned'],
      hear: lostWith('response_format'),
    },
    {
      name: 'reasoning-loses-the-pin',
      says: 'A pinned request with reasoning goes elsewhere.',
      trips: [
        'routing.served-by',
        'routing.pin-proven-by-metadata',
        'routing.pin-proven-by-record',
        'usage.is-byok-expected',
      ],
      touches: ['pinning/reasoning-stays-pinned'],
      hear: lostWith('reasoning'),
    },
    {
      name: 'second-turn-loses-the-pin',
      says: 'The second turn of a conversation goes elsewhere.',
      trips: [
        'routing.served-by',
        'routing.pin-proven-by-metadata',
        'routing.pin-proven-by-record',
        'usage.is-byok-expected',
      ],
      touches: ['pinning/several-turns-stay-pinned'],
      hear: lostWith('messages.2'),
    },
    {
      name: 'another-model-answers',
      says: 'A smaller model of the provider answers, and says so.',
      trips: ['routing.model-asked-for'],
      touches: [
        'byok/own-key-pays',
        'responses/pinned-on-own-key',
        'messages/pinned-on-own-key',
        'completions/pinned-on-own-key',
      ],
      hear: set('model', ionet.models[1]),
    },
    {
      name: 'own-key-not-used',
      says: 'The customer’s key of the provider is there and shared capacity serves.',
      trips: ['usage.is-byok-expected'],
      touches: [
        'byok/own-key-pays',
        'responses/pinned-on-own-key',
        'messages/pinned-on-own-key',
        'completions/pinned-on-own-key',
      ],
      state: () => (world) => void (world.state.byokKeys = []),
    },
    {
      name: 'new-key-never-takes-effect',
      says: 'A key added a moment ago never pays.',
      trips: ['usage.is-byok-expected'],
      touches: ['byok/new-key-takes-effect'],
      state: () =>
        onKeys((key) => {
          if (key.sortOrder > 0) key.versions = key.versions.map(({ value }) => ({ from: Infinity, value }));
        }),
    },
    {
      name: 'disabled-byok-key-used',
      says: 'A disabled key of the provider pays.',
      trips: ['usage.is-byok-expected'],
      touches: ['byok/disabled-key-unused'],
      state: forgetting({ disabled: false }),
    },
    {
      name: 'fallback-key-used-first',
      says: 'A key of the fallback section is used before shared capacity.',
      trips: ['usage.is-byok-expected'],
      touches: ['byok/fallback-key-after-shared'],
      state: forgetting({ isFallback: false }),
    },
    {
      name: 'model-filter-not-heeded',
      says: 'A key limited to other models pays.',
      trips: ['usage.is-byok-expected'],
      touches: ['byok/model-filter-excludes'],
      state: forgetting({ allowedModels: null }),
    },
    {
      name: 'api-key-filter-not-heeded',
      says: 'A key limited to another OpenRouter key pays.',
      trips: ['usage.is-byok-expected'],
      touches: ['byok/api-key-filter-excludes'],
      state: forgetting({ allowedApiKeyHashes: null }),
    },
    {
      name: 'key-crosses-workspaces',
      says: 'A key of one workspace pays for another.',
      trips: ['usage.is-byok-expected'],
      touches: ['byok/other-workspace-excludes'],
      state: () => onKeys((key) => void (key.workspaceId = null)),
    },
    {
      name: 'key-pays-for-another-provider',
      says: 'The key of one provider is said to have paid for another.',
      trips: ['usage.is-byok-expected', 'usage.is-byok-agrees', 'cost.byok-fee-at-most-5-percent', 'ids.record-agrees'],
      touches: ['byok/other-provider-unpaid [json]'],
      edit: all(set('usage.is_byok', true), set('openrouter_metadata.is_byok', true)),
    },
    {
      name: 'always-use-not-heeded',
      says: 'Shared capacity steps in although the key is always to be used.',
      trips: ['response.status-expected'],
      touches: ['byok/refused-key-always-used-surfaces', 'errors/provider-refuses-key-401'],
      state: () =>
        onKeys((key) => {
          key.alwaysUse = false;
          for (const { value } of key.versions) value.isRequired = false;
        }),
    },
    {
      name: 'refused-key-is-the-end',
      says: 'The provider’s refusal of the key is the answer although shared capacity could serve.',
      trips: ['response.status-expected'],
      touches: ['byok/refused-key-falls-back'],
      state: () => onKeys((key) => void (key.alwaysUse = true)),
    },
    {
      name: 'second-key-not-tried',
      says: 'After the first key was refused the second is left out.',
      trips: ['usage.is-byok-expected'],
      touches: ['byok/second-key-takes-over'],
      state: () => (world) =>
        void (world.state.byokKeys = world.state.byokKeys.filter(({ sortOrder }) => sortOrder < 2)),
    },
    {
      name: 'guardrail-ignores-nobody',
      says: 'The providers that a guardrail ignores serve.',
      trips: ['response.status-expected'],
      touches: ['errors/provider-ignored'],
      state: () => (world) => void (world.state.assignments = []),
    },
    {
      name: 'guardrail-allows-everybody',
      says: 'Providers that a guardrail does not allow serve.',
      trips: ['response.status-expected'],
      touches: ['errors/provider-not-allowed'],
      state: () => (world) => void (world.state.assignments = []),
    },
    {
      name: 'own-key-denied',
      says: 'The answer denies that the customer’s key paid, all evidence agreeing.',
      trips: ['usage.is-byok-expected', 'cost.shared-is-upstream'],
      touches: ['byok/own-key-pays'],
      at: ['chat', 'generation'],
      edit: all(
        set('usage.is_byok', false),
        set('openrouter_metadata.is_byok', false),
        change('data.is_byok', () => false),
      ),
    },
    {
      name: 'usage-denies-the-own-key',
      says: 'Usage says that shared capacity paid, metadata and record that the customer did.',
      trips: ['usage.is-byok-expected', 'usage.is-byok-agrees', 'cost.shared-is-upstream'],
      touches: ['byok/own-key-pays', 'completions/pinned-on-own-key'],
      edit: set('usage.is_byok', false),
    },
    {
      name: 'metadata-denies-the-own-key',
      says: 'The routing metadata says that shared capacity paid, usage that the customer did.',
      trips: ['usage.is-byok-agrees'],
      touches: ['byok/own-key-pays', 'completions/pinned-on-own-key'],
      edit: change('openrouter_metadata.is_byok', () => false),
    },
    {
      name: 'record-denies-the-own-key',
      says: 'The generation record says that shared capacity paid, usage that the customer did.',
      trips: ['usage.is-byok-agrees'],
      touches: ['byok/own-key-pays', 'responses/pinned-on-own-key', 'messages/pinned-on-own-key'],
      at: ['generation'],
      edit: change('data.is_byok', () => false),
    },
    {
      name: 'whose-key-untold',
      says: 'Usage does not say whose key paid.',
      trips: ['usage.is-byok-present', 'usage.is-byok-expected'],
      touches: ['byok/own-key-pays', 'messages/pinned-on-own-key [json]'],
      edit: drop('usage.is_byok'),
    },
    {
      name: 'whose-key-in-words',
      says: 'Usage says whose key paid with a text.',
      trips: ['usage.is-byok-boolean', 'usage.is-byok-expected', 'response.schema', 'stream.schema'],
      touches: ['byok/own-key-pays'],
      edit: change('usage.is_byok', String),
    },
    {
      name: 'whose-key-null',
      says: 'Usage is undecided about whose key paid.',
      trips: ['usage.is-byok-boolean', 'usage.is-byok-expected', 'response.schema'],
      touches: ['byok/own-key-pays [json]'],
      edit: set('usage.is_byok', null),
    },
  ],
};
