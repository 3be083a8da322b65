/** One place where a published specification is not what the contract holds it to be. */
export interface Difference {
  /** Where, in the words of the specification: `GET /key 200 data.limit`, `POST /messages 402`, `ApiErrorType server`. */
  path: string;
  /** In the specification only, in the contract only, or in both and not the same. */
  what: 'new' | 'gone' | 'changed';
  /** What the contract has. */
  expected: string;
  /** What the specification has. */
  actual: string;
}

/** The differences of two sets of words at one place. */
export function setDifferences(at: string, expected: readonly string[], actual: readonly string[]): Difference[] {
  const news = actual.filter((word) => !expected.includes(word));
  const gone = expected.filter((word) => !actual.includes(word));
  return [
    ...news.map((word) => ({ path: `${at} ${word}`, what: 'new', expected: 'absent', actual: 'present' }) as const),
    ...gone.map((word) => ({ path: `${at} ${word}`, what: 'gone', expected: 'present', actual: 'absent' }) as const),
  ];
}
