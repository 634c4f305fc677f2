import type { Contract } from '../../shared/api/contract.ts';
import type { Role } from '../../shared/api/workspace.ts';

type Table = { readonly [R in keyof Contract]: { readonly [P in keyof Contract[R]]: Role } };

/**
 * The least role that each route takes. Viewers read, editors change, owners manage people, keys and the workspace itself. API keys act as
 * editors. A route of the contract without a row here does not compile.
 */
export const access: Table = {
  workspace: {
    me: 'viewer',
    update: 'owner',
    retention: 'viewer',
    setRetention: 'owner',
    switch: 'viewer',
    members: 'viewer',
    invite: 'owner',
    revokeInvitation: 'owner',
    setRole: 'owner',
    removeMember: 'owner',
  },
  apiKeys: { list: 'owner', create: 'owner', remove: 'owner' },
  credits: { balance: 'viewer', statement: 'viewer' },
  dashboard: { get: 'viewer', export: 'viewer' },
  connections: { problems: 'viewer', test: 'editor' },
  nodes: { list: 'viewer' },
  workflows: {
    list: 'viewer',
    create: 'editor',
    get: 'viewer',
    saveDraft: 'editor',
    rename: 'editor',
    duplicate: 'editor',
    export: 'viewer',
    import: 'editor',
    remove: 'editor',
    validate: 'viewer',
    publish: 'editor',
    setActive: 'editor',
    versions: 'viewer',
    version: 'viewer',
    history: 'viewer',
    keepDraft: 'editor',
    keptDraft: 'viewer',
  },
  compose: { providers: 'viewer', generate: 'editor' },
  assist: { edit: 'editor', explain: 'editor', fix: 'editor' },
  conversations: { list: 'viewer', get: 'viewer', decide: 'editor', remove: 'editor' },
  previews: { create: 'editor', get: 'viewer' },
  runs: {
    start: 'editor',
    sendTest: 'editor',
    list: 'viewer',
    get: 'viewer',
    events: 'viewer',
    payload: 'viewer',
    parts: 'viewer',
    cancel: 'editor',
    pause: 'editor',
    resume: 'editor',
    rerun: 'editor',
    retry: 'editor',
    replay: 'editor',
    retryFailed: 'editor',
    bulk: 'editor',
    resolveUncertain: 'editor',
  },
  approvals: { list: 'viewer', decide: 'editor' },
  templates: {
    list: 'viewer',
    get: 'viewer',
    use: 'editor',
    save: 'editor',
    export: 'viewer',
    import: 'editor',
    remove: 'editor',
  },
  inbox: {
    list: 'viewer',
    held: 'viewer',
    heldMail: 'viewer',
    get: 'viewer',
    source: 'viewer',
    attachment: 'viewer',
    remove: 'editor',
    clear: 'editor',
  },
};

const rows: ReadonlyMap<string, Role> = new Map(
  Object.entries(access).flatMap(([resource, routes]) =>
    Object.entries(routes).map(([route, role]: [string, Role]) => [`${resource}.${route}`, role] as const),
  ),
);

/** @throws Error for a path without a row: what is not listed is closed. */
export function neededRole(path: readonly string[]): Role {
  const role = rows.get(path.join('.'));
  if (!role) throw new Error(`The route ${path.join('.')} has no row in server/http/access.ts.`);
  return role;
}
