import type { Exchange } from '../exchange/exchange.ts';
import type { ChunkMark, ExchangeView, StepSummary } from '../report/events.ts';

/** Of a body; what is longer loses its middle. */
const maxText = 3_000;
/** Of a body in a case that passed: hardly anybody looks at those, and most cases are among them. */
const maxPassedText = 1_200;
const maxPassedCommand = 4_000;
const maxHeader = 300;
/** Of a stream; in a longer one neighbours are drawn together. */
const maxMarks = 400;

/** Describe the connection, are anybody's secret, or are the same at every answer and for browsers alone. */
const notShown = new Set([
  'connection',
  'keep-alive',
  'cookie',
  'set-cookie',
  'permissions-policy',
  'referrer-policy',
  'x-content-type-options',
  'access-control-allow-origin',
  'access-control-expose-headers',
]);

/** An exchange as a report shows it. `key` names the variable that holds the key it was made with. */
export function viewOf(
  { call, response, text, body, stream, chunks, end, timing }: Exchange,
  key: string,
): ExchangeView {
  return {
    method: call.method,
    path: call.path,
    requestHeaders: shown({
      ...call.headers,
      ...('authorization' in call.headers && { authorization: `Bearer $${key}` }),
    }),
    ...(call.body !== undefined && { requestBody: middleCut(JSON.stringify(call.body), maxText) }),
    responseHeaders: shown(response?.headers ?? {}),
    responseBody: middleCut(text, maxText),
    responseBytes: body.length,
    headersMs: roundedMs(timing.headers),
    totalMs: roundedMs(timing.total) ?? 0,
    ...(stream !== null && { chunks: marksOf(chunks) }),
    ...(end.message !== undefined && { endMessage: middleCut(end.message, maxHeader) }),
  };
}

/** A step of a case that passed, without the middle of what it sent and got. */
export function passedStep(step: StepSummary, { call, text }: Exchange): StepSummary {
  const { exchange: view, curl } = step;
  return {
    ...step,
    curl: middleCut(curl, maxPassedCommand),
    ...(view && {
      exchange: {
        ...view,
        ...(call.body !== undefined && { requestBody: middleCut(JSON.stringify(call.body), maxPassedText) }),
        responseBody: middleCut(text, maxPassedText),
      },
    }),
  };
}

function shown(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !notShown.has(name))
      .map(([name, value]) => [name, middleCut(value, maxHeader)]),
  );
}

/**
 * At most about `max` characters: the first and the last ones, and how many stood between them. Never a part of a word: a key is replaced
 * later, and could not be told by a part of it.
 */
function middleCut(text: string, max: number): string {
  if (text.length <= max) return text;
  const half = Math.floor(max / 2);
  const first = text.slice(0, half).replace(/[\w-]{1,200}$/, '');
  const last = text.slice(-half).replace(/^[\w-]{1,200}/, '');
  return `${first}\n… ${text.length - first.length - last.length} more characters …\n${last}`;
}

function marksOf(chunks: Exchange['chunks']): ChunkMark[] {
  const together = Math.ceil(chunks.length / maxMarks);
  const marks: ChunkMark[] = [];
  for (let first = 0; first < chunks.length; first += together) {
    const group = chunks.slice(first, first + together);
    marks.push([roundedMs(group[0]?.at ?? 0) ?? 0, group.reduce((sum, { bytes }) => sum + bytes.length, 0)]);
  }
  return marks;
}

/** A tenth of a millisecond is as much as a reader sees. */
function roundedMs(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms * 10) / 10;
}
