import { z } from 'zod';
import type { Verdict } from '../report/events.ts';
import type { HistoryEntry } from '../report/history-entry.ts';

const verdicts = ['pass', 'fail', 'warn', 'known', 'not-applicable', 'could-not-run'] as const satisfies Verdict[];
const verdict = z.enum(verdicts);
const known: ReadonlySet<unknown> = new Set(verdicts);
const count = z.int().nonnegative();
const ms = z.number().nonnegative().nullable();

const figures = z.object({
  firstContentP50Ms: ms,
  firstContentP95Ms: ms,
  costUsd: z.number(),
  tokenPrices: z.object({ promptUsd: z.number(), completionUsd: z.number() }).exactOptional(),
});

/** An entry as read back from a line of a history. */
export const historyEntrySchema = z.object({
  runId: z.string().min(1),
  at: z.iso.datetime(),
  target: z.enum(['replay', 'sandbox', 'live']),
  baseUrl: z.string().exactOptional(),
  profile: z.string(),
  harnessVersion: z.string(),
  contractVersion: z.string(),
  recordedFrom: z.enum(['sandbox', 'live']).nullable(),
  counts: z.record(verdict, count),
  spend: z.object({ openRouterUsd: z.number(), providerUsd: z.number() }).nullable(),
  models: z.record(z.string(), figures),
  // One by one, as z.record looks at them, a thousand verdicts take longer than reading their line does.
  verdicts: z.custom<Record<string, Verdict>>(
    (value) => typeof value === 'object' && value !== null && Object.values(value).every((one) => known.has(one)),
    'expected a verdict for each title',
  ),
}) satisfies z.ZodType<HistoryEntry>;
