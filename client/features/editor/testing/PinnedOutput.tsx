import { Button, Group } from '@mantine/core';
import { PencilLine, Pin, PinOff } from 'lucide-react';
import { useState } from 'react';
import type { WorkflowNode } from '../../../../shared/workflow/graph.ts';
import { t } from '../../../i18n/t.ts';
import { useEditor, useEditorStore } from '../../../stores/context.tsx';
import { PinEditor } from './PinEditor.tsx';
import { pin, unpin } from './pinning.ts';
import { useOutputs } from './useOutputs.ts';

/** Pins the output of a step, shows that it is pinned, and lets it be edited. */
export function PinnedOutput({ node }: { node: WorkflowNode }) {
  const store = useEditorStore();
  const readOnly = useEditor((state) => state.readOnly);
  const outputOf = useOutputs();
  const [editing, setEditing] = useState(false);
  const { pinned } = node;
  if (readOnly) return null;
  const isTrigger = store.catalogue.get(node.kind)?.group === 'trigger';
  if (editing) {
    const { pinned: last } = outputOf(node.id);
    const port = (pinned ?? last).port;
    return (
      <PinEditor
        value={(pinned ?? last).output}
        onSave={(output) => pin(store, node.id, { output, ...(port === undefined ? {} : { port }) })}
        onClose={() => setEditing(false)}
      />
    );
  }
  if (pinned === undefined) {
    return (
      <Group gap={8} mb={12}>
        <Button
          size="xs"
          variant="default"
          leftSection={<Pin size={14} />}
          onClick={() => pin(store, node.id, outputOf(node.id).pinned)}
        >
          {t('Pin output')}
        </Button>
        <Button size="xs" variant="subtle" leftSection={<PencilLine size={14} />} onClick={() => setEditing(true)}>
          {t('Edit and pin')}
        </Button>
      </Group>
    );
  }
  return (
    <div className="mw-pinned">
      <p>
        {isTrigger
          ? t('Pinned: tests start with this. Live runs start with what really arrives.')
          : t('Pinned: test runs go on with this and do not run the step. Live runs ignore it.')}
      </p>
      <Group gap={8}>
        <Button size="xs" variant="default" leftSection={<PencilLine size={14} />} onClick={() => setEditing(true)}>
          {t('Edit')}
        </Button>
        <Button size="xs" variant="default" leftSection={<PinOff size={14} />} onClick={() => unpin(store, [node.id])}>
          {t('Unpin')}
        </Button>
      </Group>
    </div>
  );
}
