import { itemPathOf } from '../../shared/engine/address.ts';
import { lanesOf, longestHere, partSize } from '../../shared/engine/loop.ts';
import { pickedOutputs } from '../../shared/engine/picked.ts';
import { inspectText, referencesOf, type Reference } from '../../shared/engine/references.ts';
import { stepAt } from '../../shared/engine/state.ts';
import type { LoopPart, LoopPolicy, RunEventBody } from '../../shared/workflow/run.ts';
import type { ExecutableVersion } from './ports.ts';
import { idempotencyKey, type StepInvocation } from './invocation.ts';

type Opened = Extract<RunEventBody, { type: 'loop.opened' }>;

/**
 * The event that gives a container its list. A long list is shared out to runs of their own, which are durable before the event is made;
 * only a container on the canvas of a run that does no share itself does so.
 */
export async function openedEvent(
  invocation: StepInvocation,
  { items, concurrency, perMinute, onItemError }: { items: readonly unknown[] } & LoopPolicy,
): Promise<Opened> {
  const { node, state } = invocation;
  const policy = { concurrency, onItemError, ...(perMinute === undefined ? {} : { perMinute }) };
  const opened: Opened = { type: 'loop.opened', node, count: items.length, ...policy };
  const isShort = items.length <= longestHere;
  if (isShort || itemPathOf(node) !== '' || state.part || isOneWhole(invocation)) return { ...opened, items };
  return { ...opened, parts: await shareOut(invocation, items, policy) };
}

/** @returns how many runs share the list. */
async function shareOut(invocation: StepInvocation, items: readonly unknown[], policy: LoopPolicy): Promise<number> {
  const { node, state, run, version, ports } = invocation;
  const key = stepAt(state, node)?.key ?? idempotencyKey(run.id, node);
  // The run must be durable before others point at it.
  await invocation.intend(key, undefined);
  const outputs = pickedOutputs(state.outputs, bodyReferences(version, node), state.trigger);
  const count = Math.ceil(items.length / partSize);
  const { lanes, ...share } = lanesOf(policy, count);
  const parts = Array.from({ length: count }, (_, part): LoopPart => {
    const from = part * partSize;
    return { ...policy, ...share, loop: node, part, from, items: items.slice(from, from + partSize), outputs };
  });
  await ports.parts.open(run, {
    node,
    trigger: state.trigger,
    pins: state.pins,
    ...(state.section ? { section: state.section } : {}),
    ...(state.mailsTo === undefined ? {} : { mailsTo: state.mailsTo }),
    parts,
    lanes,
    isRepeat: key !== idempotencyKey(run.id, node),
  });
  return count;
}

const known = new WeakMap<ExecutableVersion, Map<string, readonly Reference[]>>();

/** What the steps in a container refer to, found once per version. */
function bodyReferences(version: ExecutableVersion, container: string): readonly Reference[] {
  let byContainer = known.get(version);
  if (!byContainer) known.set(version, (byContainer = new Map()));
  let references = byContainer.get(container);
  if (!references) {
    references = [...version.steps.keys()]
      .filter((id) => isInside(version, id, container))
      .flatMap((id) => stepReferences(version, id));
    byContainer.set(container, references);
  }
  return references;
}

/** What the settings of a step refer to, its limit included. */
export function stepReferences({ steps, graph }: ExecutableVersion, id: string): Reference[] {
  const step = steps.get(id);
  const key = inspectText(graph.nodes.get(id)?.node.limit?.key ?? '', 'limit.key');
  return [...(step ? referencesOf(step.definition, step.config.config) : []), ...key.references];
}

function isInside({ graph }: ExecutableVersion, id: string, container: string): boolean {
  for (let at = graph.nodes.get(id)?.node.parent; at !== undefined; at = graph.nodes.get(at)?.node.parent)
    if (at === container) return true;
  return false;
}

/** A ceiling, held mails or a rollback are promises about the run as a whole: with one of them set, the items stay in it. */
function isOneWhole({ version }: StepInvocation): boolean {
  return Object.values<unknown>(version.settings).some(
    (value) => value !== undefined && value !== false && value !== 'keep',
  );
}
