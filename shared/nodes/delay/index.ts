import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { defineNode, inPort, outPort } from '../contract.ts';
import { asText, choiceField, clip, field, textField } from '../fields.ts';
import { asTime } from '../operators.ts';
import { instantInWords, longestSpanMs, spanInWords, spanLabels, spanMs, spanUnits } from '../spans.ts';

export const config = z.object({
  mode: choiceField(['for', 'until'], 'for', { title: 'Wait', labels: { for: 'For a time', until: 'Until a date' } }),
  amount: field(z.number().min(0).max(1_000_000).default(1), {
    title: 'How long',
    widget: 'number',
    showWhen: { field: 'mode', in: ['for'] },
  }),
  unit: choiceField(spanUnits, 'hours', {
    title: 'Unit',
    labels: spanLabels,
    showWhen: { field: 'mode', in: ['for'] },
  }),
  until: textField({
    title: 'Date and time',
    widget: 'datetime',
    max: 500,
    placeholder: '2026-12-24T18:00:00+01:00',
    description:
      'ISO date and time, or an expression that gives one. Without a zone it is UTC. A moment that has passed is not waited for.',
    showWhen: { field: 'mode', in: ['until'] },
  }),
});
type Config = z.output<typeof config>;

/**
 * The moment to wait for, in milliseconds since the epoch.
 *
 * @throws AppError `bad_request` when the date cannot be read or lies too far ahead.
 */
export function resumeAt(bound: Config, now: Date): number {
  const at = bound.mode === 'for' ? now.getTime() + spanMs(bound.amount, bound.unit) : asTime(bound.until);
  if (at === undefined) {
    const message = `“${clip(asText(bound.until), 60)}” is not a date and time such as 2026-12-24T18:00:00+01:00.`;
    throw new AppError('bad_request', message, { details: { field: 'until' } });
  }
  if (at - now.getTime() > longestSpanMs) {
    throw new AppError('bad_request', 'A step can wait for two years at most.', {
      details: { field: bound.mode === 'for' ? 'amount' : 'until' },
    });
  }
  return Math.round(at);
}

export const node = defineNode({
  kind: 'delay',
  version: 1,
  group: 'logic',
  icon: 'clock',
  texts: {
    title: 'Wait',
    description: 'Waits for a time or until a date',
    help: 'Pauses the run, for seconds or for weeks, also across restarts of the server, and hands on its input unchanged.',
  },
  config,
  ports: { in: [inPort], out: [outPort] },
  effect: 'none',
  summary: (settings) =>
    settings.mode === 'for'
      ? `For ${spanInWords(settings.amount, settings.unit)}`
      : `Until ${clip(settings.until, 90) || '…'}`,
  check(settings) {
    if (settings.mode === 'for') {
      const tooLong = spanMs(settings.amount, settings.unit) > longestSpanMs;
      return tooLong ? [{ field: 'amount', message: 'A step can wait for two years at most.' }] : [];
    }
    if (settings.until.trim() === '')
      return [{ field: 'until', message: 'Choose a date and time, for example {{ trigger.body.appointment }}.' }];
    const written = !settings.until.includes('{{') && asTime(settings.until) === undefined;
    return written ? [{ field: 'until', message: 'Write the moment as 2026-12-24T18:00:00+01:00.' }] : [];
  },
  sample: (_settings, input) => input ?? {},
  preview(bound, { input, now }) {
    // Freshly dropped settings have no date yet; `check` asks for it.
    if (bound.mode === 'until' && bound.until.trim() === '')
      return { summary: 'No date to wait for', error: missingDate };
    try {
      const at = resumeAt(bound, now);
      if (at <= now.getTime()) return { summary: 'Goes on at once: the moment has passed', output: input };
      const when = instantInWords(at);
      return {
        summary:
          bound.mode === 'for'
            ? `Waits ${spanInWords(bound.amount, bound.unit)}, until ${when}`
            : `Waits until ${when}`,
        output: input,
        wait: { kind: 'until', at },
      };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { summary: error.message, error: error.toBody() };
    }
  },
});

const missingDate = new AppError('bad_request', 'The date to wait for came out empty.', {
  details: { field: 'until' },
}).toBody();
