import type { Template } from '../../../shared/api/templates.ts';
import type { FieldMeta } from '../../../shared/nodes/contract.ts';
import type { WorkflowGraph } from '../../../shared/workflow/graph.ts';

/**
 * Filling a template: `[[key]]` in config strings becomes the value that a person typed. Rules, so that a value is only ever text:
 *
 * - Liquid in a value does not run: its `{{` and `{%` are written so that Liquid prints them.
 * - In an HTML field the value is escaped and its line breaks become `<br>`; in a string that is JSON it is escaped as JSON.
 * - A string that is nothing but `[[key]]` of a number parameter becomes a number.
 * - `[[key]]` may not stand inside `{{ … }}` or `{% … %}`, where it would be code, nor right after a `{`, where a value could make
 *   it code. `templateFaults` finds such templates at start.
 */
export type ExpressionOf = (kind: string, field: string) => FieldMeta['expression'];

const PLACEHOLDER = /\[\[([a-z][a-z0-9_]*)\]\]/g;
const WHOLE = /^\[\[([a-z][a-z0-9_]*)\]\]$/;
const LIQUID = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g;

type Values = ReadonlyMap<string, string>;
type Parameter = Template['parameters'][number];

/** The graph with all values put in. What no parameter is named after stays as it stands: it is somebody's text. */
export function fillGraph(
  template: Pick<Template, 'graph' | 'parameters'>,
  values: Values,
  expressionOf: ExpressionOf,
): WorkflowGraph {
  const types = new Map(template.parameters.map(({ key, type }) => [key, type]));
  const nodes = template.graph.nodes.map((node) => {
    const config = Object.fromEntries(
      Object.entries(node.config).map(([field, value]) => {
        const isHtml = expressionOf(node.kind, field) === 'html';
        return [field, mapStrings(value, (text) => fillString(text, values, types, isHtml))];
      }),
    );
    return { ...node, config, title: fillTitle(node.title, values) };
  });
  return { ...template.graph, nodes };
}

function fillTitle(title: string, values: Values): string {
  return title.replace(PLACEHOLDER, (placeholder, key: string) => values.get(key) ?? placeholder).slice(0, 120);
}

function fillString(
  text: string,
  values: Values,
  types: ReadonlyMap<string, Parameter['type']>,
  isHtml: boolean,
): unknown {
  const alone = WHOLE.exec(text)?.[1];
  if (alone && types.get(alone) === 'number' && values.get(alone)) return Number(values.get(alone));
  const write = isHtml ? asHtml : isJson(text) ? asJson : (value: string) => value;
  return text.replace(PLACEHOLDER, (placeholder, key: string) => {
    const value = values.get(key);
    return value === undefined ? placeholder : write(withoutLiquid(value));
  });
}

/** A lone brace at the end counts too: the template's text after it could be another one. */
function withoutLiquid(value: string): string {
  return value.replace(/\{(?=[{%]|$)/g, "{{ '{' }}");
}

function asHtml(value: string): string {
  // The quotes of `{{ '{' }}` are Liquid's and stay as they are: only what the person typed can hold <, > and &.
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replace(/\r?\n/g, '<br>');
}

function asJson(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}

function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text) || WHOLE.test(text)) return false;
  try {
    JSON.parse(text.replace(PLACEHOLDER, '0'));
    return true;
  } catch {
    return false;
  }
}

function mapStrings(value: unknown, change: (text: string) => unknown): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item: unknown) => mapStrings(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapStrings(item, change)]));
}

/** What is wrong with a template as its author wrote it: keys that nobody asks for, and placeholders where code stands. */
export function templateFaults(template: Pick<Template, 'graph' | 'parameters'>): string[] {
  const known = new Set(template.parameters.map(({ key }) => key));
  const used = new Set<string>();
  const faults: string[] = [];
  const look = (text: string): string => {
    for (const [, key = ''] of text.matchAll(PLACEHOLDER)) used.add(key);
    const inCode = [...text.matchAll(LIQUID)].some(([code]) => new RegExp(PLACEHOLDER).test(code));
    if (text.includes('{[[')) faults.push(`a brace stands right before a placeholder: ${text.slice(0, 80)}`);
    if (inCode) faults.push(`a placeholder stands inside Liquid code: ${text.slice(0, 80)}`);
    return text;
  };
  for (const node of template.graph.nodes) mapStrings([node.title, node.config], look);
  for (const key of used) if (!known.has(key)) faults.push(`[[${key}]] is not a parameter`);
  for (const key of known) if (!used.has(key)) faults.push(`the parameter ${key} is used nowhere`);
  return faults;
}
