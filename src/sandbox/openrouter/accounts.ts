import { addApiKey } from './api-keys.ts';
import { noSpend } from './spend.ts';
import type { Account } from './state.ts';
import { addWorkspace } from './workspaces.ts';
import type { World } from './world.ts';

/** Opens an account with its default workspace and an inference key. */
export function openAccount(world: World, credits: number): { account: Account; workspaceId: string; key: string } {
  const account: Account = {
    userId: `user_${world.random.alphanumeric(27)}`,
    totalCredits: credits,
    totalUsage: 0,
    byok: noSpend(),
    ignoredProviders: [],
    allowedProviders: null,
    allowTraining: true,
    zeroDataRetention: false,
    allowFreePublication: true,
    dataRegion: 'global',
    reservedUsd: 0,
    freeCalls: [],
    defaultWorkspaceId: '',
  };
  const { id: workspaceId } = addWorkspace(world, { account, name: 'Default', slug: 'default' });
  account.defaultWorkspaceId = workspaceId;
  const { key } = addApiKey(world, { account, workspaceId, name: 'Inference' });
  return { account, workspaceId, key };
}
