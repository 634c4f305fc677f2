import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { MailCheck } from 'lucide-react';
import { useEffect, useEffectEvent } from 'react';
import type { WorkflowNode } from '../../../../shared/workflow/graph.ts';
import { api } from '../../../api/client.ts';
import { failureOf } from '../../../api/errors.ts';
import { useMe } from '../../../api/session.ts';
import { t, translate } from '../../../i18n/t.ts';
import { useRun } from '../../../stores/context.tsx';
import { toastDone, toastProblem } from '../../../ui/toast.ts';
import { usePanels, useSession } from '../context.tsx';
import { rememberRun } from '../run/last-run.ts';
import { isUnderWay } from '../bars/Toolbar.tsx';

/** Sends the mail of this step, with the data that is shown, to whoever is signed in; what became of it is said when its run has ended. */
export function TestMail({ node }: { node: WorkflowNode }) {
  const session = useSession();
  const panels = usePanels();
  const { email } = useMe().user;
  const status = useRun((state) => state.status);
  const runId = useRun((state) => state.runId);
  const send = useMutation({
    mutationFn: async () => {
      const at = await session.saved();
      if (at === null) throw new Error(t('The workflow could not be saved.'));
      const { runId: basedOn } = session.runs.getState();
      const { graph } = session.editor.getState();
      const run = await api.runs.sendTest({
        workflowId: at.id,
        nodeId: node.id,
        items: { ...panels.getState().items },
        idempotencyKey: crypto.randomUUID(),
        ...(basedOn === null ? {} : { basedOn }),
      });
      return { run, graph };
    },
    onSuccess: ({ run, graph }) => {
      session.runs.follow(run.id, graph);
      rememberRun(run.workflowId, run.id);
    },
    onError: (error) => toastProblem(t('The test mail was not sent'), failureOf(error).message),
  });
  const isOurs = send.data !== undefined && send.data.run.id === runId;
  const ended = isOurs && status !== null && !isUnderWay(status) ? status : null;
  const tell = useEffectEvent(() => {
    if (ended === 'done') return toastDone(t('The test mail has been sent to {email}.', { email }));
    const { error } = session.runs.getState();
    toastProblem(t('The test mail was not sent'), error === null ? '' : translate(error.message));
  });
  useEffect(() => {
    if (ended !== null) tell();
  }, [ended]);
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<MailCheck size={14} />}
      title={t('Goes to {email} only, marked as a test', { email })}
      loading={send.isPending || (isOurs && ended === null)}
      onClick={() => send.mutate()}
    >
      {t('Send me a test')}
    </Button>
  );
}
