import { lazy, Suspense } from 'react';
import type { ComponentProps } from 'react';

/** Notes and groups are loaded by the first workflow that has some. */
const NoteBody = lazy(async () => ({ default: (await import('./NoteBody.tsx')).NoteBody }));
const GroupBody = lazy(async () => ({ default: (await import('./GroupBody.tsx')).GroupBody }));

export function NoteNodeView(props: ComponentProps<typeof NoteBody>) {
  return (
    <Suspense>
      <NoteBody {...props} />
    </Suspense>
  );
}

export function GroupNodeView(props: ComponentProps<typeof GroupBody>) {
  return (
    <Suspense>
      <GroupBody {...props} />
    </Suspense>
  );
}
