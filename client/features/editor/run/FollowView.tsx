import { useReactFlow } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { useFitView } from '../../../canvas/fit.ts';
import { useEditor, useEditorStore, useRun } from '../../../stores/context.tsx';
import { foldsOf } from '../../../stores/folding.ts';
import type { Composer } from '../../../stores/composition.ts';
import { useRunAnnouncements } from '../announcements.ts';
import { usePanel } from '../context.tsx';

/** Room for the card of a proposal at the right. */
const cardRoom = 356;

/** Keeps what is being made in view, until the person moves the view; and says what a run comes to. */
export function FollowView({ composer, following }: { composer: Composer; following: { current: boolean } }) {
  const fit = useFitView();
  useRunAnnouncements();
  const flow = useReactFlow();
  const store = useEditorStore();
  const phase = useStore(composer, (state) => state.phase);
  const arranged = useEditor((state) => state.arranged);
  const count = useEditor((state) => state.graph.nodes.length);
  const running = useRun((state) => state.status);
  useEffect(() => {
    if (!following.current || (phase !== 'making' && phase !== 'proposal') || count === 0) return;
    const covered =
      phase === 'proposal' ? { bottom: 152, ...(window.innerWidth >= 1024 ? { right: cardRoom } : {}) } : {};
    const timer = setTimeout(() => fit({ duration: 180, ...covered }), 40);
    return () => clearTimeout(timer);
  }, [phase, count, arranged, fit, following, running]);
  const opened = useEditor((state) => state.opened);
  useEffect(() => {
    if (opened === null) return;
    // The panel takes room from the canvas: the step it belongs to must stay in sight. Later than a second click, which renames.
    const timer = setTimeout(() => reveal(flow, foldsOf(store.getState().graph).get(opened) ?? opened), 340);
    return () => clearTimeout(timer);
  }, [opened, flow, store]);
  const reviewing = useEditor((state) => state.review !== null);
  const chat = usePanel((state) => state.chat);
  useEffect(() => {
    if (!reviewing && !chat) return;
    // What is proposed must be in sight, beside its list; and the conversation takes room from the canvas.
    const covered = reviewing
      ? { bottom: 112, ...(window.innerWidth >= 1024 && !chat ? { right: cardRoom } : {}) }
      : {};
    const timer = setTimeout(() => fit({ duration: 180, ...covered }), 260);
    return () => clearTimeout(timer);
  }, [reviewing, chat, fit]);
  const first = useRef(arranged);
  useEffect(() => {
    if (phase !== 'idle' || reviewing || first.current === arranged) return;
    first.current = arranged;
    // Tidied or turned by hand: show the result once it has travelled there.
    const timer = setTimeout(() => fit({ duration: 200 }), 240);
    return () => clearTimeout(timer);
  }, [phase, arranged, fit, reviewing]);
  return null;
}

/** Moves the view just so far that a step is in sight, clear of the bars. */
function reveal(flow: ReturnType<typeof useReactFlow>, id: string): void {
  const step = document.querySelector(`.react-flow__node[data-id="${id}"]`)?.getBoundingClientRect();
  const stage = document.querySelector('.mw-stage')?.getBoundingClientRect();
  if (step === undefined || stage === undefined) return;
  const dx = Math.max(0, stage.left + 24 - step.left) - Math.max(0, step.right - (stage.right - 24));
  const dy = Math.max(0, stage.top + 76 - step.top) - Math.max(0, step.bottom - (stage.bottom - 92));
  if (dx === 0 && dy === 0) return;
  const { x, y, zoom } = flow.getViewport();
  void flow.setViewport({ x: x + dx, y: y + dy, zoom }, { duration: 180 });
}
