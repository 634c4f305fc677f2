/** Collects nodes and edges while a workflow is assembled, and knows which data each path offers. */
import type { ComposedEdge, ComposedNode } from '../../../../shared/workflow/composition.ts';
import { nextNodeId } from '../../../../shared/workflow/graph.ts';
import type { Lexicon } from './lexicon/types.ts';
import type { Trigger } from './triggers.ts';
import type { Recipient } from './recipients.ts';
import { shorten } from './text.ts';
import type { Wording } from './wording/types.ts';

/** An open end that the next step is connected to. */
export interface Head {
  node: string;
  port: string;
}

export interface AiField {
  name: string;
  type: 'text' | 'number' | 'boolean' | 'list' | 'choice';
  description: string;
  choices: string[];
}

/** What is known at one place of a path. Copied where paths part. */
export interface Path {
  heads: Head[];
  /** The last AI step that wrote a text, or the approval that it went through, and whether a mail has carried it. */
  text: { node: string; field: 'text' | 'payload'; used: boolean; words: string } | undefined;
  /** The last AI step with fields. Its fields may still grow while later conditions are read. */
  structured: { node: string; fields: AiField[] } | undefined;
  http: string | undefined;
  /** The step that read a feed. */
  feed?: string;
  /** Where a step in parallel with the last one starts. */
  before: Head[];
}

export class GraphBuilder {
  readonly nodes: ComposedNode[] = [];
  readonly edges: ComposedEdge[] = [];
  readonly assumptions = new Set<string>();
  readonly trigger: Trigger;
  readonly lexicon: Lexicon;
  readonly wording: Wording;
  /** Fields of incoming webhook data that steps refer to. */
  readonly dataFields = new Set<string>();
  /** Choice fields whose values may still grow; named to the person at the end. */
  readonly classifiers: { field: AiField; added: boolean }[] = [];
  lastRecipient: Recipient | undefined;
  lastContact: Recipient | undefined;
  private readonly ids = new Set<string>();

  constructor(trigger: Trigger, lexicon: Lexicon, wording: Wording) {
    this.trigger = trigger;
    this.lexicon = lexicon;
    this.wording = wording;
  }

  add(kind: string, title: string, config: Record<string, unknown>): string {
    const id = nextNodeId(kind, this.ids);
    this.ids.add(id);
    this.nodes.push({ id, kind, title: shorten(title, 60) || kind, config });
    return id;
  }

  /** Adds a step behind the path's heads; the path goes on behind it. */
  append(path: Path, kind: string, title: string, config: Record<string, unknown>): string {
    const id = this.add(kind, title, config);
    for (const head of path.heads)
      this.edges.push({ source: head.node, sourcePort: head.port, target: id, targetPort: 'in' });
    path.before = path.heads;
    path.heads = [{ node: id, port: 'out' }];
    return id;
  }

  assume(sentence: string): void {
    this.assumptions.add(sentence);
  }
}

export function startPath(node: string): Path {
  const heads = [{ node, port: 'out' }];
  return { heads, text: undefined, structured: undefined, http: undefined, before: heads };
}

/** A path that goes on from other heads with the same knowledge. */
export function fork(path: Path, heads: Head[]): Path {
  return { ...path, text: path.text && { ...path.text }, heads, before: heads };
}

/** Where a text of the path stands. */
export function textOf({ node, field }: NonNullable<Path['text']>): string {
  return `steps.${node}.${field}`;
}
