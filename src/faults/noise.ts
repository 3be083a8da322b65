import type { Deviation } from './deviation.ts';

/** A harmless variation: an honest gateway may be like this, so nothing may come of it. */
export interface Noise extends Deviation {
  /** Unique, stable. */
  name: string;
  says: string;
  /** Where it can be heard. Left out: everywhere. */
  only?: 'streams' | 'bodies' | 'errors' | 'record';
}
