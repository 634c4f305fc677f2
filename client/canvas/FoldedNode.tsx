import { lazy, Suspense } from 'react';
import type { ComponentProps } from 'react';

/** Loaded by the first workflow that has a collapsed group. */
const FoldedBody = lazy(async () => ({ default: (await import('./annotations/FoldedBody.tsx')).FoldedBody }));

export function FoldedNode(props: ComponentProps<typeof FoldedBody>) {
  return (
    <Suspense>
      <FoldedBody {...props} />
    </Suspense>
  );
}
