import type { Platform } from '../openrouter/platform.ts';
import type { Stage } from './staging.ts';

const smallBody = 16 * 1024;

const platform =
  (change: Partial<Omit<Platform, 'edge'>>): Stage =>
  ({ world }) => {
    Object.assign(world.state.platform, change);
  };

const edge =
  (change: Partial<Platform['edge']>): Stage =>
  ({ world }) => {
    Object.assign(world.state.platform.edge, change);
  };

/** OpenRouter itself fails, or the edge before it steps in. */
export const platformIncidents = {
  'internal-error': platform({ isBroken: true }),
  'platform-rate-limited': platform({ limitsManagement: true }),
  'bad-gateway': platform({ recordsFail: 502 }),
  'records-overloaded': platform({ recordsFail: 529 }),
  'records-need-credits': platform({ recordsFail: 402 }),
  'no-provider-left': platform({ isUnroutable: true }),
  'admission-control': platform({ admitsRequests: false }),
  'small-body-limit': platform({ bodyLimitBytes: smallBody }),
  'permission-required': platform({ listingsArePublic: false }),
  'moderation-flagged': platform({ flags: ['violence', 'harassment'] }),
  'region-restricted': platform({ isRegionRestricted: true }),
  'edge-too-large': edge({ bodyLimitBytes: smallBody }),
  'edge-rate-limited': edge({ seesAttack: true }),
  'edge-timeout': edge({ givesUp: true }),
} satisfies Record<string, Stage>;
