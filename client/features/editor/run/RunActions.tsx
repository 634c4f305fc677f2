import { Button, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { History, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Run } from '../../../../shared/api/runs.ts';
import { rootOf } from '../../../../shared/engine/address.ts';
import { t } from '../../../i18n/t.ts';
import { stepsFrom, titlesOf } from '../../../stores/steps-from.ts';
import { api } from '../../../api/client.ts';
import { failureOf } from '../../../api/errors.ts';
import { canEdit, useMe } from '../../../api/session.ts';
import { useRun, useRunStore } from '../../../stores/context.tsx';
import { Confirm } from '../../../ui/Confirm.tsx';
import { toastProblem } from '../../../ui/toast.ts';
import { useStepPlaces } from './item-choice.ts';
import { isUnderWay } from '../bars/Toolbar.tsx';

/** True when the run has ended and the person may start another one from it. */
function useRepeatable(run: Run): boolean {
  const me = useMe();
  const status = useRun((state) => state.status) ?? run.status;
  return !isUnderWay(status) && canEdit(me.workspace.role);
}

/** Starts a run that repeats this one and goes to it. `key`: pressed twice by accident it is one run. */
function useRepeat(start: (key: string) => Promise<{ id: string }>) {
  const navigate = useNavigate();
  const [key] = useState(() => crypto.randomUUID());
  return useMutation({
    mutationFn: () => start(key),
    onSuccess: ({ id }) => void navigate(`/runs/${id}`),
    onError: (error) => toastProblem(t('It could not be started'), failureOf(error).message),
  });
}

/** What can be done with a run that has ended: go on where it failed, or the same data on the draft. */
export function RunActions({ run }: { run: Run }) {
  const status = useRun((state) => state.status) ?? run.status;
  const retry = useRepeat(() => api.runs.retry({ id: run.id }));
  const replay = useRepeat((idempotencyKey) => api.runs.replay({ id: run.id, version: 'draft', idempotencyKey }));
  const [asking, setAsking] = useState(false);
  if (!useRepeatable(run)) return null;
  return (
    <Group gap={8} px={16} pb={12}>
      {status === 'done' ? null : (
        <Button leftSection={<RotateCcw size={15} />} loading={retry.isPending} onClick={() => retry.mutate()}>
          {t('Try again')}
        </Button>
      )}
      <Button variant="default" leftSection={<History size={15} />} onClick={() => setAsking(true)}>
        {t('Replay on the draft')}
      </Button>
      <Confirm
        opened={asking}
        title={t('Replay on the draft?')}
        text={t(
          'The workflow as it is saved now runs from its start, with the data of this run. Its mails are really sent.',
        )}
        action={t('Replay')}
        pending={replay.isPending}
        onConfirm={() => replay.mutate()}
        onClose={() => setAsking(false)}
      />
    </Group>
  );
}

/** Runs again from one step. Nothing for a step that the run did not reach. */
export function RerunFromHere({ run, node }: { run: Run; node: string }) {
  const runs = useRunStore();
  const known = useRun((state) => state.steps[node] !== undefined);
  const { address } = useStepPlaces()(node);
  const status = known ? runs.viewAt(address)?.status : undefined;
  const reached = status === 'done' || status === 'failed';
  const rerun = useRepeat((idempotencyKey) => api.runs.rerun({ id: run.id, from: address, idempotencyKey }));
  const [asking, setAsking] = useState(false);
  if (!useRepeatable(run) || !reached) return null;
  const again = stepsFrom(run.graph, rootOf(address));
  return (
    <div className="mw-rerun">
      <Button variant="default" size="sm" leftSection={<RotateCcw size={14} />} onClick={() => setAsking(true)}>
        {t('Rerun from here')}
      </Button>
      <Confirm
        opened={asking}
        title={t('Rerun from this step?')}
        text={t(
          'A new run keeps what came before and does this again: {titlesOf}. Mails among these steps are sent again.',
          { titlesOf: titlesOf(run.graph, again) },
        )}
        action={t('Rerun')}
        pending={rerun.isPending}
        onConfirm={() => rerun.mutate()}
        onClose={() => setAsking(false)}
      />
    </div>
  );
}
