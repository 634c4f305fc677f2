/**
 * The one contract of the REST API (`/api/v1`), its OpenAPI document and the typed client: one file per resource. `server/http` implements
 * it; a route without an implementation does not compile.
 */
import { approvals } from './approvals.ts';
import { assist, conversations } from './assist.ts';
import { compose } from './compose.ts';
import { connections } from './connections.ts';
import { dashboard } from './dashboard.ts';
import { inbox } from './inbox.ts';
import { nodes } from './nodes.ts';
import { previews, runs } from './runs.ts';
import { templates } from './templates.ts';
import { workflows } from './workflows.ts';
import { apiKeys, credits, workspace } from './workspace.ts';

export const contract = {
  workspace,
  apiKeys,
  credits,
  nodes,
  workflows,
  compose,
  assist,
  conversations,
  previews,
  runs,
  templates,
  dashboard,
  connections,
  inbox,
  approvals,
};
export type Contract = typeof contract;
