/** How binding a promise is: `must` fails, `should` warns, `observed` was seen in traffic only and never fails. */
export type Level = 'must' | 'should' | 'observed';

/** One documented promise, in our words, with the place it can be read. */
export interface Requirement {
  level: Level;
  /** What is promised, in one sentence of our own. */
  statement: string;
  source: {
    url: string;
    section: string;
    /** Day the source was read, `YYYY-MM-DD`. */
    read: string;
  };
}
