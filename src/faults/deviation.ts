import { endpointOf } from '../checks/recognise.ts';
import type { Endpoint } from '../checks/check.ts';
import type { Call } from '../exchange/exchange.ts';
import type { Head, Heard, Interfere, Interference, Piece } from '../sandbox/interference.ts';
import type { World } from '../sandbox/openrouter/world.ts';
import { type Block, blocksOf, type Json, withData } from './blocks.ts';
import type { Edit } from './edit.ts';

/** How the sandbox is made to differ from an honest one. Every part is optional; together they act on each call they concern. */
export interface Deviation {
  /** The APIs it concerns; by default those of inference. */
  at?: readonly Endpoint[] | 'everything';
  /** Which of their calls; by default all. */
  when?(call: Heard): boolean;
  /** Changes the request before it is understood. */
  hear?: Edit;
  status?(status: number): number;
  headers?(headers: Record<string, string>, status: number): Record<string, string | undefined>;
  /** Changes each JSON object that is sent: a whole body, or the data of an event. */
  edit?: Edit;
  /** Changes the order and framing of a stream. */
  stream?(blocks: readonly Block[]): readonly (Block | Piece)[];
  /** Changes the bytes of whatever is sent, at last. */
  bytes?(text: string): readonly Piece[];
  /** Made once for each sandbox and called before each call it concerns: lies about keys, routing and money. */
  state?(): (world: World, call: Heard) => void;
}

const inference: readonly Endpoint[] = ['chat', 'completions', 'responses', 'messages'];

/** Told what becomes of a deviation. */
export interface Watch {
  /** It has made a difference. */
  served(): void;
  /** It could not be carried out: a mistake of whoever wrote it. */
  crashed(error: unknown): void;
}

/** What a sandbox has to be started with. */
export function interfereWith(deviation: Deviation, watch: Watch): Interfere {
  const state = deviation.state?.();
  const carryOut = <Result>(act: () => Result): Result => {
    try {
      return act();
    } catch (error) {
      watch.crashed(error);
      throw error;
    }
  };
  return (call, world) => {
    if (!concerns(deviation, call)) return {};
    if (state) {
      carryOut(() => state(world, call));
      watch.served();
    }
    const { hear, head, body } = interferenceOf(deviation, watch);
    return {
      ...(hear && { hear: (sent) => carryOut(() => hear(sent)) }),
      ...(head && { head: (first) => carryOut(() => head(first)) }),
      ...(body && { body: (pieces) => carryOut(() => body(pieces)) }),
    };
  };
}

function concerns({ at = inference, when }: Deviation, call: Heard): boolean {
  const isMeant = at === 'everything' || at.includes(endpointOf(call.method as Call['method'], call.path));
  return isMeant && (when?.(call) ?? true);
}

function interferenceOf(deviation: Deviation, { served }: Watch): Interference {
  const { hear, status, headers, edit, stream, bytes } = deviation;
  let isStream = false;
  const noting = <Value>(before: Value, after: Value): Value => {
    if (JSON.stringify(before) !== JSON.stringify(after)) served();
    return after;
  };
  return {
    ...(hear && {
      hear(body: unknown) {
        const heard = structuredClone(body);
        if (typeof heard === 'object' && heard !== null) hear(heard as Json);
        return noting(body, heard);
      },
    }),
    head(head: Head) {
      isStream = head.headers['content-type'] === 'text/event-stream';
      return noting(head, {
        status: status?.(head.status) ?? head.status,
        headers: sent(headers?.(head.headers, head.status) ?? head.headers),
      });
    },
    ...((edit || stream || bytes) && {
      body(pieces: readonly string[]) {
        const text = pieces.join('');
        const edited = isStream ? editedBlocks(text, edit) : [{ text: edit ? editedJson(text, edit) : text }];
        const ordered = (isStream && stream?.(edited)) || edited;
        const out = ordered.map((one) => (typeof one === 'object' && 'text' in one ? one.text : one));
        const last = bytes ? bytes(out.filter((one) => typeof one === 'string').join('')) : out;
        const isSame = last.every((one) => typeof one === 'string') && last.join('') === text;
        if (!isSame || bytes) served();
        return last.filter((one) => one !== '');
      },
    }),
  };
}

/** A header without a value is left out. */
function sent(headers: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function editedBlocks(text: string, edit: Edit | undefined): Block[] {
  return blocksOf(text).map((block) => {
    if (!edit || !block.json) return block;
    edit(block.json);
    return withData(block, block.json);
  });
}

/** Signs of life before the JSON stay where they are; a page of the edge is no JSON. */
function editedJson(text: string, edit: Edit): string {
  const [blanks = ''] = /^\s*/.exec(text) ?? [];
  const body = text.slice(blanks.length);
  if (!body.startsWith('{')) return text;
  const json = JSON.parse(body) as Json;
  edit(json);
  return blanks + JSON.stringify(json);
}
