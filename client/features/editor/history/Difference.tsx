import { useReactFlow } from '@xyflow/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { t } from '../../../i18n/t.ts';
import { absolutePosition } from '../../../../shared/workflow/containers.ts';
import { nodeSize } from '../../../../shared/workflow/geometry.ts';
import type { WorkflowGraph } from '../../../../shared/workflow/graph.ts';
import { diffGraphs, isEmptyPatch } from '../../../../shared/workflow/patch.ts';
import { Canvas } from '../../../canvas/Canvas.tsx';
import type { CanvasActions } from '../../../canvas/context.ts';
import { useFitView } from '../../../canvas/fit.ts';
import { lookOnly } from '../../../canvas/look-only.ts';
import { catalogue } from '../../../nodes/catalogue.ts';
import { EditorStoreProvider, RunStoreProvider } from '../../../stores/context.tsx';
import { createEditorStore } from '../../../stores/editor.ts';
import type { EditorStore } from '../../../stores/editor.ts';
import { createRunStore } from '../../../stores/runs.ts';
import type { RunFeed } from '../../../stores/runs.ts';
import { ReviewLayer } from '../assistant/ReviewLayer.tsx';
import { ZoomPill } from '../bars/ZoomPill.tsx';
import { ChangeList } from './ChangeList.tsx';

/** A canvas that shows no run. */
const noFeed: RunFeed = {
  watch: async () => [],
  payload: async () => undefined,
  unwatch: () => {},
  onEvents: () => () => {},
  onProgress: () => () => {},
  onConnection: () => () => {},
};

/** Both states drawn over each other, as a proposal is, beside the list of what differs. */
export function Difference({ before, after, phone }: { before: WorkflowGraph; after: WorkflowGraph; phone: boolean }) {
  const patch = useMemo(() => diffGraphs(before, after), [before, after]);
  const same = isEmptyPatch(patch);
  const [stores] = useState(() => {
    const editor = createEditorStore({ catalogue, graph: before, readOnly: true });
    if (!same) editor.getState().propose(patch);
    return { editor, runs: createRunStore({ feed: noFeed, catalogue }) };
  });
  const show = useShowing(stores.editor);
  const [chosen, setChosen] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const actions = useMemo<CanvasActions>(
    () => ({
      ...lookOnly,
      openStep: (id) => {
        setChosen(id);
        list.current?.querySelector(`[data-step="${id}"]`)?.scrollIntoView({ block: 'nearest' });
      },
    }),
    [],
  );
  return (
    <EditorStoreProvider value={stores.editor}>
      <RunStoreProvider value={stores.runs}>
        <div className="mw-compare-parts">
          <div className="mw-compare-canvas">
            <Canvas actions={actions}>
              {phone ? <FitSmall /> : <ZoomPill />}
              {same ? null : <ReviewLayer fixed />}
            </Canvas>
          </div>
          <div ref={list} className="mw-compare-list" role="region" aria-label={t('What differs')} tabIndex={-1}>
            <ChangeList
              patch={patch}
              titles={titlesOf(before, after)}
              chosen={chosen}
              onChoose={(id) => {
                setChosen(id);
                show(id);
              }}
            />
          </div>
        </div>
      </RunStoreProvider>
    </EditorStoreProvider>
  );
}

/** There are no bars over this canvas, and little room: the steps take all of it. */
function FitSmall() {
  const fit = useFitView();
  useEffect(() => fit({ duration: 0, top: 28, bottom: 20 }), [fit]);
  return null;
}

/** Moves the view to a step and selects it. */
function useShowing(editor: EditorStore): (id: string) => void {
  const flow = useReactFlow();
  return (id) => {
    const { graph, select } = editor.getState();
    const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
    if (!nodes.has(id)) return;
    const { x, y } = absolutePosition(nodes, id);
    select([id]);
    const zoom = Math.max(0.7, Math.min(1, flow.getZoom()));
    void flow.setCenter(x + nodeSize.width / 2, y + nodeSize.height / 2, { zoom, duration: 200 });
  };
}

function titlesOf(before: WorkflowGraph, after: WorkflowGraph): ReadonlyMap<string, string> {
  return new Map([...before.nodes, ...after.nodes].map(({ id, title }) => [id, title]));
}
