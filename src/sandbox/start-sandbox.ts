import { ionet } from '../provider.ts';
import { stageIncident } from './incidents/stage-incident.ts';
import { openAccount } from './openrouter/accounts.ts';
import { byokAllowanceUsd } from './openrouter/cost.ts';
import { openCustomer } from './openrouter/customer.ts';
import { spend } from './openrouter/spend.ts';
import { startOpenRouter } from './openrouter/start-openrouter.ts';
import { startProvider } from './provider/provider.ts';
import type { Sandbox, SandboxOptions } from './sandbox.ts';

/**
 * Starts a local OpenRouter and the provider behind it.
 *
 * @throws HarnessError E_CONFIG when the port cannot be had
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { clock } = options;
  const { provider, openRouter } = await startBoth(options);
  const { world } = openRouter;
  const { keys } = provider;
  const customer = openCustomer(world, { provider: ionet.slug, secret: keys.customer });

  return {
    url: openRouter.url,
    providerUrl: provider.url,
    keys: {
      inference: customer.inferenceKey,
      management: customer.managementKey,
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
      incident: (name) => stageIncident(name, { provider, world, customer }),
      exceedByokAllowance: () => spend(customer.account.byok, clock.now(), byokAllowanceUsd),
    },
    async close() {
      await openRouter.close();
      await provider.close();
    },
  };
}

/** The two servers, wired but without any customer. */
export async function startBoth({ clock, seed, port = 0, propagationMs, interfere }: SandboxOptions) {
  const provider = await startProvider({ clock, seed });
  const upstream = {
    baseUrl: (host: string) => (host === ionet.slug ? provider.url : provider.hostUrl(host)),
    sharedKey: () => provider.keys.pool,
    ledger: provider.ledger,
  };
  try {
    const openRouter = await startOpenRouter({
      clock,
      seed,
      port,
      upstream,
      ...(propagationMs !== undefined && { propagationMs }),
      ...(interfere && { interfere }),
    });
    return { provider, openRouter };
  } catch (error) {
    await provider.close();
    throw error;
  }
}
