import { line } from './text.ts';

/** GitHub shows ten annotations of a kind per step and drops the others. */
const most = 10;

/** Something to show beside a line of the project's files. */
export interface Annotation {
  file?: string;
  line?: number;
  title: string;
  message: string;
}

/**
 * Workflow commands that GitHub turns into errors beside the files, one a line; of more than ten the last says how many are missing
 * and where they are told (`rest`). Source:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
 */
export function errorCommands(all: readonly Annotation[], rest: { title: string; where: string }): string[] {
  const shown = all.length > most ? all.slice(0, most - 1) : [...all];
  if (all.length > most)
    shown.push({ title: rest.title, message: `${all.length - shown.length} more, in ${rest.where}` });
  return shown.map(command);
}

function command({ file, line: number, title, message }: Annotation): string {
  const properties = {
    ...(file !== undefined && { file }),
    ...(number !== undefined && { line: String(number) }),
    title,
  };
  const told = Object.entries(properties).map(([name, value]) => `${name}=${property(value)}`);
  return `::error ${told.join(',')}::${data(message)}`;
}

/** In one line, so that of the characters to escape (`%`, CR, LF) one is left. */
function data(text: string): string {
  return line(text, 1_000).replaceAll('%', '%25');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/**
 * Text in which GitHub finds no workflow command, whatever a server put into it. Blanks before `::` do not stop the runner, and it
 * obeys the older `##[` anywhere in a line.
 *
 * Source: https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs (TryParseV2, TryParse; read 2026-11-23).
 */
export function withoutCommands(text: string): string {
  return text.replaceAll(/^(\s*):(?=:)/gm, '$1: ').replaceAll('##[', '## [');
}
