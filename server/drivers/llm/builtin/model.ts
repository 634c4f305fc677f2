/**
 * The built-in engine behind the interface of a model. It has no model: it looks which of its jobs a request is and does it with
 * deterministic language processing, or says that this takes a model. Pure, free, no network.
 */
import { AppError } from '../../../../shared/errors.ts';
import type { GenerateRequest, GenerateResult } from '../../../../shared/nodes/contract.ts';
import { detectLanguage } from './language.ts';
import type { Language } from './language.ts';
import { classify } from './jobs/classify.ts';
import { draft } from './jobs/draft.ts';
import { extract } from './jobs/extract.ts';
import { fillSchema } from './jobs/structured.ts';
import { summarise } from './jobs/summarise.ts';
import { readFieldList, splitList } from './fields.ts';
import { lexicons } from './lexicon/index.ts';
import type { VerbClass } from './lexicon/types.ts';
import { needsModel } from './needs-model.ts';
import { splitPrompt } from './prompt.ts';
import type { PromptParts } from './prompt.ts';
import { fold } from '../../../../shared/schedule/words/text.ts';
import { verbsIn } from './verbs.ts';
import { wholeWords } from '../../../../shared/schedule/words/times.ts';

export const builtinModelName = 'mailweave-builtin';

/** The built-in engine as a model: same request, same result as the other providers, for what it can do. */
export const builtinModel = {
  /** @throws AppError `needs_model` for what only a language model can do. */
  generate(request: GenerateRequest): GenerateResult {
    const parts = splitPrompt(request.prompt);
    const language = detectLanguage(`${parts.instruction}\n${parts.data}`.slice(0, 4_000));
    if (request.schema !== undefined) {
      const json = fillSchema(request.schema, parts);
      return result(JSON.stringify(json), json);
    }
    return result(textFor(parts, request.system, language));
  },
};

function result(text: string, json?: unknown): GenerateResult {
  const base: GenerateResult = {
    text,
    provider: 'builtin',
    model: builtinModelName,
    usage: { inputTokens: 0, outputTokens: 0 },
    costMicro: 0,
  };
  return json === undefined ? base : { ...base, json };
}

function textFor(parts: PromptParts, system: string, language: Language): string {
  const lexicon = lexicons[language];
  const instruction = parts.instruction === '' ? system : parts.instruction;
  const verbs = verbsIn(fold(instruction.slice(0, 2_000)), lexicon).map((one) => one.verb);
  const asks = (verb: VerbClass): boolean => verbs.includes(verb);
  if (asks('translate')) throw needsModel('translate');
  if (asks('summarise')) return summaryFor(parts, instruction);
  if (asks('classify')) return classFor(parts, instruction, language);
  if (asks('extract')) return factsFor(parts, instruction, language);
  if (asks('score')) throw needsModel('give scores');
  const text = draft(instruction, parts.facts, language);
  if (text === undefined) throw needsModel('write this freely (it fills polite mail templates)');
  return text;
}

function summaryFor(parts: PromptParts, instruction: string): string {
  const text = parts.data === '' ? parts.rest : readable(parts);
  if (text.trim() === '') throw new AppError('bad_request', 'There is nothing to summarise: the step got no text.');
  const asked = /(?<!\d)(\d{1,2}) (?:sentences?|s[aä]tzen?|phrases?|frases?|oraciones)/i.exec(instruction)?.[1];
  return summarise(text, asked ? Math.max(1, Number(asked)) : 3);
}

/** Values of structured data as sentences; other text as it is. */
function readable(parts: PromptParts): string {
  const long = parts.facts.filter(([, value]) => value.length > 60).map(([, value]) => value);
  return long.length > 0 ? long.join('\n') : parts.data;
}

function classFor(parts: PromptParts, instruction: string, language: Language): string {
  const lexicon = lexicons[language];
  for (const mark of fold(instruction).matchAll(wholeWords(lexicon.nouns.choicesAfter))) {
    const choices = splitList(instruction.slice(mark.index + mark[0].length).split(/[.;\n]/)[0] ?? '', lexicon);
    if (choices.length < 2) continue;
    const found = classify(parts.data || parts.rest, choices);
    if (found) return found.choice;
  }
  throw needsModel('decide this without signs it knows');
}

function factsFor(parts: PromptParts, instruction: string, language: Language): string {
  const fields = readFieldList(instruction.replace(/^\s*\S+\s/, ''), lexicons[language]);
  const found = fields.map(
    (field) =>
      [field.label, extract(parts.data || parts.rest, { name: field.name, description: field.label })] as const,
  );
  if (found.every(([, value]) => value === undefined)) throw needsModel('find these facts in the text');
  return found.map(([label, value]) => `${label}: ${value ?? ''}`).join('\n');
}
