import { z } from 'zod';
import { done, instant, pageInput, pageOf, route, uuid } from './common.ts';

export const roles = ['owner', 'editor', 'viewer'] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

export const meSchema = z.object({
  user: z.object({ id: uuid, name: z.string(), email: z.string(), emailVerified: z.boolean() }),
  workspace: z.object({ id: uuid, name: z.string(), role: roleSchema, timezone: z.string() }),
  workspaces: z.array(z.object({ id: uuid, name: z.string(), role: roleSchema })),
  creditsMicro: z.int(),
});
export type Me = z.infer<typeof meSchema>;

export const memberSchema = z.object({
  id: uuid,
  userId: uuid,
  name: z.string(),
  email: z.string(),
  role: roleSchema,
  joinedAt: instant,
});
export const invitationSchema = z.object({ id: uuid, email: z.string(), role: roleSchema, expiresAt: instant });
export const apiKeySchema = z.object({
  id: uuid,
  name: z.string(),
  /** The first characters, to recognise it by. */
  start: z.string(),
  createdAt: instant,
  lastUsedAt: instant.nullable(),
  expiresAt: instant.nullable(),
});
export const statementEntrySchema = z.object({
  id: uuid,
  at: instant,
  kind: z.enum(['grant', 'usage', 'adjust']),
  amountMicro: z.int(),
  balanceAfterMicro: z.int(),
  description: z.string(),
  runId: uuid.nullable(),
});

/** Ended runs go `days` after their end; beyond the newest `runs` they go earlier. What is under way is never deleted. */
export const retentionSchema = z.object({ days: z.int().min(1).max(3_650), runs: z.int().min(100).max(10_000_000) });
export type Retention = z.infer<typeof retentionSchema>;

export const workspace = {
  me: route
    .route({ method: 'GET', path: '/me', tags: ['Workspace'], summary: 'Who is signed in, and where' })
    .output(meSchema),
  update: route
    .route({
      method: 'PATCH',
      path: '/workspace',
      tags: ['Workspace'],
      summary: 'Rename the workspace or change its time zone',
    })
    .input(z.object({ name: z.string().trim().min(1).max(80).optional(), timezone: z.string().max(64).optional() }))
    .output(meSchema.shape.workspace),
  retention: route
    .route({ method: 'GET', path: '/workspace/retention', tags: ['Workspace'], summary: 'How long runs are kept' })
    .output(retentionSchema),
  setRetention: route
    .route({
      method: 'PUT',
      path: '/workspace/retention',
      tags: ['Workspace'],
      summary: 'Change how long runs are kept',
    })
    .input(retentionSchema)
    .output(retentionSchema),
  switch: route
    .route({
      method: 'POST',
      path: '/workspace/switch',
      tags: ['Workspace'],
      summary: 'Work in another of my workspaces',
    })
    .input(z.object({ id: uuid }))
    .output(done),
  members: route
    .route({ method: 'GET', path: '/workspace/members', tags: ['Workspace'], summary: 'Members and open invitations' })
    .output(z.object({ members: z.array(memberSchema), invitations: z.array(invitationSchema) })),
  invite: route
    .route({
      method: 'POST',
      path: '/workspace/invitations',
      tags: ['Workspace'],
      summary: 'Invite someone by mail',
      successStatus: 201,
    })
    .input(z.object({ email: z.email(), role: roleSchema }))
    .output(invitationSchema),
  revokeInvitation: route
    .route({
      method: 'DELETE',
      path: '/workspace/invitations/{id}',
      tags: ['Workspace'],
      summary: 'Withdraw an invitation',
    })
    .input(z.object({ id: uuid }))
    .output(done),
  setRole: route
    .route({
      method: 'PATCH',
      path: '/workspace/members/{id}',
      tags: ['Workspace'],
      summary: 'Change the role of a member',
    })
    .input(z.object({ id: uuid, role: roleSchema }))
    .output(memberSchema),
  removeMember: route
    .route({ method: 'DELETE', path: '/workspace/members/{id}', tags: ['Workspace'], summary: 'Remove a member' })
    .input(z.object({ id: uuid }))
    .output(done),
};

export const apiKeys = {
  list: route
    .route({ method: 'GET', path: '/api-keys', tags: ['API keys'], summary: 'API keys of this workspace' })
    .output(z.object({ items: z.array(apiKeySchema) })),
  /** The key itself is in this answer only. */
  create: route
    .route({ method: 'POST', path: '/api-keys', tags: ['API keys'], summary: 'Make an API key', successStatus: 201 })
    .input(z.object({ name: z.string().trim().min(1).max(80), expiresInDays: z.int().min(1).max(3650).optional() }))
    .output(apiKeySchema.extend({ key: z.string() })),
  remove: route
    .route({ method: 'DELETE', path: '/api-keys/{id}', tags: ['API keys'], summary: 'Revoke an API key' })
    .input(z.object({ id: uuid }))
    .output(done),
};

export const credits = {
  balance: route
    .route({ method: 'GET', path: '/credits', tags: ['Credits'], summary: 'Balance and what is held by running steps' })
    .output(z.object({ balanceMicro: z.int(), heldMicro: z.int(), availableMicro: z.int() })),
  statement: route
    .route({
      method: 'GET',
      path: '/credits/statement',
      tags: ['Credits'],
      summary: 'Every change of the balance, newest first',
    })
    .input(pageInput)
    .output(pageOf(statementEntrySchema)),
};
