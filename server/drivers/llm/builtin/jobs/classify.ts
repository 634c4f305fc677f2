import { fold } from '../../../../../shared/schedule/words/text.ts';
import { concepts } from './concepts.ts';
import type { Concept } from './concepts.ts';

export interface Classification {
  choice: string;
  /** Signs found for the choice; 0: only nothing spoke for another. */
  evidence: number;
}

const names = concepts.map((concept) => ({ concept, pattern: new RegExp(`^(?:${concept.names})$`) }));
const cues = new Map(
  concepts.map((concept) => [concept.id, new RegExp(`(?<![\\w])(?:${concept.cues})(?![\\w])`, 'g')]),
);

/** The concepts that the words of a class name stand for. */
export function conceptsOf(choice: string): Concept[] {
  const words = fold(choice).replaceAll(/[_-]/g, ' ');
  const whole = names.filter(({ pattern }) => pattern.test(words));
  const found =
    whole.length > 0 ? whole : names.filter(({ pattern }) => words.split(/\s+/).some((word) => pattern.test(word)));
  return found.map(({ concept }) => concept);
}

/** How often the signs of a concept occur in a folded text. A negated sign ("not good") does not count for `positive`. */
export function evidenceFor(concept: Concept, folded: string): number {
  const pattern = cues.get(concept.id);
  let count = 0;
  for (const match of folded.matchAll(pattern ?? /(?!)/g)) {
    const before = folded.slice(Math.max(0, match.index - 16), match.index);
    const negated =
      /(?:\bnot|n't|\bno|\bnicht|\bkein\w*|\bpas|\bnever|\bnie|\bjamais|\bnunca)(?: (?:very|really|at all|so|sehr|tres|muy|un))? $/.test(
        before,
      );
    if (!negated || concept.id === 'negative' || concept.id === 'complaint' || concept.id === 'low') count++;
  }
  return count;
}

/**
 * The choice that the text speaks for. Signs of known classes count, and words of the choice itself. Where nothing speaks for any, the class
 * that means "none of these" is taken; undefined when there is no such class: then it cannot be decided without a model.
 */
export function classify(text: string, choices: readonly string[]): Classification | undefined {
  const folded = fold(text.slice(0, 20_000));
  const scored = choices.map((choice) => ({
    choice,
    evidence: scoreOf(choice, folded),
    neutral: conceptsOf(choice).some((concept) => concept.neutral),
  }));
  const best = scored.reduce<(typeof scored)[number] | undefined>(
    (top, one) => (top === undefined || one.evidence > top.evidence ? one : top),
    undefined,
  );
  if (best && best.evidence > 0) return mixed(scored) ?? { choice: best.choice, evidence: best.evidence };
  const rest = scored.find((one) => one.neutral);
  return rest && { choice: rest.choice, evidence: 0 };
}

/** As much good as bad: the neutral class, where there is one. */
function mixed(scored: readonly { choice: string; evidence: number; neutral: boolean }[]): Classification | undefined {
  const top = [...scored].sort((a, b) => b.evidence - a.evidence);
  const isFeeling = (choice: string): boolean =>
    conceptsOf(choice).some(({ id }) => id === 'positive' || id === 'negative');
  const [first, second] = top;
  const neutral = scored.find((one) => one.neutral);
  if (!first || !second || !neutral || first.evidence !== second.evidence) return undefined;
  return isFeeling(first.choice) && isFeeling(second.choice)
    ? { choice: neutral.choice, evidence: first.evidence }
    : undefined;
}

function scoreOf(choice: string, folded: string): number {
  const found = conceptsOf(choice).reduce((sum, concept) => sum + evidenceFor(concept, folded), 0);
  const words = fold(choice)
    .split(/[^a-z0-9ß]+/)
    .filter((word) => word.length > 3);
  const own = words.filter((word) => folded.includes(word.slice(0, Math.max(4, word.length - 2)))).length;
  return found + own * 2;
}
