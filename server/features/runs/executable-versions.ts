import { compileBinding } from '../../../shared/engine/bind.ts';
import { compileGraph } from '../../../shared/engine/graph.ts';
import { AppError } from '../../../shared/errors.ts';
import type { NodeCatalogue, NodeRunner } from '../../../shared/nodes/contract.ts';
import type { WorkflowNode } from '../../../shared/workflow/graph.ts';
import type { ExecutableStep, ExecutableVersion, VersionSource } from '../../engine/ports.ts';
import type { VersionRow, VersionStore } from '../../store/versions.ts';

/** Versions kept ready; the least recently used one makes room. */
const maxCached = 500;

/** Versions are immutable, so a compiled one is right for ever: one parse and one plan per version and process. */
export function createExecutableVersions(
  store: VersionStore,
  catalogue: NodeCatalogue,
  runners: ReadonlyMap<string, NodeRunner>,
): VersionSource {
  const cache = new Map<string, Promise<ExecutableVersion>>();

  async function build(workspaceId: string, versionId: string): Promise<ExecutableVersion> {
    const row = await store.find(workspaceId, versionId);
    if (!row) throw new AppError('not_found', 'This version of the workflow does not exist any more.');
    return toExecutable(row, catalogue, runners);
  }

  return {
    load(workspaceId, versionId) {
      const key = `${workspaceId}/${versionId}`;
      const known = cache.get(key);
      const version = known ?? build(workspaceId, versionId);
      cache.delete(key);
      cache.set(key, version);
      if (!known) {
        version.catch(() => cache.delete(key));
        if (cache.size > maxCached) cache.delete(cache.keys().next().value!);
      }
      return version;
    },
  };
}

/** @throws AppError invalid_graph, bad_request or expression when a node of a published version does not fit this code's catalogue. */
export function toExecutable(
  row: VersionRow,
  catalogue: NodeCatalogue,
  runners: ReadonlyMap<string, NodeRunner>,
): ExecutableVersion {
  const steps = new Map<string, ExecutableStep>();
  for (const node of row.graph.nodes) {
    try {
      steps.set(node.id, executableStep(node, catalogue, runners));
    } catch (error) {
      // A part of a draft can be tested while another step is not ready: only what is done has to be readable.
      if (row.number !== null || !(error instanceof AppError)) throw error;
    }
  }
  const holdsCredits = [...steps.values()].some((step) => step.definition.group === 'ai');
  const { id, workflowId, graph } = row;
  return { id, workflowId, graph: compileGraph(graph, catalogue), steps, settings: graph.settings ?? {}, holdsCredits };
}

function executableStep(
  node: WorkflowNode,
  catalogue: NodeCatalogue,
  runners: ReadonlyMap<string, NodeRunner>,
): ExecutableStep {
  const definition = catalogue.get(node.kind);
  if (!definition)
    throw new AppError('invalid_graph', `The step “${node.title}” is of the unknown kind “${node.kind}”.`);
  const config =
    node.version < definition.version && definition.upgrade
      ? definition.upgrade(node.config, node.version)
      : node.config;
  return { definition, runner: runners.get(node.kind) ?? null, config: compileBinding(definition, config) };
}
