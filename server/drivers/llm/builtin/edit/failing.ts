/** Changes of what happens when a step fails, and conditions in front of steps. */
import { numberOf } from '../../../../../shared/schedule/words/times.ts';
import { docOf } from '../text.ts';
import { exec, group, meant } from './editing.ts';
import type { Command, Editing, Outcome } from './editing.ts';
import { findSteps } from './find-step.ts';
import { makeSteps } from './fragment.ts';
import { placeInWords } from './place.ts';
import { sayings, titlesOf } from './say.ts';
import { insert, isTrigger, withNode } from './surgery.ts';
import { compose } from '../compose.ts';
import { nextNodeId, edgeBetween } from '../../../../../shared/workflow/graph.ts';
import type { WorkflowNode } from '../../../../../shared/workflow/graph.ts';

/** Delay before the second attempt; each further one is twice as long. */
export const retryDelayMs = 30_000;

/** "If the request fails, send me a mail", "wenn der Abruf fehlschlägt, mach weiter". */
export const onFailure: Command = (editing) => {
  const match = exec(editing.words.onFailure, editing, true) ?? exec(editing.words.errorPath, editing, true);
  const [ref, action] = match ? [group(editing, match, 'ref'), group(editing, match, 'action')] : [];
  if (!ref || !action) return undefined;
  const found = meant(ref, editing);
  if ('refused' in found) return found;
  const [node] = found.nodes;
  return isTrigger(node!, editing.catalogue)
    ? { refused: sayings[editing.language].noPlace(node!.title) }
    : reaction(node!, action, editing);
};

function reaction(node: WorkflowNode, action: string, editing: Editing): Outcome | undefined {
  const { language, graph, catalogue, words } = editing;
  const say = sayings[language];
  const doc = docOf(action);
  const attempts = attemptsIn(new RegExp(`(?<!\\w)${words.times}(?!\\w)`).exec(doc.folded)?.groups?.['num'], editing);
  if (attempts !== undefined && /retry|try|again|versuch|wiederhol|probier|nochmal/.test(doc.folded))
    return retried(node, attempts, editing);
  if (
    /^(?:just )?(?:go on|continue|carry on|keep going|ignore)|^(?:mach|mache|geh|fahre?)\b.*(?:weiter|fort)|^weiter|ignorier/.test(
      doc.folded,
    )
  )
    return {
      graph: withNode(graph, node.id, (one) => ({ ...one, onError: 'continue' })),
      said: say.goesOn(node.title),
      last: node.id,
    };
  const target = existing(doc.original, node, editing);
  if (target !== undefined) {
    const edge = edgeBetween(node.id, target.id, 'error', catalogue.get(target.kind)?.ports.in[0]?.id);
    const edges = [...graph.edges.filter(({ id }) => id !== edge.id), edge];
    const changed = withNode({ ...graph, edges }, node.id, (one) => ({ ...one, onError: 'port' }));
    return { graph: changed, said: say.errorTo(node.title, target.title), last: node.id };
  }
  const made = makeSteps(doc, editing, undefined);
  if (made === undefined) return undefined;
  const quotes = /["“”„]/.test(action);
  const nodes = made.nodes.map((one) =>
    one.kind !== 'email-send'
      ? one
      : {
          ...one,
          config: {
            ...one.config,
            ...(quotes ? {} : { subject: say.failureSubject(node.title), text: say.failureText(node.title) }),
            ...mine(one, doc.folded, editing),
          },
        },
  );
  const place = { where: 'error', node } as const;
  const result = insert(graph, { nodes, edges: made.edges }, place, catalogue);
  if (result === undefined) return undefined;
  return {
    graph: result,
    said: say.added(titlesOf(nodes, language), placeInWords(place, editing)),
    last: nodes.at(-1)?.id,
    assumptions: made.assumptions.filter(() => !quotes && mineIs(doc.folded, editing) === undefined),
  };
}

function mineIs(folded: string, { words, me }: Editing): string | undefined {
  return new RegExp(`(?<!\\w)(?:${words.me})(?!\\w)`).test(folded) ? me : undefined;
}

/** "send me a mail": to whoever asks. */
function mine(node: WorkflowNode, folded: string, editing: Editing): Record<string, unknown> {
  const me = mineIs(folded, editing);
  return me === undefined || /@/.test(String(node.config['to'])) ? {} : { to: me };
}

/** "go to the reminder", or just the title of a step. */
function existing(action: string, from: WorkflowNode, editing: Editing): WorkflowNode | undefined {
  const lead =
    /^(?:go(?: on)? (?:to|with)|continue with|run|do|use|jump to|geh(?:e)? (?:zu|zum|zur)|mach(?:e)? (?:mit )?|weiter mit)\s+/i;
  const name = action
    .replace(lead, '')
    .replace(/[.!]$/, '')
    .replace(/ weiter$/, '');
  const found = findSteps(name, editing);
  const sure = lead.test(action) ? found.score >= 2 : found.score >= 10;
  const nodes = found.nodes.filter(
    ({ id, kind }) => id !== from.id && (editing.catalogue.get(kind)?.ports.in.length ?? 0) > 0,
  );
  return sure && nodes.length === 1 ? nodes[0] : undefined;
}

export const retryNamed: Command = (editing) => {
  const match = exec(editing.words.retry, editing, true);
  const ref = match && group(editing, match, 'ref');
  const attempts = attemptsIn(match?.groups?.['num'], editing);
  if (!match || !ref || attempts === undefined) return undefined;
  const found = meant(ref, editing);
  return 'refused' in found ? found : retried(found.nodes[0]!, attempts, editing);
};

function retried(node: WorkflowNode, times: number, { graph, language }: Editing): Outcome {
  const attempts = Math.min(20, Math.max(2, times));
  const retry = { attempts, delayMs: retryDelayMs, factor: 2 };
  return {
    graph: withNode(graph, node.id, (one) => ({ ...one, retry })),
    said: sayings[language].retries(node.title, attempts),
    last: node.id,
  };
}

function attemptsIn(words: string | undefined, { lexicon }: Editing): number | undefined {
  if (words === undefined) return undefined;
  return words === 'twice' ? 2 : numberOf(words, lexicon.schedule);
}

export const ignoreErrors: Command = (editing) => {
  const match = exec(editing.words.goOn, editing, true);
  const ref = match && (group(editing, match, 'ref') ?? group(editing, match, 'ref2'));
  if (!ref) return undefined;
  const found = meant(ref, editing);
  if ('refused' in found) return found;
  const [node] = found.nodes;
  return {
    graph: withNode(editing.graph, node!.id, (one) => ({ ...one, onError: 'continue' })),
    said: sayings[editing.language].goesOn(node!.title),
    last: node!.id,
  };
};

/** "Send the mail only if the score is greater than 50": a condition in front of it. */
export const onlyIf: Command = (editing) => {
  const { words, graph, catalogue, language, now, timezone } = editing;
  const match = exec(words.onlyIf, editing, true);
  const ref = match && (group(editing, match, 'ref') ?? group(editing, match, 'ref2'));
  const when = match && (group(editing, match, 'condition') ?? group(editing, match, 'condition2'));
  if (!ref || !when) return undefined;
  const found = meant(ref.replace(new RegExp(`^(?:${words.send}|do|run|send|sende|schicke?) `, 'i'), ''), editing);
  if ('refused' in found) return found;
  const trigger = graph.nodes.find((node) => isTrigger(node, catalogue))?.kind;
  const lead =
    words.startsWith[trigger === 'webhook' || trigger === 'form' || trigger === 'schedule' ? trigger : 'manual'];
  const prompt = `${lead}${words.ifWord}${when.replace(/[.!]$/, '')}, ${words.send} a@example.com “x”`;
  const composed = compose({ prompt, now, timezone, language });
  const condition = composed.nodes.find(({ kind }) => kind === 'condition');
  const rules = JSON.stringify(condition?.config ?? {});
  // A comparison that would need an AI step before it is not made up here.
  if (condition === undefined || rules.includes('steps.')) return undefined;
  const definition = catalogue.get('condition');
  const id = nextNodeId('condition', new Set(graph.nodes.map((node) => node.id)));
  const node: WorkflowNode = {
    id,
    kind: 'condition',
    version: definition?.version ?? 1,
    title: condition.title,
    config: definition?.config.parse(condition.config) ?? condition.config,
    position: { x: 0, y: 0 },
  };
  const place = { where: 'before', nodes: found.nodes } as const;
  const result = insert(graph, { nodes: [node], edges: [] }, place, catalogue);
  if (result === undefined) return { refused: sayings[language].noPlace(found.nodes[0]!.title) };
  return {
    graph: result,
    said: sayings[language].added(titlesOf([node], language), placeInWords(place, editing)),
    last: id,
  };
};
