import { type Block, dataBlock, isDone, type Json } from '../blocks.ts';
import { all, at, change, drop, set, where } from '../edit.ts';
import type { Family } from '../fault.ts';

const own = 'byok/own-key-pays [stream]';
const completion = 'completions/pinned-on-own-key [stream]';
const long = 'streaming/sound-from-first-to-last';
const calls = 'streaming/tool-call-assembles';

const isLast = (json: Json) => json['usage'] !== undefined;
const ends = (json: Json) => (at(json, 'choices.0.finish_reason') ?? null) !== null;
const isCall = (json: Json) => at(json, 'choices.0.delta.tool_calls.0') !== undefined;
const isFirstOfCall = (json: Json) => at(json, 'choices.0.delta.tool_calls.0.id') !== undefined;
const lastCall = (blocks: readonly Block[]) => blocks.findLastIndex(({ json }) => json !== undefined && isCall(json));

/** Copies the first chunk with content and changes it. */
function another(blocks: readonly Block[], edit: (json: Json) => void): Block {
  const json = structuredClone(blocks.find(({ json: data }) => data !== undefined)?.json ?? {});
  edit(json);
  return dataBlock(json);
}

const before = (blocks: readonly Block[], is: (block: Block) => boolean, block: Block) =>
  blocks.toSpliced(blocks.findIndex(is), 0, block);

/** The chunks of a stream contradict each other or come at the wrong place. */
export const chunks: Family = {
  name: 'stream: chunks',
  faults: [
    {
      name: 'ids-mixed',
      says: 'One chunk has the id of another stream.',
      trips: ['stream.constant-id'],
      touches: [own, completion],
      edit: where(isLast, set('id', 'gen-1795435200-AnotherAnother')),
    },
    {
      name: 'model-changes',
      says: 'The last chunk names another model.',
      trips: ['stream.constant-id'],
      touches: [own, completion],
      edit: where(isLast, set('model', 'z-ai/glm-4.5-air')),
    },
    {
      name: 'second-choice',
      says: 'Content comes under a second choice that nobody asked for.',
      trips: ['stream.single-choice'],
      touches: [own],
      edit: change('choices.0.index', () => 1),
    },
    {
      name: 'role-left-out',
      says: 'No delta says who speaks.',
      trips: ['stream.role-first'],
      touches: [own],
      edit: drop('choices.0.delta.role'),
    },
    {
      name: 'role-of-the-user',
      says: 'The deltas are spoken by the user.',
      trips: ['stream.role-first', 'stream.schema'],
      touches: [own],
      edit: change('choices.0.delta.role', () => 'user'),
    },
    {
      name: 'delta-called-message',
      says: 'Chunks carry a message and no delta.',
      trips: ['stream.schema', 'content.contains'],
      touches: ['streaming/comments-are-no-data'],
      edit: (json) => {
        const delta = at(json, 'choices.0.delta');
        set('choices.0.message', delta)(json);
        drop('choices.0.delta')(json);
      },
    },
    {
      name: 'chunk-called-completion',
      says: 'Chunks call themselves whole completions.',
      trips: ['stream.schema'],
      touches: [own],
      edit: change('object', () => 'chat.completion'),
    },
    {
      name: 'chunks-without-choices',
      says: 'The chunks have no list of choices.',
      trips: ['stream.schema', 'response.finish-reason'],
      touches: [own],
      edit: drop('choices'),
    },
    {
      name: 'content-after-the-end',
      says: 'Content comes after the finish reason.',
      trips: ['stream.nothing-after-finish'],
      touches: [own],
      stream: (blocks) =>
        before(
          blocks,
          ({ json }) => json !== undefined && isLast(json),
          another(blocks, set('choices.0.delta.content', ' more')),
        ),
    },
    {
      name: 'finish-reasons-differ',
      says: 'The finish reason beside the usage is another.',
      trips: ['stream.finish-reason-repeated-equal'],
      touches: [own, completion],
      edit: where(
        isLast,
        change('choices.0.finish_reason', () => 'length'),
      ),
    },
    {
      name: 'never-ends',
      says: 'No chunk says why the answer ended.',
      trips: ['response.finish-reason', 'content.finish-reason'],
      touches: [long],
      edit: where(ends, set('choices.0.finish_reason', null)),
    },
    {
      name: 'usage-not-sent',
      says: 'The stream carries no usage.',
      trips: ['stream.usage-once', 'usage.is-byok-expected'],
      touches: [own, completion, 'streaming/usage-sent-unasked'],
      edit: drop('usage'),
    },
    {
      name: 'usage-twice-and-different',
      says: 'Every chunk carries a usage, each with other counts.',
      trips: ['stream.usage-once'],
      touches: [own],
      stream: (blocks) => {
        const last = blocks.find(({ json }) => json !== undefined && isLast(json))?.json ?? {};
        const early = all(
          set('usage', last['usage']),
          change('usage.completion_tokens', () => 0),
          change('usage.total_tokens', (n: number) => n - 1),
        );
        return before(
          blocks,
          ({ json }) => json !== undefined,
          another(blocks, all(early, set('choices.0.delta.content', ''))),
        );
      },
    },
    {
      name: 'usage-too-early',
      says: 'Usage comes before the content.',
      trips: ['stream.usage-last'],
      touches: [own],
      stream: (blocks) => {
        const usage = blocks.find(({ json }) => json !== undefined && isLast(json))?.json?.['usage'];
        const [first, ...rest] = blocks.flatMap(({ json }) => (json ? [json] : []));
        if (first) first['usage'] = usage;
        for (const json of rest) delete json['usage'];
        return [...[first ?? {}, ...rest].map(dataBlock), ...blocks.filter(isDone)];
      },
    },
    {
      name: 'usage-chunk-last-but-one',
      says: 'An empty chunk comes after the usage.',
      trips: ['stream.usage-last'],
      touches: [own, completion],
      stream: (blocks) =>
        before(
          blocks,
          isDone,
          another(
            blocks,
            all(
              set('choices.0.delta.content', ''),
              change('choices.0.text', () => ''),
            ),
          ),
        ),
    },
    {
      name: 'tool-call-in-pieces-without-name',
      says: 'The first fragment of a tool call has no name.',
      trips: ['tools.calls-are-named', 'content.called-tool'],
      touches: [calls],
      edit: where(isFirstOfCall, drop('choices.0.delta.tool_calls.0.function.name')),
    },
    {
      name: 'tool-call-in-pieces-without-id',
      says: 'The first fragment of a tool call has no id.',
      trips: ['tools.calls-are-named', 'content.called-tool'],
      touches: [calls],
      edit: drop('choices.0.delta.tool_calls.0.id'),
    },
    {
      name: 'tool-call-changes-its-id',
      says: 'A later fragment of a tool call has another id.',
      trips: ['content.called-tool'],
      touches: [calls],
      edit: where((json) => isCall(json) && !isFirstOfCall(json), set('choices.0.delta.tool_calls.0.id', 'call_other')),
    },
    {
      name: 'tool-call-without-index',
      says: 'The fragments of a tool call have no index.',
      trips: ['stream.schema', 'content.called-tool'],
      touches: [calls],
      edit: drop('choices.0.delta.tool_calls.0.index'),
    },
    {
      name: 'tool-call-loses-a-piece',
      says: 'The last fragment of a tool call is lost.',
      trips: ['tools.arguments-are-json', 'content.called-tool'],
      touches: [calls],
      stream: (blocks) => blocks.toSpliced(lastCall(blocks), 1),
    },
    {
      name: 'tool-call-pieces-scattered',
      says: 'Each fragment of a tool call has an index of its own.',
      trips: ['tools.arguments-are-json', 'tools.calls-are-named'],
      touches: [calls],
      stream: (blocks) => {
        let index = 0;
        return blocks.map(({ text, json }) => {
          if (!json || !isCall(json)) return { text };
          set('choices.0.delta.tool_calls.0.index', index++)(json);
          return dataBlock(json);
        });
      },
    },
    {
      name: 'error-with-more-content',
      says: 'Content goes on after the chunk with an error.',
      trips: ['stream.nothing-after-error'],
      touches: ['chat-errors/o-200-ms-empty-choices'],
      stream: (blocks) =>
        blocks.some(({ json }) => json?.['error'] !== undefined)
          ? before(blocks, isDone, another(blocks, set('choices.0.delta.content', 'more')))
          : blocks,
    },
    {
      name: 'error-in-a-whole-stream',
      says: 'The last chunk of a good stream has an error.',
      trips: ['response.no-in-band-error'],
      touches: [own],
      edit: where(isLast, set('error', { code: 502, message: 'Provider returned error' })),
    },
    {
      name: 'error-as-finish-reason',
      says: 'The answer ends with the finish reason error and no error.',
      trips: ['response.no-in-band-error'],
      touches: [own],
      edit: where(ends, set('choices.0.finish_reason', 'error')),
    },
    {
      name: 'refusal-as-stream',
      says: 'A refusal before the first token comes as an event stream under its status.',
      trips: ['stream.error-before-token-is-plain', 'response.content-type', 'response.error-has-message'],
      touches: ['streaming/error-before-first-token-is-json'],
      headers: (headers, status) => (status === 404 ? { ...headers, 'content-type': 'text/event-stream' } : headers),
      bytes: (text) => [text.startsWith('{"error"') ? `data: ${text}\n\n` : text],
    },
    {
      name: 'refusal-inside-200',
      says: 'A refusal before the first token comes as a chunk under 200.',
      trips: ['response.status-expected', 'response.no-in-band-error', 'stream.error-before-token-is-plain'],
      touches: ['streaming/error-before-first-token-is-json'],
      status: () => 200,
      headers: (headers) => ({ ...headers, 'content-type': 'text/event-stream' }),
      bytes: (text) => [text.startsWith('{"error"') ? `data: ${text}\n\ndata: [DONE]\n\n` : text],
    },
  ],
};
