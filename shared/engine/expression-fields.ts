/**
 * Finds the fields of a config that take Liquid, by walking schema and value together: the schema says what is an expression, the value
 * says how long the lists are. What the schema says is worked out once per kind.
 */
import { z } from 'zod';
import type { TemplateMode } from './liquid.ts';

export type FieldPath = readonly (string | number)[];

export interface ExpressionField {
  path: FieldPath;
  mode: TemplateMode;
  text: string;
}

type Shape =
  | { type: 'none' }
  | { type: 'expression'; mode: TemplateMode }
  | { type: 'object'; entries: readonly (readonly [string, Shape])[] }
  | { type: 'array'; item: () => Shape }
  | { type: 'union'; options: readonly { schema: z.ZodType; shape: () => Shape }[] };

const none: Shape = { type: 'none' };
const shapes = new WeakMap<z.ZodType, Shape>();
/** Deeper values inside one free-form value are taken as they are. */
const maxDepth = 32;

/** The expression fields of a parsed config, in the order of the schema. Texts without Liquid are included. */
export function expressionFields(schema: z.ZodType, config: unknown): ExpressionField[] {
  const found: ExpressionField[] = [];
  collect(shapeOf(schema), config, [], found);
  return found;
}

function collect(shape: Shape, value: unknown, path: FieldPath, found: ExpressionField[]): void {
  switch (shape.type) {
    case 'none':
      return;
    case 'expression':
      collectTexts(shape.mode, value, path, found);
      return;
    case 'object': {
      if (typeof value !== 'object' || value === null) return;
      for (const [key, inner] of shape.entries)
        collect(inner, (value as Record<string, unknown>)[key], [...path, key], found);
      return;
    }
    case 'array': {
      if (!Array.isArray(value)) return;
      const item = shape.item();
      for (const [index, entry] of value.entries()) collect(item, entry, [...path, index], found);
      return;
    }
    case 'union': {
      const option = shape.options.find(({ schema }) => schema.safeParse(value).success);
      if (option !== undefined) collect(option.shape(), value, path, found);
    }
  }
}

/** A value field may hold a whole object or list; the texts in it are expressions too. */
function collectTexts(mode: TemplateMode, value: unknown, path: FieldPath, found: ExpressionField[]): void {
  if (typeof value === 'string') found.push({ path, mode, text: value });
  else if (mode === 'value' && typeof value === 'object' && value !== null && path.length < maxDepth) {
    for (const [key, inner] of Object.entries(value)) {
      collectTexts(mode, inner, [...path, Array.isArray(value) ? Number(key) : key], found);
    }
  }
}

function shapeOf(schema: z.ZodType): Shape {
  const known = shapes.get(schema);
  if (known !== undefined) return known;
  const shape = readShape(schema);
  shapes.set(schema, shape);
  return shape;
}

function readShape(schema: z.ZodType): Shape {
  const mode = schema.meta()?.['expression'];
  if (mode === 'text' || mode === 'html' || mode === 'value') return { type: 'expression', mode };
  if (schema instanceof z.ZodObject) {
    const entries = Object.entries(schema.shape as Record<string, z.ZodType>).map(
      ([key, inner]) => [key, shapeOf(inner)] as const,
    );
    const relevant = entries.filter(([, shape]) => shape.type !== 'none');
    return relevant.length > 0 ? { type: 'object', entries: relevant } : none;
  }
  if (schema instanceof z.ZodArray) {
    const element = schema.element as z.ZodType;
    return { type: 'array', item: () => shapeOf(element) };
  }
  if (schema instanceof z.ZodUnion) {
    const options = (schema.options as readonly z.ZodType[]).map((option) => ({
      schema: option,
      shape: () => shapeOf(option),
    }));
    return options.some(({ shape }) => shape().type !== 'none') ? { type: 'union', options } : none;
  }
  const wrapped =
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodPrefault;
  return wrapped ? shapeOf(schema.unwrap() as z.ZodType) : none;
}
