import type { Knex } from 'knex';
import { AppError } from '../../../shared/errors.ts';
import type { WorkflowGraph } from '../../../shared/workflow/graph.ts';

interface Called {
  workflowId: string;
  name: string;
  graph: WorkflowGraph;
}

export interface CallCycleDeps {
  publishedGraphs(trx: Knex, workspaceId: string, workflowIds: readonly string[]): Promise<Called[]>;
}

/**
 * Refuses a version that would, over the published versions of the workflows it calls, call itself. What slips through because two are
 * published at the same moment is refused when it runs.
 *
 * @throws AppError invalid_graph naming the step and the way round.
 */
export async function refuseCallCycle(
  deps: CallCycleDeps,
  trx: Knex,
  { workspaceId, workflowId, graph }: { workspaceId: string; workflowId: string; graph: WorkflowGraph },
): Promise<void> {
  for (const step of callsOf(graph)) {
    const names = await wayBack(deps, trx, workspaceId, { from: step.callee, to: workflowId });
    if (!names) continue;
    const message = `“${step.title}” would make this workflow call itself: this workflow → ${[...names, 'this workflow'].join(' → ')}.`;
    const problem = {
      severity: 'error',
      code: 'call_cycle',
      nodeId: step.nodeId,
      field: 'workflowId',
      message,
    } as const;
    throw new AppError('invalid_graph', message, { details: { problems: [problem] } });
  }
}

/** The names of the workflows on the way from one to another, without the latter; null when there is no way. */
async function wayBack(
  deps: CallCycleDeps,
  trx: Knex,
  workspaceId: string,
  { from, to }: { from: string; to: string },
): Promise<string[] | null> {
  if (from === to) return [];
  const ways = new Map<string, string[]>([[from, []]]);
  let frontier = [from];
  while (frontier.length > 0) {
    const next: string[] = [];
    for (const { workflowId, name, graph } of await deps.publishedGraphs(trx, workspaceId, frontier)) {
      const way = [...(ways.get(workflowId) ?? []), name];
      for (const { callee } of callsOf(graph)) {
        if (callee === to) return way;
        if (ways.has(callee)) continue;
        ways.set(callee, way);
        next.push(callee);
      }
    }
    frontier = next;
  }
  return null;
}

function callsOf(graph: WorkflowGraph): { nodeId: string; title: string; callee: string }[] {
  return graph.nodes.flatMap(({ id, kind, title, disabled, config }) => {
    const callee = config['workflowId'];
    const calls = kind === 'sub-workflow' && disabled !== true && typeof callee === 'string' && isUuid.test(callee);
    return calls ? [{ nodeId: id, title, callee }] : [];
  });
}

const isUuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
