import { Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { api } from '../../../api/client.ts';
import { failureOf } from '../../../api/errors.ts';
import { t, translate } from '../../../i18n/t.ts';
import { useEditor, useRun, useRunStore } from '../../../stores/context.tsx';
import { toastProblem } from '../../../ui/toast.ts';
import { addressInWords } from './item-choice.ts';

/** Steps of which nobody knows whether they happened: a person decides. */
export function UncertainSteps({ runId }: { runId: string }) {
  const runs = useRunStore();
  // Written anew whenever something happened.
  const steps = useRun((state) => state.steps);
  const nodes = useEditor((state) => state.graph.nodes);
  const titles = new Map(nodes.map((node) => [node.id, node.title]));
  const resolve = useMutation({
    mutationFn: (input: { nodeId: string; decision: 'was_sent' | 'send_again' }) =>
      api.runs.resolveUncertain({ id: runId, ...input }),
    onError: (error) => toastProblem(t('That could not be recorded'), failureOf(error).message),
  });
  const mails = useRun((state) => state.mails);
  const anySteps = Object.values(steps).some(
    ({ status, items }) => status === 'uncertain' || items?.of.uncertain !== undefined,
  );
  const open = [
    ...(anySteps ? runs.uncertain() : []),
    ...mails.filter((mail) => mail.status === 'uncertain').map(({ node, error }) => ({ address: node, error })),
  ];
  return open.map(({ address: nodeId, error }) => (
    <div key={nodeId} className="mw-uncertain" role="group" aria-label={t('A decision is needed')}>
      <Text fw={600}>{t('{address}: did it happen?', { address: addressInWords(nodeId, titles) })}</Text>
      <Text size="sm" c="dimmed">
        {translate(error?.message ?? '')}
      </Text>
      <Group gap={8} mt={8}>
        <Button
          variant="default"
          loading={resolve.isPending}
          onClick={() => resolve.mutate({ nodeId, decision: 'was_sent' })}
        >
          {t('It was sent')}
        </Button>
        <Button
          variant="default"
          loading={resolve.isPending}
          onClick={() => resolve.mutate({ nodeId, decision: 'send_again' })}
        >
          {t('Send again')}
        </Button>
      </Group>
    </div>
  ));
}
