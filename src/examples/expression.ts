import { data, Evaluator, Lexer, Parser } from '@actions/expressions';

/** What an expression may ask for: `inputs`, `env`, `steps`, … */
export type Contexts = Record<string, unknown>;

/** Fills in what stands between `${{` and `}}`, by GitHub's own reader of expressions. */
export function filledIn(text: string, contexts: Contexts): string {
  return text.replaceAll(/\$\{\{(.*?)\}\}/gs, (_, expression: string) => valueOf(expression, contexts, {}));
}

/**
 * Whether the `if` of a job or a step lets it run; without one, all before it has to have gone well. Source:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#status-check-functions (read 2026-11-23).
 */
export function holds(condition: string | undefined, wentWell: boolean, contexts: Contexts): boolean {
  const expression = (condition ?? 'success()').replace(/^\s*\$\{\{(.*)\}\}\s*$/s, '$1');
  return (
    valueOf(expression, contexts, { success: wentWell, failure: !wentWell, always: true, cancelled: false }) === 'true'
  );
}

function valueOf(expression: string, contexts: Contexts, answers: Record<string, boolean>): string {
  const functions = Object.entries(answers).map(([name, answer]) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(answer),
  }));
  const parsed = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), functions).parse();
  const known = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
  return new Evaluator(parsed, known, new Map(functions.map((one) => [one.name, one]))).evaluate().coerceString();
}
