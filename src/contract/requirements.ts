import type { Requirement } from './requirement.ts';
import type { RequirementId } from './requirement-id.ts';
import { apiRequirements } from './requirements/api.ts';
import { errorRequirements } from './requirements/errors.ts';
import { guideRequirements } from './requirements/guide.ts';
import { parityRequirements } from './requirements/parity.ts';
import { routingRequirements } from './requirements/routing.ts';
import { streamRequirements } from './requirements/stream.ts';
import { usageRequirements } from './requirements/usage.ts';

export type { RequirementId } from './requirement-id.ts';

/** Every promise by id. */
export const requirements: Readonly<Record<RequirementId, Requirement>> = {
  ...guideRequirements,
  ...routingRequirements,
  ...usageRequirements,
  ...streamRequirements,
  ...errorRequirements,
  ...apiRequirements,
  ...parityRequirements,
};
