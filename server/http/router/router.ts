import type { ApiKeyDeps } from '../../features/api-keys/api-keys.ts';
import type { TemplateDeps } from '../../features/templates/templates.ts';
import type { WorkflowDeps } from '../../features/workflows/ports.ts';
import type { WorkspaceDeps } from '../../features/workspace/manage.ts';
import type { MeDeps } from '../../features/workspace/me.ts';
import { api } from './base.ts';
import { approvalsRouter } from './approvals.ts';
import { assistRouter, conversationsRouter } from './assist.ts';
import { composeRouter } from './compose.ts';
import { connectionsRouter } from './connections.ts';
import { creditsRouter } from './credits.ts';
import { dashboardRouter } from './dashboard.ts';
import { inboxRouter } from './inbox.ts';
import { nodesRouter } from './nodes.ts';
import { previewsRouter } from './previews.ts';
import { runsRouter } from './runs.ts';
import type { Service } from './services.ts';
import { templatesRouter } from './templates.ts';
import { workflowsRouter } from './workflows.ts';
import { apiKeysRouter, workspaceRouter } from './workspace.ts';

/** What the routes call. Each feature hands in its own. */
export interface Services {
  workspace: WorkspaceDeps & MeDeps;
  apiKeys: ApiKeyDeps;
  workflows: WorkflowDeps;
  credits: Service<'credits'>;
  dashboard: Service<'dashboard'>;
  connections: Service<'connections'>;
  nodes: Service<'nodes'>;
  compose: Service<'compose'>;
  assist: Service<'assist'>;
  conversations: Service<'conversations'>;
  previews: Service<'previews'>;
  runs: Service<'runs'>;
  approvals: Service<'approvals'>;
  templates: TemplateDeps;
  inbox: Service<'inbox'>;
}

/** Implements every route of the contract; one that is missing does not compile. */
export function createRouter(services: Services) {
  return api.router({
    workspace: workspaceRouter(services.workspace),
    apiKeys: apiKeysRouter(services.apiKeys),
    credits: creditsRouter(services.credits),
    dashboard: dashboardRouter(services.dashboard),
    connections: connectionsRouter(services.connections),
    nodes: nodesRouter(services.nodes),
    workflows: workflowsRouter(services.workflows, services.templates),
    compose: composeRouter(services.compose),
    assist: assistRouter(services.assist),
    conversations: conversationsRouter(services.conversations),
    previews: previewsRouter(services.previews),
    runs: runsRouter(services.runs),
    approvals: approvalsRouter(services.approvals),
    templates: templatesRouter(services.templates),
    inbox: inboxRouter(services.inbox),
  });
}

export type ApiRouter = ReturnType<typeof createRouter>;
