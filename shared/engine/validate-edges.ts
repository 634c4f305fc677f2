/** The rules about connections: both ends exist, at ports that exist and fit, each connection once. */
import { outPortsOf, type Port } from '../nodes/contract.ts';
import { edgeId, type WorkflowEdge, type WorkflowNode } from '../workflow/graph.ts';
import type { Problem } from '../workflow/problem.ts';
import { nameOf } from './step-name.ts';
import { closest } from './closest.ts';
import type { StepInspection, Subject } from './validate-config.ts';

export function edgeProblems(subject: Subject): Problem[] {
  const ids = new Set<string>();
  const ends = new Set<string>();
  const portsOf = outPortsByStep();
  return subject.graph.edges.flatMap((edge) => {
    const key = edgeId(edge);
    const repeated = ids.has(edge.id) || ends.has(key);
    ids.add(edge.id);
    ends.add(key);
    return repeated
      ? [problem(edge, 'duplicate_edge', `The connection from “${edge.source}” to “${edge.target}” is there twice.`)]
      : oneEdge(edge, subject, portsOf);
  });
}

function problem(edge: WorkflowEdge, code: Problem['code'], message: string): Problem {
  return { severity: 'error', code, edgeId: edge.id, message };
}

type PortsOf = (step: StepInspection) => readonly Port[];

/** Ports that depend on settings are made once per step, however many connections it has. */
function outPortsByStep(): PortsOf {
  const known = new Map<StepInspection, readonly Port[]>();
  return (step) => {
    const ports = known.get(step) ?? outPortsOf(step.definition, step.config, step.node.onError);
    known.set(step, ports);
    return ports;
  };
}

function oneEdge(edge: WorkflowEdge, subject: Subject, portsOf: PortsOf): Problem[] {
  const missing = [edge.source, edge.target].filter((id) => !subject.nodes.has(id));
  if (missing.length > 0) {
    return missing.map((id) => {
      const meant = closest(id, subject.nodes.keys());
      return problem(
        edge,
        'missing_node',
        `A connection leads ${id === edge.source ? 'from' : 'to'} “${id}”, but there is no such step.${meant ? ` Did you mean “${meant}”?` : ''}`,
      );
    });
  }
  const [source, target] = [subject.steps.get(edge.source), subject.steps.get(edge.target)];
  const from = source && portNamed(portsOf(source), edge.sourcePort);
  const to = target && portNamed(target.definition.ports.in, edge.targetPort);
  const problems: Problem[] = [];
  if (source !== undefined && from === undefined)
    problems.push({ ...missingOut(edge, source, portsOf(source)), nodeId: edge.source });
  if (target !== undefined && to === undefined) problems.push({ ...missingIn(edge, target), nodeId: edge.target });
  if (from && to && from.type !== to.type) {
    problems.push(
      problem(
        edge,
        'port_type',
        `“${edge.sourcePort}” hands on ${from.type}, but “${edge.targetPort}” takes ${to.type}.`,
      ),
    );
  }
  return problems;
}

function portNamed(ports: readonly Port[], id: string): Port | undefined {
  return ports.find((port) => port.id === id);
}

function listed(ports: readonly Port[]): string {
  return ports.map(({ id }) => `“${id}”`).join(', ');
}

function missingOut(edge: WorkflowEdge, { node, definition }: StepInspection, ports: readonly Port[]): Problem {
  const name = nameOf(node);
  if (edge.sourcePort === 'error' && definition.group !== 'trigger') {
    return problem(
      edge,
      'missing_port',
      `A connection leaves “${name}” by its error port, which is switched off: set “On error” to “Go on along the error port”.`,
    );
  }
  const remedy = ports.length === 0 ? 'Nothing can follow it.' : `It has ${listed(ports)}.`;
  return problem(edge, 'missing_port', `“${name}” has no way out “${edge.sourcePort}”. ${remedy}`);
}

function missingIn(
  edge: WorkflowEdge,
  { node, definition }: { node: WorkflowNode; definition: StepInspection['definition'] },
): Problem {
  const name = nameOf(node);
  if (definition.group === 'trigger')
    return problem(edge, 'trigger_has_input', `“${name}” starts the workflow, so nothing can lead to it.`);
  return problem(
    edge,
    'missing_port',
    `“${name}” has no way in “${edge.targetPort}”. It has ${listed(definition.ports.in)}.`,
  );
}
