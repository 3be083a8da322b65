import { Agent } from 'undici';
import { ionet } from '../provider.ts';
import { startServer } from './http.ts';
import { openAccount } from './openrouter/accounts.ts';
import { openRouterApi } from './openrouter/api.ts';
import { addApiKey } from './openrouter/api-keys.ts';
import { addByokKey } from './openrouter/byok-keys.ts';
import { byokAllowanceUsd } from './openrouter/cost.ts';
import { spend } from './openrouter/spend.ts';
import { emptyState } from './openrouter/state.ts';
import type { World } from './openrouter/world.ts';
import { startProvider } from './provider/provider.ts';
import type { Provider } from './provider/provider.ts';
import { seededRandom } from './random.ts';
import type { Sandbox, SandboxOptions } from './sandbox.ts';

/** Credits of the customer's account. */
const creditsUsd = 10;
/** The provider's guide asks for patience of about a minute; half of it is what the sandbox takes. */
const propagationMs = 30_000;

/**
 * Starts a local OpenRouter and the provider behind it.
 *
 * The customer has credits, an inference key, a management key and a valid, prioritized BYOK key of the provider in force.
 *
 * @throws HarnessError E_CONFIG when the port cannot be had
 */
export async function startSandbox({ clock, seed, port = 0 }: SandboxOptions): Promise<Sandbox> {
  const provider = await startProvider({ clock, seed });
  const dispatcher = new Agent();
  const closeBehind = async () => {
    await dispatcher.destroy();
    await provider.close();
  };
  const timesAsked = new Map<string, number>();
  const world: World = {
    state: emptyState(),
    clock,
    random: seededRandom(`${seed} openrouter`),
    randomFor(subject) {
      const times = (timesAsked.get(subject) ?? 0) + 1;
      timesAsked.set(subject, times);
      return seededRandom(`${seed} ${subject} ${times}`);
    },
    propagationMs,
    upstream: {
      dispatcher,
      baseUrl: (host) => (host === ionet.slug ? provider.url : provider.hostUrl(host)),
      sharedKey: () => provider.keys.pool,
      ledger: () => ledgerOf(provider),
    },
  };
  const { account, workspaceId, key: inference } = openAccount(world, creditsUsd);
  const { key: management } = addApiKey(world, { account, workspaceId, name: 'Management', management: true });
  const { keys } = provider;
  addByokKey(
    world,
    {
      account,
      provider: ionet.slug,
      workspaceId,
      settings: {
        secret: keys.customer,
        name: 'Customer',
        disabled: false,
        isFallback: false,
        allowedModels: null,
        allowedApiKeyHashes: null,
        allowedUserIds: null,
        deleted: false,
      },
    },
    true,
  );
  const server = await startServer({ clock, port, handle: openRouterApi(world) }).catch(async (error: unknown) => {
    await closeBehind();
    throw error;
  });

  return {
    url: `${server.origin}/api/v1`,
    providerUrl: provider.url,
    keys: {
      inference,
      management,
      provider: keys.customer,
      providerSecond: keys.customerSecond,
      providerInvalid: keys.invalid,
      providerForbidden: keys.forbidden,
      providerExhausted: keys.exhausted,
    },
    backstage: {
      alwaysUse(byokKeyId, on) {
        const key = world.state.byokKeys.find(({ id }) => id === byokKeyId);
        if (!key) throw new TypeError(`alwaysUse: no BYOK key ${byokKeyId} in this sandbox`);
        key.alwaysUse = on;
      },
      keyWithoutCredits: () => openAccount(world, 0).key,
      exceedByokAllowance: () => spend(account.byok, clock.now(), byokAllowanceUsd),
    },
    async close() {
      await server.close();
      await closeBehind();
    },
  };
}

function ledgerOf(provider: Provider) {
  const { charged_usd: chargedUsd, requests } = provider.ledger();
  return { chargedUsd, requests };
}
