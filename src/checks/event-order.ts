import type { AnswerEvent } from '../exchange/answer-view.ts';
import type { Breach } from './check.ts';
import { numberAt } from './reading.ts';

function misplaced({ index, type }: AnswerEvent, expected: string): Breach {
  return { expected, actual: type ?? 'an event without a type', where: `event ${index}` };
}

function typed(events: readonly AnswerEvent[]): AnswerEvent[] {
  return events.filter(({ type }) => type !== undefined);
}

/**
 * created comes first, and an item is added before anything else about it. Whether items or their parts overlap, and what comes
 * after an item is done, differs by upstream (seen 2025-11), so that only the beginnings count.
 */
export function responsesOrder(events: readonly AnswerEvent[]): Breach[] {
  const added = new Set<number>();
  const parts = new Set<string>();
  const all = typed(events);
  return all.flatMap((event, place) => {
    const { type = '', json } = event;
    const opens = type === 'response.created';
    if (place === 0 && !opens && !isError(type) && type !== 'response.debug') {
      return [misplaced(event, 'response.created first')];
    }
    if (place > 0 && opens && all[0]?.type === type) return [misplaced(event, 'response.created once')];
    const item = numberAt(json, 'output_index');
    if (item === undefined) return [];
    if (type === 'response.output_item.added') {
      if (added.has(item)) return [misplaced(event, `item ${item} added once`)];
      added.add(item);
      return [];
    }
    if (!added.has(item)) return [misplaced(event, `response.output_item.added for item ${item} before`)];
    const part = `${item}/${numberAt(json, 'content_index')}`;
    if (type === 'response.content_part.added') parts.add(part);
    else if (ofPart.test(type) && !parts.has(part)) {
      return [misplaced(event, `response.content_part.added for part ${part} before`)];
    }
    return [];
  });
}

const ofPart = /^response\.(?:output_text\.(?:delta|done)|refusal\.|content_part\.done)/;

function isError(type: string): boolean {
  return type === 'error' || type === 'response.error' || type === 'response.failed';
}

/**
 * message_start, the blocks one after the other, message_delta, message_stop; a ping may stand anywhere.
 * Source: https://docs.anthropic.com/en/docs/build-with-claude/streaming, Event types.
 */
export function messagesOrder(events: readonly AnswerEvent[]): Breach[] {
  const closed = new Set<number>();
  let open: number | null = null;
  let started = false;
  let stopping = false;
  const breaches: Breach[] = [];
  const expect = (holds: boolean, event: AnswerEvent, expected: string) => {
    if (!holds) breaches.push(misplaced(event, expected));
  };
  for (const event of typed(events)) {
    const { type = '', json } = event;
    if (type === 'ping' || type === 'error') continue;
    const block = numberAt(json, 'index') ?? -1;
    expect(started || type === 'message_start', event, 'message_start first');
    switch (type) {
      case 'message_start':
        expect(!started, event, 'message_start once');
        break;
      case 'content_block_start':
        expect(
          open === null && !closed.has(block) && !stopping,
          event,
          `block ${block} after the one before has stopped`,
        );
        open = block;
        break;
      case 'content_block_delta':
        expect(open === block, event, `content_block_start for block ${block} before`);
        break;
      case 'content_block_stop':
        expect(open === block, event, `content_block_start for block ${block} before`);
        closed.add(block);
        open = null;
        break;
      case 'message_delta':
        expect(open === null, event, `content_block_stop for block ${open} before`);
        stopping = true;
        break;
      case 'message_stop':
        expect(stopping, event, 'message_delta before');
        break;
      default:
    }
    started = true;
  }
  return breaches;
}
