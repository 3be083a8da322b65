import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { HarnessError } from '../errors.ts';
import { nearest } from './nearest.ts';

/** An option of a command, with the line `--help` prints for it. */
export interface OptionHelp {
  /** Shown after the name, e.g. `<id>`. Absent for a switch. */
  value?: string;
  multiple?: boolean;
  says: string;
}

export interface CommandHelp {
  /** First line of the help, e.g. `byok run [options]`. */
  usage: string;
  says: string;
  options: Record<string, OptionHelp>;
}

/** What was typed: values by option name, and what stood alone. */
export interface Arguments {
  text(name: string): string | undefined;
  texts(name: string): string[];
  flag(name: string): boolean;
  positionals: string[];
}

/**
 * Reads a command's arguments.
 *
 * @throws HarnessError E_CONFIG for an unknown option (with the nearest known one) or a missing value
 */
export function readArguments(argv: readonly string[], help: CommandHelp): Arguments {
  const options: ParseArgsOptionsConfig = { help: { type: 'boolean', short: 'h' } };
  for (const [name, { value, multiple }] of Object.entries(help.options)) {
    options[name] = { type: value === undefined ? 'boolean' : 'string', ...(multiple && { multiple }) };
  }
  const values = parse(argv, options, help);
  const text = (name: string) => values.values[name] as string | undefined;
  return {
    text,
    texts: (name) => (values.values[name] as string[] | undefined) ?? [],
    flag: (name) => values.values[name] === true,
    positionals: values.positionals,
  };
}

function parse(argv: readonly string[], options: ParseArgsOptionsConfig, help: CommandHelp) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (cause) {
    const unknown = /Unknown option '(--?[^'=]+)/.exec(String(cause))?.[1];
    const advice =
      unknown === undefined
        ? (cause as Error).message
        : `There is no option ${unknown}.${didYouMean(
            unknown.replace(/^-+/, ''),
            Object.keys(help.options).map((name) => name),
          )}`;
    throw new HarnessError('E_CONFIG', `${advice} See "${help.usage.split(' ').slice(0, 2).join(' ')} --help".`, {
      cause,
    });
  }
}

function didYouMean(word: string, known: string[]): string {
  const guess = nearest(word, known);
  return guess === undefined ? '' : ` Did you mean --${guess}?`;
}

/** The text of `--help`. */
export function helpText({ usage, says, options }: CommandHelp): string {
  const rows = Object.entries({ ...options, help: { says: 'print this' } }).map(
    ([name, { value, says: line }]: [string, OptionHelp]) =>
      [`  --${name}${value === undefined ? '' : ` ${value}`}`, line] as const,
  );
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  return [`${usage}`, '', says, '', 'Options', ...rows.map(([left, right]) => left.padEnd(width) + right), ''].join(
    '\n',
  );
}
