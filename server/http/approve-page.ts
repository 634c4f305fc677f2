import type { Speaker } from '../../shared/i18n/speaker.ts';
import { editableTexts, payloadInWords, restOf } from '../../shared/nodes/approval/payload.ts';
import { instantInWords } from '../../shared/nodes/spans.ts';
import { escapeHtml, page, paragraphs } from './page.ts';

export interface ApprovePage {
  title: string;
  workflowName: string;
  message: string;
  payload: unknown;
  editable: boolean;
  approvers: readonly string[];
  expiresAt: Date | null;
}

/** Field of the form that holds the n-th text of the payload. */
export function textFieldName(index: number): string {
  return `text-${index}`;
}

/** The page of an open approval. Opening it changes nothing: mail scanners follow links. Its buttons send a form. */
export function approvePage(speaker: Speaker, approval: ApprovePage): string {
  const { t, language } = speaker;
  const { workflowName, expiresAt } = approval;
  const asked = t('Asked by the workflow “{name}”.', { name: workflowName });
  const until = expiresAt ? ` ${t('Open until {time}.', { time: instantInWords(expiresAt.getTime()) })}` : '';
  return page(
    language,
    approval.title,
    `<h1>${escapeHtml(approval.title)}</h1>${paragraphs(approval.message)}
    <form method="post">${payloadHtml(speaker, approval)}${whoHtml(speaker, approval.approvers)}
    <div class="field"><label for="comment">${t('Comment')} <span class="optional">${t('optional')}</span></label>
    <textarea id="comment" name="comment" rows="3" maxlength="10000"></textarea></div>
    <div class="two"><button name="decision" value="approved">${t('Approve')}</button>
    <button class="second" name="decision" value="rejected">${t('Reject')}</button></div></form>
    <p class="foot">${escapeHtml(asked)}${until}</p>`,
  );
}

/** What is shown once somebody has decided. */
export function decidedPage(
  { language }: Speaker,
  title: string,
  decision: 'approved' | 'rejected',
  words: string,
): string {
  const mark = decision === 'approved' ? '✓' : '✕';
  return page(
    language,
    title,
    `<div class="tick${decision === 'rejected' ? ' no' : ''}" aria-hidden="true">${mark}</div><h1>${escapeHtml(title)}</h1>${paragraphs(words)}`,
  );
}

function payloadHtml({ t }: Speaker, { payload, editable }: ApprovePage): string {
  if (!editable) {
    const words = payloadInWords(payload).trim();
    return words === '' ? '' : `<div class="shown">${escapeHtml(words)}</div>`;
  }
  const rest = restOf(payload);
  const shown = rest === undefined ? '' : `<div class="shown">${escapeHtml(payloadInWords(rest))}</div>`;
  const fields = editableTexts(payload).map(({ key, text }, index) => {
    const name = textFieldName(index);
    const rows = Math.min(14, Math.max(2, Math.ceil(text.length / 60) + text.split('\n').length - 1));
    // A line break right after the tag is not part of the text (HTML, 13.1.2.5), so one is put there.
    return `<div class="field"><label for="${name}">${escapeHtml(key || t('Text'))}</label><textarea id="${name}" name="${name}" rows="${rows}">\n${escapeHtml(text)}</textarea></div>`;
  });
  return shown + fields.join('');
}

/** Who decides is asked where one link went to several people. */
function whoHtml({ t }: Speaker, approvers: readonly string[]): string {
  if (approvers.length < 2) return '';
  const options = approvers.map((approver) => `<option>${escapeHtml(approver)}</option>`).join('');
  return `<div class="field"><label for="by">${t('You are')}</label><select id="by" name="by">${options}</select></div>`;
}
