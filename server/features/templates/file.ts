/** Workflows and templates as files: what leaves, and what is let in. */
import type { WorkflowFile } from '../../../shared/api/files.ts';
import type { Template } from '../../../shared/api/templates.ts';
import { withoutPins } from '../../../shared/engine/pins.ts';
import { upgradeGraph } from '../../../shared/engine/upgrade.ts';
import { AppError } from '../../../shared/errors.ts';
import type { NodeCatalogue, NodeDefinition } from '../../../shared/nodes/contract.ts';
import { workspaceFields } from '../../../shared/nodes/workspace-fields.ts';
import type { WorkflowGraph, WorkflowNode } from '../../../shared/workflow/graph.ts';
import { fillGraph, templateFaults } from './fill.ts';
import { withoutSecrets } from './secrets.ts';

type Content = Pick<Template, 'name' | 'description' | 'keywords' | 'parameters' | 'graph'>;

/** More faults than this help nobody. */
const maxFaults = 20;

/** As a file: without secrets, and without ids that mean something in this workspace only. */
export function toFile(
  { name, description, keywords, parameters, graph }: Content,
  catalogue: NodeCatalogue,
): WorkflowFile {
  const removed: WorkflowFile['removed'] = [];
  const nodes = withoutPins(graph).nodes.map((node) => {
    const { config, fields } = withoutSecrets(node.config);
    for (const field of [...fields, ...forgetIds(config, catalogue.get(node.kind))])
      removed.push({ node: node.id, field });
    return { ...node, config };
  });
  const content = { name, description, keywords, parameters, graph: { ...graph, nodes } };
  return { format: 'mailweave/workflow', version: 1, ...content, removed };
}

function forgetIds(config: Record<string, unknown>, definition: NodeDefinition | undefined): string[] {
  const ids = workspaceFields(definition).filter((field) => Boolean(config[field]));
  for (const field of ids) config[field] = '';
  return ids;
}

/**
 * What the file holds, its settings brought to the kinds' current versions. The shape has been checked by the contract; here it is checked against
 * the kinds that exist, so that nothing gets in that the editor could not have made.
 *
 * @throws AppError `bad_request` with `details.fields`: place in the file → what is wrong.
 */
export function fromFile(file: WorkflowFile, catalogue: NodeCatalogue): Content {
  const { name, description, keywords, parameters } = file;
  const faults = new Map([...nodeFaults(file.graph, catalogue), ...edgeFaults(file.graph)]);
  const keys = parameters.map(({ key }) => key);
  for (const [index, key] of keys.entries())
    if (keys.indexOf(key) !== index) faults.set(`parameters.${index}.key`, `“${key}” is asked for twice`);
  if (parameters.length > 0) for (const fault of templateFaults(file)) faults.set('parameters', fault);
  refuse(faults);
  const graph = withoutPins(upgradeGraph(file.graph, catalogue));
  refuse(new Map(configFaults({ parameters, graph }, catalogue)));
  return { name, description, keywords, parameters, graph };
}

type Fault = [place: string, message: string];

function nodeFaults({ nodes }: WorkflowGraph, catalogue: NodeCatalogue): Fault[] {
  const ids = nodes.map(({ id }) => id);
  const known = new Set(ids);
  const first = new Map(ids.toReversed().map((id, index) => [id, ids.length - 1 - index]));
  return nodes.flatMap((node, index): Fault[] => {
    const at = (field: string, message: string): Fault => [`graph.nodes.${index}.${field}`, message];
    const definition = catalogue.get(node.kind);
    return [
      ...(definition ? [] : [at('kind', `there is no kind of step “${node.kind}” here`)]),
      ...(definition && node.version > definition.version
        ? [at('version', 'this step was made by a newer Mailweave')]
        : []),
      ...(first.get(node.id) === index ? [] : [at('id', `“${node.id}” is there twice`)]),
      ...(node.parent === undefined || known.has(node.parent)
        ? []
        : [at('parent', `there is no step “${node.parent}”`)]),
    ];
  });
}

function edgeFaults({ nodes, edges }: WorkflowGraph): Fault[] {
  const known = new Set(nodes.map(({ id }) => id));
  return edges.flatMap((edge, index) =>
    (['source', 'target'] as const)
      .filter((end) => !known.has(edge[end]))
      .map((end): Fault => [`graph.edges.${index}.${end}`, `there is no step “${edge[end]}”`]),
  );
}

/** Settings are checked with the blanks filled, for a number may be one. */
function configFaults(template: Pick<Content, 'parameters' | 'graph'>, catalogue: NodeCatalogue): Fault[] {
  const values = new Map(template.parameters.map((asked) => [asked.key, exampleOf(asked)]));
  const { nodes } = fillGraph(template, values, () => 'text');
  return nodes.flatMap((node, index) => settingFaults(node, index, catalogue));
}

function exampleOf({ type, default: preset, options }: Content['parameters'][number]): string {
  return preset || (type === 'number' ? '1' : (options?.[0]?.value ?? 'x'));
}

function settingFaults(node: WorkflowNode, index: number, catalogue: NodeCatalogue): Fault[] {
  const parsed = catalogue.get(node.kind)?.config.safeParse(node.config);
  if (parsed === undefined || parsed.success) return [];
  return parsed.error.issues.map(({ path, message }): Fault => [
    ['graph.nodes', index, 'config', ...path.map(String)].join('.'),
    message,
  ]);
}

function refuse(faults: ReadonlyMap<string, string>): void {
  if (faults.size === 0) return;
  const shown = [...faults].slice(0, maxFaults).map(([place, message]): Fault => [`file.${place}`, message]);
  const more = faults.size > shown.length ? `; and ${faults.size - shown.length} more` : '';
  const lines = shown.map(([place, message]) => `${place}: ${message}`).join('; ');
  throw new AppError('bad_request', `${lines.slice(0, 1_000)}${more}`, {
    details: { fields: Object.fromEntries(shown) },
  });
}
