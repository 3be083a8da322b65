/** A JSON object as the sandbox sends it; an edit may change it in place. */
export type Json = { [field: string]: unknown };

/** What stands between two blank lines of an event stream: an event or a comment. */
export interface Block {
  text: string;
  /** The data, where that is an object. */
  json?: Json;
}

/** The blocks of a stream; JSON without framing after the last one is a block too. */
export function blocksOf(text: string): Block[] {
  return text.split(/(?<=\n\n)/).map((part) => {
    const [, data] = /^data: (\{.*)\n\n$/m.exec(part) ?? [];
    return data === undefined ? { text: part } : { text: part, json: JSON.parse(data) as Json };
  });
}

/** The same block with other data: its `event:` line stays. */
export function withData({ text }: Block, json: Json): Block {
  return { text: text.replace(/^data: .*$/m, () => `data: ${JSON.stringify(json)}`), json };
}

export function dataBlock(json: Json): Block {
  return { text: `data: ${JSON.stringify(json)}\n\n`, json };
}

export const isDone = ({ text }: Block): boolean => text.startsWith('data: [DONE]');
