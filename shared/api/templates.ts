import { z } from 'zod';
import { providerIds } from '../nodes/contract.ts';
import { workflowGraphSchema } from '../workflow/graph.ts';
import { templateParameterSchema, workflowFileSchema } from './files.ts';
import { done, instant, route, uuid } from './common.ts';
import { workflowSchema } from './workflows.ts';

export const templateCategories = ['campaigns', 'content', 'support', 'leads', 'own'] as const;

export const templateSchema = z.object({
  /** Shipped ones have a slug, the workspace's own a UUID. */
  id: z.string(),
  name: z.string(),
  description: z.string(),
  category: z.enum(templateCategories),
  /** Words that find it besides those of its name and description. */
  keywords: z.array(z.string()),
  parameters: z.array(templateParameterSchema),
  graph: workflowGraphSchema,
});
export type Template = z.infer<typeof templateSchema>;

const expected = { runMicro: z.int(), itemMicro: z.int() };
/** At most, in micro-credits: of a run, and on top of it of each item of its lists. What runs put into the prompts is not known yet. */
export const templateCostSchema = z.object({
  aiSteps: z.int(),
  /** Some AI steps run once for each item of a list. */
  perItem: z.boolean(),
  ...expected,
  /** If this provider's model did every AI step. */
  byProvider: z.array(z.object({ provider: z.enum(providerIds), ...expected })),
});
export type TemplateCost = z.infer<typeof templateCostSchema>;

/** `createdAt` is null for those that ship with the product. */
export const listedTemplateSchema = templateSchema.extend({ createdAt: instant.nullable(), cost: templateCostSchema });
export type ListedTemplate = z.infer<typeof listedTemplateSchema>;

export const templates = {
  list: route
    .route({ method: 'GET', path: '/templates', tags: ['Templates'], summary: 'Shipped and own templates' })
    .input(z.object({ search: z.string().max(200).optional(), category: z.enum(templateCategories).optional() }))
    .output(z.object({ items: z.array(listedTemplateSchema) })),
  get: route
    .route({ method: 'GET', path: '/templates/{id}', tags: ['Templates'], summary: 'Get a template' })
    .input(z.object({ id: z.string() }))
    .output(listedTemplateSchema),
  use: route
    .route({
      method: 'POST',
      path: '/templates/{id}/use',
      tags: ['Templates'],
      summary: 'Make a workflow of a template',
      successStatus: 201,
    })
    .input(
      z.object({
        id: z.string(),
        name: z.string().trim().max(120).optional(),
        values: z.record(z.string(), z.string()).default({}),
      }),
    )
    .output(workflowSchema),
  save: route
    .route({
      method: 'POST',
      path: '/templates',
      tags: ['Templates'],
      summary: 'Save a workflow as a template',
      successStatus: 201,
    })
    .input(
      z.object({
        workflowId: uuid,
        name: z.string().trim().min(1).max(120),
        description: z.string().trim().max(500).default(''),
      }),
    )
    .output(templateSchema),
  export: route
    .route({ method: 'GET', path: '/templates/{id}/file', tags: ['Templates'], summary: 'Get a template as a file' })
    .input(z.object({ id: z.string() }))
    .output(workflowFileSchema),
  import: route
    .route({
      method: 'POST',
      path: '/templates/import',
      tags: ['Templates'],
      summary: 'Keep a file as a template of the workspace',
      successStatus: 201,
    })
    .input(z.object({ file: workflowFileSchema }))
    .output(templateSchema),
  remove: route
    .route({
      method: 'DELETE',
      path: '/templates/{id}',
      tags: ['Templates'],
      summary: "Delete one of the workspace's own templates",
    })
    .input(z.object({ id: uuid }))
    .output(done),
};
