import type { Deviation } from './deviation.ts';

/** A harmless variation: an honest gateway may be like this, so nothing may come of it. */
export interface Noise extends Deviation {
  /** Unique, stable. */
  name: string;
  says: string;
  /** Heard in the scenarios whose ids begin so and in no others, so that all of their cases are tried. */
  among?: string;
  /** Where it can be heard. Left out: everywhere. */
  only?: 'streams' | 'bodies' | 'errors' | 'record';
}
