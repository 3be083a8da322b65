import { burdens } from '../scenario/effort.ts';
import { type ListedScenario, titleOf } from '../scenario/scenario.ts';
import { selectCases } from './inventory.ts';
import type { Selection } from './settings.ts';

/** Title of the one case of a run that may show the provider a key it refuses; null when none would. */
export function burdenOf(inventory: readonly ListedScenario[], select: Selection): string | null {
  const [first] = inventory
    .filter((scenario) => scenario.sandboxOnly === undefined && burdens(scenario))
    .flatMap((scenario) => selectCases(scenario, select));
  return first === undefined ? null : titleOf(first);
}
