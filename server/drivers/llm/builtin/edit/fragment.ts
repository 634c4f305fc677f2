/** New steps out of words: "a delay of 2 days", "eine Erinnerung an den Kunden", "an approval by boss@example.com". */
import { nextNodeId } from '../../../../../shared/workflow/graph.ts';
import type { WorkflowNode } from '../../../../../shared/workflow/graph.ts';
import { composedEdgeToEdge } from '../../../../../shared/workflow/composition.ts';
import type { Composition, ComposedNode } from '../../../../../shared/workflow/composition.ts';
import { compose } from '../compose.ts';
import { findDelay } from '../delays.ts';
import { docOf, masks, maskedValues, shorten } from '../text.ts';
import type { Doc } from '../text.ts';
import type { Editing } from './editing.ts';
import { sayings } from './say.ts';
import type { Fragment } from './surgery.ts';

export interface MadeSteps extends Fragment {
  assumptions: readonly string[];
}

/**
 * The steps that the words ask for; undefined when they ask for none that is known.
 * @param before what they will stand in front of, if that is known
 */
export function makeSteps(words: Doc, editing: Editing, before: WorkflowNode | undefined): MadeSteps | undefined {
  const text = words.original.replace(/[\s.,!]+$/, '').trim();
  if (text === '') return undefined;
  const doc = docOf(text);
  const is = (source: string) => new RegExp(`(?<!\\w)(?:${source})(?!\\w)`).test(doc.folded);
  if (is(editing.words.approval)) return approvalOf(doc, editing, before);
  const delay = findDelay(withLead(doc, editing), editing.lexicon) ?? bareDelay(doc, editing);
  if (delay !== undefined && is(editing.words.wait)) return single(editing, delayNode(delay, editing));
  const rest = delay === undefined ? text : withoutDelay(doc, editing);
  const composed = rest.trim() === '' ? undefined : composedSteps(rest, editing);
  if (delay === undefined) return composed ?? plainKind(doc, editing);
  const wait = single(editing, delayNode(delay, editing));
  return composed === undefined ? wait : joined(wait, renamed(composed, editing, wait));
}

type Amount = { amount: number; unit: string };

/** "2 days" alone is read when it is waited for. */
function bareDelay(doc: Doc, editing: Editing): Amount | undefined {
  const match = /(?<![\w@.])\d{1,4}[\s-]\p{L}+/u.exec(doc.folded);
  return match ? findDelay(`${editing.words.waitFor}${match[0].replace('-', ' ')}`, editing.lexicon) : undefined;
}

function withLead(doc: Doc, editing: Editing): string {
  return `${editing.words.waitFor}${doc.folded}`;
}

function withoutDelay(doc: Doc, editing: Editing): string {
  const unit = '\\d{1,4}[\\s-]\\p{L}+';
  const source = `(?:,? ?(?:then |dann )?(?:${editing.words.waitFor.trim()}|with a delay of|delayed by|after|nach|um|for) )?${unit}(?: (?:later|spater|delay|and then|und dann))?`;
  const match = new RegExp(source, 'u').exec(doc.folded);
  if (!match) return doc.original;
  return `${doc.original.slice(0, match.index)} ${doc.original.slice(match.index + match[0].length)}`
    .replace(/^[\s,]*(?:and|then|und|dann)?[\s,]*/i, '')
    .trim();
}

function delayNode({ amount, unit }: Amount, { language }: Editing): ComposedNode {
  const [one, many] = sayings[language].units[unit] ?? [unit, unit];
  const lead =
    language === 'de' ? `${amount} ${amount === 1 ? one : many} warten` : `Wait ${amount} ${amount === 1 ? one : many}`;
  return { id: 'delay', kind: 'delay', title: lead, config: { mode: 'for', amount, unit } };
}

function approvalOf(doc: Doc, editing: Editing, before: WorkflowNode | undefined): MadeSteps {
  const say = sayings[editing.language];
  const approvers = maskedValues(doc, masks.email, { start: 0, end: doc.folded.length }).map(({ value }) => value);
  const asksMe = new RegExp(`(?<!\\w)(?:${editing.words.me})(?!\\w)`).test(doc.folded) && editing.me !== undefined;
  const mail = before?.kind === 'email-send' ? before.config : undefined;
  const body = mail?.['format'] === 'html' ? mail['html'] : mail?.['text'];
  const config = {
    title: mail ? say.approveMail(textOf(mail['subject'])) : say.approve(before?.title ?? ''),
    ...(mail
      ? {
          message: textOf(mail['to']) === '' ? '' : `${editing.language === 'de' ? 'An' : 'To'}: ${textOf(mail['to'])}`,
          payload: textOf(body) || '{{ input }}',
        }
      : {}),
    approvers: [...approvers, ...(asksMe && approvers.length === 0 ? [editing.me!] : [])].join(', '),
  };
  const title = editing.language === 'de' ? 'Freigabe einholen' : 'Ask for approval';
  return single(editing, { id: 'approval', kind: 'approval', title, config });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** What the composer makes of the words in a workflow that starts like this one. */
function composedSteps(text: string, editing: Editing): MadeSteps | undefined {
  const { words, language, now, timezone } = editing;
  const folded = docOf(text).folded;
  const mail = new RegExp(`^(?:(?:${words.articles}) )*(?:[\\w-]+ ){0,3}(?:${words.mail})(?!\\w)`).test(folded);
  const lead = words.startsWith[triggerOf(editing)];
  const attempts = [text, ...(mail ? [`${words.send} ${text}`] : [])].toReversed();
  for (const attempt of attempts) {
    const composition = compose({ prompt: `${lead}${attempt}`, now, timezone, language });
    const steps = composition.nodes.filter(({ kind }) => editing.catalogue.get(kind)?.group !== 'trigger');
    if (steps.length > 0 && composition.unsupported.length === 0) return fragmentOf(composition, editing);
  }
  return undefined;
}

function triggerOf({ graph, catalogue }: Editing): 'webhook' | 'form' | 'schedule' | 'manual' {
  const trigger = graph.nodes.find(({ kind }) => catalogue.get(kind)?.group === 'trigger')?.kind;
  return trigger === 'webhook' || trigger === 'form' || trigger === 'schedule' ? trigger : 'manual';
}

function fragmentOf(composition: Composition, editing: Editing): MadeSteps {
  const { catalogue } = editing;
  const triggers = new Set(
    composition.nodes.filter(({ kind }) => catalogue.get(kind)?.group === 'trigger').map(({ id }) => id),
  );
  const steps = composition.nodes.filter(({ id }) => !triggers.has(id)).map((node) => knownRecipient(node, editing));
  const edges = composition.edges.filter(({ source }) => !triggers.has(source));
  const made: MadeSteps = {
    nodes: steps.map((node) => asNode(node, editing)),
    edges: edges.map(composedEdgeToEdge),
    // What was assumed about the start holds for a workflow that is not made here.
    assumptions: composition.assumptions.filter((text) => !/webhook|trigger|Auslöser|von Hand|by hand/i.test(text)),
  };
  return renamed(made, editing, { nodes: [], edges: [] });
}

/** "The customer" is whoever the other mails of the workflow go to. */
function knownRecipient(node: ComposedNode, { graph }: Editing): ComposedNode {
  const to = textOf(node.config['to']);
  if (node.kind !== 'email-send' || !to.includes('{{ trigger')) return node;
  const known = graph.nodes.find(({ kind, config }) => kind === 'email-send' && textOf(config['to']).includes('{{'));
  return known ? { ...node, config: { ...node.config, to: known.config['to'] } } : node;
}

/** "a merge step", "add Set fields": a kind that is named, with its defaults. */
function plainKind(doc: Doc, editing: Editing): MadeSteps | undefined {
  const { words, catalogue } = editing;
  for (const definition of catalogue.values()) {
    if (definition.group === 'trigger') continue;
    const sources = [words.kinds[definition.kind], definition.texts.title.toLowerCase(), definition.kind];
    const source = sources.filter((one) => one !== undefined).join('|');
    const only = new RegExp(
      `^(?:(?:${words.add}) )?(?:(?:${words.articles}) )*(?:${source})(?: ?-?(?:step|schritt|node))?(?: (?:${words.addEnd}))?$`,
    );
    if (!only.test(doc.folded.trim())) continue;
    return single(editing, { id: definition.kind, kind: definition.kind, title: definition.texts.title, config: {} });
  }
  return undefined;
}

function single(editing: Editing, node: ComposedNode): MadeSteps {
  return renamed({ nodes: [asNode(node, editing)], edges: [], assumptions: [] }, editing, { nodes: [], edges: [] });
}

function asNode(node: ComposedNode, { catalogue }: Editing): WorkflowNode {
  const definition = catalogue.get(node.kind);
  const config = definition?.config.safeParse(node.config).data ?? node.config;
  return {
    ...node,
    title: shorten(node.title, 120),
    config,
    version: definition?.version ?? 1,
    position: { x: 0, y: 0 },
  };
}

/** Ids that are free in the workflow; references follow. */
function renamed(made: MadeSteps, { graph }: Editing, also: Fragment): MadeSteps {
  const taken = new Set([...graph.nodes, ...also.nodes].map(({ id }) => id));
  const ids = new Map<string, string>();
  for (const node of made.nodes) {
    const id = nextNodeId(node.kind, taken);
    taken.add(id);
    ids.set(node.id, id);
  }
  const follow = (config: Record<string, unknown>): Record<string, unknown> =>
    JSON.parse(
      JSON.stringify(config).replace(/\bsteps\.([a-z][a-z0-9_]*)/g, (whole, id: string) =>
        ids.has(id) ? `steps.${ids.get(id)}` : whole,
      ),
    ) as Record<string, unknown>;
  return {
    nodes: made.nodes.map((node) => ({ ...node, id: ids.get(node.id)!, config: follow(node.config) })),
    edges: made.edges.map(({ source, sourcePort, target, targetPort }) =>
      composedEdgeToEdge({ source: ids.get(source)!, sourcePort, target: ids.get(target)!, targetPort }),
    ),
    assumptions: made.assumptions,
  };
}

/** The second behind the first. */
function joined(first: MadeSteps, second: MadeSteps): MadeSteps {
  const inner = new Set(second.edges.map(({ target }) => target));
  const bridges = second.nodes
    .filter(({ id }) => !inner.has(id))
    .map(({ id }) =>
      composedEdgeToEdge({ source: first.nodes.at(-1)!.id, sourcePort: 'out', target: id, targetPort: 'in' }),
    );
  return {
    nodes: [...first.nodes, ...second.nodes],
    edges: [...first.edges, ...bridges, ...second.edges],
    assumptions: [...first.assumptions, ...second.assumptions],
  };
}
