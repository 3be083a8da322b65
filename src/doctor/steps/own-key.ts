import { ionet } from '../../provider.ts';
import { type ByokKey, byokKeysIn, ownKeyRecord, workspaces } from '../management.ts';
import { pages } from '../pages.ts';
import type { No, Step } from '../step.ts';
import type { World } from '../world.ts';

/** A key that fails any of its filters does not exist for a request: https://openrouter.ai/docs/guides/overview/auth/byok */
export const ownKey: Step = {
  id: 'own-key',
  asks: `OpenRouter has your ${ionet.name} key: prioritized, enabled, and for this model and OpenRouter key.`,
  async look(world) {
    const { workspace_id, creator_user_id } = await ownKeyRecord(world);
    const keys = await byokKeysIn(world, workspace_id);
    if (keys.length === 0) return absent(world);
    const [nearest] = keys
      .map((key) => ({ key, obstacle: obstacles(key, world, creator_user_id).findIndex(({ stands }) => stands) }))
      // None at all comes first, then whoever got furthest.
      .sort((one, other) => rank(other.obstacle) - rank(one.obstacle));
    if (nearest === undefined || nearest.obstacle === -1) return { answer: 'yes', seen: nearest?.key.label ?? '' };
    const obstacle = obstacles(nearest.key, world, creator_user_id)[nearest.obstacle];
    return no(`The ${ionet.name} key ${nearest.key.label} ${obstacle?.cause}.`, `${obstacle?.remedy}.`);
  },
};

const rank = (obstacle: number) => (obstacle === -1 ? Infinity : obstacle);

interface Obstacle {
  stands: boolean;
  cause: string;
  remedy: string;
}

/** What keeps a key from serving first, in the order in which one would look. */
function obstacles(key: ByokKey, world: World, maker: string | null | undefined): Obstacle[] {
  return [
    { stands: key.disabled, cause: 'is disabled', remedy: 'Enable it' },
    {
      stands: key.allowed_models != null && !key.allowed_models.includes(world.model),
      cause: `is limited to other models than ${world.model}`,
      remedy: `Add ${world.model} to its models, or lift the limit`,
    },
    {
      stands: key.allowed_api_key_hashes != null && !key.allowed_api_key_hashes.includes(world.keyHash),
      cause: 'is limited to other OpenRouter keys than this one',
      remedy: 'Add this OpenRouter key to its keys, or lift the limit',
    },
    {
      stands: key.allowed_user_ids != null && !key.allowed_user_ids.includes(maker ?? ''),
      cause: 'is limited to other members than the one who made this OpenRouter key',
      remedy: 'Add the member, or lift the limit',
    },
    {
      stands: key.is_fallback,
      cause: 'is only a fallback: shared capacity serves before it',
      remedy: 'Move it from Fallback to Prioritized',
    },
  ];
}

async function absent(world: World): Promise<No> {
  for (const { id, name } of await workspaces(world)) {
    if ((await byokKeysIn(world, id)).length > 0)
      return no(
        `The ${ionet.name} key is in the workspace "${name}", and the OpenRouter key in another.`,
        `Add the ${ionet.name} key to the workspace of the OpenRouter key, or use an OpenRouter key of "${name}".`,
      );
  }
  return no(`OpenRouter does not have your ${ionet.name} key.`, `Add your ${ionet.name} key under BYOK.`);
}

const no = (cause: string, remedy: string): No => ({ answer: 'no', cause, remedy, page: pages.byok });
