import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { HarnessError } from '../errors.ts';
import { nearest } from './nearest.ts';

/** An option of a command, with the line `--help` prints for it. */
interface OptionHelp {
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
  /** Takes words that stand alone, such as files. */
  operands?: boolean;
}

/** What was typed: values by option name, and what stood alone. */
export interface Arguments {
  text(name: string): string | undefined;
  texts(name: string): string[];
  flag(name: string): boolean;
  /** @throws HarnessError E_CONFIG for anything but a whole number within the bounds */
  wholeNumber(name: string, bounds: { least: number; most: number }): number | undefined;
  /** @throws HarnessError E_CONFIG for anything but a number above zero */
  amount(name: string): number | undefined;
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
  const { values, positionals } = parse(argv, options, help);
  for (const [name, value] of Object.entries(values)) {
    if ([value].flat().includes(''))
      throw new HarnessError('E_CONFIG', `--${name} is empty: expected a value. ${seeHelp(help)}`);
  }
  const text = (name: string) => values[name] as string | undefined;
  return {
    text,
    texts: (name) => (values[name] as string[] | undefined) ?? [],
    flag: (name) => values[name] === true,
    wholeNumber(name, { least, most }) {
      const given = text(name);
      if (given === undefined) return undefined;
      const value = Number(given);
      if (/^\d+$/.test(given) && value >= least && value <= most) return value;
      throw new HarnessError('E_CONFIG', `--${name} ${given}: expected a whole number from ${least} to ${most}.`);
    },
    amount(name) {
      const given = text(name);
      if (given === undefined) return undefined;
      const value = Number(given);
      if (Number.isFinite(value) && value > 0) return value;
      throw new HarnessError('E_CONFIG', `--${name} ${given}: expected a number above zero.`);
    },
    positionals,
  };
}

function parse(argv: readonly string[], options: ParseArgsOptionsConfig, help: CommandHelp) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: help.operands ?? false, strict: true });
  } catch (cause) {
    throw new HarnessError('E_CONFIG', `${whatIsWrong(cause as Error, help)} ${seeHelp(help)}`, { cause });
  }
}

function whatIsWrong({ message }: Error, { options }: CommandHelp): string {
  const unknown = /Unknown option '(--?[^'=]+)/.exec(message)?.[1];
  if (unknown !== undefined) {
    const guess = nearest(unknown.replace(/^-+/, ''), Object.keys(options));
    return `There is no option ${unknown}.${guess === undefined ? '' : ` Did you mean --${guess}?`}`;
  }
  const surplus = /Unexpected argument '(.*)'/.exec(message)?.[1];
  if (surplus !== undefined) return `Nothing is expected where "${surplus}" stands.`;
  return `${message.replaceAll('\n', ' ').replace(/\.?$/, '.')}`;
}

function seeHelp({ usage }: CommandHelp): string {
  return `See "${usage.split(' ').slice(0, 2).join(' ')} --help".`;
}

/** The text of `--help`. */
export function helpText({ usage, says, options }: CommandHelp): string {
  const rows = Object.entries({ ...options, help: { says: 'print this' } }).map(
    ([name, { value, says: line }]: [string, OptionHelp]) =>
      [`  --${name}${value === undefined ? '' : ` ${value}`}`, line] as const,
  );
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  return [usage, '', says, '', 'Options', ...rows.map(([left, right]) => left.padEnd(width) + right), ''].join('\n');
}
