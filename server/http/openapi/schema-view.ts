import { escapeHtml } from '../../../shared/nodes/html-text.ts';

/** The part of JSON Schema that the contract uses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  pattern?: string;
  description?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  maxLength?: number;
  minimum?: number;
  maximum?: number;
}

const REF = '#/components/schemas/';
const MAX_DEPTH = 5;

/** Draws a schema as nested rows: name, type, whether it is needed, what it may be. */
export function schemaView(schema: Schema, depth = 0): string {
  const inner = objectOf(schema);
  if (!inner?.properties || depth > MAX_DEPTH) return `<p class="type">${typeText(schema)}</p>`;
  const rows = Object.entries(inner.properties).map(([name, property]) => {
    const needed = inner.required?.includes(name) ?? false;
    const nested = objectOf(property)?.properties ? schemaView(property, depth + 1) : '';
    return (
      `<li><code>${escapeHtml(name)}</code>${needed ? '' : '<i>optional</i>'}<span class="type">${typeText(property)}</span>` +
      `${notes(property)}${nested}</li>`
    );
  });
  return `<ul class="schema">${rows.join('')}</ul>`;
}

/** The object behind a schema: itself, the items of a list, or the only alternative besides null. */
function objectOf(schema: Schema): Schema | undefined {
  if (schema.$ref) return undefined;
  if (schema.properties) return schema;
  if (schema.items) return objectOf(schema.items);
  const alternatives = (schema.anyOf ?? schema.oneOf ?? schema.allOf ?? []).filter(({ type }) => type !== 'null');
  return alternatives.length === 1 && alternatives[0] ? objectOf(alternatives[0]) : undefined;
}

export function typeText(schema: Schema): string {
  if (schema.$ref) {
    const name = escapeHtml(schema.$ref.replace(REF, ''));
    return `<a href="#schema-${name}">${name}</a>`;
  }
  if (schema.const !== undefined) return `<code>${escapeHtml(JSON.stringify(schema.const))}</code>`;
  if (schema.enum) return schema.enum.map((value) => `<code>${escapeHtml(String(value))}</code>`).join(' | ');
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives) return [...new Set(alternatives.map(typeText))].join(' or ');
  if (schema.allOf) return schema.allOf.map(typeText).join(' and ');
  if (schema.items) return `list of ${typeText(schema.items)}`;
  const type = Array.isArray(schema.type) ? schema.type.join(' or ') : (schema.type ?? 'anything');
  return escapeHtml(schema.format ? `${type} (${schema.format})` : type);
}

function notes(schema: Schema): string {
  const parts = [
    schema.description,
    schema.default === undefined ? '' : `default ${JSON.stringify(schema.default)}`,
    schema.maxLength === undefined ? '' : `at most ${schema.maxLength} characters`,
    schema.minimum === undefined ? '' : `from ${schema.minimum}`,
    schema.maximum === undefined ? '' : `to ${schema.maximum}`,
  ].filter(Boolean);
  return parts.length > 0 ? `<small>${escapeHtml(parts.join(' · '))}</small>` : '';
}
