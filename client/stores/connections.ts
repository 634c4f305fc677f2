import { outPortsOf } from '../../shared/nodes/contract.ts';
import type { NodeCatalogue, Port } from '../../shared/nodes/contract.ts';
import { edgeId } from '../../shared/workflow/graph.ts';
import type { WorkflowGraph, WorkflowNode } from '../../shared/workflow/graph.ts';
import { t } from '../i18n/t.ts';
import { keepsInside } from './container-edits.ts';
import { reachable } from './graph-edits.ts';

export interface Ends {
  source: string;
  sourcePort: string;
  target: string;
  targetPort: string;
}

/** Why two ports must not be connected, in words that fit beside the pointer; null when they may. */
export function connectionProblem(graph: WorkflowGraph, catalogue: NodeCatalogue, ends: Ends): string | null {
  if (ends.source === ends.target) return t('A step cannot follow itself');
  const source = graph.nodes.find((node) => node.id === ends.source);
  const target = graph.nodes.find((node) => node.id === ends.target);
  if (source === undefined || target === undefined) return t('There is no such step');
  const sourceKind = catalogue.get(source.kind);
  const targetKind = catalogue.get(target.kind);
  if (sourceKind === undefined || targetKind === undefined) return t('This kind of step is not known here');
  if (targetKind.ports.in.length === 0) return t('A trigger has no input');
  const out = portOf(
    outPortsOf(sourceKind, source.config, source.onError ?? (ends.sourcePort === 'error' ? 'port' : undefined)),
    ends.sourcePort,
  );
  const into = portOf(targetKind.ports.in, ends.targetPort);
  if (out === undefined || into === undefined) return t('There is no such port');
  if (out.type !== into.type)
    return t('{portWord} does not fit {portWord2}', { portWord: portWord(out), portWord2: portWord(into) });
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  if (!keepsInside(byId, catalogue, ends)) return borderWords(out, source, target);
  if (graph.edges.some((edge) => edge.id === edgeId(ends))) return t('These two are connected already');
  if (reachable(graph, ends.target).has(ends.source)) return t('That would make a circle');
  return null;
}

function portOf(ports: readonly Port[], id: string): Port | undefined {
  return ports.find((port) => port.id === id);
}

function portWord(port: Port): string {
  return port.type === 'data' ? t('A data port') : t('A {type} port', { type: port.type });
}

function borderWords(out: Port, source: WorkflowNode, target: WorkflowNode): string {
  if (out.inner === true) return t('That is not inside “{title}”', { title: source.title });
  if (target.parent === source.id) return t('A step inside is connected to “each”');
  return target.parent === undefined
    ? t('A step inside a container cannot lead out of it')
    : t('A step inside a container is led to from inside only');
}
