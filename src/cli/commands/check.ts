import { buffer } from 'node:stream/consumers';
import { bytesSource, fileSource, type Source } from '../../captured/source.ts';
import { HarnessError } from '../../errors.ts';
import { ionet } from '../../provider.ts';
import { sameProvider } from '../../checks/routing-evidence.ts';
import { type CommandHelp, helpText, readArguments } from '../arguments.ts';
import { checkFiles } from '../check/check-files.ts';
import { type CheckReport, exitCodeOf } from '../check/check-report.ts';
import { painter } from '../painter.ts';

const help: CommandHelp = {
  usage: 'byok check <file...> [options]',
  says: [
    'Judges traffic that somebody captured: HTTP archives (HAR) of browsers and proxies, cassettes, captures as JSON, and the',
    'body of one answer, JSON or an event stream, in a file or on standard input ("-"). What a file is, and which API an',
    'exchange spoke to, is recognised; what is no call of the API is skipped and counted. Lookups of generation records and',
    'endpoints in the same file are evidence about its answers. Keys, tokens, cookies and account ids are never printed.',
    '',
    `  byok check session.har --expect-provider ${ionet.slug} --expect-byok`,
    '  curl -s .../chat/completions -d @request.json | byok check - --endpoint /chat/completions',
    '',
    'Ends 0 when nothing that must hold is broken, 1 when something is, 2 when a file cannot be read, 3 with nothing to judge.',
  ].join('\n'),
  operands: true,
  options: {
    'expect-provider': {
      value: '<slug>',
      says: 'every answer must have been served by this provider (slug or display name)',
    },
    'expect-byok': { says: "every answer must have been paid by the customer's own key" },
    endpoint: { value: '<path>', says: 'what a body answers, such as /responses; default: what it says it is' },
    stream: { says: 'a body was asked for as an event stream; default: it looks like one' },
    format: { value: '<name>', says: 'text (default), json, junit or github' },
  },
};

/** Loaded when asked for: the builder of JUnit files is not small. */
const formats: Record<string, () => Promise<(report: CheckReport) => string>> = {
  text: async () => {
    const { textReport } = await import('../check/text.ts');
    return (report) => textReport(report, painter(process.stdout));
  },
  json: async () => (await import('../check/json.ts')).jsonReport,
  junit: async () => {
    const { junitReport } = await import('../check/junit.ts');
    return (report) => junitReport(report, new Date());
  },
  github: async () => (await import('../check/github.ts')).githubReport,
};

/** `byok check` */
export async function check(argv: string[]): Promise<number> {
  const args = readArguments(argv, help);
  if (args.flag('help')) {
    process.stdout.write(helpText(help));
    return 0;
  }
  if (args.positionals.length === 0) throw new HarnessError('E_CONFIG', `Nothing to check. Expected "${help.usage}".`);
  const format = args.text('format') ?? 'text';
  const load = Object.hasOwn(formats, format) ? formats[format] : undefined;
  if (load === undefined) {
    throw new HarnessError('E_CONFIG', `--format ${format}: expected ${Object.keys(formats).join(', ')}.`);
  }
  const render = await load();
  const provider = args.text('expect-provider');
  const endpoint = args.text('endpoint');
  const sources = await Promise.all([...new Set(args.positionals)].map(sourceOf));
  const report = await checkFiles(sources, {
    raw: { ...(endpoint !== undefined && { endpoint }), ...(args.flag('stream') && { stream: true }) },
    expected: {
      ...(provider !== undefined && { servedBy: displayName(provider) }),
      ...(args.flag('expect-byok') && { isByok: true }),
    },
  });
  for (const { problem } of report.files) if (problem !== undefined) process.stderr.write(`byok: ${problem}\n`);
  process.stdout.write(render(report));
  return exitCodeOf(report);
}

async function sourceOf(file: string): Promise<Source> {
  return file === '-' ? bytesSource('standard input', await buffer(process.stdin)) : fileSource(file);
}

function displayName(provider: string): string {
  return sameProvider(provider, ionet.name) ? ionet.name : provider;
}
