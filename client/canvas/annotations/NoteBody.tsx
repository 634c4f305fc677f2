import './annotations.css';
import { useReactFlow } from '@xyflow/react';
import type { NodeProps } from '@xyflow/react';
import { useRef } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { annotationLimits } from '../../../shared/workflow/annotations.ts';
import type { Note } from '../../../shared/workflow/annotations.ts';
import { t } from '../../i18n/t.ts';
import { updateNote } from '../../stores/annotation-edits.ts';
import { useEditor, useEditorStore } from '../../stores/context.tsx';
import { AnnotationToolbar } from './AnnotationToolbar.tsx';
import { Markdown } from './markdown.tsx';
import type { NoteNode } from './nodes.ts';

/** A sticky note: its text as Markdown, and as it was typed while it is written. */
export function NoteBody({ id, data, selected, positionAbsoluteX: x, positionAbsoluteY: y }: NodeProps<NoteNode>) {
  const { note } = data;
  const readOnly = useEditor((state) => state.readOnly);
  const writing = useEditor((state) => state.renaming === id);
  const alone = useEditor((state) => state.selected.size === 1);
  return (
    <div className="mw-note" data-color={note.color} data-selected={selected || undefined} style={note.size}>
      {writing ? (
        <NoteWriting note={note} />
      ) : (
        <div className="mw-note-text">
          {note.text.trim() === '' ? (
            <p className="mw-note-empty">{readOnly ? t('Empty note') : t('Double-click to write a note')}</p>
          ) : (
            <Markdown text={note.text} />
          )}
        </div>
      )}
      {selected && alone && !readOnly ? <AnnotationToolbar id={id} color={note.color} at={{ x, y }} /> : null}
      {readOnly ? null : <Corner note={note} />}
    </div>
  );
}

/** What is typed is in the document at once; a burst of typing is one entry of the history. */
export function NoteWriting({ note }: { note: Note }) {
  const store = useEditorStore();
  const close = () => store.getState().renaming === note.id && store.getState().rename(null);
  return (
    <textarea
      className="mw-note-writing nodrag nopan nowheel"
      aria-label={t('Text of the note, in Markdown')}
      placeholder={t('Write here. # makes a heading, - a list, **bold**.')}
      maxLength={annotationLimits.noteChars}
      value={note.text}
      autoFocus
      onFocus={(event) => event.currentTarget.setSelectionRange(note.text.length, note.text.length)}
      onChange={(event) => {
        const text = event.currentTarget.value;
        store.getState().change(t('Write note'), (graph) => updateNote(graph, note.id, { text }), `note:${note.id}`);
      }}
      onBlur={close}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key !== 'Escape' && !(event.key === 'Enter' && (event.ctrlKey || event.metaKey))) return;
        event.preventDefault();
        close();
        document.querySelector<HTMLElement>(`.react-flow__node[data-id="${note.id}"]`)?.focus({ preventScroll: true });
      }}
    />
  );
}

const grid = 8;
const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [3 * grid, 0],
  ArrowLeft: [-3 * grid, 0],
  ArrowDown: [0, 3 * grid],
  ArrowUp: [0, -3 * grid],
};

/** The corner that changes the size, by dragging or by the arrow keys. */
function Corner({ note }: { note: Note }) {
  const store = useEditorStore();
  const { getZoom } = useReactFlow();
  const held = useRef<{ x: number; y: number; width: number; height: number } | null>(null);
  const resize = (width: number, height: number) => {
    const snapped = (value: number) => Math.round(value / grid) * grid;
    const size = { width: snapped(width), height: snapped(height) };
    return (graph: Parameters<typeof updateNote>[0]) => updateNote(graph, note.id, { size });
  };
  return (
    <button
      type="button"
      className="mw-note-corner nodrag nopan"
      aria-label={t('Size of the note: drag, or use the arrow keys')}
      tabIndex={-1}
      onPointerDown={(event: PointerEvent<HTMLButtonElement>) => {
        if (event.button !== 0) return;
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        held.current = { x: event.clientX, y: event.clientY, ...note.size };
        store.getState().beginGesture();
      }}
      onPointerMove={(event) => {
        if (held.current === null) return;
        const { x, y, width, height } = held.current;
        const zoom = getZoom();
        store.getState().adjust(resize(width + (event.clientX - x) / zoom, height + (event.clientY - y) / zoom));
      }}
      onLostPointerCapture={() => {
        if (held.current === null) return;
        held.current = null;
        store.getState().endGesture(t('Resize note'));
      }}
      onKeyDown={(event: KeyboardEvent) => {
        const by = arrows[event.key];
        if (by === undefined || event.altKey) return;
        event.preventDefault();
        event.stopPropagation();
        const { width, height } = note.size;
        store.getState().change(t('Resize note'), resize(width + by[0], height + by[1]), `size:${note.id}`);
      }}
    />
  );
}
