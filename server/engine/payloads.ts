/** Loads what a step needs of the values that are kept apart from the journal: those that its settings name, and those that come to it. */
import { nodeOf } from '../../shared/engine/address.ts';
import { filledIn, missingIn, withPlaceholders } from '../../shared/engine/payloads.ts';
import type { Reference } from '../../shared/engine/references.ts';
import { frameOf, isItem, stepAt, type RunState } from '../../shared/engine/state.ts';
import type { RunEvent, RunEventBody } from '../../shared/workflow/run.ts';
import { fail, type Live } from './live.ts';
import type { ExecutableVersion, Journal, TakenRun } from './ports.ts';
import { stepReferences } from './spread.ts';

interface Loading {
  run: TakenRun;
  version: ExecutableVersion;
  state: RunState;
  ports: { journal: Pick<Journal, 'payloads'> };
}

/** Values of the run that this process has loaded, by reference. They go with its state. */
const loadedOf = new WeakMap<RunState, Map<string, unknown>>();

/**
 * Puts the values that the step at `node` can see into the state. @returns null when they are there, which they are unless the run was
 * reopened: nothing is to be waited for.
 */
export function loadFor({ state, version, run, ports }: Loading, node: string): Promise<void> | null {
  if (!state.hasPayloads) return null;
  const loaded = loadedOf.get(state) ?? new Map<string, unknown>();
  loadedOf.set(state, loaded);
  const missing = fillPlaces(version, state, node, loaded);
  if (missing.size === 0) return null;
  return ports.journal.payloads(run.workspaceId, run.id, [...missing]).then((values) => {
    for (const [ref, value] of values) loaded.set(ref, value);
    fillPlaces(version, state, node, loaded);
  });
}

/** Steps whose values are on their way, by run. */
const underWay = new WeakMap<Live, Set<string>>();

/** False: what the step needs is on its way, and the run goes on when it is there. */
export function isAtHand(live: Live, node: string): boolean {
  if (!live.state.hasPayloads) return true;
  const nodes = underWay.get(live) ?? new Set<string>();
  underWay.set(live, nodes);
  if (nodes.has(node)) return false;
  const loading = loadFor(live, node);
  if (loading === null) return true;
  nodes.add(node);
  live.reading++;
  loading.then(
    () => {
      nodes.delete(node);
      live.reading--;
      live.goOn();
    },
    (error: unknown) => fail(live, error),
  );
  return false;
}

/** The value with all that is missing in it, however deep. */
export async function loadAll(
  journal: Pick<Journal, 'payloads'>,
  run: Pick<TakenRun, 'id' | 'workspaceId'>,
  value: unknown,
): Promise<unknown> {
  const missing = missingIn(value);
  return missing.size === 0 ? value : filledIn(value, await journal.payloads(run.workspaceId, run.id, [...missing]));
}

/** The events with all their values in them. */
export async function loadEvents<E extends RunEventBody & Pick<RunEvent, 'payloads'>>(
  journal: Pick<Journal, 'payloads'>,
  run: Pick<TakenRun, 'id' | 'workspaceId'>,
  events: readonly E[],
): Promise<E[]> {
  const refs = new Set(events.flatMap(({ payloads = [] }) => payloads.map(({ ref }) => ref)));
  const loaded =
    refs.size === 0 ? new Map<string, unknown>() : await journal.payloads(run.workspaceId, run.id, [...refs]);
  return events.map((event) => {
    if (event.payloads === undefined) return event;
    const { payloads: _payloads, ...body } = withPlaceholders(event);
    // Filled in, it is of the type that it was before its values were taken out.
    return filledIn(body, loaded) as E;
  });
}

/** The event with all its values in it. */
export async function loadEvent<E extends RunEventBody & Pick<RunEvent, 'payloads'>>(
  journal: Pick<Journal, 'payloads'>,
  run: Pick<TakenRun, 'id' | 'workspaceId'>,
  event: E,
): Promise<E> {
  return (await loadEvents(journal, run, [event]))[0]!;
}

/** Puts what is loaded into all that the step can see. @returns the references of what is still missing there. */
function fillPlaces(
  version: ExecutableVersion,
  state: RunState,
  address: string,
  loaded: ReadonlyMap<string, unknown>,
): Set<string> {
  const missing = new Set<string>();
  const fill = <T extends object, K extends keyof T>(owner: T | undefined, key: K): void => {
    if (owner === undefined || owner[key] === undefined) return;
    owner[key] = filledIn(owner[key], loaded) as T[K];
    missingIn(owner[key], missing);
  };
  const frame = frameOf(state, address) ?? state;
  const step = stepAt(state, address);
  const id = nodeOf(address);
  const named = namedBy(version, id);
  for (const name of named === 'all' ? Object.keys(frame.outputs) : named) fill(frame.outputs, name);
  for (const { source } of step?.taken ?? []) fill(frame.steps.get(source), 'output');
  fill(state.outputs, state.trigger);
  fill(step, 'output');
  fill(step?.resumed, 'signal');
  if (isItem(frame)) fill(frame, 'item');
  // A list that is shared out takes all of them along.
  for (const pinned of version.graph.nodes.get(id)?.body ? Object.keys(state.pins) : [address])
    fill(state.pins, pinned);
  return missing;
}

const known = new WeakMap<ExecutableVersion, Map<string, ReadonlySet<string> | 'all'>>();

/** The steps whose outputs the settings of a step name; of a container also those that the steps in it name. Found once per version. */
function namedBy(version: ExecutableVersion, id: string): ReadonlySet<string> | 'all' {
  let byNode = known.get(version);
  if (!byNode) known.set(version, (byNode = new Map()));
  let named = byNode.get(id);
  if (!named) byNode.set(id, (named = stepsIn(referencesAt(version, id))));
  return named;
}

function referencesAt(version: ExecutableVersion, id: string): Pick<Reference, 'path'>[] {
  const inside = version.graph.nodes.get(id)?.body?.nodes ?? [];
  return [...stepReferences(version, id), ...inside.flatMap((inner) => referencesAt(version, inner))];
}

function stepsIn(references: readonly Pick<Reference, 'path'>[]): ReadonlySet<string> | 'all' {
  const named = new Set<string>();
  for (const { path } of references) {
    const [root, id] = path;
    if (root !== 'steps') continue;
    if (id === undefined || id === '*') return 'all';
    named.add(id);
  }
  return named;
}
