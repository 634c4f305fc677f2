import type { NodeCatalogue } from '../../shared/nodes/contract.ts';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import { flowOrder } from './graph-edits.ts';

/** Something on the canvas that what is looked for stands in. */
export interface Found {
  /** Of a step, a note or a group. */
  id: string;
  title: string;
  /** Where: in its title, in the name of its kind, or in this text of it. */
  where: { in: 'title' } | { in: 'kind'; kind: string } | { in: 'text'; piece: string };
}

const around = 24;

/**
 * Everything that has all the words of the query in its title, its kind or one text of its settings, whatever their case; steps in the order
 * of the flow, then notes and groups. Nothing for an empty query.
 */
export function findIn(graph: WorkflowGraph, catalogue: NodeCatalogue, query: string): Found[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const has = (text: string) => {
    const low = text.toLowerCase();
    return words.every((word) => low.includes(word));
  };
  const steps = flowOrder(graph).flatMap(({ id, title, kind, config }): Found[] => {
    const name = catalogue.get(kind)?.texts.title ?? kind;
    if (has(title) || has(id)) return [{ id, title, where: { in: 'title' } }];
    if (has(name)) return [{ id, title, where: { in: 'kind', kind: name } }];
    const text = textsOf(config).find(has);
    return text === undefined ? [] : [{ id, title, where: { in: 'text', piece: pieceOf(text, words[0]!) } }];
  });
  const notes = (graph.notes ?? []).flatMap(({ id, text }): Found[] =>
    has(text) ? [{ id, title: text.trim().slice(0, 60), where: { in: 'text', piece: pieceOf(text, words[0]!) } }] : [],
  );
  const groups = (graph.groups ?? []).flatMap(({ id, title }): Found[] =>
    has(title) ? [{ id, title, where: { in: 'title' } }] : [],
  );
  return [...steps, ...notes, ...groups];
}

/** Every text and number in settings, however deep. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}

function pieceOf(text: string, word: string): string {
  const at = Math.max(0, text.toLowerCase().indexOf(word));
  const [from, to] = [Math.max(0, at - around), at + word.length + around];
  const piece = text.slice(from, to).replace(/\s+/g, ' ').trim();
  return `${from > 0 ? '…' : ''}${piece}${to < text.length ? '…' : ''}`;
}
