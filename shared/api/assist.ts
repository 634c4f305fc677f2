import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { providerIds } from '../nodes/contract.ts';
import { limits, workflowGraphSchema } from '../workflow/graph.ts';
import { graphPatchSchema } from '../workflow/patch.ts';
import { problemSchema } from '../workflow/problem.ts';
import { done, instant, route, uuid } from './common.ts';

/** What became of a proposal. `partly`: some of its steps were taken. `superseded`: the next one in the conversation came in its place. */
export const outcomeSchema = z.enum(['open', 'accepted', 'partly', 'rejected', 'superseded']);
export type ProposalOutcome = z.infer<typeof outcomeSchema>;

/** One step that a proposal touches, for reading; the patch itself has everything. */
export const changeSchema = z.object({
  nodeId: z.string(),
  title: z.string(),
  mark: z.enum(['added', 'changed', 'removed']),
  fields: z.array(z.string()),
});

export const chatMessageSchema = z.object({
  id: uuid,
  role: z.enum(['user', 'assistant']),
  kind: z.enum(['edit', 'explain', 'fix']),
  text: z.string(),
  createdAt: instant,
  /** Who asked; null for answers. */
  author: z.string().nullable(),
  /** The run that it is about. */
  runId: uuid.nullable(),
  /** Empty: the answer proposes nothing. */
  changes: z.array(changeSchema),
  /** Only while the proposal is open. */
  patch: graphPatchSchema.nullable(),
  outcome: outcomeSchema.nullable(),
  assumptions: z.array(z.string()),
  unsupported: z.array(z.object({ text: z.string(), reason: z.string(), suggestion: z.string().optional() })),
  /** What is wrong with the workflow if the proposal is taken. */
  problems: z.array(problemSchema),
  provider: z.enum(providerIds).nullable(),
  costMicro: z.int(),
});
export type ChatMessage = z.infer<typeof chatMessageSchema>;

export const conversationSchema = z.object({ id: uuid, title: z.string(), updatedAt: instant, messages: z.int() });
export type ConversationSummary = z.infer<typeof conversationSchema>;

/** What arrives while an answer is being made. `text` is all of it so far; `done` closes the stream. */
export const assistEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('status'), text: z.string() }),
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('done'), conversationId: uuid, question: chatMessageSchema, answer: chatMessageSchema }),
]);
export type AssistEvent = z.infer<typeof assistEventSchema>;

/** `graph` is the draft as it is on the screen: what the patch is made for. Without `conversationId` a conversation begins. */
const asked = {
  workflowId: uuid,
  graph: workflowGraphSchema,
  conversationId: uuid.optional(),
  provider: z.union([z.enum(providerIds), z.literal('auto')]).default('auto'),
  timezone: z.string().max(64).default('UTC'),
};

/** Stream as server-sent events. Nothing is saved in the workflow; whoever accepts the patch saves the draft. */
export const assist = {
  edit: route
    .route({
      method: 'POST',
      path: '/workflows/{workflowId}/edit',
      tags: ['AI'],
      summary: 'Ask for a change of a workflow',
    })
    .input(z.object({ ...asked, request: z.string() }))
    .output(eventIterator(assistEventSchema)),
  explain: route
    .route({
      method: 'POST',
      path: '/workflows/{workflowId}/explain',
      tags: ['AI'],
      summary: 'Explain a workflow in plain words',
    })
    .input(z.object({ ...asked, language: z.string().max(35).optional() }))
    .output(eventIterator(assistEventSchema)),
  /** `request`: what the person says about it, if anything. */
  fix: route
    .route({
      method: 'POST',
      path: '/workflows/{workflowId}/fix',
      tags: ['AI'],
      summary: 'Propose how to fix a failed run',
    })
    .input(
      z.object({
        ...asked,
        runId: uuid,
        request: z.string().max(limits.promptChars).default(''),
        language: z.string().max(35).optional(),
      }),
    )
    .output(eventIterator(assistEventSchema)),
};

const byId = z.object({ id: uuid });

export const conversations = {
  list: route
    .route({
      method: 'GET',
      path: '/workflows/{workflowId}/conversations',
      tags: ['AI'],
      summary: 'Conversations about a workflow, newest first',
    })
    .input(z.object({ workflowId: uuid }))
    .output(z.object({ items: z.array(conversationSchema) })),
  get: route
    .route({ method: 'GET', path: '/conversations/{id}', tags: ['AI'], summary: 'Read a conversation' })
    .input(byId)
    .output(
      conversationSchema.omit({ messages: true }).extend({ workflowId: uuid, messages: z.array(chatMessageSchema) }),
    ),
  /** Notes what became of a proposal; its patch is forgotten then. Once. */
  decide: route
    .route({
      method: 'POST',
      path: '/conversations/{id}/messages/{messageId}/decision',
      tags: ['AI'],
      summary: 'Note what became of a proposal',
    })
    .input(byId.extend({ messageId: uuid, outcome: outcomeSchema.exclude(['open', 'superseded']) }))
    .output(done),
  remove: route
    .route({ method: 'DELETE', path: '/conversations/{id}', tags: ['AI'], summary: 'Delete a conversation' })
    .input(byId)
    .output(done),
};
