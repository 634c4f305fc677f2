/** Changes of what stands in the settings of steps: recipients, subjects, waiting times, schedules, conditions. */
import { understandSchedule } from '../../../../../shared/schedule/words/understand.ts';
import { fold } from '../../../../../shared/schedule/words/text.ts';
import type { WorkflowNode } from '../../../../../shared/workflow/graph.ts';
import { readCondition, valueOf } from '../conditions.ts';
import { findDelay } from '../delays.ts';
import { docOf, masks, maskedValues } from '../text.ts';
import type { Doc } from '../text.ts';
import { unquoted } from './commands.ts';
import { meant } from './editing.ts';
import type { Command, Editing, Outcome } from './editing.ts';
import { findSteps } from './find-step.ts';
import { inQuotes, sayings, titlesOf } from './say.ts';
import { withNode } from './surgery.ts';
import { editFields } from './words.ts';
import type { EditField } from './words.ts';

/** Where a field stands, by kind. The first that a step has counts. */
const places: Readonly<Record<Exclude<EditField, 'title'>, Readonly<Record<string, string>>>> = {
  subject: { 'email-send': 'subject' },
  to: { 'email-send': 'to' },
  cc: { 'email-send': 'cc' },
  bcc: { 'email-send': 'bcc' },
  from: { 'email-send': 'from' },
  replyTo: { 'email-send': 'replyTo' },
  text: { 'email-send': 'text', approval: 'message', 'ai-generate': 'prompt' },
  prompt: { 'ai-generate': 'prompt' },
  url: { 'http-request': 'url' },
  delay: { delay: 'amount' },
  schedule: { schedule: 'cron' },
  condition: { condition: 'rules' },
  approvers: { approval: 'approvers' },
  provider: { 'ai-generate': 'provider' },
};

const addressFields: ReadonlySet<EditField> = new Set(['to', 'cc', 'bcc', 'from', 'replyTo', 'approvers']);

/** "Change the subject of the welcome mail to “Hello”", "stelle die Wartezeit auf 3 Tage", "the recipient should be x@y.de". */
export const changeField: Command = (editing) => {
  const parts = split(editing);
  if (parts === undefined) return undefined;
  const { field, ref, value } = parts;
  return setField(field, ref, value, editing);
};

interface Parts {
  field: EditField;
  /** Which step, in words; empty: the one that has such a field. */
  ref: string;
  value: Doc;
}

function split(editing: Editing): Parts | undefined {
  const { clause, words } = editing;
  const opened = new RegExp(`^(?:please |bitte |also |auch )*(?:${words.change}) `).exec(clause.folded);
  const should = new RegExp(` (?:${words.shouldBe}) `).exec(clause.folded);
  if (!opened && !should) return undefined;
  const given = usedFor(editing);
  if (given !== undefined) return given;
  const start = opened?.[0].length ?? 0;
  const cut = should
    ? { at: should.index, end: should.index + should[0].length }
    : cutAt(clause.folded, start, words.becomes);
  if (cut === undefined) return withoutConnector(start, editing);
  const value = docOf(trimmedValue(clause.original.slice(cut.end), editing));
  const head = { folded: clause.folded.slice(start, cut.at), original: clause.original.slice(start, cut.at) };
  for (const field of editFields) {
    // "the mail" in "change the mail address of …" is no field of its own: the longest word for a field wins by its order.
    const match = new RegExp(`(?<![\\w-])(?:${words.fields[field]})(?![\\w-])`).exec(head.folded);
    if (!match) continue;
    const rest = `${head.original.slice(0, match.index)} ${head.original.slice(match.index + match[0].length)}`;
    const ref = withoutSmallWords(rest, editing);
    return { field: field === 'text' && ref === '' && isDelay(value, editing) ? 'delay' : field, ref, value };
  }
  return byValue(head.original, value, editing);
}

/** "Use Claude for the AI step". */
function usedFor(editing: Editing): Parts | undefined {
  const match = /^(?:use|verwende|nutze|nimm) (?<value>.+?) (?:for|in|fur|bei) (?<ref>.+)$/d.exec(
    editing.clause.folded,
  );
  const { value, ref } = match?.indices?.groups ?? {};
  if (!value || !ref) return undefined;
  const given = docOf(editing.clause.original.slice(...value));
  const named = withoutSmallWords(editing.clause.original.slice(...ref), editing);
  return providerOf(given) === undefined ? undefined : { field: 'provider', ref: named, value: given };
}

/** "Make the delay 5 hours". */
function withoutConnector(start: number, editing: Editing): Parts | undefined {
  const { original, folded } = editing.clause;
  const number = /\s(?=\d)/.exec(folded.slice(start));
  if (!number) return undefined;
  const at = start + number.index;
  return byValue(original.slice(start, at), docOf(original.slice(at).trim()), editing);
}

/** "Make the second delay 3 days", "change the trigger to every Monday at 8": the field follows from step and value. */
function byValue(head: string, value: Doc, editing: Editing): Parts | undefined {
  const ref = withoutSmallWords(head, editing);
  const kinds = new Set(findSteps(ref, editing).nodes.map(({ kind }) => kind));
  if (kinds.has('delay') && isDelay(value, editing)) return { field: 'delay', ref, value };
  if (kinds.has('schedule')) return { field: 'schedule', ref, value };
  if (kinds.has('condition')) return { field: 'condition', ref, value };
  if (kinds.has('email-send') && addressesIn(value, editing).length > 0) return { field: 'to', ref, value };
  if (kinds.has('ai-generate') && providerOf(value) !== undefined) return { field: 'provider', ref, value };
  return undefined;
}

/** The connector that parts what is changed from what it becomes: the last one before the value is quoted or an address, else the first. */
function cutAt(folded: string, start: number, source: string): { at: number; end: number } | undefined {
  const masked = folded.slice(start).search(/[QELU]/);
  const limit = masked < 0 ? folded.length : start + masked;
  const found = [...folded.slice(start, limit).matchAll(new RegExp(`(?<= |^)(?:${source})(?=\\s|:)|[=:](?=\\s)`, 'g'))];
  const match = masked < 0 ? found[0] : found.at(-1);
  if (match === undefined) return undefined;
  return { at: start + match.index, end: start + match.index + match[0].length };
}

export function trimmedValue(text: string, { words, language }: Editing): string {
  const end = language === 'de' ? '(?: (?:sein|lauten|heissen|heißen|um|werden))' : '(?: (?:please))';
  return text
    .trim()
    .replace(new RegExp(`,? (?:${words.instead})[.!]?$`, 'i'), '')
    .replace(new RegExp(`${end}[.!]?$`, 'i'), '')
    .trim();
}

export function withoutSmallWords(text: string, { words }: Editing): string {
  const small = new RegExp(`^(?:${words.articles}|${words.of}|to|so)(?=\\s|$)`, 'i');
  let rest = text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/(?:’s|'s)$/, '');
  for (let n = 0; n < 6; n++) {
    const next = rest.replace(small, '').trim();
    if (next === rest) break;
    rest = next;
  }
  return rest.replace(new RegExp(` (?:${words.of}|${words.articles})$`, 'i'), '').trim();
}

export function setField(field: EditField, ref: string, value: Doc, editing: Editing): Outcome | undefined {
  const say = sayings[editing.language];
  const found = targets(field, ref, editing);
  if ('refused' in found) return found;
  const read = valueFor(field, value, found.nodes[0]!, editing);
  if (read === undefined)
    return { refused: addressFields.has(field) ? say.noAddress : say.noValue(say.fields[field] ?? field) };
  let { graph } = editing;
  for (const node of found.nodes) {
    graph = withNode(graph, node.id, (one) =>
      'title' in read
        ? { ...one, title: read.title }
        : { ...one, config: { ...one.config, ...forNode(read.config, one, field) } },
    );
  }
  return {
    graph,
    said: say.changed(say.fields[field] ?? field, found.nodes.map(({ title }) => title).join(', '), read.words),
    last: found.nodes[0]!.id,
  };
}

/** A text goes where the format of the mail has it. */
function forNode(config: Record<string, unknown>, node: WorkflowNode, field: EditField): Record<string, unknown> {
  if (field !== 'text') return config;
  const [value] = Object.values(config);
  if (node.kind === 'email-send')
    return { text: value, ...(node.config['format'] === 'html' ? { format: 'text' } : {}) };
  return { [places.text[node.kind] ?? 'text']: value };
}

function targets(field: EditField, ref: string, editing: Editing): { nodes: WorkflowNode[] } | { refused: string } {
  const say = sayings[editing.language];
  const has = (node: WorkflowNode) => field === 'title' || places[field][node.kind] !== undefined;
  if (ref !== '') {
    const found = meant(ref, editing, has);
    if ('nodes' in found || findSteps(ref, editing).nodes.length !== 1) return found;
    return { refused: say.noField(say.fields[field] ?? field, findSteps(ref, editing).nodes[0]!.title) };
  }
  const nodes = editing.graph.nodes.filter(has);
  const [only] = nodes;
  if (only === undefined)
    return { refused: say.noStep(say.fields[field] ?? field, titlesOf(editing.graph.nodes, editing.language)) };
  if (nodes.length === 1) return { nodes };
  const last = nodes.find(({ id }) => id === editing.last);
  return last
    ? { nodes: [last] }
    : { refused: say.which(say.fields[field] ?? field, titlesOf(nodes, editing.language)) };
}

type Read = { words: string } & ({ config: Record<string, unknown> } | { title: string });

function valueFor(field: EditField, value: Doc, node: WorkflowNode, editing: Editing): Read | undefined {
  const { language } = editing;
  const plain = unquoted(value.original.replace(/[.]$/, ''));
  if (plain === '') return undefined;
  switch (field) {
    case 'title':
      return { title: plain.slice(0, 120), words: inQuotes(plain, language) };
    case 'to':
    case 'cc':
    case 'bcc':
    case 'from':
    case 'replyTo':
    case 'approvers': {
      const addresses = addressesIn(value, editing).join(', ');
      const key = places[field][node.kind];
      return addresses === '' || key === undefined ? undefined : { config: { [key]: addresses }, words: addresses };
    }
    case 'delay': {
      const delay = delayIn(value, editing);
      if (delay === undefined) return undefined;
      const [one, many] = sayings[language].units[delay.unit] ?? [delay.unit, delay.unit];
      return {
        config: { mode: 'for', amount: delay.amount, unit: delay.unit },
        words: `${delay.amount} ${delay.amount === 1 ? one : many}`,
      };
    }
    case 'schedule': {
      const read = understandSchedule(value.original, editing);
      return read.type === 'understood'
        ? { config: { ...read.schedule }, words: inQuotes(plain, language) }
        : undefined;
    }
    case 'condition':
      return conditionFor(value, node, editing);
    case 'provider': {
      const provider = providerOf(value);
      return provider === undefined ? undefined : { config: { provider, model: '' }, words: plain };
    }
    case 'url': {
      const [url] = maskedValues(value, masks.url, { start: 0, end: value.folded.length });
      return url === undefined ? undefined : { config: { url: url.value }, words: url.value };
    }
    case 'subject':
    case 'text':
    case 'prompt':
      return { config: { [field]: plain }, words: inQuotes(plain, language) };
  }
}

export function addressesIn(value: Doc, { me, words }: Editing): string[] {
  const all = { start: 0, end: value.folded.length };
  const found = [...maskedValues(value, masks.email, all), ...maskedValues(value, masks.liquid, all)]
    .toSorted((a, b) => a.span.start - b.span.start)
    .map((one) => one.value);
  const self = new RegExp(`(?<!\\w)(?:${words.me})(?!\\w)`).test(value.folded) && me !== undefined ? [me] : [];
  return [...found, ...self];
}

export function isDelay(value: Doc, editing: Editing): boolean {
  return delayIn(value, editing) !== undefined;
}

export function delayIn(value: Doc, { lexicon, words }: Editing) {
  const text = value.folded.replace(/[.!]$/, '').trim();
  return findDelay(`${words.waitFor}${text}`, lexicon) ?? findDelay(text, lexicon);
}

function providerOf(value: Doc): string | undefined {
  const names: readonly (readonly [string, RegExp])[] = [
    ['openai', /open ?ai|gpt/],
    ['claude', /claude|anthropic/],
    ['inhouse', /in-?house|lokal|local|own model|eigene/],
    ['builtin', /built-?in|eingebaut/],
    ['auto', /auto/],
  ];
  return names.find(([, pattern]) => pattern.test(value.folded))?.[0];
}

interface Rule {
  left: unknown;
  operator: string;
  right: unknown;
}

/** "80", "greater than 80", "the country is France": of the rule that it is about, or of the only one. */
function conditionFor(value: Doc, node: WorkflowNode, editing: Editing): Read | undefined {
  const group = node.config['rules'] as { rules?: (Rule | { rules: unknown })[] } | undefined;
  const rules = group?.rules ?? [];
  const simple = rules.filter((rule): rule is Rule => 'left' in rule);
  if (simple.length !== rules.length || simple.length === 0) return undefined;
  const condition = readCondition(value, { start: 0, end: value.folded.length }, editing.lexicon, false);
  const [test] = condition.tests;
  const compares = test !== undefined && test.operator !== 'is_true';
  const subject = compares ? test.subject : '';
  const about = simple.filter((rule) => subject !== '' && fold(String(rule.left)).includes(subject.split(' ').at(-1)!));
  const rule = about[0] ?? (simple.length === 1 ? simple[0] : undefined);
  if (rule === undefined) return undefined;
  const changed = compares
    ? { ...rule, operator: test.operator, right: test.value }
    : { ...rule, right: valueOf(unquoted(value.original), editing.lexicon) };
  const next = rules.map((one) => (one === rule ? changed : one));
  return { config: { rules: { ...group, rules: next } }, words: inQuotes(unquoted(value.original), editing.language) };
}
