import { describe } from '../contract/validate.ts';
import type { Breach, Check, Subject } from './check.ts';
import { inBandErrors } from './errors.ts';
import { answerOf, at, header, isAnswer, numberAt, same, stringAt } from './reading.ts';
import { recordOf } from './routing-evidence.ts';

function isIdentified(subject: Subject): boolean {
  return isAnswer(subject) && (answerOf(subject)?.id ?? null) !== null;
}

/** The id of the generation: that of the answer, but for a message, whose own id is Anthropic's affair. */
function generationIdOf(subject: Subject): { id: string; where: string } | undefined {
  const sent = header(subject, 'x-generation-id');
  const id = subject.endpoint === 'messages' ? undefined : (answerOf(subject)?.id ?? undefined);
  if (id !== undefined) return { id, where: '/id' };
  return sent === undefined ? undefined : { id: sent, where: 'header x-generation-id' };
}

/** The generation id, and the record it leads to. */
export const idChecks = [
  {
    id: 'ids.generation-prefix',
    level: 'must',
    holds: 'The id of an answer begins with gen-.',
    covers: ['generation.id'],
    // A recorder that replaces ids has nothing left to judge.
    applies: (subject) => isAnswer(subject) && !/redacted/i.test(generationIdOf(subject)?.id ?? 'redacted'),
    judge: (subject) => {
      const { id = '', where = '' } = generationIdOf(subject) ?? {};
      return id.startsWith('gen-') ? [] : [{ expected: 'gen-…', actual: describe(id), where }];
    },
  },
  {
    id: 'ids.header-is-id',
    level: 'should',
    holds: 'X-Generation-Id, where sent, is the id in the body.',
    covers: ['generation.id'],
    applies: (subject) =>
      isIdentified(subject) && subject.endpoint !== 'messages' && header(subject, 'x-generation-id') !== undefined,
    judge: (subject) => {
      const id = answerOf(subject)?.id;
      const sent = header(subject, 'x-generation-id') ?? '';
      return sent === id ? [] : [{ expected: describe(id), actual: sent, where: 'header x-generation-id' }];
    },
  },
  {
    id: 'ids.created-matches-id',
    level: 'observed',
    holds: 'An id that contains a time contains that of created, give or take some seconds.',
    covers: ['generation.id'],
    applies: (subject) =>
      isIdentified(subject) && epochOf(subject) !== undefined && answerOf(subject)?.created !== null,
    judge: (subject) => {
      const epoch = epochOf(subject) ?? 0;
      const created = answerOf(subject)?.created ?? 0;
      return Math.abs(created - epoch) <= 60
        ? []
        : [{ expected: `about ${epoch}, as in the id`, actual: String(created), where: '/created' }];
    },
  },
  {
    id: 'ids.record-found',
    level: 'must',
    holds: 'The generation has a record.',
    covers: ['generation.record'],
    needs: ['generation'],
    applies: (subject) => isIdentified(subject) && subject.evidence.generation !== undefined,
    judge: (subject) =>
      recordOf(subject) === undefined
        ? [
            {
              expected: 'status 200 with data',
              actual: `status ${subject.evidence.generation?.response?.status}`,
              where: 'generation',
            },
          ]
        : [],
  },
  {
    id: 'ids.record-agrees',
    level: 'must',
    holds: 'The generation record repeats the answer’s id, tokens, cost and finish reason.',
    covers: ['generation.record', 'usage.tokens', 'usage.cost'],
    needs: ['generation'],
    applies: (subject) =>
      isIdentified(subject) && recordOf(subject) !== undefined && inBandErrors(subject).length === 0,
    judge: (subject) => recordBreaches(subject),
  },
  {
    id: 'ids.record-model',
    level: 'observed',
    holds: 'The generation record names the model of the answer, or its dated name.',
    covers: ['generation.record'],
    needs: ['generation'],
    applies: (subject) => isIdentified(subject) && recordOf(subject) !== undefined,
    judge: (subject) => {
      const said = answerOf(subject)?.model ?? '';
      const recorded = stringAt(recordOf(subject), 'model') ?? '';
      // The echo of the model has been the requested name and the dated one by turns (2026-02, 2026-03, 2026-07).
      return recorded.startsWith(said) || said.startsWith(recorded)
        ? []
        : [{ expected: describe(said), actual: describe(recorded), where: 'generation /data/model' }];
    },
  },
] as const satisfies readonly Check[];

function epochOf(subject: Subject): number | undefined {
  const epoch = /^gen-(\d{10})-/.exec(answerOf(subject)?.id ?? '')?.[1];
  return epoch === undefined ? undefined : Number(epoch);
}

function recordBreaches(subject: Subject): Breach[] {
  const record = recordOf(subject);
  const answer = answerOf(subject);
  const usage = answer?.usage;
  const numbers = [
    ['native_tokens_prompt', numberAt(usage, 'prompt_tokens')],
    ['native_tokens_completion', numberAt(usage, 'completion_tokens')],
    ['usage', numberAt(usage, 'cost')],
    ['total_cost', numberAt(usage, 'cost')],
    [
      'upstream_inference_cost',
      at(usage, 'is_byok') === true ? numberAt(usage, 'cost_details', 'upstream_inference_cost') : undefined,
    ],
  ] as const;
  const words = [
    ['id', generationIdOf(subject)?.id],
    ['finish_reason', answer?.finishReason],
  ] as const;
  return [
    ...numbers.flatMap(([field, said]) => {
      const recorded = numberAt(record, field);
      return said === undefined || recorded === undefined || same(recorded, said)
        ? []
        : [differs(field, said, recorded)];
    }),
    ...words.flatMap(([field, said]) => {
      const recorded = stringAt(record, field);
      return said === undefined || said === null || recorded === undefined || recorded === said
        ? []
        : [differs(field, said, recorded)];
    }),
  ];
}

function differs(field: string, said: unknown, recorded: unknown): Breach {
  return {
    expected: `${describe(said)}, as in the answer`,
    actual: describe(recorded),
    where: `generation /data/${field}`,
    // That tokens are counted the same, and words translated alike, no source says.
    ...(/^native_tokens|^finish_reason/.test(field) && { level: 'should' as const }),
  };
}
