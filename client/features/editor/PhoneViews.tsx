import { SegmentedControl, Skeleton } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { t } from '../../i18n/t.ts';
import { ListView } from './list/ListView.tsx';

const Timeline = lazy(async () => ({ default: (await import('./timeline/Timeline.tsx')).Timeline }));
const LogLines = lazy(async () => ({ default: (await import('./log/LogLines.tsx')).LogLines }));

/** The steps of a run, its timeline, or its log: a phone has room for one of them at a time. */
export function PhoneViews({ onOpen }: { onOpen: (id: string) => void }) {
  const [view, setView] = useState<'steps' | 'timeline' | 'log'>('steps');
  return (
    <>
      <SegmentedControl
        fullWidth
        mx={16}
        mb={12}
        aria-label={t('What is shown')}
        value={view}
        onChange={(next) => setView(next as typeof view)}
        data={[
          { value: 'steps', label: t('Steps') },
          { value: 'timeline', label: t('Timeline') },
          { value: 'log', label: t('Log') },
        ]}
      />
      {view === 'steps' ? (
        <ListView onOpen={onOpen} />
      ) : (
        <div className="mw-run-phone">
          <Suspense fallback={<Skeleton height={90} mx={16} width="auto" />}>
            {view === 'timeline' ? <Timeline /> : <LogLines />}
          </Suspense>
        </div>
      )}
    </>
  );
}
