import { z } from 'zod';
import { nodeGroups } from '../nodes/contract.ts';
import { route } from './common.ts';

const portSchema = z.object({ id: z.string(), label: z.string(), type: z.string() });

export const nodeKindSchema = z.object({
  kind: z.string(),
  version: z.int(),
  group: z.enum(nodeGroups),
  icon: z.string(),
  title: z.string(),
  description: z.string(),
  help: z.string(),
  effect: z.string(),
  ports: z.object({ in: z.array(portSchema), out: z.array(portSchema) }),
  /** JSON Schema of `config`. */
  schema: z.record(z.string(), z.unknown()),
  defaults: z.record(z.string(), z.unknown()),
});

export const nodes = {
  list: route
    .route({ method: 'GET', path: '/nodes', tags: ['Nodes'], summary: 'The node kinds and their settings' })
    .output(z.object({ items: z.array(nodeKindSchema) })),
};
