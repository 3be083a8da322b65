import type { Difference } from './difference.ts';
import { enumDifferences } from './enums.ts';
import { fieldDifferences } from './fields.ts';
import { type KnownDifference, knownDifferences } from './known.ts';
import type { Specification } from './specification.ts';
import { statusDifferences } from './statuses.ts';

/** How far a specification has moved away from the contract. */
export interface Drift {
  /** Differences without a reason, and reasons without their difference. */
  unexpected: Difference[];
  /** Known differences that showed. */
  known: KnownDifference[];
}

/** Compares a specification with the contract: statuses of operations, sets of words, fields of answers. */
export function driftOf(specification: Specification, knowns: readonly KnownDifference[] = knownDifferences): Drift {
  const found = [
    ...statusDifferences(specification),
    ...enumDifferences(specification),
    ...fieldDifferences(specification),
  ];
  const shows = (known: KnownDifference) => found.some((one) => isThe(known, one));
  const stale = knowns
    .filter((known) => !shows(known))
    .map(({ path, what }): Difference => ({
      path,
      what: 'changed',
      expected: `known as ${what}`,
      actual: 'no difference',
    }));
  return {
    unexpected: [...found.filter((one) => !knowns.some((known) => isThe(known, one))), ...stale],
    known: knowns.filter(shows),
  };
}

function isThe(known: KnownDifference, { path, what }: Difference): boolean {
  return known.path === path && known.what === what;
}
