import { lazy, Suspense } from 'react';
import type { ComponentProps } from 'react';
import { useEditor } from '../../../stores/context.tsx';
import { useOnce } from '../../../ui/useOnce.ts';

const load = () => import('./SettingsContent.tsx');
const Content = lazy(async () => ({ default: (await load()).SettingsContent }));

/** Call it when somebody is about to open a step: the forms are no part of the first load. */
export function prefetchSettings(): void {
  void load().catch(() => undefined);
}

/** The settings of the opened step, loaded with the first one that is opened. */
export function SettingsPanel(props: ComponentProps<typeof Content>) {
  const opened = useEditor((state) => state.opened !== null);
  const used = useOnce(opened);
  if (!used) return null;
  return (
    <Suspense fallback={props.phone ? null : <aside className="mw-panel" aria-busy="true" />}>
      <Content {...props} />
    </Suspense>
  );
}
