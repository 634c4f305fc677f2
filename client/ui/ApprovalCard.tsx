import { Anchor, Button, Group, Spoiler, Text, Textarea } from '@mantine/core';
import { Check, X } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Approval } from '../../shared/api/approvals.ts';
import { editableTexts, payloadInWords, restOf } from '../../shared/nodes/approval/payload.ts';
import { useDecide } from '../api/approvals.ts';
import { failureOf } from '../api/errors.ts';
import { canEdit, useMe } from '../api/session.ts';
import { rich } from '../i18n/rich.tsx';
import { t } from '../i18n/t.ts';
import { Ago } from './Ago.tsx';
import classes from './ApprovalCard.module.css';
import { formatInstant } from './format.ts';
import { toastDone, toastProblem } from './toast.ts';

export interface ApprovalCardProps {
  approval: Approval;
  /** Says which run asks, and leads there. */
  withRun?: boolean;
}

/** One question that a run asks; those who may change things can answer it. */
export function ApprovalCard({ approval, withRun = false }: ApprovalCardProps) {
  const me = useMe();
  const [edits, setEdits] = useState<Record<string, string>>({});
  const id = `approval-${approval.id}`;
  const mayDecide = canEdit(me.workspace.role);
  return (
    <article className={classes.card} aria-labelledby={id}>
      <Text fw={600} id={id}>
        {approval.title}
      </Text>
      <Asked approval={approval} withRun={withRun} />
      {approval.message.trim() === '' ? null : <p className={classes.message}>{approval.message}</p>}
      <Payload
        payload={approval.payload}
        editable={approval.editable && mayDecide}
        edits={edits}
        onEdit={(key, text) => setEdits((before) => ({ ...before, [key]: text }))}
      />
      {mayDecide ? <Answer approvalId={approval.id} edits={edits} /> : null}
    </article>
  );
}

function Answer({ approvalId, edits }: { approvalId: string; edits: Record<string, string> }) {
  const [comment, setComment] = useState('');
  const decide = useDecide((error) => toastProblem(t('That could not be decided'), failureOf(error).message));
  const say = (decision: 'approved' | 'rejected') =>
    decide.mutate(
      { id: approvalId, decision, comment: comment.trim(), edits },
      { onSuccess: () => toastDone(decision === 'approved' ? t('Approved') : t('Rejected')) },
    );
  return (
    <>
      <Textarea
        aria-label={t('Comment')}
        placeholder={t('Comment, if you like')}
        autosize
        minRows={1}
        maxRows={6}
        maxLength={10_000}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      <Group gap={8} mt={10}>
        <Button leftSection={<Check size={16} />} loading={decide.isPending} onClick={() => say('approved')}>
          {t('Approve')}
        </Button>
        <Button
          variant="default"
          leftSection={<X size={16} />}
          loading={decide.isPending}
          onClick={() => say('rejected')}
        >
          {t('Reject')}
        </Button>
      </Group>
    </>
  );
}

function Asked({ approval, withRun }: { approval: Approval; withRun: boolean }) {
  const until =
    approval.expiresAt === null ? '' : ` · ${t('until {instant}', { instant: formatInstant(approval.expiresAt) })}`;
  return (
    <Text size="sm" c="dimmed">
      {withRun ? (
        <>
          <Anchor underline="always" component={Link} to={`/runs/${approval.runId}`} inherit>
            {approval.workflowName}
          </Anchor>
          {' · '}
        </>
      ) : null}
      {rich('asked {when}', { when: <Ago at={approval.createdAt} /> })}
      {until}
    </Text>
  );
}

interface PayloadProps {
  payload: unknown;
  editable: boolean;
  edits: Readonly<Record<string, string>>;
  onEdit(key: string, text: string): void;
}

/** What is to be approved: texts that may be changed as fields, the rest as it is. */
function Payload({ payload, editable, edits, onEdit }: PayloadProps) {
  const shown = payloadInWords(editable ? restOf(payload) : payload).trim();
  return (
    <>
      {shown === '' ? null : (
        <Spoiler className={classes.payload ?? ''} maxHeight={240} showLabel={t('Show all')} hideLabel={t('Show less')}>
          {shown}
        </Spoiler>
      )}
      {editable
        ? editableTexts(payload).map(({ key, text }) => (
            <Textarea
              key={key}
              mb={10}
              label={key || t('Text')}
              autosize
              minRows={1}
              maxRows={16}
              value={edits[key] ?? text}
              onChange={(event) => onEdit(key, event.currentTarget.value)}
            />
          ))
        : null}
    </>
  );
}
