/** Finds the node kinds: every folder of shared/nodes is one. Nothing lists them by name. */
import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { NodeCatalogue, NodeDefinition, NodeRunner } from '../../shared/nodes/contract.ts';

export interface Registry {
  catalogue: NodeCatalogue;
  /** By kind; triggers have none. */
  runners: ReadonlyMap<string, NodeRunner>;
}

const shippedFolder = join(import.meta.dirname, '../../shared/nodes');

/**
 * Loads definitions and runners of all kinds, in the order of their names.
 *
 * @throws Error naming the folder when a kind is incomplete: it is a defect of the program and the start must fail.
 */
export async function loadCatalogue(folder = shippedFolder): Promise<Registry> {
  const entries = await readdir(folder, { withFileTypes: true });
  const kinds = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const loaded = await Promise.all(kinds.map((kind) => loadKind(folder, kind)));
  const runners = loaded.flatMap(({ definition, runner }) =>
    runner === undefined ? [] : [[definition.kind, runner] as const],
  );
  return {
    catalogue: new Map(loaded.map(({ definition }) => [definition.kind, definition])),
    runners: new Map(runners),
  };
}

async function loadKind(
  folder: string,
  kind: string,
): Promise<{ definition: NodeDefinition; runner: NodeRunner | undefined }> {
  const { node } = (await load(join(folder, kind, 'index.ts'))) as { node?: NodeDefinition };
  if (node === undefined) throw new Error(`shared/nodes/${kind}/index.ts does not export “node”`);
  if (node.kind !== kind)
    throw new Error(
      `shared/nodes/${kind}/index.ts defines the kind “${node.kind}”; kind and folder must have one name`,
    );
  const runnerFile = join(folder, kind, 'run.server.ts');
  const hasRunner = await exists(runnerFile);
  if (node.group === 'trigger') {
    if (hasRunner) throw new Error(`shared/nodes/${kind} is a trigger and has a run.server.ts; triggers are not run`);
    return { definition: node, runner: undefined };
  }
  if (!hasRunner) throw new Error(`shared/nodes/${kind} has no run.server.ts`);
  const { runner } = (await load(runnerFile)) as { runner?: NodeRunner };
  if (runner === undefined) throw new Error(`shared/nodes/${kind}/run.server.ts does not export “runner”`);
  return { definition: node, runner };
}

function load(file: string): Promise<unknown> {
  return import(/* @vite-ignore */ pathToFileURL(file).href);
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}
