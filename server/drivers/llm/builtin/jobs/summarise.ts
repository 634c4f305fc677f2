/** Extractive summary: the sentences that share most with the rest, in their own order and words. */
import { fold } from '../../../../../shared/schedule/words/text.ts';

const common = new Set(
  'the a an and or but of to in on at for with from by is are was were be been has have had will would can could this that these those it its we you they he she our your their not as if than then so der die das den dem des ein eine einen einem und oder aber mit von zu im am auf fur ist sind war waren wird werden hat haben nicht es wir sie ihr le la les un une des et ou mais de du dans sur pour avec par est sont a ete nous vous ils elles ce cette ces que qui ne pas el los las una unos y o pero del en por para con es son ha han que se su sus no lo'.split(
    ' ',
  ),
);

/** Sentences of a text. Lines end sentences, too; abbreviations and decimal points do not. */
export function sentencesIn(text: string): string[] {
  return text
    .slice(0, 200_000)
    .split(/\n+/)
    .flatMap((line) => line.split(/(?<=[.!?])\s+(?=[\p{Lu}\d"“„«¿¡])/u))
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.length > 1);
}

/** At most `count` sentences of the text, in the order of the text. */
export function summarise(text: string, count: number): string {
  const sentences = sentencesIn(text).slice(0, 2_000);
  if (sentences.length <= count) return sentences.join(' ');
  const bags = sentences.map(wordsOf);
  const frequency = new Map<string, number>();
  for (const bag of bags) for (const word of new Set(bag)) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const scored = bags.map((bag, index) => ({ index, score: scoreOf(bag, frequency, index, sentences[index] ?? '') }));
  const best = pick(scored, bags, count);
  return best.map((index) => sentences[index]).join(' ');
}

function wordsOf(sentence: string): string[] {
  return (fold(sentence).match(/[\p{L}\d]{3,}/gu) ?? [])
    .filter((word) => !common.has(word))
    .map((word) => word.slice(0, 8));
}

/** Words that occur in several sentences carry weight; the opening and figures a little more. */
function scoreOf(
  bag: readonly string[],
  frequency: ReadonlyMap<string, number>,
  index: number,
  sentence: string,
): number {
  if (bag.length < 2) return 0;
  const weight = [...new Set(bag)].reduce(
    (sum, word) => sum + Math.log(1 + (frequency.get(word) ?? 0)) - Math.LN2 * 0.5,
    0,
  );
  const opening = index === 0 ? 1.35 : index < 3 ? 1.1 : 1;
  const figures = /\d/.test(sentence) ? 1.1 : 1;
  return (weight / Math.sqrt(bag.length + 3)) * opening * figures;
}

/** The best ones, each unlike those chosen before. */
function pick(scored: readonly { index: number; score: number }[], bags: readonly string[][], count: number): number[] {
  const chosen: number[] = [];
  const left = [...scored].sort((a, b) => b.score - a.score || a.index - b.index);
  for (const one of left) {
    if (chosen.length >= count) break;
    const bag = new Set(bags[one.index]);
    const repeats = chosen.some((other) => overlap(bag, bags[other] ?? []) > 0.7);
    if (!repeats) chosen.push(one.index);
  }
  return chosen.sort((a, b) => a - b);
}

function overlap(bag: ReadonlySet<string>, other: readonly string[]): number {
  const shared = new Set(other.filter((word) => bag.has(word))).size;
  return shared / Math.max(1, Math.min(bag.size, new Set(other).size));
}
