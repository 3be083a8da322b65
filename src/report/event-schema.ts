import { z } from 'zod';
import type { RunEvent } from './events.ts';

const finding = z.object({
  check: z.string(),
  level: z.enum(['must', 'should', 'observed']),
  expected: z.string(),
  actual: z.string(),
  where: z.string(),
  step: z.string(),
});

const amount = z.number().nonnegative();

const headers = z.record(z.string(), z.string());

const exchange = z.object({
  method: z.string(),
  path: z.string(),
  requestHeaders: headers,
  requestBody: z.string().exactOptional(),
  responseHeaders: headers,
  responseBody: z.string(),
  responseBytes: amount,
  headersMs: amount.nullable(),
  totalMs: amount,
  chunks: z.array(z.tuple([amount, amount])).exactOptional(),
  endMessage: z.string().exactOptional(),
});

const step = z.object({
  step: z.string(),
  given: z.string(),
  status: z.int().nullable(),
  end: z.string(),
  provider: z.string().exactOptional(),
  isByok: z.boolean().exactOptional(),
  generationId: z.string().exactOptional(),
  requestId: z.string().exactOptional(),
  costUsd: z.number().exactOptional(),
  providerCostUsd: z.number().exactOptional(),
  promptTokens: amount.exactOptional(),
  completionTokens: amount.exactOptional(),
  firstContentMs: amount.exactOptional(),
  curl: z.string(),
  exchange: exchange.exactOptional(),
});

const caseId = z.object({
  scenario: z.string().min(1),
  family: z.string().min(1),
  model: z.string().nullable(),
  mode: z.enum(['json', 'stream']).nullable(),
});

const source = z.object({ url: z.string(), section: z.string(), read: z.string() });

const runStarted = z.object({
  type: z.literal('run-started'),
  format: z.literal(1, 'written by another version of the harness: render it with that version'),
  runId: z.string(),
  at: z.iso.datetime(),
  target: z.enum(['replay', 'sandbox', 'live']),
  baseUrl: z.string().nullable(),
  profile: z.string(),
  shard: z.object({ index: z.int().positive(), count: z.int().positive() }).exactOptional(),
  baseline: z.string().exactOptional(),
  delivery: z.enum(['timed', 'refragment']).exactOptional(),
  inventory: z.string(),
  models: z.array(z.string()),
  harnessVersion: z.string(),
  contractVersion: z.string(),
  hostname: z.string(),
  command: z.array(z.string()),
  errorPaths: z.array(
    z.object({
      id: z.string(),
      endpoint: z.string(),
      observedOnly: z.boolean(),
      how: z.enum(['live', 'sandbox-only', 'excluded']),
      because: z.string().exactOptional(),
      source: source.exactOptional(),
    }),
  ),
  requirements: z
    .array(z.object({ id: z.string(), level: z.enum(['must', 'should', 'observed']), statement: z.string(), source }))
    .exactOptional(),
});

const casesPlanned = z.object({
  type: z.literal('cases-planned'),
  file: z.string(),
  cases: z.array(caseId),
});

const caseFinished = caseId.extend({
  type: z.literal('case-finished'),
  says: z.string(),
  requirements: z.array(z.string()),
  errorPath: z.string().exactOptional(),
  file: z.string(),
  line: z.int().nonnegative(),
  verdict: z.enum(['pass', 'fail', 'warn', 'known', 'not-applicable', 'could-not-run']),
  reason: z.string().exactOptional(),
  code: z.string().exactOptional(),
  findings: z.array(finding),
  steps: z.array(step),
  notes: z.array(z.string()),
  beyondProfile: z.literal(true).exactOptional(),
  waits: z.array(z.object({ what: z.string(), ms: amount })).exactOptional(),
  durationMs: amount,
  attempts: z.int().positive(),
  firstAttempt: z.object({ reason: z.string().exactOptional(), findings: z.array(finding) }).exactOptional(),
  origin: z.object({ recordedFrom: z.enum(['sandbox', 'live']), recordedAt: z.iso.datetime() }).exactOptional(),
});

const problem = z.object({
  type: z.literal('problem'),
  code: z.string(),
  message: z.string(),
  file: z.string().exactOptional(),
});

const runFinished = z.object({
  type: z.literal('run-finished'),
  at: z.iso.datetime(),
  interrupted: z.boolean(),
  durationMs: amount,
  spend: z
    .object({ requests: amount, openRouterUsd: z.number(), providerUsd: z.number(), unknownUsd: amount })
    .exactOptional(),
});

/** One line of `events.ndjson` as read back from disk. */
export const runEvent = z.discriminatedUnion('type', [
  runStarted,
  casesPlanned,
  caseFinished,
  problem,
  runFinished,
]) satisfies z.ZodType<RunEvent>;
