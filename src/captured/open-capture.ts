import { asCassette, providerCredential } from '../cassettes/format.ts';
import { fromRecording } from '../cassettes/wire.ts';
import { isObject } from '../checks/reading.ts';
import { HarnessError } from '../errors.ts';
import { parseJson } from '../exchange/parse-json.ts';
import { isCapture, readCapture } from './capture.ts';
import type { Entry } from './entry.ts';
import { readHarEntry } from './har.ts';
import { jsonFlaw } from './json-flaw.ts';
import { logEntries } from './log-entries.ts';
import { isAnswerBody, type RawOptions, rawExchange } from './raw-body.ts';
import { bytesSource, flawAt, readHead, readWhole, type Source } from './source.ts';

/** A file of captured traffic, recognised by what is in it. */
export interface OpenCapture {
  form: 'har' | 'cassette' | 'capture' | 'body';
  /**
   * What it holds, in order; may be read more than once. `among` looks at the bytes of an entry of an HTTP archive and can spare
   * reading it.
   */
  entries(among?: (bytes: Buffer) => boolean): AsyncIterable<Entry>;
}

/**
 * Recognises a capture: an HTTP archive, a cassette, a capture as JSON, or the body of one answer.
 *
 * @param raw what is said about a body; with an endpoint, anything else is taken for a body
 * @throws HarnessError E_CONFIG naming the place, here or while reading entries; a message never quotes what stands there
 */
export async function openCapture(source: Source, raw: RawOptions): Promise<OpenCapture> {
  if (startsLikeHar(await readHead(source))) return har(source);
  const bytes = await readWhole(source);
  if (bytes.length === 0)
    throw new HarnessError('E_CONFIG', `${source.name} is empty: did what should have filled it fail?`);
  const text = bytes.toString().replace(/^\uFEFF/, '');
  const json = parseJson(text);
  if (isObject(json) && isObject(json['log'])) return har(bytesSource(source.name, bytes));
  if (isCapture(json)) return holding('capture', [inFile(source, () => readCapture(json))]);
  if (isObject(json) && Array.isArray(json['exchanges'])) return holding('cassette', cassetteEntries(source, json));
  if (raw.endpoint === undefined && raw.stream !== true && !isAnswerBody(bytes)) {
    if (json === undefined && /^\s*[{[]/.test(text)) {
      const flaw = Buffer.byteLength(text.slice(0, jsonFlaw(text) ?? 0)) + bytes.length - Buffer.byteLength(text);
      throw await flawAt(source, flaw, 'the JSON cannot be read from here on');
    }
    throw new HarnessError(
      'E_CONFIG',
      `${source.name} holds nothing to check: expected an HTTP archive (HAR), a cassette, a capture, or the body of an answer. ` +
        'If it is a body, say of what: --endpoint /chat/completions.',
    );
  }
  return holding('body', [{ kind: 'exchange', number: null, at: null, secrets: [], wire: rawExchange(bytes, raw) }]);
}

function startsLikeHar(head: Buffer): boolean {
  return /^\uFEFF?\s*\{\s*"log"\s*:/.test(head.toString('utf8', 0, 1000));
}

function har(source: Source): OpenCapture {
  return {
    form: 'har',
    entries: async function* (among = () => true) {
      for await (const { number, offset, bytes } of logEntries(source)) {
        if (!among(bytes)) continue;
        const text = bytes.toString();
        const value = parseJson(text);
        if (value === undefined) {
          const flaw = Buffer.byteLength(text.slice(0, jsonFlaw(text) ?? 0));
          throw await flawAt(source, offset + flaw, `entry ${number} is no JSON from here on`);
        }
        yield readHarEntry(value, number);
      }
    },
  };
}

function cassetteEntries(source: Source, json: unknown): Entry[] {
  const cassette = asCassette(json);
  if (Array.isArray(cassette)) {
    const flaws = cassette.slice(0, 3).map(({ pointer, message }) => `at ${pointer || 'its root'}: ${message}`);
    throw new HarnessError('E_CONFIG', `${source.name} is not a cassette ${flaws.join('; ')}.`);
  }
  const entries = cassette.exchanges.map((recording, index) => ({
    kind: 'exchange' as const,
    number: index + 1,
    at: cassette.recordedAt,
    madeAt: cassette.recordedAt.slice(0, 10),
    secrets: [],
    wire: fromRecording(recording),
  }));
  // What the provider answers by itself keeps no promise of OpenRouter.
  return entries.filter((_, index) => cassette.exchanges[index]?.credential !== providerCredential);
}

function holding(form: OpenCapture['form'], entries: readonly Entry[]): OpenCapture {
  return {
    form,
    entries: async function* () {
      yield* entries;
    },
  };
}

/** Puts the name of the file before what is wrong with it. */
function inFile<Value>({ name }: Source, read: () => Value): Value {
  try {
    return read();
  } catch (cause) {
    throw cause instanceof HarnessError
      ? new HarnessError(cause.code, `${name} is ${cause.message}.`, { cause })
      : cause;
  }
}
