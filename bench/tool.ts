/** What is replayed: one request with two possible answers. */
export interface Material {
  origin: string;
  request: { method: 'POST'; path: string; headers: Record<string, string>; body: string };
  answers: Record<Kind, Answer>;
}

export type Kind = 'json' | 'stream';

export interface Answer {
  contentType: string;
  /** As the server wrote them. */
  chunks: string[];
}

/** Ready to replay. */
export interface Player {
  /** Asks once and reads the answer to its end. Resolves to its text. */
  ask(): Promise<string>;
  /** Asks once and counts the pieces in which the answer reaches its reader. */
  pieces(): Promise<number>;
  close(): Promise<void>;
}

/** A way to replay a recorded answer. */
export interface Tool {
  /** As in the table of results. */
  name: string;
  /** Gets ready to answer `times` requests with the answer of this kind. `folder` is the tool's own. */
  prepare(material: Material, kind: Kind, options: { times: number; folder: string }): Promise<Player>;
}
