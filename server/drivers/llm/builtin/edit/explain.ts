/** A workflow in plain sentences, in the order in which a run meets its steps. English or German; deterministic. */
import { outPortsOf } from '../../../../../shared/nodes/contract.ts';
import type { NodeCatalogue } from '../../../../../shared/nodes/contract.ts';
import { plainSummary } from '../../../../../shared/nodes/plain-summary.ts';
import type { WorkflowGraph, WorkflowNode } from '../../../../../shared/workflow/graph.ts';
import { inOrder } from './find-step.ts';
import { phrases } from './phrases.ts';
import type { Phrases } from './phrases.ts';

export function explainGraph({
  graph,
  catalogue,
  language,
}: {
  graph: WorkflowGraph;
  catalogue: NodeCatalogue;
  language: string;
}): string {
  const words = language === 'de' ? phrases.de : phrases.en;
  if (graph.nodes.length === 0) return words.empty;
  const order = inOrder(graph);
  const triggers = order.filter(({ kind }) => catalogue.get(kind)?.group === 'trigger');
  const steps = order.filter(({ kind }) => catalogue.get(kind)?.group !== 'trigger');
  const numbers = new Map(steps.map(({ id }, index) => [id, index + 1]));
  const starts =
    triggers.length === 0
      ? words.noTrigger
      : triggers.map((node) => words.starts(says(node, catalogue, words))).join(' ');
  const lines = steps.map((node) => `${numbers.get(node.id)}. ${sentence(node, { graph, catalogue, words, numbers })}`);
  return [starts, ...lines, ...(steps.length === 0 ? [words.noSteps] : [])].join('\n');
}

interface Telling {
  graph: WorkflowGraph;
  catalogue: NodeCatalogue;
  words: Phrases;
  numbers: ReadonlyMap<string, number>;
}

function sentence(node: WorkflowNode, telling: Telling): string {
  const { graph, catalogue, words, numbers } = telling;
  const definition = catalogue.get(node.kind);
  const ports = definition ? outPortsOf(definition, node.config, node.onError) : [];
  const told = says(node, catalogue, words);
  const parts = [`${node.title}: ${told}${/[.!?][”“]?$/.test(told) ? '' : '.'}`];
  if (node.parent !== undefined)
    parts.push(words.inside(graph.nodes.find(({ id }) => id === node.parent)?.title ?? node.parent));
  if (node.disabled) parts.push(words.off);
  const leads = ports.flatMap(({ id, label }) => {
    const targets = graph.edges
      .filter(({ source, sourcePort }) => source === node.id && sourcePort === id)
      .flatMap(({ target }) => numbers.get(target) ?? []);
    return targets.length === 0
      ? []
      : [{ label: id === 'error' ? words.failed : label || id, targets: targets.sort((a, b) => a - b) }];
  });
  const own = numbers.get(node.id) ?? 0;
  const plain =
    leads.length === 1 && leads[0]!.targets.length === 1 && leads[0]!.targets[0] === own + 1 && ports.length <= 1;
  if (!plain) for (const { label, targets } of leads) parts.push(words.goesOn(ports.length > 1 ? label : '', targets));
  if (leads.length === 0) parts.push(words.ends);
  if (node.retry) parts.push(words.retries(node.retry.attempts));
  if (node.onError === 'continue') parts.push(words.continues);
  return parts.join(' ');
}

/** What one step does, without its title. */
function says(node: WorkflowNode, catalogue: NodeCatalogue, words: Phrases): string {
  const definition = catalogue.get(node.kind);
  const parsed = definition?.config.safeParse(node.config);
  const summary = definition && parsed?.success ? plainSummary(definition.summary(parsed.data)) : '';
  const phrase = words.kinds[node.kind];
  return phrase?.(node.config, summary) ?? (summary || definition?.texts.description || node.kind);
}
