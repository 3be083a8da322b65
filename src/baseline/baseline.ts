/** What an entry speaks of: cases by globs, `*` for any; and from when on it speaks no more. */
export interface Entry {
  /** How messages name it: list, place in it, line of the file. */
  name: string;
  scenario: string;
  model: string;
  mode: string;
  reason: string;
  link?: string | undefined;
  /** Last day it holds, `YYYY-MM-DD`. */
  expires?: string | undefined;
}

/** A failure that is known, and excused for a time. */
export interface KnownFailure extends Entry {
  /** Glob over the ids of checks; or over codes, such as `E_TIMEOUT`, for cases that cannot run. */
  check: string;
  link: string;
  expires: string;
}

/** What a team knows not to hold, and not to apply, for now. */
export interface Baseline {
  /** As it was named. */
  file: string;
  known: KnownFailure[];
  /** Null: skips are not watched. */
  skips: Entry[] | null;
}
