/**
 * Places where a test may have the process die, as a crash or a power cut would. Promises.md says what must hold then.
 * Each name stands exactly between two acts whose order matters.
 */
export const faultPoints = [
  'run_committed', // the trigger is durable, its answer not yet sent
  'intent_journaled', // the effect is announced in the journal, not yet begun
  'effect_done', // the effect happened, its outcome is not yet journaled
  'outcome_journaled', // the outcome is journaled, nothing after it has begun
  'smtp_250', // the mail server accepted, not yet recorded
  'imap_fetched', // mail was fetched, not yet committed
  'hold_taken', // credits are held, not yet settled
  'schedule_claimed', // a schedule's instant is claimed, its run not yet durable
  'run_taken', // a run is taken from the queue, nothing of it has been read yet
  'approval_opened', // somebody is asked, the run does not know yet that it waits
  'decision_stored', // a decision and the word for its step are durable, nobody has heard of it
  'call_committed', // a called run is durable, its caller does not know yet that it waits
  'end_told', // the end of a called run is durable as a word for its caller, who has not heard of it
  'run_ended', // the end of a run is durable, what it held is not free yet, and nobody has heard of it
] as const;

export type FaultPoint = (typeof faultPoints)[number];

/** Dies at `name` when it is passed for the `occurrence`-th time (from 1). */
export interface Fault {
  name: FaultPoint;
  occurrence: number;
}

let armed: Fault | null = null;
let passed = 0;

/** Called once by the composition root with what the environment says. */
export function armFault(fault: Fault | null): void {
  armed = fault;
  passed = 0;
}

/** Marks a fault point. Does nothing unless a test armed it; then the process gets SIGKILL here and no line after runs. */
export function faultPoint(name: FaultPoint): void {
  if (armed?.name !== name) return;
  passed += 1;
  if (passed === armed.occurrence) process.kill(process.pid, 'SIGKILL');
}

/**
 * Reads `name` or `name:N`.
 * @returns undefined when it is neither.
 */
export function parseFault(text: string): Fault | undefined {
  const [given, count = '1', ...rest] = text.split(':');
  const name = faultPoints.find((point) => point === given);
  const occurrence = Number(count);
  if (!name || rest.length > 0 || !Number.isInteger(occurrence) || occurrence < 1) return undefined;
  return { name, occurrence };
}
