import { hashOf } from '../openrouter/api-keys.ts';
import { freeLimits } from '../openrouter/free-limits.ts';
import { spend } from '../openrouter/spend.ts';
import type { Account } from '../openrouter/state.ts';
import { setBudget } from '../openrouter/workspace-budgets.ts';
import type { Stage } from './staging.ts';

const monthlyBudgetUsd = 500;

const account =
  (change: (account: Account) => void): Stage =>
  ({ customer }) =>
    change(customer.account);

/** The account is in a state that only its owner, or its past, can bring about. */
export const accountIncidents = {
  'free-minute-limit': ({ world, customer }) => {
    const now = world.clock.now();
    customer.account.freeCalls = Array.from({ length: freeLimits.perMinute }, () => now);
  },
  'free-day-limit': ({ world, customer }) => {
    const { perDay } = freeLimits;
    // Long enough ago to be past the limit of the minute, and still today.
    const earlier = world.clock.now() - 120_000;
    customer.account.freeCalls = Array.from({ length: perDay.known }, () => earlier);
  },
  'negative-balance': account((owner) => {
    owner.totalUsage = owner.totalCredits + 1;
  }),
  'in-flight-budget': account((owner) => {
    owner.reservedUsd = owner.totalCredits - owner.totalUsage;
  }),
  'account-allows-others': account((owner) => {
    owner.allowedProviders = ['anthropic', 'openai'];
  }),
  'data-region-elsewhere': account((owner) => {
    owner.dataRegion = 'europe';
  }),
  'free-publication-off': account((owner) => {
    owner.allowFreePublication = false;
  }),
  'workspace-budget-spent': ({ world, customer }) => {
    const hash = hashOf(customer.inferenceKey);
    const key = world.state.apiKeys.find((known) => known.hash === hash);
    if (!key) throw new TypeError('The customer has no inference key');
    setBudget(world, key.workspaceId, 'monthly', monthlyBudgetUsd);
    spend(key.credits, world.clock.now(), monthlyBudgetUsd);
  },
  'default-workspace-deleted': ({ world, customer }) => {
    for (const workspace of world.state.workspaces) {
      if (workspace.id === customer.account.defaultWorkspaceId) workspace.deleted = true;
    }
  },
} satisfies Record<string, Stage>;
