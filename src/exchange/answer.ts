import type { Skin } from '../contract/errors/row.ts';
import type { Answer, AnswerEvent } from './answer-view.ts';
import type { Draft, Part } from './draft.ts';
import type { Exchange } from './exchange.ts';
import { parseJson } from './parse-json.ts';
import { readSkin } from './skin.ts';
import { addChatPart } from './skins/chat.ts';
import { addCompletionPart } from './skins/completions.ts';
import { addMessagesPart } from './skins/messages.ts';
import { addResponsesPart } from './skins/responses.ts';
import { stringOf, objectOf } from './json-reading.ts';

const addPart: Record<Skin, (answer: Draft, part: Part) => void> = {
  chat: addChatPart,
  completions: addCompletionPart,
  responses: addResponsesPart,
  messages: addMessagesPart,
};

const terminalTypes: ReadonlySet<string> = new Set([
  'response.completed',
  'response.incomplete',
  'response.failed',
  'message_stop',
]);

const answers = new WeakMap<Exchange, Answer | null>();

/**
 * Reads the answer of an inference API, null when the body is neither JSON nor an event stream. Never throws, whatever the
 * body says. Repeated calls for one exchange return the same object.
 */
export function readAnswer(exchange: Exchange): Answer | null {
  const known = answers.get(exchange);
  if (known !== undefined) return known;
  const answer = exchange.stream === null && exchange.json === undefined ? null : accumulate(exchange);
  answers.set(exchange, answer);
  return answer;
}

function accumulate(exchange: Exchange): Answer {
  const { stream, json } = exchange;
  const events = eventsOf(exchange);
  const doneAt = stream === null ? -1 : events.findIndex(({ data }) => data === '[DONE]');
  const answer: Draft = {
    // Whatever is no inference reads as chat: there is nothing in it that chat would mistake.
    skin: readSkin(exchange) ?? 'chat',
    mode: stream === null ? 'json' : 'stream',
    events,
    id: null,
    model: null,
    provider: null,
    object: null,
    created: null,
    content: '',
    restated: null,
    reasoning: '',
    reasoningDetails: [],
    refusal: '',
    toolCalls: [],
    finishReason: null,
    nativeFinishReason: null,
    ending: null,
    finishReasons: [],
    usage: undefined,
    rawUsage: undefined,
    usages: [],
    metadata: undefined,
    error: null,
    terminals: events.filter(({ type }) => type !== undefined && terminalTypes.has(type)),
    done: doneAt !== -1,
    afterDone: doneAt === -1 ? [] : events.slice(doneAt + 1),
  };
  const add = (value: unknown, event: number, unframed: boolean) => {
    const part = objectOf(value);
    if (part !== undefined) addPart[answer.skin](answer, { json: part, event, unframed });
  };
  for (const event of events) add(event.json, event.index, stream === null);
  // JSON that stood in the stream without framing.
  if (stream !== null) add(json, events.length, true);
  return answer;
}

function eventsOf({ stream, json, text, end }: Exchange): AnswerEvent[] {
  if (stream === null) return [{ index: 0, at: end.at, data: text, json }];
  return stream
    .filter((item) => item.kind === 'event')
    .map(({ at, data, event: name }, index) => {
      const parsed = parseJson(data);
      const type = stringOf(objectOf(parsed)?.['type']);
      return {
        index,
        at,
        data,
        json: parsed,
        ...(name !== undefined && { name }),
        ...(type !== undefined && { type }),
      };
    });
}
