import { z } from 'zod';

/**
 * JSON Schema between us and the providers. Providers can force an answer only into a subset of JSON Schema (every property required, no
 * further ones, no bounds, no recursion); we check every answer ourselves against the whole schema.
 */
type Json = Record<string, unknown>;

/** Keywords that the providers refuse; the check of the answer still has them. */
const dropped = new Set([
  '$schema',
  '$id',
  'default',
  'examples',
  'format',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minItems',
  'maxItems',
  'uniqueItems',
]);
const supported = new Set([
  'type',
  'description',
  'title',
  'enum',
  'const',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'anyOf',
]);

/** The schema in the subset that providers can force, or undefined where it does not fit (optional or free properties, references). */
export function strictSchema(schema: Json): Json | undefined {
  const strict: Json = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (dropped.has(keyword)) continue;
    if (!supported.has(keyword)) return undefined;
    if (keyword === 'items') {
      const items = strictSchema(value as Json);
      if (!items) return undefined;
      strict.items = items;
    } else if (keyword === 'anyOf') {
      const options = (value as Json[]).map(strictSchema);
      if (options.some((option) => option === undefined)) return undefined;
      strict.anyOf = options;
    } else if (keyword !== 'properties' && keyword !== 'required' && keyword !== 'additionalProperties') {
      strict[keyword] = value;
    }
  }
  return schema.type === 'object' ? strictObject(schema, strict) : strict;
}

function strictObject(schema: Json, strict: Json): Json | undefined {
  const properties = (schema.properties ?? {}) as Record<string, Json>;
  const names = Object.keys(properties);
  const required = new Set((schema.required ?? []) as string[]);
  const open = schema.additionalProperties !== undefined && schema.additionalProperties !== false;
  if (names.length === 0 || open || names.some((name) => !required.has(name))) return undefined;
  const inner: Json = {};
  for (const [name, property] of Object.entries(properties)) {
    const converted = strictSchema(property);
    if (!converted) return undefined;
    inner[name] = converted;
  }
  return { ...strict, properties: inner, required: names, additionalProperties: false };
}

/** What a model is told when the schema cannot be handed to the provider. */
export function schemaInstruction(schema: Json): string {
  return `Answer with one JSON value and nothing else: no prose, no code fence. It must be valid against this JSON Schema:\n${JSON.stringify(schema)}`;
}

export type Checked = { ok: true; json: unknown } | { ok: false; problems: string[] };

/** Reads the JSON of an answer and checks it against the schema. Accepts a code fence and prose around a single JSON value. */
export function checkAnswer(text: string, schema: Json): Checked {
  const json = parseLoose(text);
  if (json === undefined) return { ok: false, problems: ['The answer is not valid JSON.'] };
  const result = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]).safeParse(json);
  if (result.success) return { ok: true, json: result.data };
  return {
    ok: false,
    problems: result.error.issues.slice(0, 20).map((issue) => `${issue.path.join('.') || '(root)'}: ${issue.message}`),
  };
}

function parseLoose(text: string): unknown {
  const fence = /```(?:json)?\s*([\s\S]*?)```/.exec(text);
  const start = text.search(/[[{]/);
  const end = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'));
  const candidates = [text, fence?.[1], start >= 0 && end > start ? text.slice(start, end + 1) : undefined];
  for (const candidate of candidates) {
    if (candidate === undefined) continue;
    try {
      return JSON.parse(candidate);
    } catch {
      // the next, looser reading
    }
  }
  return undefined;
}
