import { Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { failureOf } from '../../api/errors.ts';
import { useEditor, useRun } from '../../stores/context.tsx';
import { toastProblem } from '../../ui/toast.ts';

/** Steps of which nobody knows whether they happened: a person decides. */
export function UncertainSteps({ runId }: { runId: string }) {
  const steps = useRun((state) => state.steps);
  const graph = useEditor((state) => state.graph);
  const resolve = useMutation({
    mutationFn: (input: { nodeId: string; decision: 'was_sent' | 'send_again' }) =>
      api.runs.resolveUncertain({ id: runId, ...input }),
    onError: (error) => toastProblem('That could not be recorded', failureOf(error).message),
  });
  const mails = useRun((state) => state.mails);
  const open = [
    ...Object.entries(steps).filter(([, step]) => step.status === 'uncertain'),
    ...mails.filter((mail) => mail.status === 'uncertain').map((mail) => [mail.node, mail] as const),
  ];
  return open.map(([nodeId, step]) => (
    <div key={nodeId} className="mw-uncertain" role="group" aria-label="A decision is needed">
      <Text fw={600}>{graph.nodes.find((node) => node.id === nodeId)?.title ?? nodeId}: did it happen?</Text>
      <Text size="sm" c="dimmed">
        {step.error?.message}
      </Text>
      <Group gap={8} mt={8}>
        <Button
          variant="default"
          loading={resolve.isPending}
          onClick={() => resolve.mutate({ nodeId, decision: 'was_sent' })}
        >
          It was sent
        </Button>
        <Button
          variant="default"
          loading={resolve.isPending}
          onClick={() => resolve.mutate({ nodeId, decision: 'send_again' })}
        >
          Send again
        </Button>
      </Group>
    </div>
  ));
}
