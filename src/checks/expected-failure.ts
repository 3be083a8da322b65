import type { Subject } from './check.ts';
import { formOf, formsOf, type SeenForm } from './error-form.ts';
import { skinOf, statusOf } from './reading.ts';

const inBand: readonly SeenForm[] = [
  'mid-stream',
  'choice',
  'responses-event',
  'messages-event',
  'failed-object',
  'bare',
];

/**
 * The form in which the exchange fails, when that is just the failure its scenario provokes: what a row of the catalogue says is
 * no breach of what holds for every other answer. Null when another failure, or none, is expected.
 */
function expectedForm(subject: Subject): SeenForm | null {
  const row = subject.expect.errorPath?.row;
  const status = statusOf(subject);
  if (row === undefined || status === undefined || !row.status.includes(status)) return null;
  const seen = formOf(subject.exchange);
  return seen !== null && formsOf(row, skinOf(subject) ?? 'chat').includes(seen) ? seen : null;
}

/** Whether the exchange fails as it should, in one of these forms. */
export function failsAsExpected(subject: Subject, ...forms: readonly SeenForm[]): boolean {
  const form = expectedForm(subject);
  return form !== null && forms.includes(form);
}

/** Whether it fails as it should, by an error in an answer that says success. */
export function failsInBandAsExpected(subject: Subject): boolean {
  return failsAsExpected(subject, ...inBand, 'silent');
}
