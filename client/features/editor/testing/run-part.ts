import type { StoreApi } from 'zustand/vanilla';
import { compileGraph } from '../../../../shared/engine/graph.ts';
import { stepsDone } from '../../../../shared/engine/section.ts';
import { containersOf } from '../../../../shared/workflow/containers.ts';
import type { WorkflowGraph } from '../../../../shared/workflow/graph.ts';
import type { SectionMode } from '../../../../shared/workflow/run.ts';
import { failureOf } from '../../../api/errors.ts';
import { t } from '../../../i18n/t.ts';
import { catalogue } from '../../../nodes/catalogue.ts';
import { nodesById } from '../../../stores/container-edits.ts';
import { toastProblem } from '../../../ui/toast.ts';
import type { PanelState } from '../context.tsx';
import { problemsOf, stepsInNeed } from '../problems.ts';
import type { StartInput } from '../run/running.ts';
import type { EditorSession } from '../session.ts';

export interface PartRequest {
  node: string;
  mode: SectionMode;
}

/**
 * Tests a part of the draft with the data of the run on the canvas, or of the newest one. Where a step of it does something that cannot be
 * taken back it is previewed first, as a whole run is; where a step of it is not ready its settings open.
 */
export async function runPart(
  session: EditorSession,
  panels: StoreApi<PanelState>,
  start: (input: StartInput) => Promise<unknown>,
  { node, mode }: PartRequest,
): Promise<void> {
  const { editor, runs } = session;
  const { graph } = editor.getState();
  const steps = partOf(graph, { node, mode });
  const problems = await problemsOf(graph);
  editor.getState().setProblems(problems);
  const own = problems.filter((one) => one.nodeId !== undefined && steps.has(one.nodeId));
  const [broken] = stepsInNeed(own);
  if (broken !== undefined) {
    panels.setState({ tab: 'settings' });
    editor.getState().open(broken, own.find((one) => one.nodeId === broken && one.severity === 'error')?.field);
    return toastProblem(t('This part is not ready to run'), own.find((one) => one.nodeId === broken)?.message ?? '');
  }
  const { runId } = runs.getState();
  const section = {
    node,
    mode,
    items: { ...panels.getState().items },
    ...(runId === null ? {} : { basedOn: runId }),
  };
  if (isIrreversible(graph, steps)) return panels.setState({ preview: true, previewOf: section });
  try {
    await start({ section });
  } catch (error) {
    toastProblem(t('It could not be started'), failureOf(error).message);
  }
}

/** The steps that would be done: a pinned step stands. */
function partOf(graph: WorkflowGraph, { node, mode }: PartRequest): Set<string> {
  const root = mode === 'from' ? (containersOf(nodesById(graph), node).at(-1)?.id ?? node) : node;
  const done = stepsDone(compileGraph(graph, catalogue), root, mode);
  for (const { id, pinned } of graph.nodes) if (pinned !== undefined) done.delete(id);
  return done;
}

function isIrreversible(graph: WorkflowGraph, steps: ReadonlySet<string>): boolean {
  return graph.nodes.some(
    (node) => steps.has(node.id) && node.disabled !== true && catalogue.get(node.kind)?.effect === 'irreversible',
  );
}
