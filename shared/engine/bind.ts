/**
 * Puts values into a step's settings. A config is compiled once per published version and bound once per step and run, on the hot path:
 * synchronous, and nothing of the scope or of settings without Liquid is copied.
 */
import { AppError, type ErrorBody, toErrorBody } from '../errors.ts';
import type { NodeDefinition } from '../nodes/contract.ts';
import { setOwn } from '../nodes/fields.ts';
import { explainLiquid } from './expression-error.ts';
import { type ExpressionField, expressionFields } from './expression-fields.ts';
import {
  type CompiledTemplate,
  compileTemplate,
  hasLiquid,
  type Scope,
  type TemplateMode,
  Workbench,
} from './liquid.ts';

export type { Scope } from './liquid.ts';

/** A parsed config with its compiled expressions; immutable, shared by all runs of a version. */
export interface BoundConfig {
  readonly config: Readonly<Record<string, unknown>>;
  /** Null: nothing to bind. */
  readonly slots: Slots | null;
}

/** The part of a config that contains expressions, as a tree along its keys. */
interface Slots {
  readonly children: (readonly [key: string | number, slot: Slots | Slot])[];
}

interface Slot {
  readonly template: CompiledTemplate;
  readonly text: string;
  readonly field: string;
}

/**
 * Parses a config and compiles its expressions.
 *
 * @throws AppError `bad_request` when the config does not fit the schema (details: field), `expression` when an expression cannot be parsed.
 */
export function compileBinding(definition: NodeDefinition, rawConfig: Record<string, unknown>): BoundConfig {
  const parsed = definition.config.safeParse(rawConfig);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue?.path.join('.') ?? '';
    throw new AppError('bad_request', `The setting “${field}” is not valid: ${issue?.message ?? 'unknown'}.`, {
      details: { field },
    });
  }
  const root: Slots = { children: [] };
  for (const field of expressionFields(definition.config, parsed.data)) {
    if (hasLiquid(field.text)) addSlot(root, field);
  }
  return { config: parsed.data, slots: root.children.length > 0 ? root : null };
}

function addSlot(root: Slots, { path, mode, text }: ExpressionField): void {
  const field = path.join('.');
  const slot: Slot = { template: compileOrExplain(text, mode, field), text, field };
  let at = root;
  for (const key of path.slice(0, -1)) {
    let next = at.children.find(([name]) => name === key)?.[1] as Slots | undefined;
    if (next === undefined) {
      next = { children: [] };
      at.children.push([key, next]);
    }
    at = next;
  }
  at.children.push([path.at(-1) as string | number, slot]);
}

function compileOrExplain(text: string, mode: TemplateMode, field: string): CompiledTemplate {
  try {
    return compileTemplate(text, mode);
  } catch (error) {
    throw explainLiquid(error, text, field);
  }
}

/**
 * The config with its expressions replaced by their values. Parts without expressions are the compiled config's own objects: do not change them.
 *
 * @throws AppError `expression` with details { field, position, line }.
 */
export function bind(binding: BoundConfig, scope: Scope): Record<string, unknown> {
  if (binding.slots === null) return binding.config as Record<string, unknown>;
  return fill(binding.config, binding.slots, new Workbench(scope)) as Record<string, unknown>;
}

function fill(base: unknown, slots: Slots, bench: Workbench): unknown {
  if (Array.isArray(base)) {
    const copy = base.slice() as unknown[];
    for (const [key, slot] of slots.children) copy[key as number] = valueOf(copy[key as number], slot, bench);
    return copy;
  }
  const copy = { ...(base as Record<string, unknown>) };
  for (const [key, slot] of slots.children) setOwn(copy, String(key), valueOf(copy[key], slot, bench));
  return copy;
}

function valueOf(base: unknown, slot: Slots | Slot, bench: Workbench): unknown {
  if ('children' in slot) return fill(base, slot, bench);
  try {
    return slot.template.evaluate(bench);
  } catch (error) {
    throw explainLiquid(error, slot.text, slot.field);
  }
}

export type Evaluation = { ok: true; value: unknown } | { ok: false; error: ErrorBody };

/** Evaluates one field by itself: the live preview under an input. Never throws. */
export function evaluate(text: string, mode: TemplateMode, scope: Scope, field = ''): Evaluation {
  if (!hasLiquid(text)) return { ok: true, value: text };
  try {
    const template = compileOrExplain(text, mode, field);
    return { ok: true, value: template.evaluate(new Workbench(scope)) };
  } catch (error) {
    return { ok: false, error: toErrorBody(error instanceof AppError ? error : explainLiquid(error, text, field)) };
  }
}
