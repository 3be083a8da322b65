import { spend } from '../../sandbox/openrouter/spend.ts';
import type { World } from '../../sandbox/openrouter/world.ts';
import type { Heard } from '../../sandbox/interference.ts';
import { change } from '../edit.ts';
import type { Family } from '../fault.ts';

const keyUsage = 'billing/key-usage-grows-by-the-answer';
const charges = 'billing/provider-charged-not-openrouter';

/** Calls that come after the first of inference with the customer's own key. */
const afterwards = (act: (world: World) => void) => () => {
  let isAsked = false;
  return (world: World, { method }: Heard) => {
    if (method === 'GET' && isAsked) act(world);
    isAsked ||= method === 'POST';
  };
};

const inferenceAndAccount = ['chat', 'responses', 'messages', 'completions', 'key', 'credits'] as const;

/** What the answers say is not what the accounts were charged. */
export const accounts: Family = {
  name: 'accounts',
  faults: [
    {
      name: 'key-usage-stands-still',
      says: 'What a key has spent never grows.',
      trips: ['cost.key-usage-grows'],
      touches: [keyUsage, 'responses/billed-as-on-chat', 'messages/billed-as-on-chat', 'completions/billed-as-on-chat'],
      at: ['key'],
      edit: change('data.byok_usage', () => 0),
    },
    {
      name: 'key-usage-grows-twice',
      says: 'A key is charged twice what the answer cost.',
      trips: ['cost.key-usage-grows'],
      touches: [keyUsage],
      at: ['key'],
      edit: change('data.byok_usage', (usd: number) => usd * 2),
    },
    {
      name: 'own-key-booked-as-credits',
      says: 'What the provider billed is booked as credits spent.',
      trips: ['cost.key-usage-grows'],
      touches: [keyUsage],
      at: ['key'],
      edit: (json) =>
        change('data.usage', (usd: number) => usd + Number(Reflect.get(Object(json['data']), 'byok_usage')))(json),
    },
    {
      name: 'key-usage-untold',
      says: 'A key does not say what it spent on own keys.',
      trips: ['cost.key-usage-grows'],
      touches: [keyUsage],
      at: ['key'],
      edit: change('data.byok_usage', () => null),
    },
    {
      name: 'own-key-charged-to-credits',
      says: 'The account’s credits pay the list price although the customer’s key did.',
      trips: ['cost.credits-charged'],
      touches: [charges],
      at: inferenceAndAccount,
      state: afterwards(({ state }) => {
        for (const { account } of state.apiKeys.slice(0, 1)) account.totalUsage += 0.001;
      }),
    },
    {
      name: 'fee-taken-twice',
      says: 'The fee leaves the account twice.',
      trips: ['cost.credits-charged'],
      touches: ['billing/fee-at-most-five-percent'],
      at: ['credits'],
      edit: change('data.total_usage', (usd: number) => usd * 2),
    },
    {
      name: 'fee-never-taken',
      says: 'The answer tells a fee that nobody takes.',
      trips: ['cost.credits-charged'],
      touches: ['billing/fee-at-most-five-percent'],
      at: ['credits'],
      edit: change('data.total_usage', () => 0),
    },
    {
      name: 'provider-never-billed',
      says: 'The answer was paid with the customer’s key, and the provider knows nothing of it.',
      trips: ['cost.provider-charged'],
      touches: [charges],
      at: 'everything',
      state:
        () =>
        ({ upstream }) =>
          void (upstream.ledger = () => ({ charged_usd: 0, requests: 0 })),
    },
    {
      name: 'provider-billed-twice',
      says: 'The request reached the provider twice on the customer’s key.',
      trips: ['cost.provider-charged'],
      touches: [charges],
      at: 'everything',
      when: ({ path }) => path === '/sandbox/ledger',
      edit: change('data.charged_usd', (usd: number) => usd * 2),
    },
    {
      name: 'allowance-already-spent',
      says: 'A fee is taken although the allowance is not used up, and the answer does not tell it.',
      trips: ['cost.credits-charged', 'ids.record-agrees'],
      touches: [charges],
      at: inferenceAndAccount,
      state:
        () =>
        ({ state, clock }) => {
          for (const { account } of state.apiKeys.slice(0, 1)) spend(account.byok, clock.now(), 30_000);
        },
      edit: change('usage.cost', () => 0),
    },
  ],
};
