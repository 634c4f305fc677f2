import { describe, expect, it } from 'vitest';
import { node as call } from '../../shared/nodes/sub-workflow/index.ts';
import { edgeBetween } from '../../shared/workflow/graph.ts';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import { parseClip, readClip } from './clipboard.ts';
import { copyText } from './copying.ts';
import { remapExpressions } from '../../shared/workflow/references.ts';
import { paste, withoutForeign } from './paste.ts';
import { testCatalogue } from './testing-kinds.ts';

const step = (id: string, config: Record<string, unknown> = {}) => ({
  id,
  kind: 'ai-generate',
  version: 1,
  title: id,
  config,
  position: { x: 0, y: 0 },
});

const graph: WorkflowGraph = {
  direction: 'down',
  nodes: [
    step('start'),
    step('ai_generate_1'),
    step('ai_generate_2', {
      prompt: '{{ steps.ai_generate_1.text }} {{ steps.start.x }}',
      deep: [{ v: "{{ steps['ai_generate_1'].text }}" }],
    }),
  ],
  edges: [edgeBetween('start', 'ai_generate_1'), edgeBetween('ai_generate_1', 'ai_generate_2')],
};

describe('copy and paste', () => {
  it('gives fresh ids, keeps inner connections and rewrites expressions of copied steps only', () => {
    const clip = parseClip(copyText(graph, new Set(['ai_generate_1', 'ai_generate_2'])))!;
    expect(clip.edges).toHaveLength(1);
    const { graph: result, ids } = paste(graph, clip, { offset: { x: 40, y: 40 } }, testCatalogue);
    expect([...ids]).toEqual(['ai_generate_3', 'ai_generate_4']);
    expect(result.nodes.at(-1)).toMatchObject({
      id: 'ai_generate_4',
      config: {
        prompt: '{{ steps.ai_generate_3.text }} {{ steps.start.x }}',
        deep: [{ v: "{{ steps['ai_generate_3'].text }}" }],
      },
      position: { x: 40, y: 40 },
    });
    expect(result.edges.at(-1)).toEqual(edgeBetween('ai_generate_3', 'ai_generate_4'));
    expect(result.nodes.slice(0, 3)).toEqual(graph.nodes);
  });

  it('keeps ids in another workflow where they are free', () => {
    const clip = parseClip(copyText(graph, new Set(['ai_generate_1'])))!;
    expect([...paste({ ...graph, nodes: [], edges: [] }, clip, { offset: { x: 0, y: 0 } }, testCatalogue).ids]).toEqual(
      ['ai_generate_1'],
    );
  });

  it('takes a whole workflow, as the API gives it', () => {
    expect(parseClip(JSON.stringify({ name: 'x', graph }))?.nodes).toHaveLength(3);
    expect(parseClip(JSON.stringify(graph))?.nodes).toHaveLength(3);
  });

  it.each([
    '',
    'hello',
    '{',
    '{"type":"mailweave/steps","nodes":[]}',
    '{"type":"mailweave/steps","nodes":[{"id":"A B"}],"edges":[]}',
    '[1]',
  ])('refuses %j', (text) => {
    expect(parseClip(text)).toBeNull();
  });
});

describe('remapExpressions', () => {
  const ids = new Map([
    ['a', 'b'],
    ['b', 'c'],
  ]);
  it.each([
    ['{{ steps.a.x }} and {{steps.b}}', '{{ steps.b.x }} and {{steps.c}}'],
    ['{{ steps.ab.x }}', '{{ steps.ab.x }}'],
    ['{{ mysteps.a }}', '{{ mysteps.a }}'],
    ['{{ steps["a"].x }}', '{{ steps["b"].x }}'],
    ['no expression', 'no expression'],
  ])('%s', (text, expected) => {
    expect(remapExpressions(text, ids)).toBe(expected);
  });
});

describe('what is on the clipboard', () => {
  it.each([
    ['hello', 'There are no steps on the clipboard.'],
    ['', 'There are no steps on the clipboard.'],
    ['{"type":"mailweave/steps","nodes":[', 'The JSON on the clipboard is cut off or not valid.'],
    ['{"nodes":[],"connections":{}}', 'This JSON holds no steps of a workflow.'],
    ['[1,2]', 'This JSON holds no steps of a workflow.'],
    ['{"nodes":[],"edges":[]}', 'This JSON holds no steps of a workflow.'],
    [
      '{"type":"mailweave/steps","nodes":[{"id":"A B"}],"edges":[]}',
      'The steps on the clipboard are damaged: nodes.0.id is not as it should be.',
    ],
    [
      JSON.stringify({ type: 'mailweave/steps', nodes: [step('a'), step('a')], edges: [] }),
      'The steps on the clipboard are damaged: two have the same id.',
    ],
    [
      JSON.stringify({ type: 'mailweave/steps', nodes: [step('a')], edges: [] }),
      'There is no kind of step “ai-generate” here.',
    ],
  ])('refuses %j in words', (text, problem) => {
    expect(readClip(text, testCatalogue)).toEqual({ problem });
  });

  it('takes notes and whole groups along, under ids of their own', () => {
    const laid: WorkflowGraph = {
      ...graph,
      notes: [{ id: 'note:1', text: 'Hi', color: 'rose', position: { x: 8, y: 8 }, size: { width: 200, height: 100 } }],
      groups: [{ id: 'group:1', title: 'Both', color: 'blue', members: ['ai_generate_1', 'ai_generate_2'] }],
    };
    const clip = parseClip(copyText(laid, new Set(['group:1', 'note:1'])))!;
    const { graph: result, ids } = paste(laid, clip, { offset: { x: 40, y: 40 } }, testCatalogue);
    expect(result.notes?.map(({ id, position }) => [id, position.x])).toEqual([
      ['note:1', 8],
      ['note:2', 48],
    ]);
    expect(result.groups?.at(-1)).toMatchObject({ id: 'group:2', members: ['ai_generate_3', 'ai_generate_4'] });
    expect(ids.has('note:2')).toBe(true);
    const part = parseClip(copyText(laid, new Set(['ai_generate_1'])))!;
    expect(part.groups, 'a part of a group is no group').toBeUndefined();
  });

  it('forgets what is named in the workspace that it comes from, and nothing within it', () => {
    const kinds = new Map([[call.kind, call]]);
    const config = { workflowId: '0190-secret', wait: true };
    const text = copyText(
      { ...graph, nodes: [{ ...step('call'), kind: call.kind, config }] },
      new Set(['call']),
      'mine',
    );
    const clip = parseClip(text)!;
    expect(withoutForeign(clip, 'mine', kinds)).toEqual({ clip, dropped: 0 });
    const { clip: cleaned, dropped } = withoutForeign(clip, 'other', kinds);
    expect(dropped).toBe(1);
    expect(cleaned.nodes[0]!.config).toEqual({ workflowId: '', wait: true });
  });
});
