/**
 * Bring your own key. https://openrouter.ai/docs/guides/overview/auth/byok and the guide's troubleshooting.
 *
 * `is_byok` true, false and absent are three different things.
 */
import {
  answered,
  endpointListing,
  ionet,
  onOwnKey,
  onSharedCapacity,
  otherProviderOf,
  pin,
  readFitness,
  refused,
  refuseUnfit,
  retaining,
  say,
  scenario,
} from '../src/index.ts';

const ask = say('Reply with exactly: ok', { provider: pin });

scenario({
  id: 'byok/own-key-pays',
  says: 'A pinned request is paid with the customer’s key: answer, metadata and generation record agree on `is_byok: true`.',
  proves: ['guide.is-byok-true', 'usage.is-byok'],
  steps: [answered(ask, onOwnKey)],
});

scenario({
  id: 'byok/no-key-means-shared',
  says: 'Without a key of the provider shared capacity serves, and says so.',
  proves: ['guide.is-byok-false'],
  steps: [answered(ask, onSharedCapacity, { given: 'byok-none' }), answered(ask, onOwnKey)],
});

scenario({
  id: 'byok/disabled-key-unused',
  says: 'A disabled key of the provider does not exist for the request.',
  proves: ['byok.disabled', 'guide.is-byok-false'],
  steps: [answered(ask, onSharedCapacity, { given: 'byok-disabled' })],
});

scenario({
  id: 'byok/fallback-key-after-shared',
  says: 'A key in the fallback section is only tried after shared capacity.',
  proves: ['byok.fallback-section', 'byok.prioritized-then-shared'],
  steps: [answered(ask, onSharedCapacity, { given: 'byok-fallback' })],
});

scenario({
  id: 'byok/model-filter-excludes',
  says: 'A key limited to other models does not pay for this one.',
  proves: ['byok.model-filter'],
  steps: [answered(ask, onSharedCapacity, { given: 'byok-for-another-model' })],
});

scenario({
  id: 'byok/api-key-filter-excludes',
  says: 'A key limited to another OpenRouter key does not pay for this one.',
  proves: ['byok.api-key-filter'],
  steps: [answered(ask, onSharedCapacity, { given: 'byok-for-another-api-key' })],
});

scenario({
  id: 'byok/other-workspace-excludes',
  says: 'A key of one workspace does not pay for requests of another.',
  proves: ['byok.workspace-scope'],
  steps: [answered(ask, onSharedCapacity, { given: 'byok-in-another-workspace' })],
});

scenario({
  id: 'byok/other-provider-unpaid',
  says: 'A key pays for its own provider only: pinned to another, the same model runs on shared capacity.',
  proves: ['byok.own-provider-only'],
  steps: [
    (context) => answered(endpointListing(context)),
    ({ earlier }) =>
      // In a workspace of its own: the customer may have brought a key for that provider too.
      answered(
        say('Reply with exactly: ok', { provider: { only: [otherProviderOf(earlier[0])] } }),
        { notServedBy: ionet.name, isByok: false },
        { given: 'byok-just-added' },
      ),
  ],
});

scenario({
  id: 'byok/refused-key-always-used-surfaces',
  says: 'With “Always use for this provider” io.net’s refusal of the key is the answer.',
  proves: ['guide.always-use', 'guide.401-403-refused'],
  steps: [refused(ask, { status: [401] }, { given: 'byok-invalid-always-used' }), answered(ask, onOwnKey)],
});

scenario({
  id: 'byok/refused-key-falls-back',
  says: 'When io.net refuses the key, shared capacity serves silently, and `is_byok: false` says so.',
  proves: ['guide.shared-fallback', 'byok.prioritized-then-shared'],
  steps: [answered(ask, { servedBy: ionet.name, isByok: false }, { given: 'byok-invalid' })],
});

scenario({
  id: 'byok/second-key-takes-over',
  says: 'Of several keys the next is tried when the provider refuses the first.',
  proves: ['byok.several-keys'],
  steps: [answered(ask, { servedBy: ionet.name, isByok: true }, { given: 'byok-first-refused-second-valid' })],
});

scenario({
  id: 'byok/zero-retention-before-own-key',
  says: 'A data policy is applied before the customer’s key: asking for zero retention of a provider without it is refused.',
  proves: ['byok.data-policy-first', 'provider.zdr'],
  steps: [
    readFitness(retaining),
    ({ earlier, model }) => {
      refuseUnfit(retaining, earlier[0], model);
      return refused(say('Reply with exactly: ok', { provider: { ...pin, zdr: true } }), {
        status: [404],
        message: /data policy|No endpoints|No allowed providers/,
      });
    },
    answered(ask, onOwnKey),
  ],
});

scenario({
  id: 'byok/new-key-takes-effect',
  says: 'A key just added pays once the propagation time has passed.',
  proves: ['guide.propagation'],
  steps: [answered(ask, onOwnKey, { given: 'byok-just-added' })],
});
