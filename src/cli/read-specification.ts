import { open } from 'node:fs/promises';
import type { Dispatcher } from 'undici';
import type { Clock } from '../clock.ts';
import { BrokenSpecification, parseSpecification, type Specification } from '../contract/drift/specification.ts';
import { HarnessError } from '../errors.ts';
import { readExchange } from '../exchange/read-exchange.ts';
import { send } from '../exchange/send.ts';
import { harnessVersion } from '../version.ts';

const limits = { timeMs: 10_000, sizeBytes: 16 * 1024 * 1024 };

interface Network {
  dispatcher: Dispatcher;
  clock: Clock;
}

/**
 * Reads an OpenAPI document from a file or from an https address. No redirect is followed.
 *
 * @throws {HarnessError} E_CONFIG for an address that is not https, a file that cannot be read or is broken;
 *   E_NETWORK or E_TIMEOUT when the address does not give a whole document
 */
export async function readSpecification(from: string, network: Network): Promise<Specification> {
  // Two letters at least: a drive of Windows is no scheme.
  const isAddress = /^[a-z][a-z\d+.-]+:/i.test(from);
  const text = await (isAddress ? fetched(safeAddress(from), network) : contentOf(from));
  try {
    return parseSpecification(text, from);
  } catch (cause) {
    if (!(cause instanceof BrokenSpecification)) throw cause;
    throw new HarnessError(isAddress ? 'E_NETWORK' : 'E_CONFIG', `No OpenAPI document: ${cause.message}`, { cause });
  }
}

function safeAddress(text: string): URL {
  const url = URL.parse(text);
  if (url?.protocol === 'https:' && url.username === '' && url.password === '') return url;
  throw new HarnessError(
    'E_CONFIG',
    `--openapi is "${text}"; expected a file, or an https:// address without user and password.`,
  );
}

async function contentOf(file: string): Promise<string> {
  try {
    await using handle = await open(file);
    const { size } = await handle.stat();
    if (size <= limits.sizeBytes) return await handle.readFile('utf8');
    throw new HarnessError('E_CONFIG', `${file} has ${size} bytes; at most ${limits.sizeBytes} are read.`);
  } catch (cause) {
    if (cause instanceof HarnessError) throw cause;
    throw new HarnessError('E_CONFIG', `${file} cannot be read (${(cause as NodeJS.ErrnoException).code}).`, { cause });
  }
}

async function fetched(url: URL, { dispatcher, clock }: Network): Promise<string> {
  const exchange = await send(
    {
      method: 'GET',
      path: `${url.pathname}${url.search}`,
      headers: { 'user-agent': `byok-conformance/${harnessVersion}` },
    },
    {
      baseUrl: url.origin,
      dispatcher,
      clock,
      limits: { total: limits.timeMs, body: limits.sizeBytes },
    },
  );
  const { response, end, text } = readExchange(exchange);
  if (response?.status === 200 && end.how === 'complete') return text;
  if (end.how === 'timed-out') {
    throw new HarnessError('E_TIMEOUT', `GET ${url.href}: no whole document within ${limits.timeMs / 1000} s.`);
  }
  if (end.how === 'too-large') {
    throw new HarnessError('E_NETWORK', `GET ${url.href}: the document has more than ${limits.sizeBytes} bytes.`);
  }
  const found =
    response === undefined || end.how !== 'complete'
      ? [end.how, end.code].filter(Boolean).join(' ')
      : `status ${response.status}`;
  const advice =
    response?.headers['location'] === undefined
      ? ''
      : ` Redirects are not followed; it names ${response.headers['location']}.`;
  throw new HarnessError('E_NETWORK', `GET ${url.href}: expected a document, found ${found}.${advice}`);
}
