/**
 * Liquid as Mailweave speaks it: one dialect in the browser and on the server. Templates come from people who may not trust each other and
 * run in the server's process, so: own properties only, no files, no functions, no randomness, no clock but `now`, no filter that parses
 * text as an expression, and limits on length, time and memory.
 */
import { Context, Liquid, Output, type Template, toValue, toValueSync } from 'liquidjs';
import { asText, clip } from '../nodes/fields.ts';
import { escapeHtml } from '../nodes/html-text.ts';
import { customFilters } from './filters.ts';
import { outputReader, readPath, staticPath } from './output-reader.ts';
import { simpleParts } from './simple-template.ts';

/** Characters of one template; milliseconds and (roughly) characters of one rendering. */
export const liquidLimits = { parse: 256_000, renderMs: 300, memory: 5_000_000 } as const;

/** What expressions can start with, and what each is. */
export const scopeRoots = {
  trigger: 'what started the run, such as {{ trigger.body.email }}',
  input: 'the output of the step directly before',
  steps: 'outputs of earlier steps by their id, such as {{ steps.ai_generate_1.text }}',
  item: 'inside a For each: the item at hand, such as {{ item.email }}',
  index: 'inside a For each: the number of the item, from 0',
  run: '{{ run.id }} and {{ run.startedAt }}',
  workspace: '{{ workspace.name }}',
  now: 'the present moment as ISO text',
} as const;

/** Values by the names above. Nothing is copied out of it. */
export type Scope = Readonly<Record<string, unknown>>;
export type TemplateMode = 'text' | 'html' | 'value';

const removedTags = ['include', 'render', 'layout', 'block', 'increment', 'decrement'];
const removedFilters = [
  'sample',
  'shuffle',
  'date_to_xmlschema',
  'date_to_rfc822',
  'date_to_string',
  'date_to_long_string',
  'where_exp',
  'reject_exp',
  'group_by_exp',
  'has_exp',
  'find_exp',
  'find_index_exp',
];

function createEngine(outputEscape?: (value: unknown) => string): Liquid {
  const engine = new Liquid({
    ownPropertyOnly: true,
    strictFilters: true,
    strictVariables: false,
    templates: {},
    parseLimit: liquidLimits.parse,
    renderLimit: liquidLimits.renderMs,
    memoryLimit: liquidLimits.memory,
    // The same text on every machine, whatever its zone and language.
    timezoneOffset: 0,
    locale: 'en-US',
    dateFormat: '%Y-%m-%d',
    ...(outputEscape ? { outputEscape } : {}),
  });
  for (const tag of removedTags) delete engine.tags[tag];
  for (const filter of removedFilters) engine.unregisterFilter(filter);
  for (const [name, filter] of Object.entries(customFilters)) engine.registerFilter(name, filter);
  return engine;
}

const plain = createEngine();
/** For templates with tags, where Liquid writes the text itself. */
const writers = { text: createEngine(asText), html: createEngine((value) => escapeHtml(asText(value))) };

/** Names of the filters that templates can use. */
export const filterNames: readonly string[] = Object.keys(plain.filters).sort();
/** Names of the tags that templates can use. */
export const tagNames: readonly string[] = Object.keys(plain.tags).sort();

/** A parsed template. `evaluate` is synchronous and throws Liquid's own errors. */
export interface CompiledTemplate {
  evaluate(bench: Workbench): unknown;
}

/** One rendering: the scope, and Liquid's context for it, made only when something needs it. */
export class Workbench {
  readonly scope: Scope;
  private context: Context | undefined;

  constructor(scope: Scope) {
    this.scope = scope;
  }

  liquidContext(): Context {
    this.context ??= new Context(this.scope, plain.options, { sync: true }, { liquid: plain });
    return this.context;
  }
}

/** False for text that Liquid would hand back unchanged. */
export function hasLiquid(text: string): boolean {
  return text.includes('{{') || text.includes('{%');
}

/**
 * Parses a template. Throws Liquid's errors, see `explainLiquid`.
 *
 * In `value` mode a template that is nothing but one `{{ … }}` evaluates to the value itself, of whatever type; anything else to text.
 */
export function compileTemplate(text: string, mode: TemplateMode): CompiledTemplate {
  const simple = simpleParts(text);
  if (simple !== undefined)
    return assemble(
      simple.map((part) => (typeof part === 'string' ? part : pathPart(part.path))),
      mode,
    );
  const templates = parseTemplate(text);
  if (!templates.every((template) => template instanceof Output || isLiteral(template))) {
    const writer = writers[mode === 'html' ? 'html' : 'text'];
    const parsed = writer.parse(text);
    return { evaluate: (bench) => writer.renderSync(parsed, bench.scope) };
  }
  return assemble(
    templates.map((template) => (template instanceof Output ? outputPart(template) : literalOf(template))),
    mode,
  );
}

/** Liquid's parse, for static analysis. Throws Liquid's errors. */
export function parseTemplate(text: string): Template[] {
  const templates = plain.parse(text);
  for (const template of templates) if (template instanceof Output) refuseLeftovers(template);
  return templates;
}

function assemble(parts: readonly (string | OutputPart)[], mode: TemplateMode): CompiledTemplate {
  const lone = mode === 'value' ? loneOutput(parts) : undefined;
  if (lone !== undefined) return { evaluate: (bench) => lone.read(bench) ?? null };
  return { evaluate: (bench) => joinParts(parts, mode, bench) };
}

function pathPart(path: readonly (string | number)[]): OutputPart {
  return { raw: false, read: (bench) => readPath(bench.scope, path) };
}

interface OutputPart {
  read(bench: Workbench): unknown;
  /** The last filter made HTML on purpose. */
  raw: boolean;
}

function joinParts(parts: readonly (string | OutputPart)[], mode: TemplateMode, bench: Workbench): string {
  let text = '';
  for (const part of parts) {
    if (typeof part === 'string') text += part;
    else {
      const value = asText(part.read(bench));
      text += mode === 'html' && !part.raw ? escapeHtml(value) : value;
    }
  }
  return text;
}

function loneOutput(parts: readonly (string | OutputPart)[]): OutputPart | undefined {
  const outputs = parts.filter((part) => typeof part !== 'string' || part.trim() !== '');
  return outputs.length === 1 && typeof outputs[0] !== 'string' ? outputs[0] : undefined;
}

function outputPart(template: Output): OutputPart {
  const { value } = template;
  const path = value.filters.length === 0 ? staticPath(template) : undefined;
  if (path !== undefined) return pathPart(path);
  const raw = value.filters.at(-1)?.raw === true;
  const read = outputReader(template);
  if (read !== undefined) return { raw, read: (bench) => toValue(read(bench.scope, () => bench.liquidContext())) };
  return { raw, read: (bench) => toValue(toValueSync(value.value(bench.liquidContext(), false))) };
}

function isLiteral(template: Template): boolean {
  return 'str' in template;
}

function literalOf(template: Template): string {
  return (template as Template & { str: string }).str;
}

/** Liquid silently ignores what follows a complete expression: `{{ a b }}` is `{{ a }}`. That hides typing errors. */
function refuseLeftovers({ value, token }: Output): void {
  const { postfix } = value.initial as unknown as { postfix: readonly ExpressionToken[] };
  let depth = 0;
  for (const part of postfix) {
    if (part.operator === undefined) depth++;
    else if (part.operator !== 'not') depth--;
  }
  if (depth <= 1) return;
  const second = postfix.filter((part) => part.operator === undefined)[1];
  const { contentRange, input } = token as unknown as { contentRange: [number, number]; input: string };
  const position = second?.begin ?? contentRange[0];
  throw new LeftoverError(input.slice(position, contentRange[1]), position);
}

interface ExpressionToken {
  begin: number;
  operator?: string;
}

/** Text after a complete expression. */
export class LeftoverError extends Error {
  readonly position: number;
  constructor(rest: string, position: number) {
    super(
      `“${clip(rest, 40)}” is not expected here. Parts of an expression are joined with a filter, such as {{ a | append: b }}.`,
    );
    this.name = 'LeftoverError';
    this.position = position;
  }
}

/** Static analysis of a parsed template: variables that must come from the scope. */
export function analyzeTemplates(templates: readonly Template[]) {
  return plain.analyzeSync([...templates], { partials: false }).globals;
}
