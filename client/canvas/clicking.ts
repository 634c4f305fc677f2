import { useMemo, useRef } from 'react';
import type { MouseEvent as ReactMouseEvent } from 'react';
import { useEditorStore } from '../stores/context.tsx';
import type { AnyNode } from './annotations/nodes.ts';
import type { CanvasActions } from './context.ts';
import { selectGroup } from './selecting.ts';

/** A second click within this time renames. */
const doubleClickMs = 260;

const isStep = (node: AnyNode) => node.type === 'step' || node.type === 'container';

/**
 * Clicks on steps, notes and groups. One opens the settings. On the title it waits whether a second one follows: the panel would slide in under
 * the pointer and take the second click of a renaming away.
 */
export function useClicking(actions: CanvasActions | null) {
  const store = useEditorStore();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  return useMemo(
    () => ({
      onNodeClick(event: ReactMouseEvent, node: AnyNode) {
        clearTimeout(timer.current);
        if (!isStep(node)) return selectGroup(store, event, node);
        if (event.shiftKey || event.ctrlKey || event.metaKey || event.detail > 1) return;
        const onTitle = event.target instanceof Element && event.target.closest('.mw-step-title') !== null;
        if (onTitle) timer.current = setTimeout(() => actions?.openStep(node.id), doubleClickMs);
        else actions?.openStep(node.id);
      },
      onNodeDoubleClick(event: ReactMouseEvent, node: AnyNode) {
        const onTool = event.target instanceof Element && event.target.closest('button, a, textarea') !== null;
        if (!isStep(node) && !onTool) store.getState().open(node.id);
      },
      onNodeContextMenu(event: ReactMouseEvent, node: AnyNode) {
        event.preventDefault();
        if (isStep(node)) actions?.openMenu(node.id, { x: event.clientX, y: event.clientY });
      },
    }),
    [actions, store],
  );
}
