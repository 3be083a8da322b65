import { describe } from '../contract/validate.ts';
import { softenedByAge } from './age.ts';
import type { Breach, Check, Subject } from './check.ts';
import { inBandErrors } from './errors.ts';
import { failsAsExpected } from './expected-failure.ts';
import { answerOf, at, isAnswer, isObject, numberAt, skinOf } from './reading.ts';
import { isByokOf, isStreamedMessage, providersOf, recordOf } from './routing-evidence.ts';
import { usagePlace } from './usage-names.ts';

function isWhole(subject: Subject): boolean {
  return (
    isAnswer(subject) &&
    answerOf(subject) !== null &&
    inBandErrors(subject).length === 0 &&
    !failsAsExpected(subject, 'silent')
  );
}

function usageOf(subject: Subject): unknown {
  return answerOf(subject)?.usage;
}

function hasUsage(subject: Subject): boolean {
  return skinOf(subject) !== null && isObject(usageOf(subject));
}

/** Whether OpenRouter's own tools ran, in which case usage sums up several requests and has no `is_byok` (seen 2026-08). */
export function usedServerTools(subject: Subject): boolean {
  return isObject(at(usageOf(subject), 'server_tool_use_details'));
}

/** Tokens, and whose key paid. */
export const usageChecks = [
  {
    id: 'usage.present',
    level: 'must',
    holds: 'An answer carries its usage.',
    covers: ['usage.tokens'],
    applies: (subject) => isWhole(subject) && subject.exchange.stream === null,
    judge: (subject) =>
      hasUsage(subject)
        ? []
        : softenedByAge(subject, [
            { expected: 'an object', actual: describe(at(subject.exchange.json, 'usage')), where: '/usage' },
          ]),
  },
  {
    id: 'usage.total-is-sum',
    level: 'must',
    holds: 'Total tokens are prompt tokens plus completion tokens.',
    covers: ['usage.tokens'],
    applies: hasUsage,
    judge: (subject) => {
      const usage = usageOf(subject);
      const [prompt, completion, total] = ['prompt_tokens', 'completion_tokens', 'total_tokens'].map((field) =>
        numberAt(usage, field),
      );
      if (prompt === undefined || completion === undefined || total === undefined) return [];
      return total === prompt + completion
        ? []
        : [
            {
              expected: `${prompt} + ${completion}`,
              actual: String(total),
              where: usagePlace(subject, 'total_tokens'),
            },
          ];
    },
  },
  {
    id: 'usage.details-within-totals',
    // No source states it, and some upstreams counted reasoning beside the completion still in 2026-03.
    level: 'should',
    holds: 'No part of the prompt or completion tokens is larger than the whole.',
    covers: ['usage.reasoning-tokens'],
    applies: hasUsage,
    judge: (subject) => [
      ...larger(subject, 'prompt_tokens', 'prompt_tokens_details', ['cached_tokens', 'cache_write_tokens']),
      ...larger(subject, 'completion_tokens', 'completion_tokens_details', ['reasoning_tokens']),
    ],
  },
  {
    id: 'usage.is-byok-present',
    level: 'should',
    holds:
      'usage.is_byok says whose key paid; it may be absent where server tools ran, and is from a streamed message.',
    covers: ['usage.is-byok'],
    applies: (subject) => hasUsage(subject) && !usedServerTools(subject) && !isStreamedMessage(subject),
    judge: (subject) =>
      at(usageOf(subject), 'is_byok') === undefined
        ? softenedByAge(subject, [{ expected: 'true or false', actual: 'absent', where: '/usage/is_byok' }])
        : [],
  },
  {
    id: 'usage.is-byok-boolean',
    level: 'must',
    holds: 'usage.is_byok, where sent, is a boolean.',
    covers: ['usage.is-byok'],
    applies: hasUsage,
    judge: (subject) => {
      const value = at(usageOf(subject), 'is_byok');
      return value === undefined || typeof value === 'boolean'
        ? []
        : [{ expected: 'true or false', actual: describe(value), where: '/usage/is_byok' }];
    },
  },
  {
    id: 'usage.is-byok-expected',
    level: 'must',
    holds: 'Usage, or what stands for it in a streamed message, says that the key paid which the scenario expects.',
    covers: ['guide.is-byok-true', 'guide.is-byok-false', 'usage.is-byok'],
    applies: (subject) => subject.expect.isByok !== undefined && isAnswer(subject),
    judge: (subject) => {
      const { value, where } = isByokOf(subject);
      if (value === subject.expect.isByok) return [];
      const served = providersOf(subject).map(({ provider }) => provider);
      const by = served.length === 0 ? 'nobody knows by whom' : `by ${[...new Set(served)].join(', ')}`;
      return [
        {
          expected: String(subject.expect.isByok),
          actual: `${describe(value)}, served ${by}`,
          where,
        },
      ];
    },
  },
  {
    id: 'usage.is-byok-agrees',
    level: 'must',
    holds: 'Usage, routing metadata and generation record agree about whose key paid.',
    covers: ['usage.is-byok', 'metadata.routing', 'generation.record'],
    applies: isAnswer,
    judge: (subject) => {
      const record = recordOf(subject);
      const stated = [
        { where: '/usage/is_byok', value: at(usageOf(subject), 'is_byok') },
        { where: '/openrouter_metadata/is_byok', value: at(answerOf(subject)?.metadata, 'is_byok') },
        { where: 'generation /data/is_byok', value: at(record, 'is_byok') },
      ].filter(({ value }) => typeof value === 'boolean');
      const [first, ...others] = stated;
      return others
        .filter(({ value }) => value !== first?.value)
        .map(({ where, value }) => ({
          expected: `${first?.value}, as in ${first?.where}`,
          actual: String(value),
          where,
        }));
    },
  },
] as const satisfies readonly Check[];

function larger(subject: Subject, whole: string, details: string, fields: readonly string[]): Breach[] {
  const usage = usageOf(subject);
  const total = numberAt(usage, whole);
  if (total === undefined) return [];
  return fields.flatMap((field) => {
    const part = numberAt(usage, details, field);
    return part === undefined || part <= total
      ? []
      : [{ expected: `at most ${total}`, actual: String(part), where: usagePlace(subject, `${details}/${field}`) }];
  });
}
