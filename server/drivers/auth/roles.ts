import { createAccessControl } from 'better-auth/plugins/access';

/**
 * What the roles may do inside the auth library. Everything else (workflows, runs …) is decided per route in
 * `server/http/access.ts`; the two agree that only owners manage people and keys.
 */
const access = createAccessControl({
  organization: ['update', 'delete'],
  member: ['create', 'update', 'delete'],
  invitation: ['create', 'cancel'],
  team: [],
  ac: [],
  apiKey: ['create', 'read', 'update', 'delete'],
} as const);

const owner = access.newRole({
  organization: ['update', 'delete'],
  member: ['create', 'update', 'delete'],
  invitation: ['create', 'cancel'],
  apiKey: ['create', 'read', 'update', 'delete'],
});
const editor = access.newRole({ organization: [], apiKey: [] });
const viewer = access.newRole({ organization: [], apiKey: [] });

export const accessControl = access;
export const accessRoles = { owner, editor, viewer };
