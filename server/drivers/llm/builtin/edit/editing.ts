/** What is known while one part of a request for a change is read. */
import type { WorkflowGraph, WorkflowNode } from '../../../../../shared/workflow/graph.ts';
import type { Lexicon } from '../lexicon/types.ts';
import type { Doc } from '../text.ts';
import { findSteps } from './find-step.ts';
import type { Surroundings } from './find-step.ts';
import { sayings, titlesOf } from './say.ts';
import { inOrder } from './find-step.ts';
import type { EditLanguage } from './words.ts';

export interface Editing extends Surroundings {
  clause: Doc;
  language: EditLanguage;
  lexicon: Lexicon;
  now: Date;
  timezone: string;
  /** Address of whoever asks. */
  me: string | undefined;
}

export type Outcome =
  | { graph: WorkflowGraph; said: string; last?: string | undefined; assumptions?: readonly string[] }
  | { refused: string };

/** One kind of change. Undefined: the words ask for something else. */
export type Command = (editing: Editing) => Outcome | undefined;

/** The person's own words of a named group. The pattern needs the flag `d`. */
export function group(editing: Pick<Editing, 'clause'>, match: RegExpExecArray, name: string): string | undefined {
  const place = match.indices?.groups?.[name];
  return place === undefined ? undefined : editing.clause.original.slice(place[0], place[1]).trim();
}

export function exec(source: string, { clause }: Pick<Editing, 'clause'>, whole = false): RegExpExecArray | null {
  return new RegExp(whole ? `^(?:${source})[.!]?$` : `(?<![\\w])(?:${source})(?!\\w)`, 'd').exec(clause.folded);
}

/** The steps that a phrase means, or what to answer when that is not clear. `only`: those that come into question. */
export function meant(
  phrase: string,
  editing: Editing,
  only: (node: WorkflowNode) => boolean = () => true,
): { nodes: WorkflowNode[] } | { refused: string } {
  const say = sayings[editing.language];
  const found = findSteps(phrase, editing);
  const nodes = found.nodes.filter(only);
  if (nodes.length === 0) {
    const titles = titlesOf(inOrder(editing.graph).filter(only).slice(0, 12), editing.language);
    return { refused: say.noStep(phrase, titles || '–') };
  }
  if (nodes.length > 1 && !found.all) return { refused: say.which(phrase, titlesOf(nodes, editing.language)) };
  return { nodes };
}

/** Several steps joined by "and" and commas: each is looked for by itself. */
export function meantAll(phrase: string, editing: Editing): { nodes: WorkflowNode[] } | { refused: string } {
  const whole = meant(phrase, editing);
  const parts = phrase
    .split(new RegExp(`,\\s*|\\s+(?:${editing.words.and})\\s+`, 'i'))
    .filter((part) => part.trim() !== '');
  if ('nodes' in whole && (parts.length === 1 || findSteps(phrase, editing).score >= 10)) return whole;
  if (parts.length === 1) return whole;
  const nodes = new Map<string, WorkflowNode>();
  for (const part of parts) {
    const one = meant(part, editing);
    if ('refused' in one) return one;
    for (const node of one.nodes) nodes.set(node.id, node);
  }
  return { nodes: [...nodes.values()] };
}
