import type { Lexicon, VerbClass } from './lexicon/types.ts';
import { wholeWords } from '../../../../shared/schedule/words/times.ts';

export interface FoundVerb {
  verb: VerbClass;
  start: number;
  end: number;
}

interface Patterns {
  lead: RegExp;
  anywhere: [VerbClass, RegExp][];
  start: [VerbClass, RegExp][];
}

const compiled = new WeakMap<Lexicon, Patterns>();

function patternsOf(lexicon: Lexicon): Patterns {
  const known = compiled.get(lexicon);
  if (known) return known;
  const made: Patterns = {
    lead: new RegExp(`^[\\s,:-]*(?:${lexicon.clauses.lead})(?=[\\s,]|$|(?<='))`),
    anywhere: Object.entries(lexicon.verbs.anywhere).map(([verb, source]) => [verb as VerbClass, wholeWords(source)]),
    start: Object.entries(lexicon.verbs.start).map(([verb, source]) => [
      verb as VerbClass,
      new RegExp(`^[\\s,:-]*(?:${source})(?![\\wß-])`),
    ]),
  };
  compiled.set(lexicon, made);
  return made;
}

/** Where the first word with meaning stands: after `and then please …`. At most eight words are taken as lead. */
export function leadLength(clause: string, lexicon: Lexicon): number {
  const { lead } = patternsOf(lexicon);
  let at = 0;
  for (let i = 0; i < 8; i++) {
    const match = lead.exec(clause.slice(at, at + 80));
    if (!match) break;
    at += match[0].length;
  }
  return at + (/^[\s,:-]*/.exec(clause.slice(at))?.[0].length ?? 0);
}

/** The verbs of a clause in order of their place. A verb inside another one's words (`follow up` in `send a follow up`) is kept, too. */
export function verbsIn(clause: string, lexicon: Lexicon): FoundVerb[] {
  const { anywhere, start } = patternsOf(lexicon);
  const found: FoundVerb[] = [];
  const lead = leadLength(clause, lexicon);
  for (const [verb, pattern] of start) {
    const match = pattern.exec(clause.slice(lead));
    if (match) found.push({ verb, start: lead, end: lead + match[0].length });
  }
  for (const [verb, pattern] of anywhere) {
    for (const match of clause.matchAll(pattern))
      found.push({ verb, start: match.index, end: match.index + match[0].length });
  }
  return found.sort((a, b) => a.start - b.start || b.end - a.end);
}
