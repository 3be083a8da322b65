import type { Level } from '../contract/requirement.ts';
import type { Breach, Subject } from './check.ts';

/** Since then answers have today's form: key order, choice keys, usage with cost in every answer (seen 2026-03-03). */
const currentForm = '2026-03-03';

/** Whether the exchange was made before `day`; never so for one whose day is not given. */
function madeBefore({ madeAt }: Subject, day: string): boolean {
  return madeAt !== undefined && madeAt < day;
}

/** The level a breach has in an answer that may be from a time when other forms were sent: lowered then, else left alone. */
export function forCurrentForm(subject: Subject, since: string = currentForm): { level?: Level } {
  return madeBefore(subject, since) ? { level: 'observed' } : {};
}

/** The same breaches, none binding when the exchange is from before today's form. */
export function softenedByAge(subject: Subject, breaches: Breach[], since: string = currentForm): Breach[] {
  return breaches.map((breach) => ({ ...breach, ...forCurrentForm(subject, since) }));
}
