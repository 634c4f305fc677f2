/** AI actions → configs of ai-generate steps: prompts with the right data, and fields where later steps need them. */
import type { ProviderId } from '../../../../shared/nodes/contract.ts';
import { allData } from './data.ts';
import { readFieldList, splitList } from './fields.ts';
import { textOf } from './graph.ts';
import type { AiField, GraphBuilder, Path } from './graph.ts';
import type { Action, AiJob } from './parts.ts';
import { fold } from '../../../../shared/schedule/words/text.ts';
import { capital } from './text.ts';
import { leadLength } from './verbs.ts';
import { wholeWords } from '../../../../shared/schedule/words/times.ts';

export function addAiStep(builder: GraphBuilder, path: Path, action: Action & { type: 'ai' }): void {
  const { wording } = builder;
  const title = instructionOf(action.words, builder);
  const fields = fieldsFor(builder, action);
  const prompt = promptOf(builder, path, title, action.job, action.words);
  const system = wording.ai.system[action.job];
  const provider = providerIn(action.folded);
  if (fields) {
    const node = builder.append(path, 'ai-generate', title, {
      provider,
      system,
      prompt,
      output: 'structured',
      fields,
    });
    path.structured = { node, fields };
    const choice = fields.find((field) => field.type === 'choice');
    if (choice) builder.classifiers.push({ field: choice, added: false });
    return;
  }
  const node = builder.append(path, 'ai-generate', title, { provider, system, prompt, output: 'text' });
  path.text = { node, field: 'text', used: false, words: action.words };
}

/** The provider that was asked for by name. */
function providerIn(folded: string): ProviderId | 'auto' {
  if (/(?<!\w)(?:claude|anthropic)(?!\w)/.test(folded)) return 'claude';
  if (/(?<!\w)(?:openai|chatgpt|gpt(?:-?\d\w{0,6})?)(?!\w)/.test(folded)) return 'openai';
  return 'auto';
}

/** The clause without its opening words and masks: what the model is told, and the step's title. */
export function instructionOf(words: string, builder: GraphBuilder): string {
  const lead = leadLength(fold(words), builder.lexicon);
  return capital(words.slice(lead).trim()) || builder.wording.titles.classify;
}

function promptOf(builder: GraphBuilder, path: Path, instruction: string, job: AiJob, words: string): string {
  const data = sourceOf(builder, path, job, words);
  const { task, data: heading } = builder.wording.ai;
  return data === '' ? `${task}: ${instruction}` : `${task}: ${instruction}\n\n${heading}:\n${data}`;
}

/** What the step works on: a text made before, a result fetched before, else what came in. */
function sourceOf(builder: GraphBuilder, path: Path, job: AiJob, words: string): string {
  const pieces: string[] = [];
  const aboutText =
    job === 'translate' || job === 'summarise' || wholeWords(builder.lexicon.nouns.anonymous, '').test(fold(words));
  if (path.text && aboutText) pieces.push(`{{ ${textOf(path.text)} }}`);
  else pieces.push(allData(builder, path));
  if (path.structured && job !== 'translate')
    pieces.push(
      ...path.structured.fields.map(
        (field) => `${field.name}: {{ steps.${path.structured?.node}.data.${field.name} }}`,
      ),
    );
  return pieces.filter((piece) => piece !== '').join('\n');
}

export function classifyPrompt(builder: GraphBuilder, path: Path, title: string): string {
  return promptOf(builder, path, title, 'classify', title);
}

function fieldsFor(builder: GraphBuilder, action: Action & { type: 'ai' }): AiField[] | undefined {
  switch (action.job) {
    case 'classify':
      return [classField(builder, action)];
    case 'score':
      return scoreFields(builder, action);
    case 'extract':
      return extractFields(builder, action);
    case 'write':
    case 'reply':
    case 'summarise':
    case 'translate':
      return undefined;
  }
}

function classField(builder: GraphBuilder, action: Action): AiField {
  const { lexicon, wording } = builder;
  const { folded, words } = action;
  const known = lexicon.nouns.fields.find(
    (field) => (field.name === 'sentiment' || field.name === 'urgency') && wholeWords(field.source, '').test(folded),
  );
  const name = known?.name ?? 'category';
  const choices = choicesIn(words, folded, builder);
  const preset = choices.length > 1 ? choices : name === 'category' ? [] : [...(lexicon.nouns.categories[name] ?? [])];
  return { name, type: 'choice', description: wording.ai.categoryField, choices: preset };
}

/** "as urgent, normal or low", "(a, b, c)": the choices that were named. */
function choicesIn(words: string, folded: string, builder: GraphBuilder): string[] {
  const { lexicon } = builder;
  const listed = /\(([^)]{3,200})\)/.exec(words)?.[1];
  const marks = [...folded.matchAll(wholeWords(lexicon.nouns.choicesAfter))];
  const candidates = listed ? [listed] : marks.map((mark) => words.slice(mark.index + mark[0].length));
  for (const candidate of candidates) {
    const parts = splitList(candidate.split(/[.;\n]/)[0] ?? '', lexicon).map((part) => cleanChoice(part, builder));
    if (parts.length > 1 && parts.every((part) => part.length > 0 && part.split(' ').length <= 4))
      return parts.slice(0, 12);
  }
  return [];
}

function cleanChoice(part: string, builder: GraphBuilder): string {
  const { articles, copula } = builder.lexicon.conditions;
  const strip = new RegExp(`^(?:${articles}|${copula}|${builder.lexicon.nouns.choicesAfter})\\s+`, 'i');
  return part
    .replace(/^["'“„«]+|["'”“».]+$/g, '')
    .replace(strip, '')
    .replace(strip, '')
    .trim();
}

function scoreFields(builder: GraphBuilder, action: Action): AiField[] {
  const { wording } = builder;
  const range = /(\d{1,3}) ?(?:-|to|bis|a|à|and|und|et|y) ?(\d{1,4})/.exec(action.folded);
  const [low, high] = range ? [range[1] ?? '0', range[2] ?? '100'] : ['0', '100'];
  return [
    { name: 'score', type: 'number', description: wording.ai.scoreField(`${low}-${high}`), choices: [] },
    { name: 'reason', type: 'text', description: wording.ai.reasonField, choices: [] },
  ];
}

function extractFields(builder: GraphBuilder, action: Action): AiField[] {
  const { lexicon, wording } = builder;
  const verb = new RegExp(`(?<![\\wß])(?:${lexicon.verbs.anywhere.extract ?? '(?!)'})(?![\\wß])`).exec(action.folded);
  const behind = action.words.slice(verb ? verb.index + verb[0].length : 0);
  const before = verb ? action.words.slice(0, verb.index) : '';
  // The verb may stand at the end ("Name und Firma extrahieren").
  const listText = (behind.trim().length > 3 ? behind : before).split(wholeWords(lexicon.people.from, ''))[0] ?? '';
  const found = readFieldList(listText, lexicon).filter((field) => field.label.split(' ').length <= 4);
  const fields = found.length > 0 ? found : readFieldList(builder.wording.form.name, lexicon);
  return fields.map((field) => ({
    name: field.name,
    type: field.type === 'number' ? 'number' : 'text',
    description: wording.ai.extractField(field.label),
    choices: [],
  }));
}
