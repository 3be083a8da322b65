import { z } from 'zod';
import type { Ending } from '../exchange/exchange.ts';

/** Raised whenever an older harness could no longer read what a newer one writes. */
export const FORMAT = 1;

/** The credential of calls to the provider itself, which are no calls to OpenRouter. */
export const providerCredential = 'provider-key';

/** Milliseconds with at most three decimals: finer would be noise in a diff. */
const ms = z.number().nonnegative();

/**
 * A piece of a body as it arrived, in the most readable form that gives back exactly its bytes.
 *
 * `json` (after `blanks`, if any) stands for the value written without white space; `base64` for what is not UTF-8 by itself,
 * such as a piece that ends inside a character.
 */
const chunkSchema = z
  .strictObject({
    at: ms,
    text: z.string().exactOptional(),
    base64: z.base64().exactOptional(),
    blanks: z
      .string()
      .regex(/^[ \t\r\n]+$/)
      .exactOptional(),
    json: z.unknown().exactOptional(),
  })
  .refine((chunk) => ['text', 'base64', 'json'].filter((form) => form in chunk).length === 1, {
    error: 'a chunk has exactly one of "text", "base64" and "json"',
  });

const explained = { at: ms, message: z.string().exactOptional() };

const endingSchema = z.discriminatedUnion('how', [
  z.strictObject({
    how: z.enum(['complete', 'closed-early', 'aborted', 'too-large']),
    ...explained,
    code: z.string().exactOptional(),
  }),
  z.strictObject({ how: z.enum(['reset', 'not-connected']), ...explained, code: z.string() }),
  z.strictObject({
    how: z.literal('timed-out'),
    ...explained,
    code: z.enum(['connect', 'headers', 'first-event', 'idle', 'total']),
  }),
]) satisfies z.ZodType<Ending>;

const recordingSchema = z
  .strictObject({
    /** Name of the credential; its key is never kept. */
    credential: z.string(),
    request: z.strictObject({
      method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
      path: z.string().startsWith('/'),
      headers: z.record(z.string(), z.string()),
      body: z.unknown().exactOptional(),
    }),
    response: z
      .strictObject({
        status: z.int().min(100).max(599),
        headers: z.record(z.string(), z.string()),
        headersAt: ms,
      })
      .exactOptional(),
    chunks: z.array(chunkSchema),
    end: endingSchema,
  })
  .refine(({ response, chunks, end }) => response || (chunks.length === 0 && end.how !== 'complete'), {
    error: 'an exchange without a response has no chunks and cannot be complete',
    path: ['response'],
  });

const cassetteSchema = z.strictObject({
  format: z.literal(FORMAT),
  scenario: z.string(),
  model: z.string().nullable(),
  mode: z.enum(['json', 'stream']).nullable(),
  recordedFrom: z.enum(['sandbox', 'live']),
  recordedAt: z.iso.datetime(),
  harnessVersion: z.string(),
  contractVersion: z.string(),
  exchanges: z.array(recordingSchema),
});

const versionSchema = z.looseObject({ format: z.unknown() });

/** A piece of a recorded body. */
export type RecordedChunk = z.infer<typeof chunkSchema>;
/** One exchange as a cassette keeps it. */
export type Recording = z.infer<typeof recordingSchema>;
/** All exchanges of one scenario, model and mode, and where they come from. */
export type Cassette = z.infer<typeof cassetteSchema>;

/** What is wrong with a value that should be a cassette. */
export interface Flaw {
  /** JSON pointer. */
  pointer: string;
  message: string;
}

/** Reads a parsed file as a cassette, or says what is wrong with it. */
export function asCassette(value: unknown): Cassette | Flaw[] {
  const found = versionSchema.safeParse(value);
  if (found.success && found.data.format !== FORMAT) {
    const format = JSON.stringify(found.data.format);
    return [
      { pointer: '/format', message: `expected format ${FORMAT}, the only one this version reads; found ${format}` },
    ];
  }
  const result = cassetteSchema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  return result.error.issues.map((issue) => ({
    pointer: issue.path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
    message: `${issue.message}${foundInstead(issue.input)}`,
  }));
}

function foundInstead(input: unknown): string {
  if (input === undefined || (typeof input === 'object' && input !== null)) return '';
  return `; found ${JSON.stringify(input).slice(0, 80)}`;
}

/** The text of a cassette file: keys in the order of the format, two spaces, a newline at the end. */
export function formatCassette(cassette: Cassette): string {
  return `${JSON.stringify(cassetteSchema.parse(cassette), null, 2)}\n`;
}
