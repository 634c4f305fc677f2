import type { Knex } from 'knex';
import type { z } from 'zod';
import type { triggerInfoSchema } from '../../../shared/api/workflows.ts';
import type { NodeCatalogue } from '../../../shared/nodes/contract.ts';
import type { WorkflowGraph } from '../../../shared/workflow/graph.ts';
import type { TriggerKind, TriggerRow, TriggerSpec, TriggerStore } from '../../store/triggers.ts';
import { refuseCallCycle, type CallCycleDeps } from './call-cycle.ts';
import { tokenHash, triggerToken } from './token.ts';

type TriggerInfo = z.infer<typeof triggerInfoSchema>;

interface OfWorkflow {
  workspaceId: string;
  workflowId: string;
}

export interface TriggerDeployment {
  /** Makes the triggers of a published version live, in place of those of the version before. */
  deploy(trx: Knex.Transaction, version: OfWorkflow & { versionId: string; graph: WorkflowGraph }): Promise<void>;
  setActive(trx: Knex.Transaction, change: OfWorkflow & { active: boolean }): Promise<void>;
  /** Where the triggers of the graph listen, and when they fire next. */
  describe(workflow: OfWorkflow & { graph: WorkflowGraph }): Promise<TriggerInfo[]>;
}

export interface DeployDeps {
  store: TriggerStore;
  calls: CallCycleDeps;
  catalogue: NodeCatalogue;
  secret: string;
  publicUrl: string;
  now(): Date;
  /** What others remember of triggers is out of date. */
  changed(): void;
  /** The first instant of a schedule after `from`, or null when there is none. Throws for a schedule that cannot be read. */
  nextInstant(config: Record<string, unknown>, from: Date): Date | null;
}

/** Keeps the trigger rows in step with the workflow: addresses from the first save on, live from publishing on. */
export function createTriggerDeployment(deps: DeployDeps): TriggerDeployment {
  const hashOf = (id: string): Buffer => tokenHash(triggerToken(deps.secret, id));
  return {
    async deploy(trx, { workspaceId, workflowId, versionId, graph }) {
      await refuseCallCycle(deps.calls, trx, { workspaceId, workflowId, graph });
      const specs = specsOf(deps, graph);
      await deps.store.reserve(trx, workspaceId, workflowId, specs, hashOf);
      await deps.store.deploy(trx, workspaceId, workflowId, versionId, specs);
      changedBy(deps, trx);
    },
    async setActive(trx, { workspaceId, workflowId, active }) {
      await deps.store.setActive(trx, workspaceId, workflowId, active, (row) => nextAtOf(deps, row.kind, row.config));
      changedBy(deps, trx);
    },
    async describe({ workspaceId, workflowId, graph }) {
      const specs = specsOf(deps, graph);
      const known = new Map((await deps.store.ofWorkflow(workspaceId, workflowId)).map((row) => [row.nodeId, row]));
      if (specs.some((spec) => !known.has(spec.nodeId))) {
        await deps.store.reserve(null, workspaceId, workflowId, specs, hashOf);
        for (const row of await deps.store.ofWorkflow(workspaceId, workflowId)) known.set(row.nodeId, row);
      }
      return specs.map((spec) => infoOf(deps, spec, known.get(spec.nodeId)));
    },
  };
}

/** Others can only see it once it is committed: what they read before that, they would remember wrongly. */
function changedBy(deps: DeployDeps, trx: Knex.Transaction): void {
  trx.executionPromise.then(deps.changed, () => {});
}

/** What the graph's enabled trigger nodes ask for. A schedule that cannot be read has no next instant; the validator says why. */
function specsOf(deps: DeployDeps, graph: WorkflowGraph): TriggerSpec[] {
  return graph.nodes.flatMap((node) => {
    const kind = deps.catalogue.get(node.kind)?.trigger;
    if (!kind || node.disabled) return [];
    return [{ nodeId: node.id, kind, config: node.config, nextAt: nextAtOf(deps, kind, node.config) }];
  });
}

function nextAtOf(deps: DeployDeps, kind: TriggerKind, config: Record<string, unknown>): Date | null {
  if (kind !== 'schedule') return null;
  try {
    return deps.nextInstant(config, deps.now());
  } catch {
    return null;
  }
}

function infoOf(deps: DeployDeps, spec: TriggerSpec, row: TriggerRow | undefined): TriggerInfo {
  const paths: Partial<Record<TriggerKind, string>> = { webhook: 'hooks', form: 'forms' };
  const path = paths[spec.kind];
  return {
    nodeId: spec.nodeId,
    kind: spec.kind,
    url: path && row ? `${deps.publicUrl}/${path}/${triggerToken(deps.secret, row.id)}` : null,
    nextAt: (row?.active ? row.nextAt : spec.nextAt)?.toISOString() ?? null,
  };
}
