import type { Schema } from '../contract/schemas/shape.ts';
import { describe, schemaViolations } from '../contract/validate.ts';
import type { Answer } from '../exchange/answer-view.ts';
import { parseJson } from '../exchange/parse-json.ts';
import type { Breach, Subject } from './check.ts';
import { answerPlace, at, isObject, listAt, stringAt } from './reading.ts';

/** The tools of the request by name, each with the schema of its arguments. */
export function offeredTools({ exchange }: Subject): ReadonlyMap<string, Schema> {
  return new Map(
    listAt(exchange.call.body, 'tools').flatMap((tool) => {
      const name = stringAt(tool, 'function', 'name');
      const parameters = at(tool, 'function', 'parameters');
      return name === undefined ? [] : [[name, isObject(parameters) ? (parameters as Schema) : {}] as const];
    }),
  );
}

/** What is wrong with the calls of either side, and where the sides differ in what they call. */
export function toolBreaches(
  subject: Subject,
  { routed, direct }: { routed: Answer | null; direct: Answer | null },
): Breach[] {
  const tools = offeredTools(subject);
  const [here, there] = [routed, direct].map(calledNames);
  return [
    ...unfit(routed, tools, ''),
    ...unfit(direct, tools, 'direct '),
    ...(here === there
      ? []
      : [
          {
            expected: `a call of ${there}, as at the provider`,
            actual: String(here),
            where: `${answerPlace(subject)} tool_calls`,
          },
        ]),
  ];
}

/** Each tool once: how often it is called is up to the model. */
function calledNames(answer: Answer | null): string {
  const names = new Set((answer?.toolCalls ?? []).map(({ name }) => name ?? 'a tool without a name'));
  return [...names].toSorted().join(', ') || 'no tool';
}

function unfit(answer: Answer | null, tools: ReadonlyMap<string, Schema>, side: string): Breach[] {
  return (answer?.toolCalls ?? []).flatMap((call, index) => {
    const where = `${side}tool call ${index}`;
    const schema = tools.get(call.name ?? '');
    if (schema === undefined) {
      return [{ expected: `one of ${[...tools.keys()].join(', ')}`, actual: describe(call.name), where }];
    }
    // Cut off at the limit, as it was asked for.
    if (answer?.finishReason === 'length') return [];
    const value = call.arguments.trim() === '' ? {} : parseJson(call.arguments);
    if (value === undefined) return [{ expected: 'arguments that are JSON', actual: describe(call.arguments), where }];
    return schemaViolations(schema, value).map(({ expected, actual, pointer }) => ({
      expected,
      actual,
      where: `${where} ${pointer}`.trim(),
    }));
  });
}
