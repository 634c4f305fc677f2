import { AppError } from '../errors.ts';
import { uncertainMail } from './held.ts';
import type { RunEventBody } from '../workflow/run.ts';
import { stepAt, type RunState } from './state.ts';

/** What a person knows about a step of which the engine does not know whether its effect took place. */
export type UncertainDecision = 'was_sent' | 'send_again';

/** The steps that wait for such a word, for themselves or for a mail of theirs that was held. */
export function uncertainSteps(state: RunState): string[] {
  const steps = [...state.open].filter((node) => stepAt(state, node)?.status === 'uncertain');
  const mails = [...(state.mails?.uncertain ?? [])].map((key) => state.mails!.all.get(key)!.node);
  return [...steps, ...mails];
}

/** The event that puts the decision into the journal. @throws AppError conflict when the step does not wait for one. */
export function decidedEvent(state: RunState, node: string, decision: UncertainDecision): RunEventBody {
  const mail = uncertainMail(state.mails, node);
  if (mail) return decidedMail(mail, decision);
  const step = stepAt(state, node);
  if (step?.status !== 'uncertain') throw new AppError('conflict', 'This step is not waiting for a decision.');
  if (decision === 'send_again' && state.paused)
    throw new AppError('conflict', 'The run is paused. Resume it before this step is done again.');
  if (decision === 'send_again') return { type: 'step.started', node, attempt: step.attempt + 1 };
  return { type: 'step.done', node, port: 'out', output: { assumedSent: true }, ms: 0 };
}

/** To be sent again it goes back to those that are held. */
function decidedMail(
  { node, key, subject, to }: NonNullable<ReturnType<typeof uncertainMail>>,
  decision: UncertainDecision,
): RunEventBody {
  if (decision === 'send_again') return { type: 'mail.held', node, key, subject, to };
  return { type: 'mail.sent', node, key, assumed: true };
}
