import { live, sandboxOnly } from './provocation.ts';
import type { ErrorRow, Provocation } from './row.ts';
import { specified } from './source.ts';

// The rows that all operations outside inference have in common. Message texts are the specification's examples.

const breaks = sandboxOnly('OpenRouter has to break');

/** Which operation a row is about: our name for it, and the specification's, e.g. `byok.get`, `GET /byok/{id}`. */
export interface Operation {
  endpoint: string;
  operation: string;
}

/** 400: the request is refused as invalid, brought about `by` a live call. */
export function badRequest(at: Operation, by: string | Provocation, says = 'The request is invalid.'): ErrorRow {
  return row(at, 400, {
    says,
    errorType: ['invalid_request'],
    provocation: typeof by === 'string' ? live(by) : by,
  });
}

/** 401: no key, or one that is not valid. Ordinary keys may meet it where an operation wants a management key. */
export function unauthorized(at: Operation): ErrorRow {
  return row(at, 401, {
    says: 'The API key is missing or invalid.',
    errorType: ['authentication'],
    message: {
      pattern:
        /^(Missing Authentication header|User not found\.|No (cookie )?auth credentials found|Invalid|Unauthorized)/i,
      level: 'observed',
    },
    provocation: live('no key; a key that OpenRouter never gave out'),
  });
}

/**
 * The same where the specification has no 403 though the operation wants a management key:
 * an ordinary key is refused with one or the other.
 */
export function unauthorizedOrForbidden(at: Operation): ErrorRow {
  return {
    ...unauthorized(at),
    says: 'The API key is missing, invalid, or not a management key.',
    status: [401, 403],
    errorType: ['authentication', 'permission_denied'],
    message: {
      pattern:
        /^(Missing Authentication header|User not found\.|No (cookie )?auth credentials found|Only management keys|Invalid|Unauthorized)/i,
      level: 'observed',
    },
    provocation: live('no key; a key that OpenRouter never gave out; an ordinary key'),
  };
}

/** 403: the key may not do this. */
export function forbidden(at: Operation, by: Provocation = live('an ordinary key')): ErrorRow {
  return row(at, 403, {
    says: 'The key is valid but lacks the permission.',
    // Other management operations refuse an ordinary key with 401.
    ...(by.how === 'live' && { status: [403, 401] }),
    errorType: by.how === 'live' ? ['permission_denied', 'authentication'] : ['permission_denied'],
    message: { pattern: /^Only management keys can perform this operation/, level: 'observed' },
    provocation: by,
  });
}

/** 404: there is no such thing, or it belongs to another account. */
export function notFound(at: Operation, by = 'a random id'): ErrorRow {
  return row(at, 404, {
    says: 'What the address names does not exist for this account.',
    errorType: ['not_found'],
    provocation: live(by),
  });
}

/** 429: too many calls. */
export function rateLimited(at: Operation): ErrorRow {
  return row(at, 429, {
    says: 'More calls than are allowed.',
    errorType: ['rate_limit_exceeded'],
    message: { pattern: /^Rate limit exceeded/, level: 'observed' },
    headers: { allowed: ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset', 'retry-after'] },
    provocation: sandboxOnly('the limit is not published; finding it takes a flood of calls'),
  });
}

/** 500: OpenRouter failed. */
export function internal(at: Operation): ErrorRow {
  return row(at, 500, { says: 'OpenRouter failed.', errorType: ['server'], provocation: breaks });
}

function row(
  { endpoint, operation }: Operation,
  status: number,
  rest: Pick<ErrorRow, 'says' | 'provocation'> & Partial<ErrorRow>,
): ErrorRow {
  return { endpoint, status: [status], form: 'envelope', source: specified(`${operation} ${status}`), ...rest };
}
