import { createHash } from 'node:crypto';
import { Agent } from 'undici';
import { systemClock } from '../clock.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { findBelongings } from '../targets/belongings.ts';
import { type Manage, manager } from '../targets/manager.ts';

/** The account of a sandbox, seen by its owner: past the proxy, whatever happens there. */
type Owned = Pick<Sandbox, 'url' | 'keys'>;

/** Paths of what the harness made and did not delete. */
export async function leftIn(sandbox: Owned): Promise<string[]> {
  return managing(sandbox, async (manage) => (await findBelongings(manage)).map(({ path }) => path));
}

/** Somebody deletes the customer's inference key. A key's hash is its SHA-256: https://openrouter.ai/docs/features/provisioning-api-keys */
export async function revokeKey(sandbox: Owned): Promise<void> {
  const hash = createHash('sha256').update(sandbox.keys.inference).digest('hex');
  await managing(sandbox, (manage) => manage('DELETE', `/keys/${hash}`));
}

async function managing<T>({ url, keys }: Owned, use: (manage: Manage) => Promise<T>): Promise<T> {
  const dispatcher = new Agent({ allowH2: false });
  try {
    return await use(manager({ baseUrl: url, dispatcher, clock: systemClock, managementKey: keys.management }));
  } finally {
    await dispatcher.close();
  }
}
