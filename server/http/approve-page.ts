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
export function approvePage(approval: ApprovePage): string {
  const until = approval.expiresAt ? ` Open until ${instantInWords(approval.expiresAt.getTime())}.` : '';
  return page(
    approval.title,
    `<h1>${escapeHtml(approval.title)}</h1>${paragraphs(approval.message)}
    <form method="post">${payloadHtml(approval)}${whoHtml(approval.approvers)}
    <div class="field"><label for="comment">Comment <span class="optional">optional</span></label>
    <textarea id="comment" name="comment" rows="3" maxlength="10000"></textarea></div>
    <div class="two"><button name="decision" value="approved">Approve</button>
    <button class="second" name="decision" value="rejected">Reject</button></div></form>
    <p class="foot">Asked by the workflow “${escapeHtml(approval.workflowName)}”.${until}</p>`,
  );
}

/** What is shown once somebody has decided. */
export function decidedPage(title: string, decision: 'approved' | 'rejected', words: string): string {
  const mark = decision === 'approved' ? '✓' : '✕';
  return page(
    title,
    `<div class="tick${decision === 'rejected' ? ' no' : ''}" aria-hidden="true">${mark}</div><h1>${escapeHtml(title)}</h1>${paragraphs(words)}`,
  );
}

function payloadHtml({ payload, editable }: ApprovePage): string {
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
    return `<div class="field"><label for="${name}">${escapeHtml(key || 'Text')}</label><textarea id="${name}" name="${name}" rows="${rows}">\n${escapeHtml(text)}</textarea></div>`;
  });
  return shown + fields.join('');
}

/** Who decides is asked where one link went to several people. */
function whoHtml(approvers: readonly string[]): string {
  if (approvers.length < 2) return '';
  const options = approvers.map((approver) => `<option>${escapeHtml(approver)}</option>`).join('');
  return `<div class="field"><label for="by">You are</label><select id="by" name="by">${options}</select></div>`;
}
