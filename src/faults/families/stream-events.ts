import { type Block, dataBlock, type Json } from '../blocks.ts';
import { all, at, change, set, where } from '../edit.ts';
import type { Family } from '../fault.ts';

const response = 'responses/pinned-on-own-key [stream]';
const message = 'messages/pinned-on-own-key [stream]';

const typeOf = (block: Block) => String(block.json?.['type'] ?? '');
const without = (type: string) => (blocks: readonly Block[]) => blocks.filter((block) => typeOf(block) !== type);
const twice = (type: string) => (blocks: readonly Block[]) =>
  blocks.flatMap((block) => (typeOf(block) === type ? [block, block] : [block]));
const moved = (type: string, by: number) => (blocks: readonly Block[]) => {
  const from = blocks.findIndex((block) => typeOf(block) === type);
  const block = blocks[from];
  return block ? blocks.toSpliced(from, 1).toSpliced(from + by, 0, block) : blocks;
};
const ofType = (type: string) => (json: Json) => json['type'] === type;

/** Typed events of /responses and /messages come in the wrong order, number or name. */
export const events: Family = {
  name: 'stream: events',
  faults: [
    {
      name: 'response-not-opened',
      says: 'No response.created opens the stream.',
      trips: ['events.in-order'],
      touches: [response],
      stream: without('response.created'),
    },
    {
      name: 'response-opened-twice',
      says: 'response.created comes twice.',
      trips: ['events.in-order', 'events.sequence-increases'],
      touches: [response],
      stream: twice('response.created'),
    },
    {
      name: 'item-not-added',
      says: 'An item is told of that was never added.',
      trips: ['events.in-order'],
      touches: [response],
      stream: without('response.output_item.added'),
    },
    {
      name: 'part-not-added',
      says: 'Text comes for a part that was never added.',
      trips: ['events.in-order'],
      touches: [response],
      stream: without('response.content_part.added'),
    },
    {
      name: 'item-added-late',
      says: 'An item is added after its first part.',
      trips: ['events.in-order', 'events.sequence-increases'],
      touches: [response],
      stream: moved('response.output_item.added', 2),
    },
    {
      name: 'events-not-numbered-upwards',
      says: 'Every event of a response has the number 0.',
      trips: ['events.sequence-increases'],
      touches: [response],
      edit: change('sequence_number', () => 0),
    },
    {
      name: 'events-not-numbered',
      says: 'The events of a response have no numbers.',
      trips: ['stream.schema'],
      touches: [response],
      edit: (json) => void delete json['sequence_number'],
    },
    {
      name: 'response-completed-twice',
      says: 'Two events close the response.',
      trips: ['events.one-terminal', 'events.nothing-after-terminal', 'events.sequence-increases'],
      touches: [response],
      stream: twice('response.completed'),
    },
    {
      name: 'text-after-completion',
      says: 'Text comes after the response was completed.',
      trips: ['events.nothing-after-terminal', 'events.sequence-increases'],
      touches: [response],
      stream: moved('response.output_text.delta', 4),
    },
    {
      name: 'told-otherwise-in-the-end',
      says: 'The closing event tells another text than was streamed.',
      trips: ['events.told-once-more-alike'],
      touches: [response],
      edit: where(ofType('response.completed'), set('response.output.0.content.0.text', 'something else')),
    },
    {
      name: 'response-piece-lost',
      says: 'A piece of the text of a response is lost on its way.',
      trips: ['events.told-once-more-alike', 'content.contains'],
      touches: ['responses/text-survives-cuts [stream]'],
      stream: (blocks) =>
        blocks.toSpliced(
          blocks.findIndex((block) => typeOf(block) === 'response.output_text.delta'),
          1,
        ),
    },
    {
      name: 'completed-but-incomplete',
      says: 'The closing event of a response says completed for one that is not.',
      trips: ['content.finish-reason', 'ids.record-agrees'],
      touches: ['responses/cut-at-the-limit [stream]'],
      edit: where(
        ofType('response.incomplete'),
        all(
          set('response.status', 'completed'),
          set('type', 'response.completed'),
          set('response.incomplete_details', null),
        ),
      ),
    },
    {
      name: 'response-names-lie',
      says: 'The name of an event is not its type.',
      trips: ['events.name-is-type'],
      touches: [response, message],
      stream: (blocks) =>
        blocks.map((block) => (block.json ? `event: message\ndata: ${JSON.stringify(block.json)}\n\n` : block)),
    },
    {
      name: 'response-event-of-no-type',
      says: 'An event of a response has no type.',
      trips: ['content.contains', 'events.told-once-more-alike', 'stream.schema'],
      touches: [response],
      edit: where(ofType('response.output_text.delta'), (json) => void delete json['type']),
    },
    {
      name: 'arguments-told-otherwise',
      says: 'The arguments told at the end of a tool call are not those streamed.',
      trips: ['content.called-tool'],
      touches: ['responses/tool-call [stream]'],
      edit: where(ofType('response.function_call_arguments.done'), set('arguments', '{"city":"Rome"}')),
    },
    {
      name: 'call-of-a-response-unnamed',
      says: 'A tool call of a response has no name.',
      trips: ['tools.calls-are-named', 'content.called-tool'],
      touches: ['responses/tool-call [stream]'],
      edit: all(set('item.name', ''), set('response.output.0.name', '')),
    },
    {
      name: 'response-delta-is-an-object',
      says: 'A delta of text is an object.',
      trips: ['stream.schema', 'content.contains', 'events.told-once-more-alike'],
      touches: [response],
      edit: where(
        ofType('response.output_text.delta'),
        change('delta', (text: string) => ({ text })),
      ),
    },
    {
      name: 'message-not-opened',
      says: 'No message_start opens the stream.',
      trips: ['events.in-order', 'routing.served-by'],
      touches: [message],
      stream: without('message_start'),
    },
    {
      name: 'message-opened-twice',
      says: 'message_start comes twice.',
      trips: ['events.in-order'],
      touches: [message],
      stream: twice('message_start'),
    },
    {
      name: 'block-not-started',
      says: 'A delta comes for a block that was never started.',
      trips: ['events.in-order'],
      touches: [message],
      stream: without('content_block_start'),
    },
    {
      name: 'block-not-stopped',
      says: 'A block is never stopped.',
      trips: ['events.in-order'],
      touches: [message],
      stream: without('content_block_stop'),
    },
    {
      name: 'delta-of-another-block',
      says: 'A delta has the index of another block.',
      trips: ['events.in-order'],
      touches: [message],
      edit: where(ofType('content_block_delta'), set('index', 3)),
    },
    {
      name: 'message-delta-left-out',
      says: 'No message_delta tells stop reason and usage.',
      trips: ['events.in-order', 'response.finish-reason', 'ids.record-agrees'],
      touches: [message],
      stream: without('message_delta'),
    },
    {
      name: 'message-not-stopped',
      says: 'No message_stop closes the stream.',
      trips: ['events.one-terminal', 'routing.pin-proven-by-metadata'],
      touches: [message],
      stream: without('message_stop'),
    },
    {
      name: 'message-stopped-twice',
      says: 'message_stop comes twice.',
      trips: ['events.one-terminal', 'events.nothing-after-terminal'],
      touches: [message],
      stream: twice('message_stop'),
    },
    {
      name: 'block-after-the-stop',
      says: 'A block comes after message_delta.',
      trips: ['events.in-order'],
      touches: [message],
      stream: (blocks) => {
        const at = blocks.findIndex((block) => typeOf(block) === 'message_delta');
        const block = blocks.filter((one) => typeOf(one).startsWith('content_block'));
        return blocks.toSpliced(at + 1, 0, ...block);
      },
    },
    {
      name: 'message-events-unnamed',
      says: 'The events of a message have no names, so that Anthropic’s clients see none.',
      trips: ['events.messages-are-named'],
      touches: [message, 'messages/tool-call [stream]'],
      stream: (blocks) => blocks.map((block) => (block.json ? dataBlock(block.json) : block)),
    },
    {
      name: 'message-tool-without-name',
      says: 'A tool_use block has no name.',
      trips: ['tools.calls-are-named', 'content.called-tool', 'stream.schema'],
      touches: ['messages/tool-call [stream]'],
      edit: where((json) => at(json, 'content_block.type') === 'tool_use', set('content_block.name', '')),
    },
    {
      name: 'message-delta-as-chat',
      says: 'Text deltas of a message have no type.',
      trips: ['stream.schema'],
      touches: [message],
      edit: where(ofType('content_block_delta'), (json) => delete (json['delta'] as Json)['type']),
    },
  ],
};
