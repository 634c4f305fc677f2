import express, { type Express, type Response } from 'express';
import type { Speaker } from '../../shared/i18n/speaker.ts';
import { config as formConfig } from '../../shared/nodes/form/index.ts';
import { parseSubmission } from '../../shared/nodes/form/submission.ts';
import { AppError } from '../../shared/errors.ts';
import { fireTrigger, openTrigger, type HookDeps } from '../features/triggers/hook.ts';
import { sendAnswer } from './answer.ts';
import { createFormLimit, networkOf } from './form-limit.ts';
import { formPage, thanksPage } from './form-page.ts';
import { formFields } from './hooks.ts';
import { noticePage } from './page.ts';
import { speakerFor } from './speaker.ts';

/** `/forms/<token>`: the public page of a form trigger, and where it is sent to. */
export function mountForms(app: Express, deps: HookDeps): void {
  const limit = createFormLimit();
  app.get('/forms/:token', async (request, response) => {
    const speaker = speakerFor(request, response);
    const trigger = await openTrigger(deps, 'form', String(request.params.token)).catch(
      notFoundPage(speaker, response),
    );
    if (trigger)
      html(response, 200, formPage(speaker, { ...formConfig.parse(trigger.config), values: {}, errors: {} }));
  });

  app.post(
    '/forms/:token',
    express.text({ type: 'application/x-www-form-urlencoded', limit: '1mb' }),
    async (request, response) => {
      const speaker = speakerFor(request, response);
      const { t, plural, language } = speaker;
      const trigger = await openTrigger(deps, 'form', String(request.params.token)).catch(
        notFoundPage(speaker, response),
      );
      if (!trigger) return;
      const config = formConfig.parse(trigger.config);
      const seconds = await limit(`${trigger.id} ${networkOf(request.ip ?? '')}`);
      if (seconds > 0) {
        response.setHeader('Retry-After', seconds);
        return html(
          response,
          429,
          noticePage(
            language,
            config.title,
            plural(
              seconds,
              'This form was sent very often from your network. Try again in a second.',
              'This form was sent very often from your network. Try again in {n} seconds.',
            ),
          ),
        );
      }
      const sent = formFields(typeof request.body === 'string' ? request.body : '');
      const submission = parseSubmission(config, sent, new Date());
      if (!submission.ok)
        return html(response, 422, formPage(speaker, { ...config, values: sent, errors: submission.errors }));
      const fired = await fireTrigger(deps, trigger, submission.output, { idempotencyKey: null, answer: 'at_once' });
      switch (fired.type) {
        case 'answered':
          return sendAnswer(response, fired.answer);
        case 'accepted':
        case 'done':
          return html(response, 200, thanksPage(speaker, config.title, config.thanks));
        case 'failed':
          return html(
            response,
            500,
            noticePage(
              language,
              config.title,
              t(
                'What you wrote has arrived, but something went wrong while it was handled. You need not send it again.',
              ),
            ),
          );
      }
    },
  );
}

function html(response: Response, status: number, page: string): void {
  response.status(status).setHeader('Cache-Control', 'no-store').type('html').send(page);
}

/** People look at this address, so what is missing is said as a page. */
function notFoundPage({ t, translate, language }: Speaker, response: Response): (error: unknown) => null {
  return (error) => {
    if (!(error instanceof AppError) || error.code !== 'not_found') throw error;
    html(response, 404, noticePage(language, t('This form is closed'), translate(error.message)));
    return null;
  };
}
