import { waitInWords, type RunEvent } from '../../../shared/workflow/run.ts';
import { creditsInWords, formatClock, formatDuration } from '../../ui/format.ts';
import { costInWords } from '../../ui/runPause.ts';

/** One journal entry as a sentence. */
export function eventInWords(event: RunEvent, title: string): string {
  if (event.copied) return copyInWords(event, title);
  switch (event.type) {
    case 'run.started':
      return 'The run started';
    case 'step.started':
      return event.attempt > 1 ? `${title} starts again, attempt ${event.attempt}` : `${title} starts`;
    case 'step.intent':
      return `${title} is about to do what cannot be taken back`;
    case 'step.done':
      return `${title} is done after ${formatDuration(event.ms)}${event.port === 'out' ? '' : ` and goes along “${event.port}”`}${event.cost ? `, ${creditsInWords(event.cost)}` : ''}`;
    case 'step.failed':
      return `${title} failed: ${event.error.message}${event.retryAt === undefined ? '' : ' It will be tried again.'}`;
    case 'step.uncertain':
      return `${title}: it is unknown whether it happened. ${event.error.message}`;
    case 'step.waiting':
      return `${title} waits ${waitInWords(event.wait, formatClock)}`;
    case 'step.resumed':
      return `${title} goes on`;
    case 'step.compensating':
      return `${title} is being undone`;
    case 'step.compensated':
      return `${title} is undone`;
    case 'step.compensate_failed':
      return `${title} could not be undone: ${event.error.message}`;
    case 'mail.held':
      return `${title} holds a mail until the run has succeeded: “${event.subject}”`;
    case 'mail.sending':
      return `${title}: the mail is being sent${event.attempt > 1 ? `, attempt ${event.attempt}` : ''}`;
    case 'mail.sent':
      return event.assumed ? `${title}: somebody says that the mail was sent` : `${title}: the mail is sent`;
    case 'mail.failed':
      return `${title}: the mail could not be sent. ${event.error.message}${event.retryAt === undefined ? '' : ' It will be tried again.'}`;
    case 'mail.uncertain':
      return `${title}: it is unknown whether the mail went out. ${event.error.message}`;
    case 'run.paused':
      return event.cost ? `The run paused: ${costInWords(event.cost)}` : `${event.by} paused the run`;
    case 'run.resumed':
      return `${event.by} let the run go on${event.costLimitMicro === undefined ? '' : `, up to ${creditsInWords(event.costLimitMicro)}`}`;
    case 'loop.opened':
      return `${title} goes through ${itemsInWords(event.count)}`;
    case 'loop.items':
      return event.to - event.from === 1
        ? `${title} begins item ${event.to}`
        : `${title} begins items ${event.from + 1} to ${event.to}`;
    case 'loop.part':
      return event.output
        ? `${title} has done ${itemsInWords(event.output.count)} in a run of their own`
        : `${title}: a part of the list failed: ${event.error?.message ?? ''}`;
    case 'run.finished':
      return event.status === 'done'
        ? 'The run is done'
        : event.status === 'cancelled'
          ? 'The run was stopped'
          : `The run failed${event.error ? `: ${event.error.message}` : ''}`;
  }
}

function itemsInWords(count: number): string {
  return count === 1 ? 'one item' : `${count.toLocaleString('en')} items`;
}

/** What was taken over from the run that this one repeats. */
function copyInWords(event: RunEvent, title: string): string {
  if (event.type === 'mail.held') return `${title}: the mail that the earlier run did not send is taken over`;
  if (event.type === 'step.intent') return `${title} repeats what the earlier run announced, under its key`;
  return `${title} is kept from the earlier run`;
}
