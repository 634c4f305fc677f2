import { describe, expect, test } from 'vitest';
import { workflowFileSchema, type WorkflowFile } from '../../../shared/api/files.ts';
import { edgeBetween, type WorkflowGraph } from '../../../shared/workflow/graph.ts';
import { loadCatalogue } from '../../nodes/registry.ts';
import { fromFile, toFile } from './file.ts';
import { loadShippedTemplates } from './shipped.ts';

const { catalogue } = await loadCatalogue();
const shipped = [...(await loadShippedTemplates()).values()];

const node = (id: string, kind: string, config: object = {}, more: object = {}) => ({
  id,
  kind,
  version: 1,
  title: id,
  position: { x: 0, y: 0 },
  config: { ...config },
  ...more,
});
const graphOf = (...nodes: ReturnType<typeof node>[]): WorkflowGraph => ({ nodes, edges: [], direction: 'down' });
const fileOf = (graph: WorkflowGraph, more: Partial<WorkflowFile> = {}): WorkflowFile =>
  workflowFileSchema.parse({ format: 'mailweave/workflow', version: 1, name: 'Mine', graph, ...more });
const faultsOf = (file: WorkflowFile): unknown => {
  try {
    fromFile(file, catalogue);
    return {};
  } catch (error) {
    return (error as { details?: { fields?: unknown } }).details?.fields;
  }
};

test.each(shipped)('$id comes back from its file as it was, and nothing in it looks like a secret', (template) => {
  const file = toFile(template, catalogue);
  expect(file.removed).toEqual([]);
  const { name, description, keywords, parameters, graph } = template;
  const read = workflowFileSchema.parse(JSON.parse(JSON.stringify(file)));
  expect(fromFile(read, catalogue)).toEqual({ name, description, keywords, parameters, graph });
});

test('secrets and ids of the workspace stay behind, and the file says where', () => {
  const graph = graphOf(
    node('call', 'sub-workflow', { workflowId: '019a2b3c-0000-7000-8000-000000000001' }),
    node('post', 'http-request', {
      url: 'https://a.example',
      headers: [{ name: 'Authorization', value: 'Bearer hunter2hunter2' }],
    }),
  );
  const file = toFile({ name: 'Mine', description: '', keywords: [], parameters: [], graph }, catalogue);
  expect(JSON.stringify(file)).not.toMatch(/019a2b3c|hunter2/);
  expect(file.removed).toEqual([
    { node: 'call', field: 'workflowId' },
    { node: 'post', field: 'headers.0.value' },
  ]);
  expect(graph.nodes[1]?.config).toMatchObject({ headers: [{ value: 'Bearer hunter2hunter2' }] });
  expect(faultsOf(fileOf(file.graph))).toEqual({});
});

describe('what cannot be read is named', () => {
  const asks = (key: string, type: 'text' | 'number' = 'text') => ({
    key,
    label: key,
    type,
    default: '',
    required: true,
  });
  test.each<[string, WorkflowFile, Record<string, string>]>([
    [
      'an unknown kind',
      fileOf(graphOf(node('a', 'shell'))),
      { 'file.graph.nodes.0.kind': 'there is no kind of step “shell” here' },
    ],
    [
      'a newer step',
      fileOf(graphOf(node('a', 'manual', {}, { version: 99 }))),
      { 'file.graph.nodes.0.version': 'this step was made by a newer Mailweave' },
    ],
    [
      'an id that is there twice, and a container that is not',
      fileOf(graphOf(node('a', 'manual'), node('a', 'set', {}, { parent: 'box' }))),
      { 'file.graph.nodes.1.id': '“a” is there twice', 'file.graph.nodes.1.parent': 'there is no step “box”' },
    ],
    [
      'a connection to nowhere',
      fileOf({ ...graphOf(node('a', 'manual')), edges: [edgeBetween('a', 'b')] }),
      { 'file.graph.edges.0.target': 'there is no step “b”' },
    ],
    [
      'settings',
      fileOf(graphOf(node('a', 'delay', { amount: 'soon' }))),
      { 'file.graph.nodes.0.config.amount': expect.any(String) as string },
    ],
    [
      'a blank within an expression',
      fileOf(graphOf(node('a', 'email-send', { to: '{{ [[who]] }}' })), { parameters: [asks('who')] }),
      { 'file.parameters': expect.stringContaining('inside Liquid code') as string },
    ],
    [
      'a blank that is asked for twice',
      fileOf(graphOf(node('a', 'email-send', { to: '[[who]]' })), { parameters: [asks('who'), asks('who')] }),
      { 'file.parameters.1.key': '“who” is asked for twice' },
    ],
  ])('%s', (_name, file, faults) => expect(faultsOf(file)).toEqual(faults));

  test('a number may be a blank', () => {
    const graph = graphOf(node('a', 'delay', { amount: '[[days]]', unit: 'days' }));
    expect(faultsOf(fileOf(graph, { parameters: [asks('days', 'number')] }))).toEqual({});
    expect(faultsOf(fileOf(graph))).toMatchObject({ 'file.graph.nodes.0.config.amount': expect.any(String) });
  });

  test('of many faults the first are told', () => {
    const graph = graphOf(...Array.from({ length: 50 }, (_, n) => node(`n_${n}`, 'shell')));
    expect(Object.keys(faultsOf(fileOf(graph)) as object)).toHaveLength(20);
    expect(() => fromFile(fileOf(graph), catalogue)).toThrow(/and 30 more$/);
  });
});
