import type { DragEvent } from 'react';
import { insertion, pathType } from '../../../nodes/expression/insertion.ts';

/**
 * Makes an element a field of data that can be dragged. Dropped on a setting that takes expressions it becomes one; other inputs of the page
 * refuse it, because there it would stay the text of one; outside of the page it is that text. Nothing where the field has no path.
 */
export function dragged(path: string | undefined) {
  if (path === undefined) return {};
  return {
    draggable: true,
    onDragStart: (event: DragEvent) => {
      event.stopPropagation();
      event.dataTransfer.setData(pathType, path);
      event.dataTransfer.setData('text/plain', `{{ ${path} }}`);
      event.dataTransfer.effectAllowed = 'copy';
      const chip = chipOf(path);
      event.dataTransfer.setDragImage(chip, 12, 14);
      // Once the browser has its picture. To change the page while a drag begins would end it.
      setTimeout(() => {
        chip.remove();
        begin();
      });
    },
  };
}

/** What is seen under the pointer. */
function chipOf(path: string): HTMLElement {
  const chip = document.createElement('div');
  chip.className = 'mw-drag-chip';
  chip.textContent = `{{ ${path} }}`;
  document.body.append(chip);
  return chip;
}

function begin(): void {
  insertion.setState({ dragging: true });
  const end = () => {
    insertion.setState({ dragging: false });
    window.removeEventListener('dragover', refuse, true);
    for (const name of ends) window.removeEventListener(name, end, true);
  };
  // What was dragged may be gone from the page by the end of the drag, and its own event with it.
  const ends = ['dragend', 'drop', 'pointermove', 'pagehide'] as const;
  window.addEventListener('dragover', refuse, true);
  for (const name of ends) window.addEventListener(name, end, true);
}

function refuse(event: globalThis.DragEvent): void {
  const { target, dataTransfer } = event;
  if (!(target instanceof Element) || dataTransfer === null) return;
  if (target.closest('input, textarea, [contenteditable=true]') === null || target.closest('.mw-code')) return;
  event.preventDefault();
  event.stopPropagation();
  dataTransfer.dropEffect = 'none';
}
