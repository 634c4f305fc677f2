/** Mails that wait until their run has succeeded: what becomes of them in the fold, and which are sent next. */
import type { ErrorBody } from '../errors.ts';
import type { RunEvent, RunEventBody } from '../workflow/run.ts';
import { nodeOf } from './address.ts';
import type { CompiledGraph } from './graph.ts';

export const heldMailStatuses = ['held', 'sending', 'retrying', 'uncertain', 'sent', 'failed', 'discarded'] as const;
export type HeldMailStatus = (typeof heldMailStatuses)[number];

/** So many of a run are on their way to the server together: as many as it has connections for. */
export const mailsAtOnce = 10;

export interface HeldMail {
  /** Address of the step that wrote it. */
  node: string;
  subject: string;
  to: readonly string[];
  status: HeldMailStatus;
  attempt: number;
  retryAt?: number;
  error?: ErrorBody;
}

/** All of a run, by key in the order they were written; the sets hold keys. */
export interface HeldMails {
  all: Map<string, HeldMail>;
  /** Not begun. */
  held: Set<string>;
  sending: Set<string>;
  retrying: Set<string>;
  uncertain: Set<string>;
  /** Of the first that failed for good where that fails the run. */
  error?: ErrorBody & { nodeId: string };
}

export type MailEvent = Extract<RunEvent, { type: `mail.${string}` }>;

export function applyMailEvent(graph: CompiledGraph, mails: HeldMails | undefined, event: MailEvent): HeldMails {
  const held = mails ?? {
    all: new Map(),
    held: new Set(),
    sending: new Set(),
    retrying: new Set(),
    uncertain: new Set(),
  };
  if (event.type === 'mail.held' && !held.all.has(event.key)) {
    const { node, subject, to } = event;
    held.all.set(event.key, { node, subject, to, status: 'held', attempt: 0 });
  }
  const mail = held.all.get(event.key);
  if (!mail) return held;
  for (const set of [held.held, held.sending, held.retrying, held.uncertain]) set.delete(event.key);
  delete mail.retryAt;
  switch (event.type) {
    case 'mail.held':
      mail.status = 'held';
      held.held.add(event.key);
      break;
    case 'mail.sending':
      mail.status = 'sending';
      mail.attempt = event.attempt;
      held.sending.add(event.key);
      break;
    case 'mail.sent':
      mail.status = 'sent';
      delete mail.error;
      break;
    case 'mail.uncertain':
      mail.status = 'uncertain';
      mail.error = event.error;
      held.uncertain.add(event.key);
      break;
    case 'mail.failed':
      failMail(graph, held, mail, event);
  }
  return held;
}

function failMail(
  graph: CompiledGraph,
  held: HeldMails,
  mail: HeldMail,
  { key, node, error, retryAt }: Extract<MailEvent, { type: 'mail.failed' }>,
): void {
  mail.error = error;
  if (retryAt !== undefined) {
    mail.status = 'retrying';
    mail.retryAt = retryAt;
    held.retrying.add(key);
    return;
  }
  mail.status = 'failed';
  const onError = graph.nodes.get(nodeOf(node))?.node.onError ?? 'stop';
  if (onError === 'stop') held.error ??= { ...error, nodeId: node };
}

/** The run has ended: what has not been sent never will be. */
export function discardMails({ all, held, retrying }: HeldMails): void {
  for (const key of held) all.get(key)!.status = 'discarded';
  for (const key of retrying) all.get(key)!.status = 'failed';
  held.clear();
  retrying.clear();
}

/**
 * What comes when the steps are through: mails that go out now beside those on their way, begun in the order they were written. A mail that is
 * tried again later, or that a person has to decide about, does not hold up those behind it. `rest`: some are under way or have to wait. `now`
 * in milliseconds.
 */
export function nextMails(mails: HeldMails, now: number): { key: string; attempt: number }[] | 'rest' | 'none' {
  const next: { key: string; attempt: number }[] = [];
  const begin = (key: string): void => void next.push({ key, attempt: mails.all.get(key)!.attempt + 1 });
  const free = mailsAtOnce - mails.sending.size;
  for (const key of mails.retrying) {
    if (next.length >= free) break;
    if (mails.all.get(key)!.retryAt! <= now) begin(key);
  }
  for (const key of mails.held) {
    if (next.length >= free) break;
    begin(key);
  }
  if (next.length > 0) return next;
  return mails.sending.size + mails.retrying.size + mails.uncertain.size > 0 ? 'rest' : 'none';
}

/** True while any is on its way to the server. */
export function isSendingMail(mails: HeldMails | undefined): boolean {
  return mails !== undefined && mails.sending.size > 0;
}

/** True while it is not known of one whether it went out. */
export function isUnsettled(mails: HeldMails | undefined): boolean {
  return mails !== undefined && mails.sending.size + mails.uncertain.size > 0;
}

/** True when the run is not through, although nothing of it may be under way. */
export function hasOpenMails(mails: HeldMails | undefined): boolean {
  return mails !== undefined && mails.sending.size + mails.retrying.size + mails.uncertain.size > 0;
}

/** When the next of them is tried again, in milliseconds; null: none is. */
export function mailDue(mails: HeldMails | undefined): number | null {
  let due: number | null = null;
  for (const key of mails?.retrying ?? []) {
    const at = mails!.all.get(key)!.retryAt!;
    if (due === null || at < due) due = at;
  }
  return due;
}

/** The mail of this step of which nobody knows whether it was sent. */
export function uncertainMail(mails: HeldMails | undefined, node: string): (HeldMail & { key: string }) | null {
  for (const key of mails?.uncertain ?? []) {
    const mail = mails!.all.get(key)!;
    if (mail.node === node) return { ...mail, key };
  }
  return null;
}

/** Mails that a run wrote and that were not sent, in order: a run that goes on from it has to send them. */
export function unsentMails(events: readonly RunEvent[]): Extract<RunEventBody, { type: 'mail.held' }>[] {
  const unsent = new Map<string, Extract<RunEventBody, { type: 'mail.held' }>>();
  for (const event of events) {
    if (event.type === 'mail.sent') unsent.delete(event.key);
    if (event.type !== 'mail.held') continue;
    const { type, node, key, subject, to } = event;
    unsent.set(key, { type, node, key, subject, to });
  }
  return [...unsent.values()];
}
