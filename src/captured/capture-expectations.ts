import type { CheckId } from '../checks/checks.ts';

/** A finding that is right about a captured answer, and why the answer is so. */
export interface CaptureExpectation {
  /** Beginning of the capture's file name, e.g. `e05`. */
  capture: string;
  check: CheckId;
  reason: string;
}

const bare = 'The failure came with status 200: only its body tells.';
const usageOnly = 'Only the usage object of the answer was published.';
const row = 'Only one row of the list was published, without most of its fields.';
const head = 'Only the head of the stream was published.';

/**
 * What remains of binding findings among public captures. All else that is found there is a mistake, in the contract or in
 * a check: an expectation that no longer holds has to go too.
 */
export const captureExpectations: readonly CaptureExpectation[] = [
  { capture: 'c005', check: 'response.no-in-band-error', reason: bare },
  { capture: 'e05', check: 'response.error-has-message', reason: 'Only the value of error was published.' },
  { capture: 'e05', check: 'response.error-schema', reason: 'Only the value of error was published.' },
  { capture: 'e38', check: 'response.no-in-band-error', reason: bare },
  {
    capture: 'e38',
    check: 'response.well-formed',
    reason: 'An event stream whose body is one JSON object without framing.',
  },
  { capture: 'e38', check: 'stream.content-type', reason: 'An event stream without any event.' },
  { capture: 'e38', check: 'stream.error-before-token-is-plain', reason: bare },
  { capture: 'e41', check: 'response.no-in-band-error', reason: 'The stream broke off with an error chunk.' },
  { capture: 'e41', check: 'stream.error-before-token-is-plain', reason: 'The only chunk published is the error.' },
  { capture: 'e42', check: 'response.no-in-band-error', reason: bare },
  { capture: 'e43', check: 'response.no-in-band-error', reason: 'The error stands inside the choice.' },
  { capture: 'e45', check: 'response.schema', reason: usageOnly },
  { capture: 'e45', check: 'response.finish-reason', reason: usageOnly },
  { capture: 'e45', check: 'usage.present', reason: usageOnly },
  { capture: 'e46', check: 'response.schema', reason: usageOnly },
  { capture: 'e46', check: 'response.finish-reason', reason: usageOnly },
  { capture: 'e46', check: 'usage.present', reason: usageOnly },
  { capture: 'e47', check: 'response.schema', reason: usageOnly },
  { capture: 'e47', check: 'response.finish-reason', reason: usageOnly },
  { capture: 'e47', check: 'usage.present', reason: usageOnly },
  { capture: 'e48', check: 'stream.done-last-and-once', reason: head },
  { capture: 'e48', check: 'stream.usage-once', reason: head },
  { capture: 'e49', check: 'response.schema', reason: row },
];
