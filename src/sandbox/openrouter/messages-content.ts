import type { AnswerEvent } from './skin.ts';

/** A block while it grows. */
interface Growing {
  kind: 'text' | 'thinking' | 'tool_use';
  text: string;
  /** Of a call. */
  call?: { index: number; id: string; name: string };
}

export type BlockEvent = { type: string; index: number } & Record<string, unknown>;

/** The content blocks of one message as they grow, and the events that tell of it. */
export class MessageContent {
  /** Blocks that are done. */
  readonly blocks: object[] = [];
  #open: Growing | null = null;

  take(event: AnswerEvent): BlockEvent[] {
    switch (event.kind) {
      case 'content':
        return this.#grow('text', event.text);
      case 'reasoning':
        return this.#grow('thinking', event.text);
      case 'tool-call': {
        const { index, id = '', function: part } = event.call;
        return this.#grow('tool_use', part?.arguments ?? '', { index, id, name: part?.name ?? '' });
      }
      case 'finish':
        return this.close();
    }
  }

  close(): BlockEvent[] {
    const open = this.#open;
    if (!open) return [];
    const index = this.blocks.length;
    this.blocks.push(blockOf(open));
    this.#open = null;
    return [{ type: 'content_block_stop', index }];
  }

  #grow(kind: Growing['kind'], text: string, call?: Growing['call']): BlockEvent[] {
    const events: BlockEvent[] = [];
    if (this.#open?.kind !== kind || this.#open.call?.index !== call?.index) {
      events.push(...this.close());
      this.#open = { kind, text: '', ...(call && { call }) };
      events.push({ type: 'content_block_start', index: this.blocks.length, content_block: blockOf(this.#open) });
    }
    if (text !== '') {
      this.#open.text += text;
      events.push({ type: 'content_block_delta', index: this.blocks.length, delta: deltaOf(kind, text) });
    }
    return events;
  }
}

function blockOf({ kind, text, call }: Growing): object {
  switch (kind) {
    case 'text':
      return { type: kind, text, citations: null };
    case 'thinking':
      return { type: kind, thinking: text, signature: '' };
    case 'tool_use':
      return { type: kind, id: call?.id, name: call?.name, input: inputOf(text), caller: { type: 'direct' } };
  }
}

/** A model may write no JSON, or only half of it; Anthropic's clients expect an object. */
function inputOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function deltaOf(kind: Growing['kind'], text: string): object {
  switch (kind) {
    case 'text':
      return { type: 'text_delta', text };
    case 'thinking':
      return { type: 'thinking_delta', thinking: text };
    case 'tool_use':
      return { type: 'input_json_delta', partial_json: text };
  }
}
