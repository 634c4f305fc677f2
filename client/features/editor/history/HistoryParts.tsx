import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { t } from '../../../i18n/t.ts';
import { useEditor, useEditorStore } from '../../../stores/context.tsx';
import { documentOf } from '../../../stores/review.ts';
import { useInfo, usePanel, usePanels, useSession } from '../context.tsx';
import { CompareView } from './CompareView.tsx';
import type { Comparison } from './CompareView.tsx';
import { HistoryDrawer } from './HistoryDrawer.tsx';
import { restore } from './restore.ts';
import type { SideKey } from './sides.ts';

/** The history of the workflow that is being edited, and the comparison that is opened from it. */
export function HistoryParts() {
  const phone = useMediaQuery('(max-width: 47.99em)') ?? false;
  const opened = usePanel((state) => state.history);
  const compare = usePanel((state) => state.compare);
  const workflowId = useInfo((info) => info.id);
  return (
    <>
      <HistoryDrawer opened={opened && compare === null} phone={phone} />
      {compare === null || workflowId === null ? null : <Comparing workflowId={workflowId} first={compare} />}
    </>
  );
}

function Comparing({ workflowId, first }: { workflowId: string; first: Comparison }) {
  const panels = usePanels();
  const session = useSession();
  const store = useEditorStore();
  const editable = useEditor((state) => !state.readOnly);
  // As it was when the comparison was opened; nothing is edited behind it.
  const [draft] = useState(() => documentOf(store.getState()));
  const onRestore = async (key: SideKey, label: string) => {
    const done = await restore(session, key, label);
    if (done) panels.setState({ history: false });
    return done;
  };
  return (
    <CompareView
      workflowId={workflowId}
      first={first}
      known={[{ key: 'draft', label: t('Draft'), graph: draft }]}
      onClose={() => panels.setState({ compare: null })}
      {...(editable ? { onRestore } : {})}
    />
  );
}
