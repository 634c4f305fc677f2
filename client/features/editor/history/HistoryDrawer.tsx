import './history.css';
import { Badge, Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { GitCompareArrows, History, RotateCcw } from 'lucide-react';
import { t } from '../../../i18n/t.ts';
import type { HistoryEntry } from '../../../../shared/api/workflows.ts';
import { failureOf } from '../../../api/errors.ts';
import { useEditor } from '../../../stores/context.tsx';
import { Ago } from '../../../ui/Ago.tsx';
import { Drawer } from '../../../ui/Drawer.tsx';
import { Empty, Failed, RowsSkeleton } from '../../../ui/States.tsx';
import { changesInWords } from '../change-words.ts';
import { useInfo, usePanels, useSession } from '../context.tsx';
import { restore } from './restore.ts';
import { keyOf, labelOf, useHistory } from './sides.ts';
import type { SideKey } from './sides.ts';

interface HistoryDrawerProps {
  opened: boolean;
  phone: boolean;
}

/** Published versions and kept drafts of the workflow, newest first. */
export function HistoryDrawer({ opened, phone }: HistoryDrawerProps) {
  const panels = usePanels();
  const id = useInfo((info) => info.id);
  const close = () => panels.setState({ history: false });
  return (
    <Drawer
      opened={opened}
      onClose={close}
      position={phone ? 'bottom' : 'right'}
      size={phone ? '85%' : 470}
      radius={phone ? 'lg' : 0}
      title={t('History')}
      classNames={{ title: 'mw-history-title' }}
      closeButtonProps={{ 'aria-label': t('Close the history') }}
    >
      {id === null ? <Nothing /> : <Entries workflowId={id} onDone={close} />}
    </Drawer>
  );
}

function Nothing() {
  return (
    <Empty
      icon={History}
      title={t('No versions yet')}
      text={t('Each time you publish, the workflow is kept here as it was: you can compare it and bring it back.')}
    />
  );
}

function Entries({ workflowId, onDone }: { workflowId: string; onDone: () => void }) {
  const history = useHistory(workflowId);
  const newest = useInfo((info) => info.publishedVersion);
  if (history.isError) return <Failed failure={failureOf(history.error)} onRetry={() => void history.refetch()} />;
  if (history.data === undefined) {
    return (
      <div aria-busy="true">
        <RowsSkeleton rows={5} height={92} />
      </div>
    );
  }
  const entries = history.data.pages.flatMap(({ items }) => items);
  if (entries.length === 0) return <Nothing />;
  return (
    <>
      <p className="mw-history-hint">
        {newest === null
          ? t('Nothing is published yet.')
          : t('Comparing and restoring never changes what is live: only publishing does.')}
      </p>
      <ol className="mw-history" aria-label={t('Versions, newest first')}>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} onDone={onDone} />
        ))}
      </ol>
      {history.hasNextPage ? (
        <Button
          variant="default"
          fullWidth
          mt="md"
          loading={history.isFetchingNextPage}
          onClick={() => void history.fetchNextPage()}
        >
          {t('Show older')}
        </Button>
      ) : null}
    </>
  );
}

function Entry({ entry, onDone }: { entry: HistoryEntry; onDone: () => void }) {
  const session = useSession();
  const panels = usePanels();
  const editable = useEditor((state) => !state.readOnly);
  const label = labelOf(entry);
  const restoring = useMutation({ mutationFn: () => restore(session, keyOf(entry), label) });
  const compare = (from: SideKey, to: SideKey) => panels.setState({ compare: { from, to } });
  return (
    <li>
      <div className="mw-history-head">
        <h3>{label}</h3>
        {entry.live ? (
          <Badge variant="light" size="sm">
            {t('Live')}
          </Badge>
        ) : null}
      </div>
      <p>
        {entry.by ?? t('Somebody who has left')} · <Ago at={entry.at} />
      </p>
      <p className="mw-history-note">{noteOf(entry)}</p>
      <div className="mw-history-actions">
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<GitCompareArrows size={14} />}
          aria-label={t('Compare with the draft: {name}', { name: label })}
          onClick={() => compare(keyOf(entry), 'draft')}
        >
          {t('Compare with the draft')}
        </Button>
        {entry.number !== null && entry.number > 1 ? (
          <Button
            size="compact-sm"
            variant="subtle"
            aria-label={t('What it changed: {name}', { name: label })}
            onClick={() => compare(`version:${entry.number! - 1}`, keyOf(entry))}
          >
            {t('What it changed')}
          </Button>
        ) : null}
        {editable ? (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<RotateCcw size={14} />}
            aria-label={t('Restore “{name}”', { name: label })}
            loading={restoring.isPending}
            onClick={() => restoring.mutate(undefined, { onSuccess: (done) => done && onDone() })}
          >
            {t('Restore')}
          </Button>
        ) : null}
      </div>
    </li>
  );
}

function noteOf({ number, reason, changes }: HistoryEntry): string {
  switch (reason) {
    case 'restore':
      return t('Put aside when an earlier state was restored');
    case 'conflict':
      return t('Put aside when somebody else’s changes were taken');
    case null:
      if (changes !== null) return changesInWords(changes);
      return number === 1 ? t('The first version') : '';
  }
}
