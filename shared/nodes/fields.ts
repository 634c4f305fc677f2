/**
 * Building blocks for the config of a kind: a zod schema with its FieldMeta. The meta goes on last, around the default, because that is where
 * the JSON Schema (and with it the form) and the binder look for it.
 */
import { z } from 'zod';
import type { FieldMeta } from './contract.ts';

type Meta = Omit<FieldMeta, 'expression'>;

/** Puts the form's meta on any schema. */
export function field<T extends z.ZodType>(schema: T, meta: FieldMeta): T {
  return schema.meta({ ...meta });
}

/** Plain text, taken as it is. */
export function plainField(meta: Meta & { default?: string; max?: number }) {
  const { default: fallback = '', max = 2_000, ...rest } = meta;
  return field(z.string().max(max).default(fallback), rest);
}

/** Text in which Liquid is rendered to a string. */
export function textField(meta: Meta & { default?: string; max?: number }) {
  const { default: fallback = '', max = 200_000, ...rest } = meta;
  return field(z.string().max(max).default(fallback), { ...rest, expression: 'text' });
}

/** HTML in which Liquid output is escaped. */
export function htmlField(meta: Meta & { default?: string }) {
  const { default: fallback = '', ...rest } = meta;
  return field(z.string().max(200_000).default(fallback), { widget: 'html', ...rest, expression: 'html' });
}

/**
 * A value of any JSON type. In forms and for language models it is text (hence `type`); a lone `{{ x }}` keeps the type of `x`, and a
 * number, boolean, list or object that arrives through the API stays what it is.
 */
export function valueField(meta: Meta & { default?: unknown }) {
  const { default: fallback = '', ...rest } = meta;
  return z
    .unknown()
    .default(fallback)
    .meta({ ...rest, expression: 'value', type: 'string' });
}

export function switchField(meta: Meta & { default: boolean }) {
  const { default: fallback, ...rest } = meta;
  return field(z.boolean().default(fallback), { widget: 'switch', ...rest });
}

/** One of a few values; `labels` in the order of the values. */
export function choiceField<const V extends readonly [string, ...string[]]>(
  values: V,
  fallback: V[number],
  meta: Meta & { labels: { readonly [K in V[number]]: string } },
) {
  const { labels, ...rest } = meta;
  const options = values.map((value) => ({ value, label: labels[value as V[number]] }));
  return field(z.enum(values).default(fallback as never), {
    widget: values.length <= 3 ? 'segmented' : 'select',
    ...rest,
    options,
  });
}

/** Text cut to a length for summaries, whitespace made single. */
export function clip(text: string, length: number): string {
  // Cut first: only what can be shown is worth tidying.
  const flat = text
    .slice(0, length * 8)
    .replace(/\s+/g, ' ')
    .trim();
  return flat.length <= length ? flat : `${flat.slice(0, length - 1).trimEnd()}…`;
}

/** What an expression gave, as the text that a person reads: objects and lists as JSON, nothing as the empty text. */
export function asText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
  if (typeof value === 'object') return JSON.stringify(value) ?? '';
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' ? `${value}` : '';
}

/** A JSON object or undefined; arrays and null are no records. */
export function asRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** Sets an own property even when the key is `__proto__`, which plain assignment would swallow. */
export function setOwn(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
  else target[key] = value;
}
