import { describe } from '../contract/validate.ts';
import type { Answer } from '../exchange/answer-view.ts';
import { readAnswer } from '../exchange/answer.ts';
import type { Breach, Check, Subject } from './check.ts';
import { costOf } from './cost.ts';
import { sameModel } from './model-names.ts';
import { priceBreaches } from './parity-price.ts';
import { offeredTools, toolBreaches } from './parity-tools.ts';
import { answerOf, answerPlace, isAnswer, numberAt } from './reading.ts';
import { usagePlace } from './usage-names.ts';

/**
 * How far the prompt tokens of both sides may lie apart: a tenth, and a few in any case. What OpenRouter hands on may be put into the
 * model's chat template a little differently, and a template is a handful of tokens. A whole system prompt is more.
 */
const tolerance = { part: 0.1, tokens: 16 };

/** What the provider itself answered to the same request; null when it was not asked. */
function directAnswerOf({ evidence }: Subject): Answer | null {
  return evidence.direct === undefined ? null : readAnswer(evidence.direct);
}

function isComparable(subject: Subject): boolean {
  return isAnswer(subject) && answerOf(subject) !== null && directAnswerOf(subject) !== null;
}

/**
 * The same request sent to the provider itself and through OpenRouter, side by side. Two runs of a model never promise the same words;
 * nor does OpenRouter promise that nothing at all differs, so that none of these binds.
 */
export const parityChecks = [
  {
    id: 'parity.same-model',
    level: 'should',
    holds: 'The model that answers through OpenRouter is the one that answers at the provider.',
    covers: ['parity.model'],
    needs: ['direct-models', 'direct'],
    applies: isComparable,
    judge: (subject) => {
      const routed = answerOf(subject)?.model ?? null;
      const direct = directAnswerOf(subject)?.model ?? null;
      return routed !== null && direct !== null && sameModel(routed, direct)
        ? []
        : [{ expected: `${describe(direct)}, as at the provider`, actual: describe(routed), where: '/model' }];
    },
  },
  {
    id: 'parity.same-finish',
    level: 'should',
    holds: 'An answer through OpenRouter ends for the kind of reason for which it ends at the provider.',
    covers: ['parity.finish-reason'],
    needs: ['direct-models', 'direct'],
    applies: isComparable,
    judge: (subject) => {
      const [routed, direct] = [answerOf(subject), directAnswerOf(subject)].map(endingOf);
      return routed === direct
        ? []
        : [
            {
              expected: `${describe(direct)}, as at the provider`,
              actual: describe(routed),
              where: `${answerPlace(subject)} finish_reason`,
            },
          ];
    },
  },
  {
    id: 'parity.tool-calls-valid',
    level: 'should',
    holds: 'Both sides call the same of the tools offered, with arguments that satisfy its schema.',
    covers: ['parity.tools'],
    needs: ['direct-models', 'direct'],
    applies: (subject) => isComparable(subject) && offeredTools(subject).size > 0,
    judge: (subject) => toolBreaches(subject, { routed: answerOf(subject), direct: directAnswerOf(subject) }),
  },
  {
    id: 'parity.prompt-tokens-close',
    level: 'should',
    holds: `Both sides count the same prompt tokens, but for ${tolerance.part * 100} % or ${tolerance.tokens} tokens.`,
    covers: ['parity.prompt-tokens'],
    needs: ['direct-models', 'direct'],
    applies: isComparable,
    judge: (subject) => {
      const routed = numberAt(answerOf(subject)?.usage, 'prompt_tokens');
      const direct = numberAt(directAnswerOf(subject)?.usage, 'prompt_tokens');
      if (direct === undefined) return [uncounted(subject)];
      const apart = Math.max(tolerance.tokens, direct * tolerance.part);
      return routed !== undefined && Math.abs(routed - direct) <= apart
        ? []
        : [
            {
              expected: `${direct}, as at the provider, give or take ${Math.floor(apart)}`,
              actual: describe(routed),
              where: usagePlace(subject, 'prompt_tokens'),
            },
          ];
    },
  },
  {
    id: 'parity.price-as-listed',
    level: 'should',
    holds: 'The upstream cost is the number of tokens times the price that the provider itself lists.',
    covers: ['parity.price'],
    needs: ['direct-models', 'direct'],
    applies: (subject) =>
      isComparable(subject) && subject.evidence['direct-models'] !== undefined && (costOf(subject).upstream ?? 0) > 0,
    judge: priceBreaches,
  },
] as const satisfies readonly Check[];

/**
 * vLLM, whose form the provider's answers have, says `stop` of some calls that the request demanded; OpenRouter says `tool_calls` of
 * every call. https://github.com/vllm-project/vllm/pull/25054 (2025-09), read 2026-11-23
 */
function endingOf(answer: Answer | null): string | null {
  const reason = answer?.finishReason ?? null;
  return reason === 'stop' && (answer?.toolCalls.length ?? 0) > 0 ? 'tool_calls' : reason;
}

/** The provider's own omission is nobody's breach at OpenRouter. */
function uncounted(subject: Subject): Breach {
  return {
    expected: 'a number',
    actual: describe(undefined),
    where: `direct ${usagePlace(subject, 'prompt_tokens')}`,
    level: 'observed',
  };
}
