import type { PersonHere, ServerToClient } from '../../shared/api/socket.ts';
import type { ErrorBody } from '../../shared/errors.ts';
import type { RunEvent, Wish } from '../../shared/workflow/run.ts';

/** What processes over one database tell each other. Nothing depends on any of it arriving: each has a poll as its floor. */
export type BusMessage =
  /** There is something in the queue. */
  | { type: 'wake' }
  /** The triggers of some workflow have changed: what is remembered of any is out of date. */
  | { type: 'triggers' }
  /** A run that is wanted cancelled; the wish itself is in the database. */
  | { type: 'cancel'; runId: string }
  /** What somebody wants of a run; it is in the database. */
  | { type: 'steer'; runId: string; wish: Wish }
  /** A word for a step of this run has been stored. */
  | { type: 'signalled'; runId: string }
  /** A person's decision about an uncertain step, for the process that holds the run; it answers with `resolved` under the same `ask`. */
  | {
      type: 'resolve';
      ask: string;
      workspaceId: string;
      runId: string;
      nodeId: string;
      decision: 'was_sent' | 'send_again';
    }
  | { type: 'resolved'; ask: string; error: ErrorBody | null }
  /** Journaled events of a run that somebody watches. */
  | { type: 'events'; runId: string; events: readonly RunEvent[] }
  /** There are such events, too large to tell: they are in the journal. */
  | { type: 'committed'; runId: string }
  | ({ type: 'progress' } & ProgressPiece)
  | { type: 'changed'; workspaceId: string; runId: string }
  | {
      type: 'inbox';
      workspaceId: string | null;
      userIds: readonly string[];
      mail: Parameters<ServerToClient['inbox.arrived']>[0];
    }
  | { type: 'approval'; workspaceId: string; runId: string }
  /** Who has a workflow open at that process. */
  | { type: 'people'; origin: string; workflowId: string; people: readonly PersonHere[] }
  | { type: 'saved'; workspaceId: string; saved: Parameters<ServerToClient['workflow.saved']>[0] };

/** A part of what a running step has produced: `text` stands at character `at`. */
export interface ProgressPiece {
  runId: string;
  node: string;
  at: number;
  text: string;
}

/** How processes get to know each other and what each wants to hear; the bus keeps these to itself. */
export type PresenceMessage =
  /** I have just come, or have lost sight of you: say that you are here. */
  | { type: 'hello' }
  /** I am here and want to hear of these rooms, and of no others. `takes`: I take runs from the queue. */
  | { type: 'here'; takes: boolean; rooms: readonly string[] }
  | { type: 'join'; rooms: readonly string[] }
  | { type: 'leave'; rooms: readonly string[] }
  | { type: 'beat' }
  | { type: 'bye' };

/** NOTIFY takes less than 8,000 bytes. */
const maxPayload = 7_900;
/** What sender, number and brackets take of it. */
const envelope = 60;

/** Whether a message of this JSON can be sent at all. */
export function fits(json: string): boolean {
  return Buffer.byteLength(json) <= maxPayload - envelope;
}

/**
 * Puts messages (as JSON, each of which fits) into as few payloads as will do, in order. Each payload is `[sender, number, ...messages]`; the
 * number makes it unlike all others of its sender, since PostgreSQL drops repetitions within a transaction.
 */
export function pack(sender: string, firstNumber: number, messages: readonly string[]): string[] {
  const payloads: string[] = [];
  let parts: string[] = [];
  let size = 0;
  const close = (): void => {
    if (parts.length > 0) payloads.push(`["${sender}",${firstNumber + payloads.length},${parts.join(',')}]`);
    parts = [];
    size = 0;
  };
  for (const json of messages) {
    const bytes = Buffer.byteLength(json) + 1;
    if (size + bytes > maxPayload - envelope) close();
    parts.push(json);
    size += bytes;
  }
  close();
  return payloads;
}

/** Null for what is no payload of ours. Messages of kinds that this version does not know are for the receiver to pass by. */
export function unpack(payload: string): { sender: string; messages: (BusMessage | PresenceMessage)[] } | null {
  try {
    const parsed: unknown = JSON.parse(payload);
    if (!Array.isArray(parsed) || typeof parsed[0] !== 'string') return null;
    const messages = (parsed as unknown[]).slice(2).filter(isMessage);
    return { sender: parsed[0], messages };
  } catch {
    return null;
  }
}

function isMessage(value: unknown): value is BusMessage | PresenceMessage {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
