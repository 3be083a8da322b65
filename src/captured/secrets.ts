import { redactor } from '../cassettes/redact.ts';
import type { WireExchange } from '../exchange/exchange.ts';
import { ionet } from '../provider.ts';

const secretName = String.raw`key|user|email|password|cookie|authorization|[\w-]*(?:user_?id|(?:org|organization|account)_?id|(?:api|access|refresh|id|auth|session|csrf)[_-]?(?:key|token)|secret)`;
const headerNames = new RegExp(`^(?:proxy-authorization|set-cookie|x-clerk.*|${secretName})$`, 'i');
const queryNames = new RegExp(`^(?:token|code|${secretName})$`, 'i');
/** A field with a text, also where JSON is quoted inside JSON, as in the error of an upstream. */
const secretField = new RegExp(String.raw`"(?:${secretName})\\*"\s*:\s*\\*"([^"\\]{8,})`, 'gi');

/** Replaces what looks like a secret by something of the same length and shape, so that checks find just what they would have. */
const mask = redactor(new Map(), ionet.keyPattern, (_kind, secret) => sameShape(secret));

/**
 * The exchange with every character of its keys, tokens and account ids blotted out: a finding that quotes the beginning of a body
 * may cut a secret in two, after which nobody recognises it.
 */
export function masked(wire: WireExchange): WireExchange {
  // In one piece, for chunk borders may go through a secret; the lengths stay.
  const whole = mask.bytes(Buffer.concat(wire.chunks.map(({ bytes }) => bytes)));
  let from = 0;
  const chunks = wire.chunks.map(({ at, bytes }) => ({ at, bytes: whole.subarray(from, (from += bytes.length)) }));
  const response = wire.response && {
    ...wire.response,
    headers: Object.fromEntries(Object.entries(wire.response.headers).map(([name, value]) => [name, mask.text(value)])),
  };
  return { ...wire, chunks, ...(response && { response }) };
}

/** What an exchange itself shows to be secret, by the names of headers, query parameters and fields. */
export function secretsOf({ call, response, chunks }: WireExchange): string[] {
  const headers = [...Object.entries(call.headers), ...Object.entries(response?.headers ?? {})];
  const query = [...new URLSearchParams(call.path.split('?', 2)[1])];
  const bodies = [JSON.stringify(call.body ?? null), ...chunks.map(({ bytes }) => Buffer.from(bytes).toString())];
  return [
    ...headers.flatMap(([name, value]) => (headerNames.test(name) ? headerSecrets(name, value) : [])),
    ...query.flatMap(([name, value]) => (queryNames.test(name) ? [value] : [])),
    ...bodies.flatMap((body) => [...body.matchAll(secretField)].map(([, value = '']) => value)),
  ];
}

/** Name and password in a URL. */
export function urlSecrets(url: string): string[] {
  if (!URL.canParse(url)) return [];
  const { username, password } = new URL(url);
  return [username, password].flatMap((part) => [part, unescaped(part)]);
}

/**
 * Keeps secrets out of a text: these, in any of the ways to write them, and whatever looks like one. Also the beginning of one
 * that ends in dots because somebody cut the text there.
 */
export function keepOut(secrets: Iterable<string>): (text: string) => string {
  const written = [...new Set([...secrets].flatMap((secret) => spellings(secret)))];
  const redact = redactor(new Map(written.map((secret, index) => [`secret-${index + 1}`, secret])), ionet.keyPattern);
  const longest = written.reduce((length, secret) => Math.max(length, secret.length), 0);
  return (text) =>
    redact
      .text(text)
      .split(/(…|\.\.\.)/)
      .map((part, index, parts) => (index + 1 < parts.length ? withoutBeginning(part, written, longest) : part))
      .join('');
}

/** A text without the beginning of a secret at its end. Fewer than four characters give nothing away. */
function withoutBeginning(text: string, secrets: readonly string[], longest: number): string {
  for (let from = Math.max(0, text.length - longest); from <= text.length - 4; from += 1) {
    const rest = text.slice(from);
    if (secrets.some((secret) => secret.startsWith(rest))) return `${text.slice(0, from)}{secret}`;
  }
  return text;
}

function spellings(secret: string): string[] {
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)].filter(({ length }) => length >= 8);
}

/** Percent signs resolved where they mean something. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The values in a header: of cookies, or what follows the scheme of a credential. */
function headerSecrets(name: string, value: string): string[] {
  if (!/cookie$/i.test(name)) return [value, value.replace(/^\w+ /, '')];
  return value
    .split(/[;,]\s*/)
    .map((pair) => pair.slice(pair.indexOf('=') + 1))
    .flatMap((part) => [part, unescaped(part)]);
}

/** `sk-or-v1-0000`, `Bearer 0000`: what says which kind of secret it is stays. */
function sameShape(secret: string): string {
  const kind = /^(?:[a-z]{2}-(?:or-v1-|v2-|ant-|proj-)?|user_|org_|[Bb]earer )/.exec(secret)?.[0] ?? '';
  return kind + secret.slice(kind.length).replaceAll(/[A-Za-z0-9]/g, '0');
}
