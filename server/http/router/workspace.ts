import { fromNodeHeaders } from 'better-auth/node';
import { createApiKey, listApiKeys, removeApiKey, type ApiKeyDeps } from '../../features/api-keys/api-keys.ts';
import {
  invite,
  listMembers,
  readRetention,
  removeMember,
  revokeInvitation,
  setRetention,
  setRole,
  switchWorkspace,
  updateWorkspace,
  type WorkspaceDeps,
} from '../../features/workspace/manage.ts';
import { me, type MeDeps } from '../../features/workspace/me.ts';
import { api } from './base.ts';

export function workspaceRouter(deps: WorkspaceDeps & MeDeps) {
  const { workspace } = api;
  return {
    me: workspace.me.handler(({ context }) => me(deps, context.actor)),
    update: workspace.update.handler(({ context, input }) => updateWorkspace(deps, context.actor, input)),
    retention: workspace.retention.handler(({ context }) => readRetention(deps, context.actor)),
    setRetention: workspace.setRetention.handler(({ context, input }) => setRetention(deps, context.actor, input)),
    switch: workspace.switch.handler(({ context, input }) =>
      switchWorkspace(deps, context.actor, context.session, input),
    ),
    members: workspace.members.handler(({ context }) => listMembers(deps, context.actor)),
    invite: workspace.invite.handler(({ context, input }) =>
      invite(deps, context.actor, fromNodeHeaders(context.headers), input),
    ),
    revokeInvitation: workspace.revokeInvitation.handler(({ context, input }) =>
      revokeInvitation(deps, context.actor, input),
    ),
    setRole: workspace.setRole.handler(({ context, input }) => setRole(deps, context.actor, input)),
    removeMember: workspace.removeMember.handler(({ context, input }) => removeMember(deps, context.actor, input)),
  };
}

export function apiKeysRouter(deps: ApiKeyDeps) {
  const { apiKeys } = api;
  return {
    list: apiKeys.list.handler(({ context }) => listApiKeys(deps, context.actor)),
    create: apiKeys.create.handler(({ context, input }) => createApiKey(deps, context.actor, input)),
    remove: apiKeys.remove.handler(({ context, input }) => removeApiKey(deps, context.actor, input)),
  };
}
