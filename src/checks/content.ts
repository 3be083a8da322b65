import type { Schema } from '../contract/schemas/shape.ts';
import { describe, schemaViolations } from '../contract/validate.ts';
import { parseJson } from '../exchange/parse-json.ts';
import type { Check, Subject } from './check.ts';
import { answerOf, answerPlace, isJsonOrEmpty, numberAt } from './reading.ts';
import { usagePlace } from './usage-names.ts';

/** Ids of the checks that scenarios make for themselves. */
export type ContentCheckId = ReturnType<
  | typeof finishReasonIs
  | typeof contentContains
  | typeof contentIsJsonFor
  | typeof calledTool
  | typeof hasReasoning
  | typeof stopsBefore
  | typeof tokensAtMost
>['id'];

function contentOf(subject: Subject): string {
  return answerOf(subject)?.content ?? '';
}

function whereOf(subject: Subject): string {
  return `${answerPlace(subject)} content`;
}

/** The answer ended for one of these reasons. */
export function finishReasonIs(...reasons: readonly string[]) {
  return {
    id: 'content.finish-reason',
    level: 'must',
    holds: `The answer ends with ${reasons.join(' or ')}.`,
    covers: ['stream.finish-reason'],
    judge: (subject) => {
      const reason = answerOf(subject)?.finishReason ?? null;
      return reason !== null && reasons.includes(reason)
        ? []
        : [
            {
              expected: reasons.join(' or '),
              actual: describe(reason),
              where: `${answerPlace(subject)} finish_reason`,
            },
          ];
    },
  } as const satisfies Check;
}

/** The content contains `text`, in whatever case. A model may say something else, and breaks nobody's promise: so it only warns. */
export function contentContains(text: string) {
  return {
    id: 'content.contains',
    level: 'should',
    holds: `The content contains ${describe(text)}.`,
    covers: ['api.messages'],
    judge: (subject) =>
      contentOf(subject).toLowerCase().includes(text.toLowerCase())
        ? []
        : [
            {
              expected: `content with ${describe(text)}`,
              actual: describe(contentOf(subject)),
              where: whereOf(subject),
            },
          ],
  } as const satisfies Check;
}

/** The content is JSON and satisfies `schema`. */
export function contentIsJsonFor(schema: Schema) {
  return {
    id: 'content.is-json-for-schema',
    level: 'must',
    holds: 'The content is JSON that satisfies the schema of the request.',
    covers: ['api.structured-outputs'],
    judge: (subject) => {
      const value = parseJson(contentOf(subject));
      if (value === undefined)
        return [{ expected: 'JSON', actual: describe(contentOf(subject)), where: whereOf(subject) }];
      return schemaViolations(schema, value).map(({ expected, actual, pointer }) => ({
        expected,
        actual,
        where: `${whereOf(subject)} ${pointer}`.trim(),
      }));
    },
  } as const satisfies Check;
}

/** The tool was called, at least `times`, each call whole: id, name and arguments that are JSON. */
export function calledTool(name: string, { times = 1 }: { times?: number } = {}) {
  return {
    id: 'content.called-tool',
    level: 'must',
    holds: `${name} is called${times === 1 ? '' : ` at least ${times} times`}, with arguments that are JSON.`,
    covers: ['api.tools'],
    judge: (subject) => {
      const calls = (answerOf(subject)?.toolCalls ?? []).filter((call) => call.name === name);
      const broken = calls.flatMap((call) => [
        ...call.problems.map((problem) => ({
          expected: 'a whole call',
          actual: problem,
          where: `tool call ${call.index}`,
        })),
        ...(isJsonOrEmpty(call.arguments)
          ? []
          : [
              {
                expected: 'arguments that are JSON',
                actual: describe(call.arguments),
                where: `tool call ${call.index}`,
              },
            ]),
      ]);
      return calls.length >= times
        ? broken
        : [
            ...broken,
            {
              expected: `${times} calls of ${name}`,
              actual: String(calls.length),
              where: `${answerPlace(subject)} tool_calls`,
            },
          ];
    },
  } as const satisfies Check;
}

/** The answer carries reasoning, as text or as details of which some may be encrypted. */
export function hasReasoning() {
  return {
    id: 'content.has-reasoning',
    level: 'must',
    holds: 'The answer carries reasoning.',
    covers: ['api.reasoning'],
    judge: (subject) => {
      const answer = answerOf(subject);
      return (answer?.reasoning ?? '') !== '' || (answer?.reasoningDetails.length ?? 0) > 0
        ? []
        : [{ expected: 'reasoning', actual: 'none', where: `${answerPlace(subject)} reasoning` }];
    },
  } as const satisfies Check;
}

/** The content ends before the stop sequence `text`. */
export function stopsBefore(text: string) {
  return {
    id: 'content.stops-before',
    level: 'must',
    holds: `The content ends before ${describe(text)}.`,
    covers: ['api.stop'],
    judge: (subject) =>
      contentOf(subject).includes(text)
        ? [
            {
              expected: `nothing from ${describe(text)} on`,
              actual: describe(contentOf(subject)),
              where: whereOf(subject),
            },
          ]
        : [],
  } as const satisfies Check;
}

/** No more than `limit` tokens were generated. */
export function tokensAtMost(limit: number) {
  return {
    id: 'content.tokens-at-most',
    level: 'must',
    holds: `At most ${limit} tokens are generated.`,
    covers: ['api.max-tokens'],
    judge: (subject) => {
      const tokens = numberAt(answerOf(subject)?.usage, 'completion_tokens');
      return tokens !== undefined && tokens <= limit
        ? []
        : [{ expected: `at most ${limit}`, actual: describe(tokens), where: usagePlace(subject, 'completion_tokens') }];
    },
  } as const satisfies Check;
}
