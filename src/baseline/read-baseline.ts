import { readFileSync } from 'node:fs';
import { isCollection, LineCounter, parseDocument, type Document } from 'yaml';
import { z } from 'zod';
import { HarnessError } from '../errors.ts';
import type { Baseline } from './baseline.ts';

const text = z.string({ error: 'expected a text' }).min(1, 'expected a text');
const glob = text.default('*');
const link = z.url({ protocol: /^https?$/, error: 'expected an address such as https://example.com/issues/12' });
const day = z.iso.date({ error: 'expected a day such as 2026-12-31' });

const known = z.strictObject({
  scenario: text,
  check: glob,
  model: glob,
  mode: glob,
  reason: text,
  link,
  expires: day,
});

const skip = z.strictObject({
  scenario: text,
  model: glob,
  mode: glob,
  reason: text,
  link: link.optional(),
  expires: day.optional(),
});

const list = 'expected a list of entries';
const baseline = z.strictObject(
  { known: z.array(known, list).default([]), skips: z.array(skip, list).exactOptional() },
  { error: ({ code }) => (code === 'unrecognized_keys' ? undefined : 'expected "known:", "skips:" or both') },
);

/**
 * Reads the known failures and expected skips of a team from a file in YAML or JSON.
 *
 * @throws HarnessError E_CONFIG naming file, line and entry of the first flaw
 */
export function readBaseline(file: string): Baseline {
  const lines = new LineCounter();
  const document = parseDocument(contentOf(file), { lineCounter: lines, prettyErrors: false });
  const broken = document.errors[0];
  if (broken !== undefined)
    throw flaw(`${file}:${lines.linePos(broken.pos[0]).line}`, `it is not YAML: ${broken.message}`);
  const result = baseline.safeParse(valueOf(document, file), { reportInput: true });
  if (!result.success) throw flawIn(result.error.issues[0], { file, document, lines });
  const named = <One>(one: One, name: 'known' | 'skips', index: number) => ({
    ...one,
    name: `${name} entry ${index + 1} (line ${lineOf([name, index], { document, lines })})`,
  });
  return {
    file,
    known: result.data.known.map((one, index) => named(one, 'known', index)),
    skips: result.data.skips?.map((one, index) => named(one, 'skips', index)) ?? null,
  };
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw flaw(file, `the system answered ${code}`, cause);
  }
}

/** An alias without an anchor is found out only here; it is how YAML reads a glob that begins with a star. */
function valueOf(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw flaw(file, `it is not YAML: ${message} Quote a glob that begins with a star: "*"`, cause);
  }
}

interface Parsed {
  document: Document;
  lines: LineCounter;
}

function flawIn(issue: z.core.$ZodIssue | undefined, { file, ...parsed }: Parsed & { file: string }): HarnessError {
  const [name, index, ...field] = issue?.path ?? [];
  const where = typeof index === 'number' ? `${String(name)} entry ${index + 1}: ` : '';
  const what = [...(where === '' && name !== undefined ? [name] : []), ...field]
    .map((part) => `${String(part)}: `)
    .join('');
  const found = issue?.code === 'unrecognized_keys' ? '' : `, found ${inWords(issue?.input)}`;
  return flaw(`${file}:${lineOf(issue?.path ?? [], parsed)}`, `${where}${what}${issue?.message ?? 'is wrong'}${found}`);
}

function inWords(input: unknown): string {
  return input === undefined ? 'nothing' : JSON.stringify(input).slice(0, 80);
}

/** Line of the innermost thing on the path that is there. */
function lineOf(path: readonly PropertyKey[], { document, lines }: Parsed): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const node: unknown = document.getIn(path.slice(0, depth), true);
    const range = (node as { range?: [number, number, number] } | undefined)?.range;
    if (range) return lines.linePos(range[0]).line;
  }
  return isCollection(document.contents) && document.contents.range
    ? lines.linePos(document.contents.range[0]).line
    : 1;
}

function flaw(place: string, what: string, cause?: unknown): HarnessError {
  return new HarnessError(
    'E_CONFIG',
    `Expected a baseline at ${place}, but ${what.replace(/\.?$/, '.')} docs/baseline.md shows its form.`,
    { cause },
  );
}
