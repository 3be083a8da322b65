import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { readCassetteFile } from '../../cassettes/store.ts';
import { fromRecording } from '../../cassettes/wire.ts';
import { type CaptureExpectation, captureExpectations } from '../../checks/capture-expectations.ts';
import { isCapture, readCapture } from '../../checks/captures.ts';
import { type Finding, judge, type Subject } from '../../checks/check.ts';
import { checks } from '../../checks/checks.ts';
import { subjectOf } from '../../checks/recognise.ts';
import type { Level } from '../../contract/requirement.ts';
import { HarnessError } from '../../errors.ts';
import type { Exchange } from '../../exchange/exchange.ts';
import { readExchange } from '../../exchange/read-exchange.ts';
import { redactor } from '../../cassettes/redact.ts';
import { ionet } from '../../provider.ts';
import { count } from '../../report/text.ts';
import { type CommandHelp, helpText, readArguments } from '../arguments.ts';

const help: CommandHelp = {
  usage: 'byok check <file...>',
  says: 'Judges recorded answers: cassettes, or captures as JSON. "-" reads a raw body from standard input.',
  operands: true,
  options: {
    endpoint: { value: '<path>', says: 'what the body on standard input answers; default /chat/completions' },
    stream: { says: 'the body on standard input is an event stream' },
  },
};

/** One exchange under judgement, and what it is called in the output. */
interface Exhibit {
  name: string;
  exchange: Exchange;
  madeAt?: string;
}

/** `byok check` */
export async function check(argv: string[]): Promise<number> {
  const args = readArguments(argv, help);
  if (args.flag('help')) {
    process.stdout.write(helpText(help));
    return 0;
  }
  if (args.positionals.length === 0) throw new HarnessError('E_CONFIG', `Nothing to check. Expected "${help.usage}".`);
  const levels: Record<Level, number> = { must: 0, should: 0, observed: 0 };
  const expected = new Set<CaptureExpectation>();
  const known = new Set<CaptureExpectation>();
  let exchanges = 0;
  let unexpected = 0;
  for (const file of args.positionals) {
    const exhibits =
      file === '-' ? [await fromStdin(args.text('endpoint'), args.flag('stream'))] : await exhibitsOf(file);
    for (const expectation of captureExpectations) {
      if (basename(file).startsWith(`${expectation.capture}-`)) expected.add(expectation);
    }
    for (const exhibit of exhibits) {
      exchanges += 1;
      for (const finding of judge(checks, subjectFor(exhibit))) {
        levels[finding.level] += 1;
        const expectation = captureExpectations.find(
          ({ capture, check: id }) => id === finding.check && basename(file).startsWith(`${capture}-`),
        );
        if (finding.level === 'must' && expectation !== undefined) known.add(expectation);
        if (finding.level === 'must' && expectation === undefined) unexpected += 1;
        process.stdout.write(inWords(exhibit.name, finding, expectation));
      }
    }
  }
  const stale = [...expected].filter((expectation) => !known.has(expectation));
  for (const { capture, check: id } of stale) {
    process.stdout.write(`stale  ${capture} ${id}: expected a finding, and there is none any more.\n`);
  }
  const foreseen = levels.must - unexpected;
  const expectedOnes = foreseen === 0 ? '' : ` (${foreseen} of them expected, each with its reason)`;
  process.stdout.write(
    `${count(exchanges, 'exchange')}: ${levels.must} must${expectedOnes}, ${levels.should} should, ${levels.observed} observed\n`,
  );
  if (exchanges === 0) return 3;
  return unexpected > 0 || stale.length > 0 ? 1 : 0;
}

function subjectFor({ exchange, madeAt }: Exhibit): Subject {
  return subjectOf(exchange, madeAt === undefined ? {} : { madeAt });
}

async function exhibitsOf(file: string): Promise<Exhibit[]> {
  const value = jsonOf(file);
  const name = basename(file);
  if (isCapture(value)) {
    const { wire, madeAt } = readCapture(value);
    return [{ name, exchange: readExchange(wire), ...(madeAt !== undefined && { madeAt }) }];
  }
  return (await readCassetteFile(file)).exchanges.map((recording, index) => ({
    name: `${name} ${index + 1}`,
    exchange: readExchange(fromRecording(recording)),
  }));
}

function jsonOf(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new HarnessError('E_CONFIG', `${file} cannot be read: ${(cause as Error).message}.`, { cause });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new HarnessError('E_CASSETTE', `${file} is not JSON: ${(cause as Error).message}.`, { cause });
  }
}

async function fromStdin(endpoint = '/chat/completions', stream: boolean): Promise<Exhibit> {
  const bytes = Buffer.from(await readAll(process.stdin));
  const path = endpoint.replace(/^(?:https?:\/\/[^/]+)?(?:\/api\/v1)?/, '');
  const streamed = stream || /^\s*(?:data|:)/.test(bytes.subarray(0, 64).toString());
  const method = /^\/(chat\/completions|completions|responses|messages)$/.test(path) ? 'POST' : 'GET';
  const exchange = readExchange({
    call: { method, path, headers: {}, ...(method === 'POST' && { body: { stream: streamed } }) },
    response: { status: 200, headers: {}, headersAt: 0 },
    chunks: [{ at: 0, bytes }],
    end: { how: 'complete', at: 0 },
  });
  return { name: 'standard input', exchange };
}

const redact = redactor(new Map(), ionet.keyPattern);

function inWords(
  name: string,
  { check: id, level, expected, actual, where }: Finding,
  expectation?: CaptureExpectation,
): string {
  const reason = expectation === undefined || level !== 'must' ? '' : ` — expected: ${expectation.reason}`;
  return redact.text(`${level.padEnd(8)} ${name} ${id} at ${where}: expected ${expected}, was ${actual}${reason}\n`);
}
