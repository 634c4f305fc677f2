import { z } from 'zod';
import type { FieldMeta, NodeDefinition } from '../../../shared/nodes/contract.ts';
import { language } from '../../i18n/language.ts';
import { translate } from '../../i18n/t.ts';

/** One setting as the form sees it: JSON Schema plus the meta that rides in it. */
export interface FieldSchema extends Partial<FieldMeta> {
  type?: string | string[];
  default?: unknown;
  enum?: readonly unknown[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  items?: FieldSchema;
  properties?: Record<string, FieldSchema>;
  anyOf?: FieldSchema[];
}

const cache = new WeakMap<NodeDefinition, Record<string, FieldSchema>>();

/** The settings of a kind, in the order of its schema. */
export function fieldsOf(definition: NodeDefinition): Record<string, FieldSchema> {
  const known = cache.get(definition);
  if (known !== undefined) return known;
  const json = z.toJSONSchema(definition.config, {
    io: 'input',
    unrepresentable: 'any',
    reused: 'inline',
    cycles: 'ref',
  }) as FieldSchema;
  const fields = translatedFields(json.properties ?? {});
  cache.set(definition, fields);
  return fields;
}

/** The texts of the form in the reader's language; they stand in English in the folder of the kind. */
function translatedFields(fields: Record<string, FieldSchema>): Record<string, FieldSchema> {
  if (language === 'en') return fields;
  return Object.fromEntries(Object.entries(fields).map(([key, schema]) => [key, translatedField(schema)]));
}

function translatedField(schema: FieldSchema): FieldSchema {
  const { title, description, placeholder, options, items, properties } = schema;
  return {
    ...schema,
    ...(title === undefined ? {} : { title: translate(title) }),
    ...(description === undefined ? {} : { description: translate(description) }),
    ...(placeholder === undefined ? {} : { placeholder: translate(placeholder) }),
    ...(options === undefined ? {} : { options: options.map((one) => ({ ...one, label: translate(one.label) })) }),
    ...(items === undefined ? {} : { items: translatedField(items) }),
    ...(properties === undefined ? {} : { properties: translatedFields(properties) }),
  };
}

/** The type without `null`, and whether null is allowed: `number | null` is an optional number. */
export function typeOf(schema: FieldSchema): { type: string; nullable: boolean } {
  const types = schema.anyOf?.flatMap((one) => one.type ?? []) ?? [schema.type ?? 'string'].flat();
  const type = types.find((one) => one !== 'null') ?? 'string';
  return { type, nullable: types.includes('null') };
}

export type WidgetName = NonNullable<FieldMeta['widget']>;

/** The widget that the meta names, else what fits the type. */
export function widgetOf(schema: FieldSchema): WidgetName {
  if (schema.widget !== undefined) return schema.widget;
  if (schema.options !== undefined || schema.enum !== undefined) return 'select';
  switch (typeOf(schema).type) {
    case 'boolean':
      return 'switch';
    case 'number':
    case 'integer':
      return 'number';
    case 'array':
      return 'list';
    case 'object':
      return 'json';
    default:
      return 'text';
  }
}

/** A fresh entry of a list. */
export function defaultOf(schema: FieldSchema | undefined): unknown {
  if (schema === undefined) return '';
  if (schema.default !== undefined) return structuredClone(schema.default);
  const { type, nullable } = typeOf(schema);
  if (schema.enum !== undefined) return schema.enum[0];
  switch (type) {
    case 'object':
      return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, inner]) => [key, defaultOf(inner)]));
    case 'array':
      return [];
    case 'boolean':
      return false;
    case 'number':
    case 'integer':
      return nullable ? null : (schema.minimum ?? 0);
    default:
      return '';
  }
}

/** A label where the meta has none: `replyTo` becomes "Reply to". */
export function labelOf(key: string, schema: FieldSchema): string {
  if (schema.title !== undefined) return schema.title;
  const words = key
    .replace(/([A-Z])/g, ' $1')
    .replaceAll('_', ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function optionsOf(schema: FieldSchema): { value: string; label: string }[] {
  if (schema.options !== undefined) return schema.options.map((one) => ({ ...one }));
  return (schema.enum ?? []).map((value) => ({ value: String(value), label: labelOf(String(value), {}) }));
}

/** Whether a field is drawn, by the values beside it. */
export function isShown(schema: FieldSchema, values: Readonly<Record<string, unknown>>): boolean {
  const { showWhen } = schema;
  if (schema.hidden === true) return false;
  return showWhen === undefined || showWhen.in.includes(values[showWhen.field]);
}
