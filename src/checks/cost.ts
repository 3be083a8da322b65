import { describe } from '../contract/validate.ts';
import { softenedByAge } from './age.ts';
import type { Level } from '../contract/requirement.ts';
import type { Check, Subject } from './check.ts';
import { inBandErrors } from './errors.ts';
import { failsAsExpected } from './expected-failure.ts';
import { answerOf, at, isObject, listAt, numberAt, parts, same, skinOf, stringAt, succeeded } from './reading.ts';
import { isByokOf, isStreamedMessage, recordOf } from './routing-evidence.ts';
import { costPartNames } from './usage-names.ts';
import { usedServerTools } from './usage.ts';

/** The most that OpenRouter takes for a request on the customer's own key, as a part of its list price. */
const byokFee = 0.05;

function usageOf(subject: Subject): unknown {
  return skinOf(subject) === null ? undefined : answerOf(subject)?.usage;
}

/** What an answer says it cost, in US dollars. A streamed message does not say it; its generation record does. */
export function costOf(subject: Subject): { cost?: number; upstream?: number; isByok?: boolean } {
  const usage = usageOf(subject);
  const record = isStreamedMessage(subject) ? recordOf(subject) : undefined;
  const cost = numberAt(usage, 'cost') ?? numberAt(record, 'total_cost');
  const upstream =
    numberAt(usage, 'cost_details', 'upstream_inference_cost') ?? numberAt(record, 'upstream_inference_cost');
  const isByok = skinOf(subject) === null ? undefined : isByokOf(subject).value;
  return {
    ...(cost === undefined ? {} : { cost }),
    ...(upstream === undefined ? {} : { upstream }),
    ...(typeof isByok === 'boolean' ? { isByok } : {}),
  };
}

/**
 * Whether something beside tokens may have been paid for: plugins, web search and server tools add fees of their own.
 * Undefined when the request is not known.
 */
function hasExtras(subject: Subject): boolean | undefined {
  if (usedServerTools(subject) || hasCitations(subject)) return true;
  const body = subject.exchange.call.body;
  if (!isObject(body)) return undefined;
  return (
    listAt(body, 'plugins').length > 0 ||
    body['web_search_options'] !== undefined ||
    (stringAt(body, 'model') ?? '').endsWith(':online') ||
    listAt(body, 'tools').some((tool) => !ownTools.has(at(tool, 'type')))
  );
}

/** Tools that the caller runs; those of /messages need no type. */
const ownTools: ReadonlySet<unknown> = new Set(['function', 'custom', undefined]);

function hasCitations(subject: Subject): boolean {
  return parts(subject).some(({ json }) =>
    listAt(json, 'choices').some(
      (choice) =>
        listAt(choice, 'message', 'annotations').length > 0 || listAt(choice, 'delta', 'annotations').length > 0,
    ),
  );
}

/** What an answer says it cost. Source: cookbook/administration/usage-accounting. */
export const costChecks = [
  {
    id: 'cost.present',
    level: 'must',
    holds: 'Usage says what the answer cost.',
    covers: ['usage.cost'],
    applies: (subject) =>
      isObject(usageOf(subject)) &&
      succeeded(subject) &&
      inBandErrors(subject).length === 0 &&
      !isStreamedMessage(subject),
    judge: (subject) => {
      const cost = at(usageOf(subject), 'cost');
      return typeof cost === 'number'
        ? []
        : softenedByAge(subject, [{ expected: 'a number', actual: describe(cost), where: '/usage/cost' }]);
    },
  },
  {
    id: 'cost.byok-fee-at-most-5-percent',
    level: 'must',
    holds: 'On the customer’s own key OpenRouter takes at most 5 % of the list price.',
    covers: ['guide.fee', 'usage.cost'],
    applies: (subject) => costOf(subject).isByok === true && costOf(subject).cost !== undefined,
    judge: (subject) => {
      const { cost = 0, upstream = 0 } = costOf(subject);
      const limit = byokFee * upstream;
      return cost <= limit || same(cost, limit)
        ? []
        : [{ expected: `at most ${limit}, 5 % of ${upstream}`, actual: String(cost), where: '/usage/cost' }];
    },
  },
  {
    id: 'cost.byok-upstream-stated',
    level: 'must',
    holds: 'On the customer’s own key usage says what the provider bills, and that is more than nothing.',
    covers: ['usage.cost-details'],
    applies: (subject) =>
      costOf(subject).isByok === true &&
      (numberAt(usageOf(subject), 'prompt_tokens') ?? 0) > 0 &&
      inBandErrors(subject).length === 0 &&
      // Neither does a streamed message without its record say it, nor does an answer without content cost anything.
      !(isStreamedMessage(subject) && recordOf(subject) === undefined) &&
      !failsAsExpected(subject, 'silent'),
    judge: (subject) => {
      const { upstream } = costOf(subject);
      if (upstream !== undefined && upstream > 0) return [];
      const actual = describe(at(usageOf(subject), 'cost_details', 'upstream_inference_cost'));
      return [{ expected: 'more than 0', actual, where: '/usage/cost_details/upstream_inference_cost' }];
    },
  },
  {
    id: 'cost.shared-is-upstream',
    level: 'must',
    holds: 'On shared capacity the cost is the price of the request, not charged twice nor halved.',
    covers: ['usage.cost', 'usage.cost-details'],
    applies: (subject) => {
      const { cost, upstream, isByok } = costOf(subject);
      // Null until 2026-01, and 0 in the documentation of the generation record.
      return isByok === false && cost !== undefined && upstream !== undefined && upstream > 0;
    },
    judge: (subject) => {
      const { cost = 0, upstream = 0 } = costOf(subject);
      if (same(cost, upstream) || inBandErrors(subject).length > 0) return [];
      return [
        {
          expected: String(upstream),
          actual: String(cost),
          where: '/usage/cost',
          ...allowance(subject, cost < upstream),
        },
      ];
    },
  },
  {
    id: 'cost.parts-add-up',
    level: 'should',
    holds: 'Prompt and completion part make up what the provider bills.',
    covers: ['usage.cost-details'],
    applies: (subject) => costOf(subject).upstream !== undefined,
    judge: (subject) => {
      const details = at(usageOf(subject), 'cost_details');
      const prompt = numberAt(details, 'upstream_inference_prompt_cost');
      const completion = numberAt(details, 'upstream_inference_completions_cost');
      const { upstream = 0 } = costOf(subject);
      if (prompt === undefined || completion === undefined || same(prompt + completion, upstream)) return [];
      return [
        {
          expected: `${prompt} + ${completion}`,
          actual: String(upstream),
          where: '/usage/cost_details/upstream_inference_cost',
          // The fee of a native web search stands only in the sum.
          ...(hasExtras(subject) === false ? {} : { level: 'observed' as const }),
        },
      ];
    },
  },
  {
    id: 'cost.names-of-the-api',
    level: 'must',
    holds:
      'The parts of the cost have the names of the API: input and output on /responses, prompt and completions elsewhere.',
    covers: ['usage.cost-details'],
    applies: (subject) => skinOf(subject) !== null && isObject(at(answerOf(subject)?.rawUsage, 'cost_details')),
    judge: (subject) => {
      const names = Object.keys(Object(at(answerOf(subject)?.rawUsage, 'cost_details')));
      const own = costPartNames(skinOf(subject) ?? 'chat');
      return names
        .filter((name) => /^upstream_inference_.+_cost$/.test(name) && !own.includes(name))
        .map((name) => ({ expected: own.join(', '), actual: name, where: '/usage/cost_details' }));
    },
  },
  {
    id: 'cost.nothing-for-an-error',
    level: 'must',
    holds: 'An answer that ends in an error, or is empty, costs nothing.',
    covers: ['usage.no-charge-on-error'],
    applies: (subject) =>
      costOf(subject).cost !== undefined && (inBandErrors(subject).length > 0 || failsAsExpected(subject, 'silent')),
    judge: (subject) => {
      const { cost } = costOf(subject);
      return cost === 0 ? [] : [{ expected: '0', actual: String(cost), where: '/usage/cost' }];
    },
  },
] as const satisfies readonly Check[];

/** Some providers give OpenRouter a discount that it passes on: 20 % to 35 % was seen. */
function allowance(subject: Subject, cheaper: boolean): { level?: Level } {
  return cheaper || hasExtras(subject) !== false ? { level: 'observed' } : {};
}
