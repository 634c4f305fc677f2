import { describe, expect, it } from 'vitest';
import { edgeBetween } from '../../shared/workflow/graph.ts';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import { copyText, parseClip, paste, remapExpressions } from './clipboard.ts';
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
