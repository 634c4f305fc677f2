import type { Knex } from 'knex';
import type { z } from 'zod';
import type { triggerInfoSchema } from '../../../shared/api/workflows.ts';
import type { WorkflowGraph } from '../../../shared/workflow/graph.ts';
import type { Problem } from '../../../shared/workflow/problem.ts';
import type { HistoryStore } from '../../store/history.ts';
import type { WorkflowStore } from '../../store/workflows.ts';

export type TriggerInfo = z.infer<typeof triggerInfoSchema>;

interface OfWorkflow {
  workspaceId: string;
  workflowId: string;
}

/** What the engine does when a workflow's triggers change. The transaction is that of the change itself. */
export interface TriggerPort {
  /** Makes the triggers of a published version live, in place of those of the version before. */
  deploy(trx: Knex.Transaction, version: OfWorkflow & { versionId: string; graph: WorkflowGraph }): Promise<void>;
  /** Switches the published triggers on or off. */
  setActive(trx: Knex.Transaction, change: OfWorkflow & { active: boolean }): Promise<void>;
  /** Where the triggers of the graph listen, and when they fire next. */
  describe(workflow: OfWorkflow & { graph: WorkflowGraph }): Promise<TriggerInfo[]>;
}

export interface WorkflowDeps {
  store: WorkflowStore;
  history: HistoryStore;
  triggers: TriggerPort;
  /** All that is wrong with a graph, by the node catalogue. */
  check(graph: WorkflowGraph): Problem[];
  /** Brings configs that older node versions wrote to the current ones. */
  upgrade(graph: WorkflowGraph): WorkflowGraph;
  /** Tells other tabs that a draft was saved. */
  announceSave?(message: { workspaceId: string; workflowId: string; revision: number; by: string }): void;
}
