/**
 * What a request costs, and who is charged.
 * https://openrouter.ai/docs/cookbook/administration/usage-accounting and /docs/guides/overview/auth/byok
 *
 * The guide's fee rule (first million requests free) and OpenRouter's present one (an allowance in list price) disagree: the report
 * notes whether a fee was seen, no verdict hangs on which rule it was.
 */
import { answered, onOwnKey, onSharedCapacity, pin, say, scenario } from '../src/index.ts';

const ask = say('Count from 1 to 20', { provider: pin, max_tokens: 64 });

scenario({
  id: 'billing/inside-allowance-costs-nothing',
  says: 'Inside the allowance a request on the own key costs no OpenRouter credits; the provider’s list price is shown.',
  proves: ['usage.cost', 'usage.cost-details', 'guide.fee'],
  steps: [answered(ask, onOwnKey, { checks: ['cost.upstream-is-list-price'] })],
});

scenario({
  id: 'billing/fee-at-most-five-percent',
  says: 'Past the allowance the fee is at most 5 % of the list price.',
  proves: ['usage.cost', 'guide.fee'],
  sandboxOnly: 'nobody spends through an allowance to see its end',
  steps: [
    answered(ask, onOwnKey, {
      given: 'past-byok-allowance',
      checks: ['cost.upstream-is-list-price', 'cost.credits-charged'],
    }),
  ],
});

scenario({
  id: 'billing/shared-capacity-costs-its-price',
  says: 'On shared capacity the cost is the listed price, and nothing is added to it.',
  proves: ['usage.cost', 'usage.cost-details'],
  steps: [answered(ask, onSharedCapacity, { given: 'byok-none', checks: ['cost.upstream-is-list-price'] })],
});

scenario({
  id: 'billing/key-usage-grows-by-the-answer',
  says: 'What `/key` reports grows by exactly what the answer says, under BYOK usage.',
  proves: ['usage.key-accounting'],
  steps: [answered(ask, onOwnKey, { given: 'byok-just-added', checks: ['cost.key-usage-grows'] })],
});

scenario({
  id: 'billing/provider-charged-not-openrouter',
  says: 'io.net charges the customer’s key, and OpenRouter’s credits pay no more than the fee.',
  proves: ['guide.is-byok-true', 'guide.fee', 'usage.cost'],
  sandboxOnly: 'io.net’s ledger can only be read there',
  steps: [answered(ask, onOwnKey, { checks: ['cost.provider-charged', 'cost.credits-charged'] })],
});
