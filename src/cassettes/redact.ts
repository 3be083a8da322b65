import { createHash } from 'node:crypto';

/** Secrets known by name, e.g. of the key each credential was made with. */
export type KnownSecrets = ReadonlyMap<string, string>;

/** Shorter ones stand in too many innocent places to be replaced; no provider issues any. */
const SHORTEST_SECRET = 8;

interface Kind {
  name: string;
  pattern: RegExp;
}

/**
 * What must not get into a file. User and organisation ids come in OpenRouter's error envelopes (`user_id`), e.g. `user_` and 27 more.
 */
const kinds: readonly Kind[] = [
  // So plain that it need not stand by itself.
  { name: 'key', pattern: /sk-or-v1-[0-9a-f]{32,}/gi },
  { name: 'key', pattern: /(?<![A-Za-z0-9])sk-[A-Za-z0-9_-]{20,}/g },
  { name: 'token', pattern: /(?<![A-Za-z0-9])eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/g },
  // With a digit, lest a message such as "Bearer authentication required" lose its words.
  { name: 'token', pattern: /\b[Bb]earer (?=[A-Za-z._~+/=-]*\d)[A-Za-z0-9._~+/=-]{12,}/g },
  { name: 'account', pattern: /(?<![A-Za-z0-9])(?:user|org)_[A-Za-z0-9]{20,}/g },
];

/** Replaces secrets by placeholders: the same secret by the same placeholder, in every file. */
export interface Redactor {
  text(text: string): string;
  bytes(bytes: Uint8Array): Uint8Array;
  /** Every string of a JSON value, keys too. */
  value(value: unknown): unknown;
  /** Names the kind of the first secret still in a text; undefined when there is none. */
  remains(text: string): string | undefined;
}

/**
 * A redactor for these secrets, for what a provider's keys look like, and for whatever else looks like a key or an account id.
 * A secret nobody named is replaced by what `standIn` makes of it.
 */
export function redactor(
  known: KnownSecrets,
  keyPattern: RegExp,
  standIn: (kind: string, secret: string) => string = placeholder,
): Redactor {
  const patterns: Kind[] = [
    { name: 'key', pattern: new RegExp(keyPattern.source, `${keyPattern.flags.replace('g', '')}g`) },
    ...kinds,
  ];
  // Longest first: one secret may be the beginning of another.
  const secrets = [...known]
    .filter(([, secret]) => secret.length >= SHORTEST_SECRET)
    .sort(([, a], [, b]) => b.length - a.length);

  // Most texts hold none, and one look is cheaper than five. Ignoring case, it sees at least what each of them sees.
  const anyPattern = new RegExp(patterns.map(({ pattern }) => pattern.source).join('|'), 'i');

  const text = (whole: string): string => {
    let result = whole;
    for (const [name, secret] of secrets) result = result.replaceAll(secret, () => `{${name}}`);
    if (!anyPattern.test(result)) return result;
    for (const { name, pattern } of patterns) result = result.replace(pattern, (secret) => standIn(name, secret));
    return result;
  };

  const value = (whole: unknown): unknown => {
    if (typeof whole === 'string') return text(whole);
    if (Array.isArray(whole)) return whole.map(value);
    if (typeof whole !== 'object' || whole === null) return whole;
    return Object.fromEntries(Object.entries(whole).map(([key, inner]) => [text(key), value(inner)]));
  };

  return {
    text,
    // Latin-1 keeps every byte as one character, so a piece that ends inside a character survives.
    bytes: (bytes) => Buffer.from(text(Buffer.from(bytes).toString('latin1')), 'latin1'),
    value,
    remains(whole) {
      const named = secrets.find(([, secret]) => whole.includes(secret));
      if (named) return `the secret "${named[0]}"`;
      const kind = patterns.find(({ pattern }) => whole.search(pattern) !== -1);
      return kind && `something that looks like ${kind.name === 'account' ? 'an account id' : `a ${kind.name}`}`;
    },
  };
}

/** Named after a hash, so that a later use of the same secret is recognised without keeping it. */
function placeholder(kind: string, secret: string): string {
  return `{${kind}-${createHash('sha256').update(secret).digest('hex').slice(0, 8)}}`;
}
