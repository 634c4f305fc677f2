import { lazy, Suspense } from 'react';
import { useCommandsToCome } from '../../../ui/hotkeys.ts';
import { useUsed } from '../../../ui/whenUsed.ts';
import type { useRunning } from '../run/running.ts';

const Testing = lazy(async () => ({ default: (await import('./Testing.tsx')).Testing }));

/** Tests of a part, loaded when the page is first used. Their keys are kept until then. */
export function TestingWhenUsed({ running }: { running: ReturnType<typeof useRunning> }) {
  if (!useUsed()) return <OnItsWay />;
  return (
    <Suspense fallback={<OnItsWay />}>
      <Testing running={running} />
    </Suspense>
  );
}

function OnItsWay() {
  useCommandsToCome();
  return null;
}
