/**
 * The built-in composer: a request in English, German, French or Spanish → a proposed workflow, without a model. Text is read in layers, each
 * masking what it has used: quotes and addresses, form fields, the schedule, then clause by clause; parts are hung into a tree of branches
 * and assembled. Deterministic; the clock is an argument.
 */
import { compositionEvents } from '../../../../shared/workflow/composition.ts';
import type { ComposeRequest, Composition, CompositionEvent } from '../../../../shared/workflow/composition.ts';
import { limits } from '../../../../shared/workflow/graph.ts';
import { AppError } from '../../../../shared/errors.ts';
import { assemble, describe } from './assemble.ts';
import { findDelay } from './delays.ts';
import { addFeed, takeFeed } from './feeds.ts';
import type { Feed } from './feeds.ts';
import { takeFormFields } from './fields.ts';
import type { NamedField } from './fields.ts';
import { GraphBuilder, startPath } from './graph.ts';
import { detectLanguage, isLanguage } from './language.ts';
import type { Language } from './language.ts';
import { lexicons } from './lexicon/index.ts';
import type { Lexicon } from './lexicon/types.ts';
import { repeat, takeLoop } from './loops.ts';
import type { Loop } from './loops.ts';
import { scheduleNotes, unsupportedOf } from './notes.ts';
import { outlineOf } from './outline.ts';
import { readClause, readRest } from './read.ts';
import { readShared } from './read-work.ts';
import type { Reading } from './reading.ts';
import { readSchedule } from '../../../../shared/schedule/words/read.ts';
import type { ScheduleReading } from '../../../../shared/schedule/words/read.ts';
import { clausesOf, sentencesOf } from './segment.ts';
import { capital, docOf, masks, maskSpan, shorten, wordsOf } from './text.ts';
import type { Span } from '../../../../shared/schedule/words/text.ts';
import type { Doc } from './text.ts';
import { eventIn, opensEvent } from './triggers.ts';
import type { Trigger } from './triggers.ts';
import { addTrigger } from './trigger-steps.ts';
import { leadLength, verbsIn } from './verbs.ts';
import { wholeWords } from '../../../../shared/schedule/words/times.ts';
import { wordings } from './wording/index.ts';

/**
 * Composes a workflow from a request.
 * Throws AppError `bad_request` for an empty prompt and `too_large` over `limits.promptChars`.
 */
export function compose(request: ComposeRequest): Composition {
  const prompt = checked(request.prompt);
  const language = isLanguage(request.language) ? request.language : detectLanguage(prompt);
  const lexicon = lexicons[language];
  const form = takeFormFields(docOf(prompt), lexicon);
  const { doc: unlooped, loop } = takeLoop(form.doc, language);
  const { doc, feed } = takeFeed(unlooped, lexicon, language);
  const schedule = takeSchedule(doc, lexicon, request);
  const reading = readAll(schedule.doc, lexicon, schedule.reading !== undefined);
  if (schedule.other !== undefined) reading.leftovers.push({ text: schedule.other, trigger: true });
  const trigger = triggerOf(reading, schedule, form.fields);
  return build(reading, trigger, { language, prompt, loop, feed });
}

/** The same as a stream: steps one by one, each edge when both its ends are there, then the whole. */
export async function* composeStream(request: ComposeRequest): AsyncGenerator<CompositionEvent> {
  yield* compositionEvents(compose(request));
}

function checked(prompt: string): string {
  if (prompt.length > limits.promptChars) {
    throw new AppError(
      'too_large',
      `The request is too long: ${prompt.length} characters, at most ${limits.promptChars} are read.`,
      { details: { limit: limits.promptChars } },
    );
  }
  if (!/[\p{L}\p{N}]/u.test(prompt))
    throw new AppError('bad_request', 'Say what should happen: the request is empty.', {
      details: { field: 'prompt' },
    });
  return prompt;
}

interface TakenSchedule {
  doc: Doc;
  reading: ScheduleReading | undefined;
  words: string;
  /** A schedule that cannot be the trigger, because something else is. */
  other: string | undefined;
}

/** Reads the schedule of the whole request: the first that is more than an adjective, unless an event was named before it. */
function takeSchedule(doc: Doc, lexicon: Lexicon, request: ComposeRequest): TakenSchedule {
  const event = firstEvent(doc, lexicon);
  const found = sentencesOf(doc.folded, lexicon).flatMap((sentence) => {
    const text = doc.folded.slice(sentence.start, sentence.end);
    const reading = readSchedule(text, {
      words: lexicon.schedule,
      now: request.now,
      timezone: request.timezone,
      allowOnce: event === undefined,
    });
    return reading ? [{ reading, at: sentence.start }] : [];
  });
  const strong = found.find((one) => !one.reading.weak && one.reading.once === undefined);
  const chosen = strong ?? (event === undefined ? found[0] : undefined);
  if (!chosen) return { doc, reading: undefined, words: '', other: undefined };
  const spans = chosen.reading.spans
    .map((span) => ({ start: chosen.at + span.start, end: chosen.at + span.end }))
    .sort((a, b) => a.start - b.start);
  const words = spans.map((span) => wordsOf(doc, span)).join(' ');
  let masked = doc;
  for (const span of spans) masked = maskSpan(masked, span, masks.time);
  if (event !== undefined && event < (spans[0]?.start ?? 0))
    return { doc: masked, reading: undefined, words: '', other: words };
  return { doc: masked, reading: chosen.reading, words, other: undefined };
}

/** Where the first clause stands that names an event and opens like one. */
function firstEvent(doc: Doc, lexicon: Lexicon): number | undefined {
  for (const sentence of sentencesOf(doc.folded, lexicon)) {
    for (const clause of cut(doc, sentence, lexicon)) {
      const text = doc.folded.slice(clause.start, clause.end);
      const opened = text.slice(leadLength(text, lexicon));
      const kind = eventIn(opened, lexicon, true);
      if (kind !== undefined && !new RegExp(`^(?:${lexicon.conditions.if})(?!\\w)`).test(opened)) return clause.start;
      if (kind !== undefined && kind !== 'webhook') return clause.start;
    }
  }
  return undefined;
}

function cut(doc: Doc, sentence: Span, lexicon: Lexicon): Span[] {
  const condition = new RegExp(`^(?:${lexicon.conditions.if}|${lexicon.conditions.unless})(?![\\wß])`);
  const otherwise = new RegExp(`^(?:${lexicon.conditions.else}|${lexicon.conditions.elseIf})(?![\\wß])`);
  const head = doc.folded.slice(sentence.start, sentence.end).trimStart();
  // "For a score of 80 or more, …" and, where a sentence starts, "for complaints, …" are cases.
  const isCase = (fragment: string): boolean =>
    new RegExp(`^(?:${lexicon.conditions.for}) (?:[^,]{0,40}\\d|\\S{3,30}(?: \\S{3,30})?$)`).test(fragment) &&
    (/\d/.test(fragment) || head.startsWith(`${fragment},`));
  return clausesOf(doc.folded, sentence, lexicon, {
    says: (fragment) =>
      isCase(fragment) ||
      verbsIn(fragment, lexicon).length > 0 ||
      /T/.test(fragment) ||
      findDelay(fragment, lexicon) !== undefined ||
      otherwise.test(fragment.slice(leadLength(fragment, lexicon))),
    verbLast: (fragment) => (verbsIn(fragment, lexicon)[0]?.start ?? 0) > leadLength(fragment, lexicon) + 2,
    opens: (fragment) => condition.test(fragment.slice(leadLength(fragment, lexicon))) || opensEvent(fragment, lexicon),
  });
}

/** "When an order comes in: …": the event is a sentence of its own. */
function splitHeading(doc: Doc, sentence: Span, lexicon: Lexicon): Span[] {
  const text = doc.folded.slice(sentence.start, sentence.end);
  const colon = text.search(/: ?(?=\S)/);
  const head = text.slice(0, Math.max(0, colon));
  if (colon < 8 || head.includes(',') || eventIn(head, lexicon, true) === undefined) return [sentence];
  const middle = sentence.start + colon;
  return [
    { start: sentence.start, end: middle },
    { start: middle + 1, end: sentence.end },
  ];
}

function readAll(doc: Doc, lexicon: Lexicon, scheduled: boolean): Reading {
  const reading: Reading = {
    doc,
    lexicon,
    parts: [],
    leftovers: [],
    event: undefined,
    scheduled,
    dropped: false,
    merged: 0,
    rest: (place, span) => readRest(reading, place, span),
  };
  const sentences = sentencesOf(doc.folded, lexicon).flatMap((sentence) => splitHeading(doc, sentence, lexicon));
  for (const [index, sentence] of sentences.entries()) {
    if (readShared(reading, sentence, index)) continue;
    const clauses = cut(doc, sentence, lexicon);
    const otherwise = new RegExp(`^(?:${lexicon.conditions.else})(?![\\wß])`);
    for (const [at, span] of clauses.entries()) {
      const next = clauses[at + 1];
      const nextText = next ? doc.folded.slice(next.start, next.end) : '';
      const followed = next !== undefined && !otherwise.test(nextText.slice(leadLength(nextText, lexicon)));
      readClause(reading, { span, sentence: index, followed });
    }
  }
  return reading;
}

function triggerOf(reading: Reading, schedule: TakenSchedule, fields: NamedField[]): Trigger {
  if (schedule.reading) return { kind: 'schedule', words: schedule.words, reading: schedule.reading };
  const { doc, lexicon } = reading;
  let kind = reading.event?.kind;
  let words = reading.event?.words ?? '';
  if (kind === undefined) {
    const first = sentencesOf(doc.folded, lexicon)[0];
    if (fields.length > 0) kind = 'form';
    else if (first) kind = eventIn(doc.folded.slice(first.start, first.end), lexicon, false) ?? laterForm(doc, lexicon);
    if (kind === 'mail' && first) reading.leftovers.push({ text: mailWords(doc, first, lexicon), ability: 'inbox' });
  } else if (kind === 'webhook' && fields.length > 0) kind = 'form';
  switch (kind) {
    case 'form':
      return { kind, words, fields };
    case 'webhook':
      words = words || '';
      return { kind, words, asked: reading.event !== undefined };
    case 'mail':
      return { kind, words };
    case 'manual':
      return { kind, said: true };
    case undefined:
      return { kind: 'manual', said: false };
  }
}

/** The words that name an incoming mail. */
function mailWords(doc: Doc, sentence: Span, lexicon: Lexicon): string {
  const match = wholeWords(lexicon.events.mail, '').exec(doc.folded.slice(sentence.start, sentence.end));
  if (!match) return wordsOf(doc, sentence);
  const start = sentence.start + match.index;
  return wordsOf(doc, { start, end: start + match[0].length });
}

function laterForm(doc: Doc, lexicon: Lexicon): 'form' | undefined {
  return new RegExp(`(?<![\\wß])(?:${lexicon.nouns.form})(?![\\wß])`).test(doc.folded) ? 'form' : undefined;
}

/** What was asked, and what was taken out of it before the clauses were read. */
interface Wish {
  language: Language;
  prompt: string;
  loop: Loop | undefined;
  feed: Feed | undefined;
}

function build(reading: Reading, trigger: Trigger, { language, prompt, loop, feed }: Wish): Composition {
  const wording = wordings[language];
  const builder = new GraphBuilder(trigger, reading.lexicon, wording);
  const start = addTrigger(builder);
  if (trigger.kind === 'schedule') for (const note of scheduleNotes(trigger.reading, wording)) builder.assume(note);
  if (reading.dropped) builder.assume(wording.assume.noReplyCheck);
  const path = startPath(start.id);
  if (feed !== undefined) addFeed(builder, path, feed, language);
  assemble(builder, path, outlineOf(reading.parts));
  finishTrigger(builder, start, loop);
  for (const { field, added } of builder.classifiers) {
    if (field.choices.length < 2)
      field.choices.push(
        ...[...(reading.lexicon.nouns.categories.category ?? [])].filter((one) => !field.choices.includes(one)),
      );
    const choices = field.choices.join(', ');
    builder.assume(added ? wording.assume.classifyAdded(choices) : wording.assume.choices(choices));
  }
  if (builder.nodes.length === 1) builder.assume(wording.assume.fallback);
  if (loop !== undefined) repeat(builder, start, loop, language);
  const unsupported = unsupportedOf(reading.leftovers, wording);
  const more = unsupported.length > 0 ? ` ${wording.summary.missing(unsupported.length)}` : '';
  return {
    name: nameOf(prompt),
    nodes: builder.nodes,
    edges: builder.edges,
    summary: `${describe(builder, start.title)}${more}`,
    assumptions: [...builder.assumptions].slice(0, 50),
    unsupported,
    language,
  };
}

/** Steps may have asked for more data than was known when the trigger was made. */
function finishTrigger(
  builder: GraphBuilder,
  start: { config: Record<string, unknown> },
  loop: Loop | undefined,
): void {
  const { trigger } = builder;
  if (trigger.kind === 'manual' && (builder.dataFields.size > 0 || loop !== undefined)) {
    const sample = Object.fromEntries(
      [...builder.dataFields].map((name) => [name, name === 'email' ? 'customer@example.com' : '']),
    );
    start.config.payload = JSON.stringify(loop === undefined ? sample : { [loop.list]: [sample] }, null, 2);
  }
  if (trigger.kind === 'webhook')
    for (const name of builder.dataFields) builder.assume(builder.wording.assume.webhookField(name));
}

function nameOf(prompt: string): string {
  const first = prompt.trim().split(/[.!?\n]/)[0] ?? prompt;
  return capital(shorten(first, 60)) || 'Workflow';
}
