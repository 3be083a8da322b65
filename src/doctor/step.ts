import type { World } from './world.ts';

export type StepId =
  | 'provider-key'
  | 'openrouter-key'
  | 'credits'
  | 'own-key'
  | 'policies'
  | 'model-served'
  | 'served-on-own-key';

/** A cause was found. */
export interface No {
  answer: 'no';
  /** One sentence. */
  cause: string;
  remedy: string;
  /** Where to do it, or to read about it. */
  page: string;
  /** A change made a moment ago would look the same. */
  mayPass?: true;
}

/** What a look at one step of the set-up shows. */
export type Looked =
  | { answer: 'yes'; seen?: string }
  | No
  /** `lacks` names the variable of the key that it would have taken. */
  | { answer: 'could-not-see'; why: string; lacks?: string }
  /** A change has not spread yet. */
  | { answer: 'not-yet'; why: string };

/** One line of the checklist. */
export interface Step {
  id: StepId;
  /** What has to be so, as a sentence. */
  asks: string;
  /**
   * @param waitedMs since the first look
   * @throws CouldNotSee when the answer cannot be had
   */
  look(world: World, waitedMs: number): Promise<Looked>;
}
