import type { RunEvent } from '../../../../shared/workflow/run.ts';
import { plural, t, translate } from '../../../i18n/t.ts';
import { creditsInWords, formatClock, formatDuration } from '../../../ui/format.ts';
import { costInWords } from '../../../ui/runPause.ts';
import { waitingInWords } from '../../../ui/waiting.ts';

/** One journal entry as a sentence. */
export function eventInWords(event: RunEvent, title: string): string {
  if (event.copied) return copyInWords(event, title);
  switch (event.type) {
    case 'run.started':
      return t('The run started');
    case 'step.started':
      return event.attempt > 1
        ? t('{title} starts again, attempt {attempt}', { title, attempt: event.attempt })
        : t('{title} starts', { title });
    case 'step.intent':
      return t('{title} is about to do what cannot be taken back', { title });
    case 'step.done':
      return t('{title} is done after {duration}{along}{cost}', {
        title,
        duration: formatDuration(event.ms),
        along: event.port === 'out' ? '' : ` ${t('and goes along “{port}”', { port: event.port })}`,
        cost: event.cost ? `, ${creditsInWords(event.cost)}` : '',
      });
    case 'step.failed':
      return t('{title} failed: {message}{value}', {
        title,
        message: translate(event.error.message),
        value: event.retryAt === undefined ? '' : ` ${t('It will be tried again.')}`,
      });
    case 'step.uncertain':
      return t('{title}: it is unknown whether it happened. {message}', {
        title,
        message: translate(event.error.message),
      });
    case 'step.waiting':
      return t('{title} waits {wait}', { title, wait: waitingInWords(event.wait, formatClock) });
    case 'step.resumed':
      return t('{title} goes on', { title });
    case 'step.compensating':
      return t('{title} is being undone', { title });
    case 'step.compensated':
      return t('{title} is undone', { title });
    case 'step.compensate_failed':
      return t('{title} could not be undone: {message}', { title, message: translate(event.error.message) });
    case 'mail.held':
      return t('{title} holds a mail until the run has succeeded: “{subject}”', { title, subject: event.subject });
    case 'mail.sending':
      return t('{title}: the mail is being sent{value}', {
        title,
        value: event.attempt > 1 ? `, ${t('attempt {attempt}', { attempt: event.attempt })}` : '',
      });
    case 'mail.sent':
      return event.assumed
        ? t('{title}: somebody says that the mail was sent', { title })
        : t('{title}: the mail is sent', { title });
    case 'mail.failed':
      return t('{title}: the mail could not be sent. {message}{value}', {
        title,
        message: translate(event.error.message),
        value: event.retryAt === undefined ? '' : ` ${t('It will be tried again.')}`,
      });
    case 'mail.uncertain':
      return t('{title}: it is unknown whether the mail went out. {message}', {
        title,
        message: translate(event.error.message),
      });
    case 'run.paused':
      return event.cost
        ? t('The run paused: {cost}', { cost: costInWords(event.cost) })
        : t('{by} paused the run', { by: event.by });
    case 'run.resumed':
      return t('{by} let the run go on{value}', {
        by: event.by,
        value:
          event.costLimitMicro === undefined
            ? ''
            : `, ${t('up to {credits}', { credits: creditsInWords(event.costLimitMicro) })}`,
      });
    case 'loop.opened':
      return t('{title} goes through {items}', { title, items: itemsInWords(event.count) });
    case 'loop.items':
      return event.to - event.from === 1
        ? t('{title} begins item {to}', { title, to: event.to })
        : t('{title} begins items {from} to {to}', { title, from: event.from + 1, to: event.to });
    case 'loop.part':
      return event.output
        ? t('{title} has done {items} in a run of their own', { title, items: itemsInWords(event.output.count) })
        : t('{title}: a part of the list failed: {message}', { title, message: translate(event.error?.message ?? '') });
    case 'run.finished':
      return event.status === 'done'
        ? t('The run is done')
        : event.status === 'cancelled'
          ? t('The run was stopped')
          : t('The run failed{value}', { value: event.error ? `: ${translate(event.error.message)}` : '' });
  }
}

function itemsInWords(count: number): string {
  return plural(count, 'one item', '{n} items');
}

/** What was taken over from the run that this one repeats. */
function copyInWords(event: RunEvent, title: string): string {
  if (event.type === 'mail.held')
    return t('{title}: the mail that the earlier run did not send is taken over', { title });
  if (event.type === 'step.intent')
    return t('{title} repeats what the earlier run announced, under its key', { title });
  return t('{title} is kept from the earlier run', { title });
}
