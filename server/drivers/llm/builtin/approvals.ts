/** “Ask me first”, “once I approve”: what waits for somebody's yes. */
import { textOf } from './graph.ts';
import type { GraphBuilder, Path } from './graph.ts';
import type { Lexicon } from './lexicon/types.ts';
import { addressOf } from './mail-steps.ts';
import type { Action } from './parts.ts';
import type { Reading } from './reading.ts';
import { readMail } from './recipients.ts';
import type { Recipient } from './recipients.ts';
import type { Span } from '../../../../shared/schedule/words/text.ts';
import { wholeWords } from '../../../../shared/schedule/words/times.ts';
import type { Doc } from './text.ts';

type Approval = Action & { type: 'approval' };

/** Who decides, as the words of a clause say; undefined where they name nobody. */
export function approverIn(doc: Doc, span: Span, lexicon: Lexicon): Recipient | undefined {
  return readMail(doc, span, lexicon).to.find(({ type }) => type !== 'contact' && type !== 'list');
}

/**
 * Puts it where it has to stand: in front of the mail that was just read where the words say “before sending”, else behind what was read. Said twice,
 * it is one approval.
 */
export function placeApproval(reading: Reading, approval: Approval, saidFirst: boolean): void {
  const { parts } = reading;
  const last = parts.at(-1);
  if (last?.type === 'approval') {
    last.approver ??= approval.approver;
    reading.merged++;
  } else if (saidFirst && last?.type === 'mail') parts.splice(-1, 0, approval);
  else parts.push(approval);
}

/** “… before sending”, “… first”. */
export function saysFirst(folded: string, lexicon: Lexicon): boolean {
  return wholeWords(lexicon.nouns.beforehand, '').test(folded);
}

/** Goes on along “approved” alone. A text that was written before is shown, can be corrected, and goes on as it was approved. */
export function addApproval(builder: GraphBuilder, path: Path, approver: Recipient | undefined): string {
  const { titles, approval } = builder.wording;
  const { text } = path;
  // The person who builds the workflow decides in the product, where everything else is decided, too.
  const asked = approver === undefined || approver.type === 'me' ? '' : addressOf(builder, approver);
  const node = builder.append(path, 'approval', titles.approval, {
    title: approval.question,
    payload: text ? `{{ ${textOf(text)} }}` : '{{ input }}',
    approvers: asked,
    editable: text !== undefined,
  });
  if (text) path.text = { ...text, node, field: 'payload' };
  path.heads = [{ node, port: 'approved' }];
  return node;
}

/** The approval that a path has just come through. */
export function approvalBefore({ heads }: Path): string | undefined {
  const [head] = heads;
  return heads.length === 1 && head?.port === 'approved' ? head.node : undefined;
}
