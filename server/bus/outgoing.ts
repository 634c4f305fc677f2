import { fits, pack } from './messages.ts';

/** More than this at once would be of no use to anybody when it arrives. */
const maxWaiting = 20_000;
const atOnce = 500;
/** Between two sendings, so that what comes meanwhile travels together. */
const gapMs = 5;

export interface Outgoing {
  /** Puts a message in line. One with a `key` takes the place of an earlier one of that key that has not left yet. */
  push(json: string, key?: string): void;
  /** Forgets what has not left. */
  clear(): void;
  /** Resolves when nothing is in line. */
  idle(): Promise<void>;
}

/**
 * Messages on their way out: everything that gathers while a sending is under way goes together in the next.
 * @param lost what was in line had to be dropped, for its number or because the sending failed.
 */
export function createOutgoing(
  sender: string,
  send: (payloads: string[]) => Promise<void>,
  lost: (error: unknown) => void,
): Outgoing {
  const waiting = new Map<string, string>();
  let running: Promise<void> | null = null;
  let counter = 0;
  let payloadNumber = 0;

  async function pump(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.size > 0) {
      const batch = [...waiting].slice(0, atOnce);
      for (const [key] of batch) waiting.delete(key);
      const payloads = pack(
        sender,
        payloadNumber,
        batch.map(([, json]) => json),
      );
      payloadNumber += payloads.length;
      try {
        await send(payloads);
      } catch (error) {
        waiting.clear();
        lost(error);
      }
      await new Promise((resolve) => setTimeout(resolve, gapMs));
    }
    running = null;
  }

  return {
    push(json, key = `#${counter++}`) {
      if (!fits(json)) throw new RangeError('A message is too large for the bus.');
      if (waiting.size >= maxWaiting) {
        waiting.clear();
        lost(new Error(`More than ${maxWaiting} messages were waiting for the bus.`));
      }
      waiting.set(key, json);
      running ??= pump();
    },
    clear: () => waiting.clear(),
    async idle() {
      while (running) await running;
    },
  };
}
