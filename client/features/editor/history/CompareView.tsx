import './history.css';
import { Button, Modal, Select } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { ReactFlowProvider } from '@xyflow/react';
import { ArrowRight, RotateCcw } from 'lucide-react';
import { useMemo, useState } from 'react';
import { t } from '../../../i18n/t.ts';
import { countChanges } from '../../../../shared/workflow/changes.ts';
import type { WorkflowGraph } from '../../../../shared/workflow/graph.ts';
import { diffGraphs } from '../../../../shared/workflow/patch.ts';
import { failureOf } from '../../../api/errors.ts';
import { useCover } from '../../../ui/hotkeys.ts';
import { Failed, RowsSkeleton } from '../../../ui/States.tsx';
import { changesInWords } from '../change-words.ts';
import { Difference } from './Difference.tsx';
import { keyOf, labelOf, useHistory, useSide } from './sides.ts';
import type { KnownSide, SideKey } from './sides.ts';

export interface Comparison {
  from: SideKey;
  to: SideKey;
}

interface CompareViewProps {
  workflowId: string;
  first: Comparison;
  /** What the page has already: the draft as it is on the screen, the run's graph. */
  known: readonly KnownSide[];
  onClose: () => void;
  /** Absent where nothing may be changed. Resolves with whether it is done. */
  onRestore?: (key: SideKey, label: string) => Promise<boolean>;
}

/** Two states of a workflow on one canvas, and what differs as a list. Read only. */
export function CompareView({ workflowId, first, known, onClose, onRestore }: CompareViewProps) {
  const phone = useMediaQuery('(max-width: 47.99em)') ?? false;
  useCover();
  const [{ from, to }, setSides] = useState(first);
  const choices = useChoices(workflowId, known, first);
  const label = (key: SideKey) => choices.find(({ value }) => value === key)?.label ?? key;
  const before = useSide(workflowId, from, known);
  const after = useSide(workflowId, to, known);
  const failed = before.error ?? after.error;
  return (
    <Modal
      opened
      onClose={onClose}
      fullScreen
      withCloseButton
      title={t('Compare')}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': t('Close the comparison') }}
      classNames={{
        content: 'mw-compare',
        header: 'mw-compare-header',
        title: 'mw-history-title',
        body: 'mw-compare-body',
      }}
    >
      <div className="mw-compare-bar">
        <Side label={t('Before')} value={from} choices={choices} onChange={(key) => setSides({ from: key, to })} />
        <ArrowRight size={16} aria-hidden="true" />
        <Side label={t('After')} value={to} choices={choices} onChange={(key) => setSides({ from, to: key })} />
        <Summary before={before.graph} after={after.graph} />
        {onRestore === undefined || from === 'draft' || from.startsWith('run:') ? null : (
          <RestoreButton key={from} side={from} label={label(from)} onRestore={onRestore} onClose={onClose} />
        )}
      </div>
      {failed !== null ? (
        <Failed
          failure={failureOf(failed)}
          onRetry={() => {
            if (before.error !== null) before.retry();
            if (after.error !== null) after.retry();
          }}
        />
      ) : before.graph === undefined || after.graph === undefined ? (
        <div className="mw-compare-wait" aria-busy="true">
          <RowsSkeleton rows={4} height={56} />
        </div>
      ) : (
        <ReactFlowProvider key={`${from} ${to}`}>
          <Difference before={before.graph} after={after.graph} phone={phone} />
        </ReactFlowProvider>
      )}
    </Modal>
  );
}

interface SideProps {
  label: string;
  value: SideKey;
  choices: readonly { value: SideKey; label: string }[];
  onChange: (key: SideKey) => void;
}

function Side({ label, value, choices, onChange }: SideProps) {
  return (
    <Select
      className="mw-compare-side"
      aria-label={label}
      data={[...choices]}
      value={value}
      allowDeselect={false}
      comboboxProps={{ withinPortal: true }}
      onChange={(next) => next !== null && onChange(next as SideKey)}
    />
  );
}

function Summary({ before, after }: { before: WorkflowGraph | undefined; after: WorkflowGraph | undefined }) {
  const words = useMemo(
    () => (before && after ? changesInWords(countChanges(diffGraphs(before, after))) : ''),
    [before, after],
  );
  return (
    <p className="mw-compare-summary" role="status">
      {words}
    </p>
  );
}

function RestoreButton(
  props: { side: SideKey; label: string } & Pick<Required<CompareViewProps>, 'onRestore' | 'onClose'>,
) {
  const { side, label, onRestore, onClose } = props;
  const [busy, setBusy] = useState(false);
  return (
    <Button
      leftSection={<RotateCcw size={15} />}
      loading={busy}
      onClick={() => {
        setBusy(true);
        void onRestore(side, label).then((done) => {
          setBusy(false);
          if (done) onClose();
        });
      }}
    >
      {t('Restore “{name}”', { name: label })}
    </Button>
  );
}

/** What can be put side by side: what the page knows, the draft, the newest versions, and what was asked for. */
function useChoices(workflowId: string, known: readonly KnownSide[], first: Comparison) {
  const history = useHistory(workflowId);
  const entries = history.data?.pages.flatMap(({ items }) => items) ?? [];
  const choices = new Map<SideKey, string>(known.map(({ key, label }) => [key, label]));
  if (!choices.has('draft')) choices.set('draft', t('Draft'));
  for (const entry of entries) choices.set(keyOf(entry), labelOf(entry));
  // A version further down than the first page.
  for (const key of [first.from, first.to]) {
    const [kind, number = ''] = key.split(':');
    if (!choices.has(key)) choices.set(key, kind === 'version' ? t('Version {number}', { number }) : t('Kept draft'));
  }
  return [...choices].map(([value, label]) => ({ value, label }));
}
