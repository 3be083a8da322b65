import { checks } from '../checks/checks.ts';
import type { Tripped } from './fault.ts';

/** Checks that scenarios make for themselves; the compiler asks for the ones that are missing. */
const made = {
  'content.finish-reason': true,
  'content.contains': true,
  'content.is-json-for-schema': true,
  'content.called-tool': true,
  'content.has-reasoning': true,
  'content.stops-before': true,
  'content.tokens-at-most': true,
  'listing.has-model': true,
  'listing.has-endpoint': true,
  'listing.has-provider': true,
  'listing.has-own-key': true,
  'error-path.status': true,
  'error-path.form': true,
  'error-path.type': true,
  'error-path.availability': true,
  'error-path.message': true,
  'error-path.headers': true,
} as const satisfies Record<Exclude<Tripped, (typeof checks)[number]['id']>, true>;

/** Every check there is, by its id. */
export const everyCheck: readonly Tripped[] = [
  ...checks.map(({ id }) => id),
  ...(Object.keys(made) as (keyof typeof made)[]),
];
