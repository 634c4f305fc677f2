import { lazy, Suspense } from 'react';
import { useEditor } from '../../../stores/context.tsx';
import { useOnce } from '../../../ui/useOnce.ts';
import { usePanel } from '../context.tsx';

const FindBar = lazy(async () => ({ default: (await import('./FindBar.tsx')).FindBar }));
const SelectionBar = lazy(async () => ({ default: (await import('./SelectionBar.tsx')).SelectionBar }));

/** Under the toolbar, while they are asked for: the search, and what can be done with several steps. */
export function CanvasBars({ phone }: { phone: boolean }) {
  const find = useOnce(usePanel((state) => state.find));
  const many = useEditor((state) => !phone && !state.readOnly && state.selected.size > 1);
  return (
    <Suspense>
      {find ? <FindBar /> : null}
      {many ? <SelectionBar /> : null}
    </Suspense>
  );
}
