import type { CheckId } from '../checks/checks.ts';
import type { ContentCheckId } from '../checks/content.ts';
import type { ErrorPathCheckId } from '../checks/error-path.ts';
import type { ListingCheckId } from '../checks/listing.ts';
import type { Mode } from '../targets/target.ts';
import type { Deviation } from './deviation.ts';

/** Every check there is: those of the registry and those that scenarios make for themselves. */
export type Tripped = CheckId | ContentCheckId | ErrorPathCheckId | ListingCheckId;

/** Cases of one scenario: for the first model, in one mode or in all it has. */
export interface Touched {
  scenario: string;
  mode?: Mode;
}

/** `scenario` or `scenario [mode]`, as a case is called. */
export type Touch = `${string}/${string}`;

/** One way in which a gateway could be wrong. */
export interface Fault extends Deviation {
  /** Unique, stable. */
  name: string;
  says: string;
  /** The checks that notice; no other may. */
  trips: readonly [Tripped, ...Tripped[]];
  touches: readonly [Touch, ...Touch[]];
}

/** Faults that are wrong in the same way. */
export interface Family {
  name: string;
  faults: readonly Fault[];
}

export function touchedBy(touch: Touch): Touched {
  const [, scenario = touch, mode] = /^(.*?)(?: \[(json|stream)\])?$/.exec(touch) ?? [];
  return { scenario, ...(mode !== undefined && { mode: mode as Mode }) };
}
