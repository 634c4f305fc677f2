/**
 * Changes of a workflow by the built-in engine: a request in English or German is cut into parts, each part is one change, and what cannot be
 * done is said. No model; the same request on the same graph gives the same result.
 */
import type { NodeCatalogue } from '../../../../../shared/nodes/contract.ts';
import type { UnsupportedPart } from '../../../../../shared/workflow/composition.ts';
import type { WorkflowGraph } from '../../../../../shared/workflow/graph.ts';
import { detectLanguage } from '../language.ts';
import { lexicons } from '../lexicon/index.ts';
import { docOf, wordsOf } from '../text.ts';
import { addSteps, moveNamed, removeNamed, renameNamed, switchOff, switchOn, wrapNamed } from './commands.ts';
import type { Command, Editing, Outcome } from './editing.ts';
import { ignoreErrors, onFailure, onlyIf, retryNamed } from './failing.ts';
import { otherLanguages, sayings } from './say.ts';
import { changeInPassing, sendCopy } from './in-passing.ts';
import { changeField } from './settings.ts';
import { editWords } from './words.ts';
import type { EditLanguage } from './words.ts';

export interface EditRequest {
  graph: WorkflowGraph;
  request: string;
  catalogue: NodeCatalogue;
  now: Date;
  /** IANA name. */
  timezone: string;
  /** Address of whoever asks, for "send me …". */
  me?: string | undefined;
}

export interface BuiltinEdit {
  /** Without positions for what is new: whoever draws it places it. The same object as before: nothing was changed. */
  graph: WorkflowGraph;
  text: string;
  assumptions: string[];
  unsupported: UnsupportedPart[];
  language: EditLanguage;
  /** The person asks what the workflow does, and for no change. */
  explains: boolean;
}

/** In this order: what says most exactly what it wants comes first. */
const commands: readonly Command[] = [
  onFailure,
  retryNamed,
  ignoreErrors,
  wrapNamed,
  onlyIf,
  renameNamed,
  switchOff,
  switchOn,
  removeNamed,
  changeInPassing,
  changeField,
  sendCopy,
  moveNamed,
  addSteps,
];

export function editGraph(input: EditRequest): BuiltinEdit {
  const { graph, request } = input;
  const spoken = spokenIn(request);
  const language: EditLanguage = spoken === 'de' ? 'de' : 'en';
  const say = sayings[language];
  const base = { graph, assumptions: [], unsupported: [], language, explains: false };
  if (spoken === 'fr' || spoken === 'es') return { ...base, text: otherLanguages[spoken] };
  if (graph.nodes.length === 0) return { ...base, text: say.empty };
  if (asksForWords(request, language)) return { ...base, text: '', explains: true };
  const said: string[] = [];
  const assumptions = new Set<string>();
  const unsupported: UnsupportedPart[] = [];
  let current = graph;
  let last: string | undefined;
  for (const part of partsOf(request, language)) {
    const outcome = carryOut(part, { ...input, graph: current, language, last });
    if ('refused' in outcome) {
      unsupported.push({ text: part.slice(0, 1_000), reason: outcome.refused });
      continue;
    }
    ({ graph: current } = outcome);
    last = outcome.last ?? last;
    said.push(outcome.said);
    for (const note of outcome.assumptions ?? []) assumptions.add(note);
  }
  return {
    ...base,
    graph: current,
    text: answerOf(said, unsupported, language),
    assumptions: [...assumptions],
    unsupported,
  };
}

/** Few words say little about their language; the verb that a request begins with says more. */
function spokenIn(request: string): ReturnType<typeof detectLanguage> {
  const { folded } = docOf(request.trim().slice(0, 60));
  const opens = (language: EditLanguage) =>
    new RegExp(`^(?:${editWords[language].polite} )?(?:${editWords[language].verbs})(?!\\w)`).test(folded);
  if (opens('de') !== opens('en')) return opens('de') ? 'de' : 'en';
  return detectLanguage(request);
}

function carryOut(part: string, input: EditRequest & { language: EditLanguage; last: string | undefined }): Outcome {
  const { graph, catalogue, now, timezone, me, language, last } = input;
  const editing: Editing = {
    graph,
    catalogue,
    words: editWords[language],
    last,
    clause: docOf(part),
    language,
    lexicon: lexicons[language],
    now,
    timezone,
    me,
  };
  for (const command of commands) {
    const outcome = command(editing);
    if (outcome !== undefined) return outcome;
  }
  return { refused: sayings[language].notUnderstood };
}

function answerOf(said: readonly string[], unsupported: readonly UnsupportedPart[], language: EditLanguage): string {
  const say = sayings[language];
  const refused = unsupported.some(({ reason }) => reason === say.notUnderstood);
  if (said.length > 0) return said.join(' ');
  if (unsupported.length === 0) return say.nothingToDo;
  const [first] = unsupported;
  return refused ? `${say.notUnderstood} ${say.can}` : first!.reason;
}

function asksForWords(request: string, language: EditLanguage): boolean {
  const { folded } = docOf(request);
  const { explain, articles } = editWords[language];
  return new RegExp(
    `^(?:please |bitte |can you |could you |kannst du )?(?:mir )?(?:${explain})(?:(?: ${articles})|\\W|$)`,
  ).test(folded);
}

/** Sentences, and within them what an "and" joins when a new request follows it. */
export function partsOf(request: string, language: EditLanguage): string[] {
  const words = editWords[language];
  const doc = docOf(request.slice(0, 20_000));
  const ends = new RegExp(
    `(?<!\\d)[.!?;](?=\\s|$)|(?<=\\d{2})[.](?=\\s|$)|\\n+|(?<=Q),?\\s+(?:${words.joiners})\\s+|,?\\s+(?:${words.joiners})\\s+(?=(?:${words.verbs})(?!\\w))|,\\s+(?=(?:${words.verbs
      .split('|')
      .filter((verb) => verb.length > 3)
      .join('|')})(?!\\w))`,
    'g',
  );
  const parts: string[] = [];
  let start = 0;
  const push = (end: number) => {
    const text = wordsOf(doc, { start, end })
      .replace(/^(?:[-*•]|\d{1,2}[.)])\s+/, '')
      .replace(new RegExp(`^(?:${words.polite}),?\\s+`, 'i'), '')
      .trim();
    if (/[\p{L}\p{N}]/u.test(text) && !isGreeting(text, language)) parts.push(text);
  };
  for (const match of doc.folded.matchAll(ends)) {
    if (
      holdsTogether(
        doc.folded.slice(start, match.index),
        doc.folded.slice(match.index + match[0].length),
        match[0],
        language,
      )
    )
      continue;
    push(match.index);
    start = match.index + match[0].length;
  }
  push(doc.folded.length);
  return parts.slice(0, 30);
}

/** "If X fails, send …", "after the mail, add …", "between A and the B", "remove the delay and the mail". */
function holdsTogether(before: string, after: string, mark: string, language: EditLanguage): boolean {
  if (/^[.!?;\n]/.test(mark)) return false;
  const words = editWords[language];
  const opens = new RegExp(
    `^\\s*(?:please |bitte )?(?:if|when|in case|wenn|falls|sollte|${words.after}|${words.before}|${words.between}|${words.atEnd}|${words.atStart}|only|nur)(?!\\w)`,
  );
  const clause = before.trim();
  if (mark.startsWith(',') && !/\s(?:and|und|then|dann)/.test(mark) && opens.test(clause) && !clause.includes(','))
    return true;
  if (new RegExp(`(?<!\\w)(?:${words.between})(?!\\w)[^,]*$`).test(clause)) return true;
  // A list of steps: no verb follows.
  const article = new RegExp(`^(?:${words.articles})(?!\\w)`).test(after.trim());
  return article && !new RegExp(`(?<!\\w)(?:${words.shouldBe})(?!\\w)`).test(after);
}

function isGreeting(text: string, language: EditLanguage): boolean {
  return new RegExp(`^(?:${editWords[language].greeting})(?:[ ,!.]+(?:${editWords[language].greeting}))*[!.,]*$`).test(
    docOf(text).folded,
  );
}
