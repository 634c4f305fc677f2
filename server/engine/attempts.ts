/** Attempts of the steps of one run: how they begin, and what becomes of their outcomes. */
import { resumptions } from '../../shared/engine/plan.ts';
import { stepAt } from '../../shared/engine/state.ts';
import { faultPoint } from '../faults.ts';
import { maySpend } from './ceiling.ts';
import { fail, guard, record, signalOf, write, type Live } from './live.ts';
import type { StepInvocation } from './invocation.ts';
import type { OutboxOutcome, OutboxRow } from './ports.ts';
import { isAtHand, loadFor } from './payloads.ts';
import { holdMail, resumeSending } from './release.ts';
import { runStep, type StepOutcome } from './step.ts';
import { newParts } from './words.ts';

/** Starts one attempt of a step. Where it needs no waiting, its outcome is in line for `settleAll` at once; whoever calls goes on then. */
export function launch(live: Live, node: string, attempt: number): void {
  record(live, { type: 'step.started', node, attempt });
  live.launched++;
  continueStep(live, node);
}

export function continueStep(live: Live, node: string): void {
  const loading = loadFor(live, node);
  if (loading === null) return attempt(live, node);
  loading.then(
    () => {
      if (live.over) return;
      guard(live, () => attempt(live, node));
      live.goOn();
    },
    (error: unknown) => fail(live, error),
  );
}

function attempt(live: Live, node: string): void {
  const outcome = runStep(new Attempt(live, node));
  if (!(outcome instanceof Promise)) return void live.settled.push(outcome);
  outcome.then(
    (settled) => {
      guard(live, () => settle(live, settled));
      live.goOn();
    },
    (error: unknown) => fail(live, error),
  );
}

/** A class: an attempt of a step that computes is over before any of what it may ask for has to be made. */
class Attempt implements StepInvocation {
  readonly run;
  readonly version;
  readonly state;
  readonly ports;
  readonly node: string;
  readonly outcomeUnknown: boolean;
  private readonly live: Live;

  constructor(live: Live, node: string) {
    this.run = live.run;
    this.version = live.version;
    this.state = live.state;
    this.ports = live.ports;
    this.node = node;
    this.outcomeUnknown = stepAt(live.state, node)?.intent !== undefined;
    this.live = live;
  }

  get signal(): AbortSignal {
    return signalOf(this.live);
  }

  intend(key: string, mail: OutboxRow | undefined): Promise<void> {
    return intend(this.live, this.node, key, mail);
  }

  hold(mail: OutboxRow): void {
    holdMail(this.live, this.node, mail);
  }

  settleMail(outcome: OutboxOutcome): void {
    this.live.outcomes.push(outcome);
  }

  durable(): Promise<void> {
    return write(this.live);
  }
}

/** Makes the intent durable before the effect. A repeat after a crash finds it in the journal and only adds the mail if that is missing. */
async function intend(live: Live, node: string, key: string, mail: OutboxRow | undefined): Promise<void> {
  if (stepAt(live.state, node)?.intent === undefined) record(live, { type: 'step.intent', node, key });
  if (mail) live.outbox.push(mail);
  await write(live);
  faultPoint('intent_journaled');
}

/** Writes down how the steps ended that needed no waiting. */
export function settleAll(live: Live): void {
  if (live.settled.length === 0) return;
  const { settled } = live;
  live.settled = [];
  for (const outcome of settled) settle(live, outcome);
}

function settle(live: Live, outcome: StepOutcome): void {
  if (live.over) return;
  if (outcome.afterEffect) faultPoint('effect_done');
  record(live, outcome.event);
  // The word may have been faster than the wait for it.
  if (outcome.event.type === 'step.waiting' || outcome.event.type === 'loop.opened') resumeDue(live);
  if (outcome.afterEffect || outcome.event.type === 'step.uncertain') {
    write(live).then(
      () => faultPoint('outcome_journaled'),
      () => {},
    );
  }
}

/** The answer goes out once everything before it is durable. A run that ends with it needs no write for it: see `end`. */
export function sendAnswer(live: Live): void {
  if (!live.state.answer || live.answerSent) return;
  live.answerSent = true;
  const { answer } = live.state;
  write(live).then(
    () => live.answer(answer),
    () => live.answer(null),
  );
}

/** Does again what a process that died had under way. */
export function restartInterrupted(live: Live): void {
  for (const node of live.state.open) {
    const step = stepAt(live.state, node);
    if (step?.status === 'running' && !step.loop) continueStep(live, node);
  }
  resumeSending(live);
}

/** Lets steps go on whose retry or wait is due, or for which the word has come that they wait for. */
export function resumeDue(live: Live): void {
  if (live.state.ending || live.state.paused || live.releasing) return;
  const now = live.ports.now().getTime();
  for (const node of [...live.state.open]) {
    const step = stepAt(live.state, node)!;
    if (step.status !== 'retrying' || step.retryAt! > now || !isAtHand(live, node)) continue;
    if (!maySpend(live, node, { holdsBack: false })) return;
    launch(live, node, step.attempt + 1);
  }
  for (const event of newParts(live)) record(live, event);
  for (const { node, signal } of resumptions(live.state, [...live.arrived.values()], now)) {
    record(live, { type: 'step.resumed', node, signal });
    continueStep(live, node);
  }
}
