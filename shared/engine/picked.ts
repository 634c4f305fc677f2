import { setOwn } from '../nodes/fields.ts';
import type { Reference } from './references.ts';

/** What is wanted of a value: all of it, or some of its fields. */
type Wanted = true | Map<string, Wanted>;

/**
 * The outputs of steps cut down to what the references use, so that the rest need not travel. Lists are kept whole, and so is what is reached
 * by a computed key. `trigger` counts as the step of that id.
 */
export function pickedOutputs(
  outputs: Readonly<Record<string, unknown>>,
  references: readonly Pick<Reference, 'path'>[],
  trigger: string,
): Record<string, unknown> {
  const wanted = new Map<string, Wanted>();
  for (const { path } of references) {
    const [root, ...rest] = path;
    if (root === 'trigger') want(wanted, [trigger, ...rest]);
    else if (root === 'steps' && (rest.length === 0 || rest[0] === '*')) return { ...outputs };
    else if (root === 'steps') want(wanted, rest);
  }
  const picked: Record<string, unknown> = {};
  for (const [id, inner] of wanted) if (Object.hasOwn(outputs, id)) picked[id] = pick(outputs[id], inner);
  return picked;
}

function want(wanted: Map<string, Wanted>, [key, ...rest]: readonly string[]): void {
  if (key === undefined) return;
  const known = wanted.get(key);
  if (known === true) return;
  if (rest.length === 0 || rest[0] === '*') {
    wanted.set(key, true);
    return;
  }
  const inner = known ?? new Map<string, Wanted>();
  wanted.set(key, inner);
  want(inner, rest);
}

function pick(value: unknown, wanted: Wanted): unknown {
  if (wanted === true || typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const picked: Record<string, unknown> = {};
  for (const [key, inner] of wanted)
    if (Object.hasOwn(value, key)) setOwn(picked, key, pick((value as Record<string, unknown>)[key], inner));
  return picked;
}
