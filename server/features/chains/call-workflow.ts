import { AppError } from '../../../shared/errors.ts';
import type { CallPort } from '../../../shared/nodes/contract.ts';
import { begin, newRun } from '../../engine/begin.ts';
import type { Engine } from '../../engine/engine.ts';
import type { StepScope } from '../../engine/ports.ts';
import { faultPoint } from '../../faults.ts';
import type { RoomFor } from '../../engine/room.ts';
import type { Ancestor, Callee, ChainStore } from '../../store/chains.ts';

/** Calls go at most this deep: the eleventh run in a line is refused. */
export const maxDepth = 10;

export interface CallDeps {
  chains: ChainStore;
  engine: Engine;
  worker: number;
  roomFor: RoomFor;
  wake(): void;
}

/** What a step can do with other workflows. */
export function createCallPort(deps: CallDeps, { run, nodeId, key, effects }: StepScope): CallPort {
  return {
    async call({ workflowId, input, waits }) {
      const callee = await calleeOf(deps.chains, run.workspaceId, workflowId);
      // The run must be durable before another one points at it.
      await effects.intend();
      const line = await deps.chains.lineage(run.workspaceId, run.id);
      refuseEndless(line, callee);
      const [caller] = line;
      const create = newRun(
        deps,
        run.workspaceId,
        run.workspaceName,
        { id: callee.versionId, workflowId },
        {
          mode: caller?.mode ?? 'live',
          trigger: callee.triggerNode,
          idempotencyKey: `call:${key}`,
          calledBy: { runId: run.id, node: nodeId, waits, depth: line.length },
          reportsFailure: caller?.reportsFailure ?? true,
        },
      );
      const runId = await begin(deps, { create, output: input });
      faultPoint('call_committed');
      return { runId, workflowName: callee.workflowName };
    },
  };
}

async function calleeOf(
  chains: ChainStore,
  workspaceId: string,
  workflowId: string,
): Promise<Callee & { versionId: string; triggerNode: string }> {
  const isId = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(workflowId);
  const callee = isId ? await chains.callee(workspaceId, workflowId) : null;
  if (!callee) throw new AppError('not_found', 'The workflow to call does not exist (any more).');
  const { workflowName: name, versionId, triggerNode } = callee;
  if (versionId === null)
    throw new AppError('conflict', `“${name}” has not been published yet, so it cannot be called.`);
  if (triggerNode === null) {
    throw new AppError(
      'conflict',
      `“${name}” cannot be called: its published version has no “Called by a workflow” trigger.`,
    );
  }
  if (!callee.active) throw new AppError('conflict', `“${name}” is switched off, so it cannot be called.`);
  return { ...callee, versionId, triggerNode };
}

/** `line`: the calling run and those above it, nearest first. */
function refuseEndless(line: readonly Ancestor[], callee: Callee): void {
  const names = [...line.map(({ workflowName }) => workflowName).toReversed(), callee.workflowName];
  if (line.some(({ workflowId }) => workflowId === callee.workflowId)) {
    throw new AppError('invalid_graph', `“${callee.workflowName}” would call itself: ${names.join(' → ')}.`, {
      details: { workflows: names },
    });
  }
  if (line.length > maxDepth) {
    throw new AppError(
      'too_large',
      `Workflows call each other at most ${maxDepth} levels deep: ${names.join(' → ')}.`,
      {
        details: { workflows: names },
      },
    );
  }
}
