/** Where something is to be put: "after the welcome mail", "between A and B", "am Ende". */
import type { WorkflowNode } from '../../../../../shared/workflow/graph.ts';
import { docOf } from '../text.ts';
import type { Doc } from '../text.ts';
import { findSteps } from './find-step.ts';
import type { Editing } from './editing.ts';
import { meant } from './editing.ts';
import { sayings } from './say.ts';
import type { Place } from './surgery.ts';

/** The place, if one was named, and the clause without those words. `refused`: it was named, but is not clear. */
export interface PlaceRead {
  place: Place | undefined;
  rest: Doc;
  refused?: string;
}

/** Longest name of a step, in words. */
const mostWords = 9;

export function readPlace(editing: Editing): PlaceRead {
  const { clause, words } = editing;
  const between = readBetween(editing);
  if (between !== undefined) return between;
  for (const where of ['before', 'after'] as const) {
    const found = readBeside(editing, where);
    if (found !== undefined) return found;
  }
  for (const [where, source] of [
    ['end', words.atEnd],
    ['start', words.atStart],
  ] as const) {
    const match = new RegExp(`(?<!\\w)(?:${source})(?!\\w)`).exec(clause.folded);
    if (match) return { place: { where }, rest: without(clause, match.index, match.index + match[0].length) };
  }
  return { place: undefined, rest: clause };
}

/** In words, for the answer. */
export function placeInWords(place: Place, { language }: Pick<Editing, 'language'>): string {
  const say = sayings[language];
  switch (place.where) {
    case 'before':
      return say.before(place.nodes[0]?.title ?? '');
    case 'after':
      return say.after(place.nodes[0]?.title ?? '');
    case 'between':
      return say.between(place.from.title, place.to.title);
    case 'error':
      return say.onError(place.node.title);
    case 'start':
      return say.atStart;
    case 'end':
      return say.atEnd;
  }
}

function readBetween(editing: Editing): PlaceRead | undefined {
  const { clause, words } = editing;
  const source = `(?<!\\w)(?:${words.between}) (?<a>.{1,80}?) (?:${words.and}) (?<b>.{1,80}?)(?=$|[.!?]|,? (?:${words.addEnd})[.!]?$)`;
  const match = new RegExp(source, 'd').exec(clause.folded);
  const [a, b] = [match?.indices?.groups?.['a'], match?.indices?.groups?.['b']];
  if (!match || !a || !b) return undefined;
  const rest = without(clause, match.index, match.index + match[0].length);
  const ends: WorkflowNode[] = [];
  for (const [start, end] of [a, b]) {
    const found = meant(clause.original.slice(start, end), editing);
    if ('refused' in found) return { place: undefined, rest, refused: found.refused };
    ends.push(found.nodes[0]!);
  }
  const [from, to] = ends as [WorkflowNode, WorkflowNode];
  return { place: { where: 'between', from, to }, rest };
}

function readBeside(editing: Editing, where: 'before' | 'after'): PlaceRead | undefined {
  const { clause, words } = editing;
  const marker = new RegExp(`(?<![\\w-])(?:${words[where]})(?![\\w-])\\s+`, 'g');
  let unclear: PlaceRead | undefined;
  for (const match of clause.folded.matchAll(marker)) {
    const start = match.index + match[0].length;
    // "after 2 days" is a time.
    if (
      /^(?:\d|(?:a|an|one|two|three|ein\w*|zwei|drei) (?:second|minute|hour|day|week|month|sekunde|minute|stunde|tag|woche|monat))/.test(
        clause.folded.slice(start),
      )
    )
      continue;
    const best = longestName(editing, start);
    if (best === undefined) continue;
    const rest = without(clause, match.index, best.end);
    if (best.nodes.length > 1 && !best.all) {
      const phrase = clause.original.slice(start, best.end);
      const refused = meant(phrase, editing);
      unclear ??= { place: undefined, rest, ...('refused' in refused ? refused : {}) };
      continue;
    }
    return { place: { where, nodes: best.nodes }, rest };
  }
  return unclear;
}

/** The words from `start` that name steps most surely; of those that are as sure the shortest. */
function longestName(editing: Editing, start: number) {
  const { clause } = editing;
  const ends: number[] = [];
  const stop = clause.folded.slice(start).search(/[,;:]/);
  const limit = stop < 0 ? clause.folded.length : start + stop;
  for (const word of clause.folded.slice(start, limit).matchAll(/\S+/g)) {
    if (ends.length >= mostWords) break;
    ends.push(start + word.index + word[0].length);
  }
  let best: { end: number; nodes: WorkflowNode[]; score: number; all: boolean } | undefined;
  for (const end of ends) {
    const found = findSteps(clause.original.slice(start, end), editing);
    if (found.nodes.length === 0 || found.score < 2) continue;
    const clear = (one: { nodes: readonly unknown[]; all: boolean }) => one.nodes.length === 1 || one.all;
    const better =
      best === undefined ||
      (clear(found) && !clear(best)) ||
      (clear(found) === clear(best) && found.score > best.score);
    if (better) best = { end, ...found };
  }
  return best;
}

function without({ original }: Doc, start: number, end: number): Doc {
  return docOf(`${original.slice(0, start)} ${original.slice(end)}`.replace(/\s+/g, ' ').replace(/ ,/g, ',').trim());
}
