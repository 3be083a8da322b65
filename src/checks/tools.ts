import { describe } from '../contract/validate.ts';
import type { Breach, Check, Subject } from './check.ts';
import { answerOf, answerPlace, at, hasChoices, isJsonOrEmpty, listAt, parts } from './reading.ts';

/** Tool calls, as far as they can be judged without knowing what was asked. */
export const toolChecks = [
  {
    id: 'tools.calls-are-named',
    level: 'must',
    holds: 'Every tool call has an id and a name, in its first fragment when it is streamed.',
    covers: ['api.tools'],
    applies: (subject) => (answerOf(subject)?.toolCalls.length ?? 0) > 0,
    judge: (subject) => {
      if (!hasChoices(subject)) return unnamed(subject);
      const begun = new Set<unknown>();
      return parts(subject).flatMap(({ where, json }) => {
        const said = at(json, 'choices', 0, 'delta') ?? at(json, 'choices', 0, 'message');
        return listAt(said, 'tool_calls').flatMap((call, position) => {
          const key = subject.exchange.stream === null ? position : at(call, 'index');
          if (begun.has(key)) return [];
          begun.add(key);
          return [
            ['id', at(call, 'id')],
            ['function/name', at(call, 'function', 'name')],
          ]
            .filter(([, value]) => typeof value !== 'string' || value === '')
            .map(([field, value]) => ({
              expected: 'a string that is not empty',
              actual: describe(value),
              where: `${where} /choices/0 tool call ${position} ${String(field)}`.trim(),
            }));
        });
      });
    },
  },
  {
    id: 'tools.arguments-are-json',
    level: 'should',
    holds: 'The arguments of every tool call are JSON, unless the answer was cut at its length.',
    covers: ['api.tools'],
    applies: (subject) => {
      const answer = answerOf(subject);
      return answer !== null && answer.toolCalls.length > 0 && answer.finishReason !== 'length';
    },
    judge: (subject) =>
      (answerOf(subject)?.toolCalls ?? []).flatMap((call, index) =>
        isJsonOrEmpty(call.arguments)
          ? []
          : [{ expected: 'arguments that are JSON', actual: describe(call.arguments), where: `tool call ${index}` }],
      ),
  },
  {
    id: 'tools.ids-differ',
    level: 'must',
    holds: 'No two tool calls of an answer share an id.',
    covers: ['api.tools'],
    applies: (subject) => (answerOf(subject)?.toolCalls.length ?? 0) > 1,
    judge: (subject) => {
      const ids = (answerOf(subject)?.toolCalls ?? []).map(({ id }) => id);
      return ids.flatMap((id, index) =>
        typeof id === 'string' && ids.indexOf(id) < index
          ? [{ expected: 'an id of its own', actual: describe(id), where: `tool call ${index}` }]
          : [],
      );
    },
  },
  {
    id: 'tools.finish-reason',
    level: 'must',
    holds: 'An answer that ends with tool_calls contains at least one.',
    covers: ['api.tools', 'stream.finish-reason'],
    applies: (subject) => answerOf(subject)?.finishReason === 'tool_calls',
    judge: (subject) =>
      (answerOf(subject)?.toolCalls.length ?? 0) > 0
        ? []
        : [{ expected: 'a tool call', actual: 'none', where: answerPlace(subject) }],
  },
] as const satisfies readonly Check[];

/** The other APIs announce each call by itself. */
function unnamed(subject: Subject): Breach[] {
  return (answerOf(subject)?.toolCalls ?? []).flatMap(({ id, name }, index) =>
    Object.entries({ id, name })
      .filter(([, value]) => value === null || value === '')
      .map(([field, value]) => ({
        expected: 'a string that is not empty',
        actual: describe(value),
        where: `tool call ${index} ${field}`,
      })),
  );
}
