/** Which steps of a workflow a person means: by title, id, kind, place in the flow, or what stands in the settings. Pure. */
import { closest } from '../../../../../shared/engine/closest.ts';
import { topologicalOrder } from '../../../../../shared/engine/graph.ts';
import type { NodeCatalogue } from '../../../../../shared/nodes/contract.ts';
import { fold } from '../../../../../shared/schedule/words/text.ts';
import type { WorkflowGraph, WorkflowNode } from '../../../../../shared/workflow/graph.ts';
import { isTrigger } from './surgery.ts';
import type { EditWords } from './words.ts';

export interface Surroundings {
  graph: WorkflowGraph;
  catalogue: NodeCatalogue;
  words: EditWords;
  /** The step that was spoken of last. */
  last: string | undefined;
}

/** `score` says how sure it is: 3 and more is a step that was really named. Several nodes and not `all`: any of them could be meant. */
export interface Found {
  nodes: WorkflowNode[];
  score: number;
  all: boolean;
}

const nothing: Found = { nodes: [], score: 0, all: false };

/** @param phrase as the person wrote it, quotes included. */
export function findSteps(phrase: string, around: Surroundings): Found {
  const { graph, catalogue, words } = around;
  const order = inOrder(graph);
  const plain = fold(phrase)
    .replace(/["“”„«»‘’'‚]/g, '')
    .replace(/[,.:;!?]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (plain === '') return nothing;
  const exact = order.filter((node) => fold(node.title).trim() === plain || node.id === plain);
  if (exact.length > 0) return { nodes: exact, score: 12, all: false };
  if (isOnly(words.it, plain)) return byId(order, around.last);
  const number = new RegExp(`^(?:(?:${words.articles}) )?${words.stepNumber}$`).exec(plain)?.[1];
  if (number !== undefined) {
    const node = order[Number(number) - 1];
    return node === undefined ? nothing : { nodes: [node], score: 10, all: false };
  }
  if (isOnly(`(?:(?:${words.articles}) )?(?:${words.trigger})`, plain))
    return { nodes: order.filter((node) => isTrigger(node, catalogue)), score: 5, all: false };
  if (isOnly(words.sending, plain))
    return { nodes: order.filter(({ kind }) => kind === 'email-send'), score: 5, all: true };
  return named(plain, order, around);
}

/** The steps in the order in which a run meets them. */
export function inOrder(graph: WorkflowGraph): WorkflowNode[] {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const { order, cyclic } = topologicalOrder(graph);
  return [...order, ...cyclic].flatMap((id) => byId.get(id) ?? []);
}

function byId(order: readonly WorkflowNode[], id: string | undefined): Found {
  const node = order.find((one) => one.id === id);
  return node === undefined ? nothing : { nodes: [node], score: 8, all: false };
}

function isOnly(source: string, text: string): boolean {
  return new RegExp(`^(?:${source})$`).test(text);
}

function named(plain: string, order: readonly WorkflowNode[], around: Surroundings): Found {
  const { words, catalogue } = around;
  const all = new RegExp(`(?<!\\w)(?:${words.all})(?!\\w)`).test(plain);
  const place = placeIn(plain, words);
  const tokens = tokensOf(plain, words);
  if (tokens.length === 0) {
    if (place === undefined && !all) return nothing;
    const steps = order.filter((node) => !isTrigger(node, catalogue));
    // "The first" alone is less than "the first mail".
    return chosen(steps, place, all, 2);
  }
  const scored = order.map((node) => ({ node, score: scoreOf(node, plain, tokens, around) }));
  const best = scored.reduce((most, { score }) => Math.max(most, score), 0);
  if (best >= 2) {
    const nodes = scored.filter(({ score }) => score === best).map(({ node }) => node);
    // "the second mail" counts all mails, also when one of them fits better.
    const ofKind = place === undefined && !all ? [] : order.filter((node) => isOfKind(node, tokens.join(' '), around));
    return chosen(ofKind.length > nodes.length ? ofKind : nodes, place, all, best);
  }
  const meant = closest(
    tokens.join(' '),
    order.map((node) => tokensOf(fold(node.title), words).join(' ')),
  );
  const near = order.filter((node) => meant !== undefined && tokensOf(fold(node.title), words).join(' ') === meant);
  return near.length === 0 ? nothing : { nodes: near, score: 3, all: false };
}

function chosen(nodes: WorkflowNode[], place: number | undefined, all: boolean, score: number): Found {
  if (place === undefined) return { nodes, score, all };
  const node = nodes.at(place);
  return node === undefined ? nothing : { nodes: [node], score: score + 1, all: false };
}

function placeIn(plain: string, words: EditWords): number | undefined {
  const has = (source: string) => new RegExp(`(?<![\\w])(?:${source})(?!\\w)`).test(plain);
  if (has(words.last)) return -1;
  const index = words.ordinals.findIndex((source) => has(source));
  return index < 0 ? undefined : index;
}

/** The words that tell steps apart. */
function tokensOf(plain: string, words: EditWords): string[] {
  const skip = new RegExp(
    `^(?:${words.articles}|${words.fillers}|${words.all}|${words.last}|${words.ordinals.join('|')})$`,
  );
  return plain.split(/[^\p{L}\p{N}@._-]+/u).filter((word) => word !== '' && !skip.test(word));
}

/** "before the newsletter is sent" means the mail, not the step that writes it. */
const sending =
  /(?<!\w)(?:(?:is|are|gets?|wird|werden) )?(?:sent|mailed|goes out|gesendet|versendet|verschickt|geschickt|raus(?:geht)?)(?!\w)/;

function scoreOf(node: WorkflowNode, plain: string, tokens: readonly string[], around: Surroundings): number {
  const title = tokensOf(fold(node.title), around.words);
  let score = 0;
  let strange = 0;
  const settings = fold(JSON.stringify(node.config).slice(0, 4_000));
  const kind = kindWords(node, around);
  const sends = node.kind === 'email-send' && sending.test(plain);
  if (sends) score += 2;
  for (const token of tokens) {
    if (sends && sending.test(token)) continue;
    const inTitle = title.some((word) => word === token || sameStem(word, token));
    const isKind = new RegExp(`^(?:${kind})$`).test(token);
    const inSettings = token.length > 3 && settings.includes(token);
    // The word for a kind says nothing about which of them.
    if (inTitle || isKind) score += 3;
    else if (inSettings) score += 1.5;
    else strange++;
  }
  if (new RegExp(`(?<![\\w])(?:${kind})(?!\\w)`).test(plain) && score === 0) score = 3;
  if (title.length > 0 && title.every((word) => tokens.includes(word))) score += 2;
  return score - strange;
}

function isOfKind(node: WorkflowNode, text: string, around: Surroundings): boolean {
  return new RegExp(`(?<![\\w])(?:${kindWords(node, around)})(?!\\w)`).test(text);
}

function kindWords({ kind }: WorkflowNode, { words, catalogue }: Surroundings): string {
  const title = fold(catalogue.get(kind)?.texts.title ?? '').replace(/[^a-z0-9 -]/g, '');
  return [words.kinds[kind], title, kind].filter((word) => word !== undefined && word !== '').join('|');
}

/** "mail" and "mails", "Begrüßung" and "Begrüßungsmail". */
function sameStem(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= 4 && long.startsWith(short) && long.length - short.length <= 5;
}
