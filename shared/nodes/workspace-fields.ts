import type { FieldMeta, NodeDefinition } from './contract.ts';

/** Widgets whose value names something that belongs to one workspace. */
const namesSomething = new Set<string | undefined>(['workflow', 'credential'] satisfies string[]);

/** The settings of a kind that hold an id which means something in one workspace only: what leaves the workspace leaves without them. */
export function workspaceFields(definition: NodeDefinition | undefined): string[] {
  return Object.entries(definition?.config.shape ?? {}).flatMap(([field, schema]) =>
    namesSomething.has((schema.meta() as FieldMeta | undefined)?.widget) ? [field] : [],
  );
}
