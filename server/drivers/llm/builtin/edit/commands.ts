/** Changes of which steps there are and where they stand. Each command reads one part of a request, or leaves it to the next. */
import { nextNodeId } from '../../../../../shared/workflow/graph.ts';
import type { WorkflowGraph, WorkflowNode } from '../../../../../shared/workflow/graph.ts';
import { docOf, masks, maskedValues } from '../text.ts';
import type { Doc } from '../text.ts';
import { exec, group, meant, meantAll } from './editing.ts';
import type { Command, Editing, Outcome } from './editing.ts';
import { findSteps } from './find-step.ts';
import { makeSteps } from './fragment.ts';
import type { MadeSteps } from './fragment.ts';
import { placeInWords, readPlace } from './place.ts';
import { inQuotes, sayings, titlesOf } from './say.ts';
import { insert, isTrigger, mainPort, removeSteps, withNode, wrapSteps } from './surgery.ts';
import type { Place } from './surgery.ts';

/** "Add a delay of 2 days after the welcome mail", "warte 2 Tage vor der letzten Mail". */
export const addSteps: Command = (editing) => {
  const { words } = editing;
  const { place: named, rest, refused } = readPlace(editing);
  const opened = new RegExp(`^(?:bitte |please |also |auch |then |dann )*(?:${words.add})(?!\\w) ?`).exec(rest.folded);
  if (named === undefined && opened === null && refused === undefined) {
    const says = makeSteps(rest, editing, undefined);
    return says && startsWithVerb(rest, editing) ? put(rest, says, undefined, editing) : undefined;
  }
  const asked = opened === null ? rest : docOf(rest.original.slice(opened[0].length));
  const what = docOf(asked.original.replace(new RegExp(`[\\s,]+(?:${words.addEnd})[\\s.,!]*$`, 'i'), ''));
  const before = named?.where === 'before' ? named.nodes[0] : undefined;
  const made = makeSteps(what, editing, before);
  if (made === undefined) return undefined;
  // Which step was meant is not clear.
  if (refused !== undefined) return { refused };
  return put(what, made, named, editing);
};

/** Without a place only what says what to do is taken for a new step: "send …", "wait …", not "the blue one". */
function startsWithVerb({ folded }: Doc, { words }: Editing): boolean {
  return new RegExp(`^(?:please |bitte |also |auch |then |dann )*(?:${words.verbs})(?!\\w)`).test(folded);
}

function put(what: Doc, made: MadeSteps, named: Place | undefined, editing: Editing): Outcome {
  const { graph, catalogue, language } = editing;
  const say = sayings[language];
  const places = placesFor(made, named, editing);
  let result: WorkflowGraph | undefined = graph;
  const added: WorkflowNode[] = [];
  const assumptions = [...made.assumptions];
  for (const [index, place] of places.entries()) {
    const steps =
      index === 0 && made.nodes[0]?.kind !== 'approval'
        ? made
        : again(what, made, { ...editing, graph: result }, place);
    const next: WorkflowGraph | undefined = insert(result, steps, place, catalogue);
    if (next === undefined) {
      const at = place.where === 'before' || place.where === 'after' ? place.nodes[0] : undefined;
      return { refused: say.noPlace(at?.title ?? '') };
    }
    result = next;
    added.push(...steps.nodes);
    const branching = place.where === 'after' ? place.nodes.find((node) => isBranching(node, editing)) : undefined;
    if (branching) assumptions.push(say.firstBranch(branching.title));
  }
  const where = places.map((place) => placeInWords(place, editing));
  return {
    graph: result,
    said: say.added(titlesOf(added, language), [...new Set(where)].join(` ${say.and} `)),
    last: added.at(-1)?.id,
    assumptions,
  };
}

function isBranching(node: WorkflowNode, { graph, catalogue }: Editing): boolean {
  const used = new Set(graph.edges.filter(({ source }) => source === node.id).map(({ sourcePort }) => sourcePort));
  used.delete('error');
  return used.size > 1 && mainPort(node, catalogue) !== 'done';
}

/** An approval without a place stands before every mail; so does one "before sending". Everything else goes to the end. */
function placesFor(made: MadeSteps, named: Place | undefined, { graph }: Editing): Place[] {
  const mails = graph.nodes.filter(({ kind }) => kind === 'email-send');
  const approval = made.nodes[0]?.kind === 'approval';
  if (named === undefined) {
    if (!approval || mails.length === 0) return [{ where: 'end' }];
    return mails.map((mail) => ({ where: 'before', nodes: [mail] }));
  }
  if (named.where !== 'before' || named.nodes.length === 1) return [named];
  return named.nodes.map((node) => ({ where: 'before', nodes: [node] }));
}

/** The same steps for another place: an approval speaks of what it stands in front of, everything else gets other ids. */
function again(what: Doc, made: MadeSteps, editing: Editing, place: Place): MadeSteps {
  const { graph } = editing;
  const before = place.where === 'before' ? place.nodes[0] : undefined;
  if (made.nodes[0]?.kind === 'approval') return makeSteps(what, editing, before) ?? made;
  const taken = new Set(graph.nodes.map(({ id }) => id));
  const ids = new Map<string, string>();
  for (const { id, kind } of made.nodes) {
    const free = nextNodeId(kind, taken);
    taken.add(free);
    ids.set(id, free);
  }
  return {
    ...made,
    nodes: made.nodes.map((node) => ({ ...node, id: ids.get(node.id)! })),
    edges: made.edges.map((edge) => {
      const [source, target] = [ids.get(edge.source)!, ids.get(edge.target)!];
      return { ...edge, source, target, id: `${source}:${edge.sourcePort}>${target}:${edge.targetPort}` };
    }),
  };
}

export const removeNamed: Command = (editing) => {
  const { words, graph, catalogue, language } = editing;
  const match = exec(`(?:${words.remove}) (?<ref>.+?)(?: (?:${words.removeEnd}))?`, editing, true);
  const ref = match && group(editing, match, 'ref');
  if (!ref) return undefined;
  const found = meantAll(ref, editing);
  if ('refused' in found) return found;
  const ids = new Set(found.nodes.map(({ id }) => id));
  return {
    graph: removeSteps(graph, ids, catalogue),
    said: sayings[language].removed(titlesOf(found.nodes, language)),
  };
};

export const renameNamed: Command = (editing) => {
  const { words, graph, language } = editing;
  const becomes = language === 'de' ? '(?:um )?(?:in|zu|auf)?' : '(?:to|as|into)?';
  const match =
    exec(`(?:${words.rename}) (?<ref>.+?) ${becomes} ?(?<value>Q+)(?: um)?`, editing, true) ??
    exec(`(?:${words.rename}) (?<ref>.+?) ${becomes.replace(/\?$/, '')} (?<value>.+?)(?: um)?`, editing, true);
  const [ref, value] = match ? [group(editing, match, 'ref'), group(editing, match, 'value')] : [];
  if (!ref || !value) return undefined;
  const found = meant(ref, editing);
  if ('refused' in found) return found;
  const [node] = found.nodes;
  const title = unquoted(value).slice(0, 120);
  return {
    graph: withNode(graph, node!.id, (one) => ({ ...one, title })),
    said: sayings[language].renamed(node!.title, title),
    last: node!.id,
  };
};

export const moveNamed: Command = (editing) => {
  const { words, graph, catalogue, language } = editing;
  const say = sayings[language];
  if (!new RegExp(`^(?:please |bitte )?(?:${words.move})(?!\\w)`).test(editing.clause.folded)) return undefined;
  const { place, rest, refused } = readPlace(editing);
  const match = new RegExp(`^(?:please |bitte )?(?:${words.move}) (?<ref>.+?)[.!]?$`, 'd').exec(rest.folded);
  const ref = match && group({ clause: rest }, match, 'ref');
  if (!ref || (place === undefined && refused === undefined)) return undefined;
  const named = findSteps(ref, editing);
  // "Put a delay after …" makes a new one.
  if (named.nodes.length === 0 || new RegExp(`^(?:an?|ein\\w*|one) `).test(docOf(ref).folded)) return undefined;
  const found = meant(ref, editing);
  if ('refused' in found) return found;
  if (place === undefined) return { refused: refused ?? '' };
  const [node] = found.nodes;
  if (isTrigger(node!, catalogue)) return { refused: say.noPlace(node!.title) };
  const without = removeSteps(graph, new Set([node!.id]), catalogue);
  const moved = insert(without, { nodes: [node!], edges: [] }, place, catalogue);
  if (moved === undefined) return { refused: say.noPlace(ref) };
  const nodes = graph.nodes.map(({ id }) => moved.nodes.find((one) => one.id === id)!);
  return { graph: { ...moved, nodes }, said: say.moved(node!.title, placeInWords(place, editing)), last: node!.id };
};

const switched =
  (off: boolean): Command =>
  (editing) => {
    const { words, graph, language } = editing;
    const match = exec(off ? words.off : words.on, editing, true);
    const ref = match && (group(editing, match, 'ref') ?? group(editing, match, 'ref2'));
    if (!ref) return undefined;
    const found = meantAll(ref, editing);
    if ('refused' in found) return found;
    const ids = new Set(found.nodes.map(({ id }) => id));
    const nodes = graph.nodes.map((node) => {
      if (!ids.has(node.id)) return node;
      const { disabled: _disabled, ...rest } = node;
      return off ? { ...rest, disabled: true } : rest;
    });
    const titles = titlesOf(found.nodes, language);
    return { graph: { ...graph, nodes }, said: off ? sayings[language].off(titles) : sayings[language].on(titles) };
  };
export const switchOff = switched(true);
export const switchOn = switched(false);

/** "Put the mail into a for each over the orders". */
export const wrapNamed: Command = (editing) => {
  const { words, graph, catalogue, language } = editing;
  const say = sayings[language];
  const match = exec(words.wrap, editing, true) ?? exec(words.forEvery, editing, true);
  const ref = match && group(editing, match, 'ref');
  if (!match || !ref) return undefined;
  const found = meantAll(ref, editing);
  if ('refused' in found) return found;
  const definition = catalogue.get('for-each');
  if (definition === undefined || found.nodes.some((node) => isTrigger(node, catalogue)))
    return { refused: say.notWrapped };
  const items = itemsOf(group(editing, match, 'items') ?? '', found.nodes[0]!, editing);
  const id = nextNodeId('for-each', new Set(graph.nodes.map((node) => node.id)));
  const container: WorkflowNode = {
    id,
    kind: 'for-each',
    version: definition.version,
    title: items.name === '' ? definition.texts.title : `${say.forEach} ${items.name}`.slice(0, 120),
    config: definition.config.parse({ items: items.expression }),
    position: { x: 0, y: 0 },
  };
  const ids = new Set(found.nodes.map((node) => node.id));
  const wrapped = wrapSteps(graph, ids, container, { inner: 'each', done: 'done' });
  if (wrapped === undefined) return { refused: say.notWrapped };
  const goesOn = wrapped.edges.some(({ source, sourcePort }) => source === id && sourcePort === 'done');
  return {
    graph: wrapped,
    said: say.wrapped(titlesOf(found.nodes, language), inQuotes(items.expression, language)),
    last: id,
    assumptions: [...(items.guessed ? [say.guessedItems(items.expression)] : []), ...(goesOn ? [say.wrapResults] : [])],
  };
};

/** The list to go through: an expression that was written out, else a guess from the word for it. */
function itemsOf(text: string, node: WorkflowNode, { graph, catalogue, words }: Editing) {
  const doc = docOf(text);
  const [liquid] = maskedValues(doc, masks.liquid, { start: 0, end: doc.folded.length });
  if (liquid) return { expression: liquid.value, name: '', guessed: false };
  const path = /(?:trigger|input|steps)(?:\.[a-z_]\w*)+/i.exec(text)?.[0];
  if (path !== undefined) return { expression: `{{ ${path} }}`, name: '', guessed: false };
  const name = doc.folded
    .replace(new RegExp(`^(?:(?:${words.articles}|${words.all}) )+`), '')
    .replace(/\s+(?:in|from|of|aus|von)\s.*$/, '')
    .replace(/[^a-z0-9 ]/g, '')
    .trim();
  const field = name.replace(/\s+/g, '_');
  const plural = field === '' ? 'items' : /s$|en$/.test(field) ? field : `${field}s`;
  const source = graph.edges.find(({ target }) => target === node.id)?.source;
  const before = graph.nodes.find(({ id }) => id === source);
  const trigger = graph.nodes.find((one) => isTrigger(one, catalogue))?.kind;
  if (before?.kind === 'http-request') return { expression: `{{ steps.${before.id}.body }}`, name, guessed: true };
  const root = trigger === 'webhook' ? 'trigger.body' : 'trigger';
  return { expression: `{{ ${root}.${plural} }}`, name, guessed: true };
}

export function unquoted(text: string): string {
  return text
    .trim()
    .replace(/^["“„«»'‘‚]\s?|\s?["”“»«'’‘]$/g, '')
    .trim();
}
