import { addApiKey } from './api-keys.ts';
import { openAccount } from './accounts.ts';
import { addByokKey } from './byok-keys.ts';
import type { Account } from './state.ts';
import type { World } from './world.ts';

/** Credits of the customer's account. */
const creditsUsd = 10;

export interface Customer {
  account: Account;
  inferenceKey: string;
  managementKey: string;
}

/** The customer: credits, an inference key, a management key, and a provider's key of its own, prioritized and in force. */
export function openCustomer(world: World, own: { provider: string; secret: string }): Customer {
  const { account, workspaceId, key: inferenceKey } = openAccount(world, creditsUsd);
  const management = addApiKey(world, { account, workspaceId, name: 'Management', management: true });
  const settings = {
    secret: own.secret,
    name: 'Customer',
    disabled: false,
    isFallback: false,
    isRequired: false,
    isByokOnly: false,
    declaredZdr: null,
    allowedModels: null,
    allowedApiKeyHashes: null,
    allowedUserIds: null,
    deleted: false,
  };
  addByokKey(world, { account, provider: own.provider, workspaceId, settings }, true);
  return { account, inferenceKey, managementKey: management.key };
}
