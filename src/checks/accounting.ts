import { describe } from '../contract/validate.ts';
import type { Breach, Check, EvidenceName, Subject } from './check.ts';
import { costOf } from './cost.ts';
import { numberAt } from './reading.ts';

/** A difference of two account figures has the rounding of figures that may be thousands of times larger. */
const tolerance = 1e-7;

function isCharged(subject: Subject): boolean {
  const { cost, isByok } = costOf(subject);
  return cost !== undefined && isByok !== undefined;
}

/** What the answer cost is what the accounts were charged: the key's counters, the credits, the provider's ledger. */
export const accountingChecks = [
  {
    id: 'cost.key-usage-grows',
    level: 'must',
    holds: 'The key’s usage grows by the cost, and its BYOK usage by what the provider bills on the customer’s key.',
    covers: ['usage.key-accounting'],
    needs: ['key-before', 'key-after'],
    applies: (subject) => isCharged(subject) && has(subject, 'key-before', 'key-after'),
    judge: (subject) => {
      const { cost = 0, upstream = 0, isByok = false } = costOf(subject);
      return [
        ...growth(subject, { before: 'key-before', after: 'key-after', field: 'usage', by: cost }),
        ...growth(subject, {
          before: 'key-before',
          after: 'key-after',
          field: 'byok_usage',
          by: isByok ? upstream : 0,
        }),
      ];
    },
  },
  {
    id: 'cost.credits-charged',
    level: 'must',
    holds: 'The account’s credits are charged exactly the cost.',
    covers: ['usage.cost', 'api.credits'],
    needs: ['credits-before', 'credits-after'],
    applies: (subject) => isCharged(subject) && has(subject, 'credits-before', 'credits-after'),
    judge: (subject) =>
      growth(subject, {
        before: 'credits-before',
        after: 'credits-after',
        field: 'total_usage',
        by: costOf(subject).cost ?? 0,
      }),
  },
  {
    id: 'cost.provider-charged',
    level: 'must',
    holds: 'The provider bills the customer’s key the price when that key served, and nothing when it did not.',
    covers: ['guide.is-byok-true', 'usage.cost-details'],
    needs: ['ledger-before', 'ledger-after'],
    applies: (subject) => isCharged(subject) && has(subject, 'ledger-before', 'ledger-after'),
    judge: (subject) => {
      const { upstream = 0, isByok = false } = costOf(subject);
      return growth(subject, {
        before: 'ledger-before',
        after: 'ledger-after',
        field: 'charged_usd',
        by: isByok ? upstream : 0,
      });
    },
  },
] as const satisfies readonly Check[];

function has({ evidence }: Subject, ...names: EvidenceName[]): boolean {
  return names.every((name) => evidence[name] !== undefined);
}

interface Growth {
  before: EvidenceName;
  after: EvidenceName;
  /** Field of `data`. */
  field: string;
  by: number;
}

function growth({ evidence }: Subject, { before, after, field, by }: Growth): Breach[] {
  const [from, to] = [before, after].map((name) => numberAt(evidence[name]?.json, 'data', field));
  if (from === undefined || to === undefined) {
    const missing = from === undefined ? before : after;
    const status = evidence[missing]?.response?.status;
    return [
      { expected: 'a number', actual: `${describe(undefined)}, status ${status}`, where: `${missing} /data/${field}` },
    ];
  }
  const grown = to - from;
  return Math.abs(grown - by) <= tolerance
    ? []
    : [{ expected: `${field} to grow by ${by}`, actual: `by ${grown}`, where: `${after} /data/${field}` }];
}
