/**
 * Reads a declarative Jenkinsfile as blocks of statements: as far as the example goes, and nothing of Groovy beyond it. A parser of
 * Groovy needs Java, which a machine that tests this project does not have to have.
 */
export interface Statement {
  /** Names, strings (in their quotes), numbers and signs. */
  words: string[];
  block: Statement[] | null;
}

const word =
  /\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|[A-Za-z_]\w*|\d+|[!=]=|[{}()[\],:=.]|\n|[^\S\n]+|(?<strange>.)/g;

/** @throws Error where a bracket or a quote has no partner */
export function readJenkinsfile(text: string): Statement[] {
  const words = [...text.matchAll(word)].map(({ 0: found, groups, index }) => {
    if (groups?.['strange'] === undefined) return found;
    throw new Error(`Jenkinsfile:${text.slice(0, index).split('\n').length}: ${found} is in the wrong place.`);
  });
  const rest = words.filter((one) => one === '\n' || (one.trim() !== '' && !one.startsWith('//')));
  const statements = statementsOf(rest);
  if (rest.length > 0) throw new Error('Jenkinsfile: a } closes nothing.');
  return statements;
}

/** Takes what belongs to the block from `words`. */
function statementsOf(words: string[], inside = false): Statement[] {
  const statements: Statement[] = [];
  let current: string[] = [];
  let depth = 0;
  const end = (block: Statement[] | null) => {
    if (block !== null || current.length > 0) statements.push({ words: current, block });
    current = [];
  };
  while (words.length > 0) {
    if (words[0] === '}' && !inside) return statements;
    const next = words.shift() ?? '';
    if (next === '{') end(statementsOf(words, true));
    else if (next === '}' && depth > 0) throw new Error('Jenkinsfile: a ( or [ is not closed before its }.');
    else if (next === '}' || (next === '\n' && depth === 0)) end(null);
    else if (next !== '\n') current.push(next);
    if ('(['.includes(next)) depth += 1;
    if (')]'.includes(next)) depth -= 1;
    if (next === '}') return statements;
  }
  if (inside || depth !== 0) throw new Error('Jenkinsfile: a bracket is never closed.');
  end(null);
  return statements;
}

/** What may stand in which block, and what has to. Source: https://www.jenkins.io/doc/book/pipeline/syntax/ (read 2026-11-23). */
const sections: Record<string, { may: string[]; must: string[] }> = {
  '': { may: ['pipeline'], must: ['pipeline'] },
  pipeline: {
    may: ['agent', 'environment', 'libraries', 'options', 'parameters', 'post', 'stages', 'tools', 'triggers'],
    must: ['agent', 'stages'],
  },
  stages: { may: ['stage'], must: ['stage'] },
  stage: { may: ['agent', 'environment', 'input', 'options', 'post', 'steps', 'tools', 'when'], must: ['steps'] },
  triggers: { may: ['cron', 'pollSCM', 'upstream'], must: [] },
  parameters: { may: ['booleanParam', 'choice', 'password', 'string', 'text'], must: [] },
  post: {
    may: ['aborted', 'always', 'changed', 'cleanup', 'failure', 'fixed', 'regression', 'success', 'unstable'],
    must: [],
  },
  // The steps that the example knows: one more is told here.
  steps: { may: ['archiveArtifacts', 'junit', 'script', 'sh'], must: [] },
  always: { may: ['archiveArtifacts', 'junit', 'script', 'sh'], must: [] },
};

/** What is wrong with a declarative pipeline, a sentence each. */
export function pipelineProblems(statements: readonly Statement[], of = ''): string[] {
  const rule = sections[of];
  if (rule === undefined) return [];
  const names = statements.map(({ words }) => words[0] ?? '');
  return [
    ...names.filter((name) => !rule.may.includes(name)).map((name) => `"${name}" does not belong into "${of}"`),
    ...rule.must.filter((name) => !names.includes(name)).map((name) => `"${of}" lacks "${name}"`),
    ...statements.flatMap(({ words, block }) => (block === null ? [] : pipelineProblems(block, words[0]))),
  ];
}

/** All statements, also those in blocks. */
export function everyStatement(statements: readonly Statement[]): Statement[] {
  return statements.flatMap((one) => [one, ...everyStatement(one.block ?? [])]);
}

/** The commands that a pipeline gives to a shell, in the order they are written in. */
export function shellCommands(statements: readonly Statement[]): string[] {
  return everyStatement(statements).flatMap(({ words }) => {
    const at = words.indexOf('sh');
    const named = words.indexOf('script', at + 1);
    const command = at === -1 ? undefined : named === -1 ? words[at + 1] : words[named + 2];
    return command === undefined ? [] : [unquoted(command)];
  });
}

/** What a string stands for; one in double quotes, of which Groovy would fill in parts, is refused. */
export function unquoted(text: string): string {
  if (!text.startsWith("'")) throw new Error(`Expected a string in single quotes, found ${text}.`);
  return text.slice(1, -1).replaceAll(/\\(.)/g, '$1');
}
