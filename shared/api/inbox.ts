import { z } from 'zod';
import { done, instant, pageInput, pageOf, route, uuid } from './common.ts';

export const inboxItemSchema = z.object({
  id: uuid,
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  snippet: z.string(),
  receivedAt: instant,
  read: z.boolean(),
  size: z.int(),
  hasAttachments: z.boolean(),
});
export type InboxItem = z.infer<typeof inboxItemSchema>;

export const inboxMailSchema = inboxItemSchema.extend({
  cc: z.array(z.string()),
  replyTo: z.string().nullable(),
  messageId: z.string().nullable(),
  /** Sanitised; show it in a sandboxed frame only. */
  html: z.string().nullable(),
  text: z.string(),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  attachments: z.array(z.object({ index: z.int(), filename: z.string(), contentType: z.string(), size: z.int() })),
});
export type InboxMail = z.infer<typeof inboxMailSchema>;

/** A mail that a run holds until it has succeeded. */
export const heldMailItemSchema = z.object({
  id: uuid,
  runId: uuid,
  workflowId: uuid,
  workflowName: z.string(),
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  heldAt: instant,
});
export type HeldMailItem = z.infer<typeof heldMailItemSchema>;

export const heldMailSchema = heldMailItemSchema.extend(
  inboxMailSchema.pick({ cc: true, replyTo: true, html: true, text: true, size: true }).shape,
);
export type HeldMailContent = z.infer<typeof heldMailSchema>;

const byId = z.object({ id: uuid });

/**
 * What the built-in mail server has received, which is nothing where SMTP_URL names a real server; and what runs hold back until they have
 * succeeded, whichever server it will go to.
 */
export const inbox = {
  list: route
    .route({ method: 'GET', path: '/inbox', tags: ['Inbox'], summary: 'Mails that the built-in mail server received' })
    .input(pageInput.extend({ search: z.string().max(200).optional() }))
    .output(pageOf(inboxItemSchema).extend({ builtIn: z.boolean(), unread: z.int() })),
  held: route
    .route({
      method: 'GET',
      path: '/inbox/held',
      tags: ['Inbox'],
      summary: 'Mails that are held until their run succeeds',
    })
    .input(pageInput.extend({ search: z.string().max(200).optional() }))
    .output(pageOf(heldMailItemSchema).extend({ total: z.int() })),
  heldMail: route
    .route({ method: 'GET', path: '/inbox/held/{id}', tags: ['Inbox'], summary: 'Read a mail that is held' })
    .input(byId)
    .output(heldMailSchema),
  get: route
    .route({ method: 'GET', path: '/inbox/{id}', tags: ['Inbox'], summary: 'Read a mail' })
    .input(byId)
    .output(inboxMailSchema),
  source: route
    .route({ method: 'GET', path: '/inbox/{id}/source', tags: ['Inbox'], summary: 'The mail as it arrived' })
    .input(byId)
    .output(z.object({ source: z.string(), truncated: z.boolean() })),
  attachment: route
    .route({
      method: 'GET',
      path: '/inbox/{id}/attachments/{index}',
      tags: ['Inbox'],
      summary: 'Download an attachment',
    })
    .input(byId.extend({ index: z.coerce.number().int().min(0) }))
    .output(z.file()),
  remove: route
    .route({ method: 'DELETE', path: '/inbox/{id}', tags: ['Inbox'], summary: 'Delete a mail' })
    .input(byId)
    .output(done),
  clear: route.route({ method: 'DELETE', path: '/inbox', tags: ['Inbox'], summary: 'Empty the inbox' }).output(done),
};
