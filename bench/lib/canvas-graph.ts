import { edgeBetween, type WorkflowEdge, type WorkflowGraph, type WorkflowNode } from '../../shared/workflow/graph.ts';
import { arranged } from '../../shared/workflow/layout.ts';

/** One block of a lane: set → ai-generate → condition, one step on each branch, and a merge. Six steps, five layers, two columns. */
const blockSteps = 6;
/** Width over height that fills a desktop's canvas: this many lanes per block of a lane. */
const lanesPerBlock = 1.37;

/**
 * A workflow of exactly `size` steps as a person could have built it: a trigger, a wait of a day, and lanes of blocks side by side, each with
 * expressions that read the step before. Valid by the editor's rules, and arranged.
 */
export function lanesOf(size: number): WorkflowGraph {
  const nodes: WorkflowNode[] = [];
  const edges: WorkflowEdge[] = [];
  const counts = new Map<string, number>();
  const add = (kind: string, title: string, config: Record<string, unknown>): string => {
    const stem = kind.replaceAll('-', '_');
    const n = (counts.get(stem) ?? 0) + 1;
    counts.set(stem, n);
    const id = `${stem}_${n}`;
    nodes.push({ id, kind, version: 1, title, config, position: { x: 0, y: 0 } });
    return id;
  };
  const full = (): boolean => nodes.length >= size;
  const trigger = add('manual', 'Start by hand', { payload: '{"name":"Ada"}' });
  const wait = add('delay', 'Wait a day', { amount: 1, unit: 'days' });
  edges.push(edgeBetween(trigger, wait));

  const lanes = Math.max(1, Math.round(Math.sqrt((size / blockSteps) * lanesPerBlock)));
  const ends = Array.from({ length: lanes }, () => wait);
  for (let block = 0; !full(); block++) {
    for (let lane = 0; lane < lanes && !full(); lane++) ends[lane] = addBlock(ends[lane]!, `${lane + 1}.${block + 1}`);
  }
  return arranged({ nodes, edges, direction: 'down' });

  /** @returns the step at the block's end; the last block of all is cut off where the size is reached. */
  function addBlock(before: string, name: string): string {
    const chain = (from: string, kind: string, title: string, config: Record<string, unknown>, port = 'out') => {
      if (full()) return from;
      const id = add(kind, title, config);
      edges.push(edgeBetween(from, id, port));
      return id;
    };
    const set = chain(before, 'set', `Collect the lead ${name}`, {
      fields: [{ name: 'who', value: '{{ trigger.name }}' }],
    });
    const text = chain(set, 'ai-generate', `Draft an answer ${name}`, {
      prompt: `Write to {{ steps.${set}.who }} about offer ${name}.`,
    });
    if (full()) return text;
    const test = chain(text, 'condition', `Is it long enough? ${name}`, {
      rules: { combinator: 'and', rules: [{ left: '{{ input.text }}', operator: 'is_not_empty', right: '' }] },
    });
    const mail = chain(
      test,
      'email-send',
      `Send the answer ${name}`,
      { to: 'sales@example.com', subject: `Offer ${name}`, format: 'text', text: `{{ steps.${text}.text }}` },
      'true',
    );
    const other = full()
      ? mail
      : chain(test, 'set', `Note the refusal ${name}`, { fields: [{ name: 'refused', value: 'yes' }] }, 'false');
    if (full()) return other;
    const merge = chain(mail, 'merge', `Go on ${name}`, { mode: 'any' });
    if (other !== mail) edges.push(edgeBetween(other, merge));
    return merge;
  }
}
