import { createParser } from 'eventsource-parser';
import { request } from 'undici';
import type { Clock } from '../../clock.ts';
import type { Candidate } from './route.ts';
import { UpstreamFailure, readUpstreamEvent, upstreamId } from './upstream-events.ts';
import type { UpstreamEvent } from './upstream-events.ts';
import type { World } from './world.ts';

/** How long a host may be silent, at the start and later. OpenRouter does not publish its limit; clients wait through two of them. */
const silenceMs = 45_000;

export interface UpstreamAnswer {
  /** The host's name for it, once the first event has come. */
  id: string | null;
  events: AsyncGenerator<UpstreamEvent, void>;
}

/**
 * Asks one host, always as a stream: OpenRouter does so too, its generation records say `streamed` for whole answers.
 *
 * @throws UpstreamFailure when the host refuses, breaks off or stays silent; also from `events`
 */
export async function callUpstream(
  { upstream, clock }: World,
  { endpoint, ownKey }: Candidate,
  body: unknown,
  gone: AbortSignal,
): Promise<UpstreamAnswer> {
  const silence = watchSilence(clock);
  const signal = AbortSignal.any([gone, silence.signal]);
  const failed = (cause: unknown) => {
    silence.stop();
    if (gone.aborted || cause instanceof UpstreamFailure) return cause;
    return new UpstreamFailure(silence.signal.aborted ? 408 : null, '', { cause });
  };
  try {
    const response = await request(`${upstream.baseUrl(endpoint.host)}/chat/completions`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${ownKey?.secret ?? upstream.sharedKey(endpoint.host)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
      dispatcher: upstream.dispatcher,
      headersTimeout: 0,
      bodyTimeout: 0,
      signal,
    });
    if (response.statusCode !== 200) {
      const retryAfter = Number(response.headers['retry-after']);
      const raw = await response.body.text();
      throw new UpstreamFailure(response.statusCode, raw, retryAfter > 0 ? { retryAfter } : {});
    }
    const answer: UpstreamAnswer = { id: null, events: read(response.body) };
    async function* read(chunks: AsyncIterable<Buffer>): AsyncGenerator<UpstreamEvent, void> {
      try {
        yield* readEvents(chunks, silence.heard, (id) => (answer.id ??= id));
      } catch (cause) {
        throw failed(cause);
      } finally {
        silence.stop();
      }
    }
    return answer;
  } catch (cause) {
    throw failed(cause);
  }
}

async function* readEvents(
  chunks: AsyncIterable<Buffer>,
  heard: () => void,
  named: (id: string | null) => void,
): AsyncGenerator<UpstreamEvent, void> {
  const pending: string[] = [];
  const parser = createParser({ onEvent: ({ data }) => pending.push(data) });
  const decoder = new TextDecoder();
  for await (const bytes of chunks) {
    heard();
    parser.feed(decoder.decode(bytes, { stream: true }));
    for (const data of pending.splice(0)) {
      if (data === '[DONE]') return;
      named(upstreamId(data));
      yield* readUpstreamEvent(data);
    }
  }
  throw new UpstreamFailure(null, '');
}

function watchSilence(clock: Clock): { signal: AbortSignal; heard(): void; stop(): void } {
  const controller = new AbortController();
  const set = () => clock.limit(silenceMs, () => controller.abort(new Error('the host stayed silent')));
  let stop = set();
  return {
    signal: controller.signal,
    heard() {
      stop();
      stop = set();
    },
    stop: () => stop(),
  };
}
