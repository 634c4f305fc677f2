/** What the fake model is to do with one request. */
export interface FakeReply {
  /** What the model says. An object is sent as its JSON. */
  say?: string | object;
  toolCalls?: readonly { name: string; input: unknown }[];
  /** Answer with this HTTP status and the protocol's error body instead. */
  status?: number;
  headers?: Record<string, string>;
  /** The provider's own words of an error. */
  error?: { message: string; type?: string; code?: string; param?: string };
  /** Break the connection after this many characters of `say`. */
  cutAfter?: number;
  /** End the stream tidily, but without saying that the model has finished. */
  unfinished?: boolean;
  /** An `error` event in the middle of the stream. */
  errorInStream?: { message: string; type: string };
  delayMs?: number;
  /** Pause between the pieces. */
  pieceMs?: number;
  pieceLength?: number;
  usage?: { inputTokens: number; outputTokens: number };
  finish?: 'stop' | 'length' | 'refusal';
}

/** Stands for a broken connection among the frames. */
export const cut = Symbol.for('cut').toString();

/** The text of a reply in pieces, the cut included. */
export function* pieces(reply: FakeReply): Generator<string> {
  const text = typeof reply.say === 'string' || reply.say === undefined ? (reply.say ?? '') : JSON.stringify(reply.say);
  const length = reply.pieceLength ?? 7;
  const end = reply.cutAfter ?? text.length;
  for (let at = 0; at < end; at += length) yield text.slice(at, Math.min(at + length, end));
  if (reply.cutAfter !== undefined) yield cut;
}
