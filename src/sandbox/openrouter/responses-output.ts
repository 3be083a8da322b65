import { seededRandom } from '../random.ts';
import type { AnswerEvent } from './skin.ts';

type Status = 'in_progress' | 'completed' | 'incomplete';
type Kind = 'message' | 'reasoning' | 'function_call';

/** An event of the stream, still without its number. */
export type ResponseEvent = { type: string } & Record<string, unknown>;

/** One item while it grows. */
interface Growing {
  kind: Kind;
  id: string;
  text: string;
  /** Of a call. */
  call?: { index: number; id: string; name: string };
}

const idPrefix: Record<Kind, string> = { message: 'msg', reasoning: 'rs', function_call: 'fc' };

/** The output items of one response as they grow, and the events that tell of it, in the order of the wire (2026-08). */
export class ResponseOutput {
  /** Items that are done. */
  readonly items: object[] = [];
  readonly #random;
  #open: Growing | null = null;

  /** @param id of the response; the items' names follow from it */
  constructor(id: string) {
    this.#random = seededRandom(id);
  }

  take(event: AnswerEvent): ResponseEvent[] {
    switch (event.kind) {
      case 'content':
        return this.#grow('message', event.text);
      case 'reasoning':
        return this.#grow('reasoning', event.text);
      case 'tool-call': {
        const { index, id = '', function: part } = event.call;
        return this.#grow('function_call', part?.arguments ?? '', { index, id, name: part?.name ?? '' });
      }
      case 'finish':
        return this.close(event.finishReason === 'length' ? 'incomplete' : 'completed');
    }
  }

  close(status: Status): ResponseEvent[] {
    const open = this.#open;
    if (!open) return [];
    const item = itemOf(open, status);
    const events = [...doneEvents(open, this.#place), { type: 'response.output_item.done', ...this.#at, item }];
    this.items.push(item);
    this.#open = null;
    return events;
  }

  #grow(kind: Kind, text: string, call?: Growing['call']): ResponseEvent[] {
    const isSame = this.#open?.kind === kind && this.#open.call?.index === call?.index;
    const events = isSame ? [] : [...this.close('completed'), ...this.#start(kind, call)];
    const open = this.#open;
    if (!open || text === '') return events;
    open.text += text;
    return [...events, deltaEvent(open, this.#place, text)];
  }

  #start(kind: Kind, call: Growing['call']): ResponseEvent[] {
    const id = `${idPrefix[kind]}_tmp_${this.#random.alphanumeric(11).toLowerCase()}`;
    const open = { kind, id, text: '', ...(call && { call }) };
    this.#open = open;
    const added = { type: 'response.output_item.added', ...this.#at, item: itemOf(open, 'in_progress') };
    if (kind === 'function_call') return [added];
    return [added, { type: 'response.content_part.added', ...partPlace(this.#place), part: partOf(open) }];
  }

  get #at() {
    return { output_index: this.items.length };
  }

  get #place(): Place {
    return { ...this.#at, item_id: this.#open?.id ?? '' };
  }
}

interface Place {
  output_index: number;
  item_id: string;
}

const partPlace = (place: Place) => ({ ...place, content_index: 0 });

function partOf({ kind, text }: Growing): object {
  if (kind === 'reasoning') return { type: 'reasoning_text', text };
  return { type: 'output_text', text, annotations: [], logprobs: [] };
}

function itemOf(growing: Growing, status: Status): object {
  const { kind, id, text, call } = growing;
  const content = status === 'in_progress' ? [] : [partOf(growing)];
  switch (kind) {
    case 'message':
      return { id, type: kind, status, role: 'assistant', content };
    case 'reasoning':
      return { id, type: kind, status, summary: [], content, format: 'unknown' };
    case 'function_call':
      return { id, type: kind, status, call_id: call?.id, name: call?.name, arguments: text };
  }
}

function deltaEvent({ kind }: Growing, place: Place, delta: string): ResponseEvent {
  switch (kind) {
    case 'message':
      return { type: 'response.output_text.delta', ...partPlace(place), delta, logprobs: [] };
    case 'reasoning':
      return { type: 'response.reasoning_text.delta', ...partPlace(place), delta };
    case 'function_call':
      return { type: 'response.function_call_arguments.delta', ...place, delta };
  }
}

function doneEvents(growing: Growing, place: Place): ResponseEvent[] {
  const { kind, text, call } = growing;
  if (kind === 'function_call') {
    return [{ type: 'response.function_call_arguments.done', ...place, name: call?.name, arguments: text }];
  }
  const at = partPlace(place);
  return [
    kind === 'message'
      ? { type: 'response.output_text.done', ...at, text, logprobs: [] }
      : { type: 'response.reasoning_text.done', ...at, text },
    { type: 'response.content_part.done', ...at, part: partOf(growing) },
  ];
}
