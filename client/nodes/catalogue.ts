import type { NodeCatalogue, NodeDefinition } from '../../shared/nodes/contract.ts';

/** Every folder of shared/nodes is a kind. Only `index.ts` is taken: what runs on the server never gets into the bundle. */
const definitions = import.meta.glob<NodeDefinition>('../../shared/nodes/*/index.ts', { eager: true, import: 'node' });

export const catalogue: NodeCatalogue = new Map(
  Object.values(definitions).map((definition) => [definition.kind, definition]),
);
