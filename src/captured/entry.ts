import type { WireExchange } from '../exchange/exchange.ts';

/** Why something in a capture is not judged. */
export type SkipReason =
  | 'of a foreign host'
  | 'no call of the API'
  | 'without a response'
  | 'without the body, which the recorder did not keep'
  | 'with a body that the recorder cut off'
  | 'incomplete';

/** One exchange somebody captured, or what stands in its place. */
export type Entry = CapturedExchange | SkippedEntry;

interface CapturedExchange {
  kind: 'exchange';
  /** Place in its file, from 1; null in a file that holds nothing else. */
  number: number | null;
  wire: WireExchange;
  /** ISO 8601, or its beginning, when known. */
  at: string | null;
  /** The exchange has to be judged by what was promised on its day. Left out: judge it by today, or by what it says of itself. */
  madeAt?: string;
  /** What must never be shown, beside what the exchange itself shows to be secret. */
  secrets: string[];
}

export interface SkippedEntry {
  kind: 'skipped';
  number: number;
  why: SkipReason;
  /** For a foreign host. */
  host?: string;
}
