import { describe, expect, it } from 'vitest';
import { type CommandHelp, helpText, readArguments } from './arguments.ts';

const help: CommandHelp = {
  usage: 'byok run [options]',
  says: 'Runs.',
  options: {
    target: { value: '<name>', says: 'where from' },
    mode: { value: '<mode>', multiple: true, says: 'which' },
    port: { value: '<n>', says: 'where' },
    plan: { says: 'only say what would be done' },
  },
};

it.each([
  [['--taget', 'x'], 'There is no option --taget. Did you mean --target? See "byok run --help".'],
  [['--zzzzzz'], 'There is no option --zzzzzz. See "byok run --help".'],
  [['-x'], 'There is no option -x. See "byok run --help".'],
  [['--target'], /--target.* argument missing.* See "byok run --help"\.$/],
  [['--target', '--plan'], /--target.* argument is ambiguous/],
  [['--plan=yes'], /--plan.* does not take an argument/],
  [['--target='], '--target is empty: expected a value. See "byok run --help".'],
  [['--mode', 'json', '--mode', ''], '--mode is empty: expected a value. See "byok run --help".'],
  [['pinning'], 'Nothing is expected where "pinning" stands. See "byok run --help".'],
])('refuses %j', (argv, message) => {
  expect(() => readArguments(argv, help)).toThrow(message);
  expect(() => readArguments(argv, help)).toThrow(expect.objectContaining({ code: 'E_CONFIG' }));
});

it('gives values by name, and the words of a command that takes some', () => {
  const args = readArguments(['--mode', 'json', 'a.json', '--mode=stream', '--plan', '-'], { ...help, operands: true });
  expect(args.texts('mode')).toEqual(['json', 'stream']);
  expect(args.text('target')).toBeUndefined();
  expect(args.flag('plan')).toBe(true);
  expect(args.flag('help')).toBe(false);
  expect(args.positionals).toEqual(['a.json', '-']);
});

describe('a whole number', () => {
  const read = (text: string) => readArguments([`--port=${text}`], help).wholeNumber('port', { least: 1, most: 9 });

  it('is taken within its bounds', () => {
    expect(['1', '9', '07'].map(read)).toEqual([1, 9, 7]);
  });

  it.each(['0', '10', '1.5', '1e0', '0x1', 'one', '--1'])('is not %s', (text) => {
    expect(() => read(text)).toThrow(`--port ${text}: expected a whole number from 1 to 9.`);
  });
});

it('prints what a command is for, and each option on a line of its own', () => {
  expect(helpText(help).split('\n')).toEqual([
    'byok run [options]',
    '',
    'Runs.',
    '',
    'Options',
    '  --target <name>  where from',
    '  --mode <mode>    which',
    '  --port <n>       where',
    '  --plan           only say what would be done',
    '  --help           print this',
    '',
  ]);
});
