import { z } from 'zod';
import type { nodeKindSchema } from '../../../shared/api/nodes.ts';
import { outPortsOf, type NodeCatalogue, type NodeDefinition } from '../../../shared/nodes/contract.ts';

export type NodeKind = z.infer<typeof nodeKindSchema>;

/** The catalogue as data, for API clients: each kind with the JSON Schema of its settings. */
export function describeKinds(catalogue: NodeCatalogue): NodeKind[] {
  return [...catalogue.values()].map(describe);
}

function describe(definition: NodeDefinition): NodeKind {
  const { kind, version, group, icon, texts, effect, config, ports } = definition;
  const defaults = config.parse({});
  return {
    kind,
    version,
    group,
    icon,
    ...texts,
    effect,
    ports: { in: [...ports.in], out: [...outPortsOf(definition, defaults, undefined)] },
    schema: z.toJSONSchema(config, { io: 'input', unrepresentable: 'any' }),
    defaults,
  };
}
