import './find.css';
import { useReactFlow } from '@xyflow/react';
import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { t } from '../../../i18n/t.ts';
import { groupFrames } from '../../../stores/annotation-edits.ts';
import { boxesOn } from '../../../stores/container-edits.ts';
import { useEditor, useEditorStore } from '../../../stores/context.tsx';
import { foldsOf } from '../../../stores/folding.ts';
import type { EditorStore } from '../../../stores/editor.ts';
import { findIn } from '../../../stores/find.ts';
import type { Found } from '../../../stores/find.ts';
import { announce } from '../../../ui/announce.ts';
import { usePanel, usePanels } from '../context.tsx';

/** Finds steps, notes and groups by their titles, kinds and texts, and moves the view to each. */
export function FindBar() {
  const open = usePanel((state) => state.find);
  return open ? <Bar /> : null;
}

function Bar() {
  const store = useEditorStore();
  const panels = usePanels();
  const graph = useEditor((state) => state.graph);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const asked = usePanel((state) => state.findAsked);
  const show = useShow();
  const found = useMemo(() => findIn(graph, store.catalogue, query), [graph, store, query]);
  const current = found.length === 0 ? undefined : found[Math.min(at, found.length - 1)];
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, [asked]);
  const go = (list: readonly Found[], index: number) => {
    const one = list[index];
    setAt(index);
    if (one === undefined) return;
    show(one.id);
    announce(t('{at} of {count}: {title}', { at: index + 1, count: list.length, title: one.title }));
  };
  const next = (by: 1 | -1) => {
    if (found.length > 0) go(found, (Math.min(at, found.length - 1) + by + found.length) % found.length);
  };
  const close = () => {
    panels.setState({ find: false });
    const id = current?.id;
    if (id === undefined) return;
    document.querySelector<HTMLElement>(`.react-flow__node[data-id="${id}"]`)?.focus({ preventScroll: true });
  };
  return (
    <search className="mw-pill mw-find">
      <input
        ref={input}
        value={query}
        type="text"
        aria-label={t('Find on the canvas')}
        placeholder={t('Find a step, a setting, a note…')}
        maxLength={200}
        onChange={(event) => {
          const text = event.currentTarget.value;
          setQuery(text);
          const list = findIn(graph, store.catalogue, text);
          setAt(0);
          if (list.length > 0) go(list, 0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === 'F3') next(event.shiftKey ? -1 : 1);
          else if (event.key === 'ArrowDown') next(1);
          else if (event.key === 'ArrowUp') next(-1);
          else if (event.key === 'Escape') close();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <span className="mw-find-count" data-none={(query.trim() !== '' && found.length === 0) || undefined}>
        {query.trim() === ''
          ? ''
          : found.length === 0
            ? t('nothing')
            : t('{at} of {count}', { at: Math.min(at, found.length - 1) + 1, count: found.length })}
      </span>
      <button type="button" aria-label={t('Previous')} disabled={found.length === 0} onClick={() => next(-1)}>
        <ChevronUp size={16} />
      </button>
      <button type="button" aria-label={t('Next')} disabled={found.length === 0} onClick={() => next(1)}>
        <ChevronDown size={16} />
      </button>
      <button type="button" aria-label={t('Close')} onClick={close}>
        <X size={15} />
      </button>
      {current === undefined ? null : <Where found={current} />}
    </search>
  );
}

/** Says where it stands when that is not the title, which is seen. */
function Where({ found: { where } }: { found: Found }) {
  switch (where.in) {
    case 'title':
      return null;
    case 'kind':
      return <p className="mw-find-where">{where.kind}</p>;
    case 'text':
      return <p className="mw-find-where">{where.piece}</p>;
  }
}

/** Selects it, in the middle of the view; in the list it is scrolled to. */
function useShow(): (id: string) => void {
  const store = useEditorStore();
  const { setCenter, getZoom } = useReactFlow();
  return (found) => {
    const row = document.querySelector(`.mw-list [data-id="${found}"]`);
    // On the canvas, the collapsed group that it is in stands for it.
    const id = row === null ? (foldsOf(store.getState().graph).get(found) ?? found) : found;
    store.getState().select([id]);
    if (row !== null) return row.scrollIntoView({ block: 'center' });
    const box = boxOf(store, id);
    if (box === undefined) return;
    const zoom = Math.min(1, Math.max(0.6, getZoom()));
    void setCenter(box.x + box.width / 2, box.y + Math.min(box.height, 300) / 2, { zoom, duration: 200 });
  };
}

function boxOf(store: EditorStore, id: string) {
  const { graph } = store.getState();
  const note = graph.notes?.find((one) => one.id === id);
  if (note !== undefined) return { ...note.position, ...note.size };
  return boxesOn(graph, store.catalogue).get(id) ?? groupFrames(graph, store.catalogue).get(id);
}
