import express, { type Express, type Response } from 'express';
import type { Speaker } from '../../shared/i18n/speaker.ts';
import { editableTexts, maxEditChars } from '../../shared/nodes/approval/payload.ts';
import { AppError } from '../../shared/errors.ts';
import {
  approvalByToken,
  decide,
  standingInWords,
  standingOf,
  type DecideDeps,
  type StoredApproval,
  type Verdict,
} from '../features/approvals/decide.ts';
import { approvePage, decidedPage, textFieldName } from './approve-page.ts';
import { createFormLimit, networkOf } from './form-limit.ts';
import { noticePage } from './page.ts';
import { speakerFor } from './speaker.ts';

const maxComment = 10_000;
/** How whoever did not say who they are is recorded. */
const strangerWithLink = 'somebody with the link';

/** `/approve/<token>`: what somebody is asked. Shows on GET and decides on POST only. */
export function mountApprovals(app: Express, deps: DecideDeps): void {
  const limit = createFormLimit();
  app.get('/approve/:token', async (request, response) => {
    const speaker = speakerFor(request, response);
    const approval = await approvalByToken(deps, String(request.params.token)).catch(notFoundPage(speaker, response));
    if (approval) show(speaker, response, approval, deps.now());
  });

  app.post(
    '/approve/:token',
    express.text({ type: 'application/x-www-form-urlencoded', limit: '5mb' }),
    async (request, response) => {
      const speaker = speakerFor(request, response);
      const { t, plural, translate, language } = speaker;
      const seconds = await limit(`approve ${networkOf(request.ip ?? '')}`);
      if (seconds > 0) {
        response.setHeader('Retry-After', seconds);
        return html(
          response,
          429,
          noticePage(
            language,
            t('One moment'),
            plural(
              seconds,
              'Too many decisions came from your network. Try again in a second.',
              'Too many decisions came from your network. Try again in {n} seconds.',
            ),
          ),
        );
      }
      const approval = await approvalByToken(deps, String(request.params.token)).catch(notFoundPage(speaker, response));
      if (!approval) return;
      const sent = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
      const verdict = verdictOf(approval, sent);
      if (!verdict)
        return html(
          response,
          422,
          noticePage(
            language,
            approval.title,
            t('Nothing was decided: choose Approve or Reject, and keep texts under {n} characters.', {
              n: maxEditChars,
            }),
          ),
        );
      try {
        show(speaker, response, await decide(deps, approval, nameOf(approval, sent.get('by')), verdict), deps.now());
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'conflict') throw error;
        html(response, 409, noticePage(language, approval.title, translate(error.message)));
      }
    },
  );
}

function show(speaker: Speaker, response: Response, approval: StoredApproval, now: Date): void {
  const { t, translate, language } = speaker;
  const { title, decision, decidedBy, comment } = approval;
  if (decision === 'approved' || decision === 'rejected') {
    const said = comment === '' ? '' : `\n\n“${comment}”`;
    const name = decidedBy === null || decidedBy === strangerWithLink ? t('somebody with the link') : decidedBy;
    const words = decision === 'approved' ? t('Approved by {name}.', { name }) : t('Rejected by {name}.', { name });
    return html(response, 200, decidedPage(speaker, title, decision, `${words}${said}`));
  }
  if (standingOf(approval, now) !== 'open')
    return html(response, 410, noticePage(language, title, translate(standingInWords(approval, now))));
  html(response, 200, approvePage(speaker, approval));
}

function verdictOf(approval: StoredApproval, sent: URLSearchParams): Verdict | null {
  const decision = sent.get('decision');
  if (decision !== 'approved' && decision !== 'rejected') return null;
  const edits = new Map<string, string>();
  for (const [index, { key, text }] of editableTexts(approval.payload).entries()) {
    const edited = sent.get(textFieldName(index));
    if (edited === null) continue;
    if (edited.length > maxEditChars + text.length) return null;
    // Browsers send line breaks as CRLF; a text that was not touched stays what it was.
    const lines = edited.replaceAll('\r\n', '\n');
    if (lines !== text.replaceAll('\r\n', '\n')) edits.set(key, lines);
  }
  return { decision, comment: (sent.get('comment') ?? '').replaceAll('\r\n', '\n').slice(0, maxComment), edits };
}

/** The link says that it was one of those who got it; which one, they say themselves. */
function nameOf({ approvers }: StoredApproval, said: string | null): string {
  const [only] = approvers;
  if (approvers.length === 1 && only !== undefined) return only;
  return said !== null && approvers.includes(said) ? said : strangerWithLink;
}

/** People look at this address, so what is missing is said as a page. */
function notFoundPage({ t, translate, language }: Speaker, response: Response): (error: unknown) => null {
  return (error) => {
    if (!(error instanceof AppError) || error.code !== 'not_found') throw error;
    html(response, 404, noticePage(language, t('Nothing to approve here'), translate(error.message)));
    return null;
  };
}

function html(response: Response, status: number, page: string): void {
  response
    .status(status)
    .setHeader('Cache-Control', 'no-store')
    .setHeader('Referrer-Policy', 'no-referrer')
    .type('html')
    .send(page);
}
