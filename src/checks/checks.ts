import { accountingChecks } from './accounting.ts';
import type { Check } from './check.ts';
import { chunkChecks } from './chunks.ts';
import { costChecks } from './cost.ts';
import { eventChecks } from './events.ts';
import { failureChecks } from './failures.ts';
import { finishChecks } from './finish.ts';
import { idChecks } from './ids.ts';
import { limitChecks } from './limits.ts';
import { parityChecks } from './parity.ts';
import { priceChecks } from './price.ts';
import { responseChecks } from './response.ts';
import { routingChecks } from './routing.ts';
import { schemaChecks } from './schema.ts';
import { secretChecks } from './secrets.ts';
import { streamChecks } from './stream.ts';
import { toolChecks } from './tools.ts';
import { usageChecks } from './usage.ts';

const registry = [
  ...responseChecks,
  ...failureChecks,
  ...limitChecks,
  ...secretChecks,
  ...schemaChecks,
  ...finishChecks,
  ...streamChecks,
  ...chunkChecks,
  ...eventChecks,
  ...toolChecks,
  ...usageChecks,
  ...costChecks,
  ...priceChecks,
  ...accountingChecks,
  ...routingChecks,
  ...idChecks,
  ...parityChecks,
] as const;

/** Id of a check that holds for any exchange. Those that scenarios make for themselves are in `content.ts`. */
export type CheckId = (typeof registry)[number]['id'];

/** Every check that holds for any exchange; each says by itself whether it applies. */
export const checks: readonly (Check & { id: CheckId })[] = registry;
