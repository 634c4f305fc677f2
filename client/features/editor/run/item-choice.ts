import { useMemo } from 'react';
import { addressAt, itemPath, itemsOnTheWay, nodeOf } from '../../../../shared/engine/address.ts';
import { partSize } from '../../../../shared/engine/loop.ts';
import type { LoopState } from '../../../../shared/engine/state.ts';
import { containersOf } from '../../../../shared/workflow/containers.ts';
import type { WorkflowNode } from '../../../../shared/workflow/graph.ts';
import type { RunEvent } from '../../../../shared/workflow/run.ts';
import { language } from '../../../i18n/language.ts';
import { t } from '../../../i18n/t.ts';
import { useEditor, useRun, useRunStore } from '../../../stores/context.tsx';
import type { RunStore } from '../../../stores/runs.ts';
import { usePanel } from '../context.tsx';

/** One container around a step, with the item of it that is looked at. */
export interface ItemLevel {
  container: WorkflowNode;
  /** Its address, given the items of the containers around it. */
  address: string;
  index: number;
  loop: LoopState | undefined;
}

export interface StepPlace {
  /** Of the step, for the items that are looked at. */
  address: string;
  /** Outermost first; empty for a step on the canvas itself. */
  levels: readonly ItemLevel[];
}

type Chosen = Readonly<Record<string, number>>;

function placeOf(
  nodes: ReadonlyMap<string, WorkflowNode>,
  chosen: Chosen,
  runs: Pick<RunStore, 'loopAt'>,
  id: string,
): StepPlace {
  let path = '';
  const levels = containersOf(nodes, id)
    .toReversed()
    .map((container): ItemLevel => {
      const address = addressAt(path, container.id);
      const loop = runs.loopAt(address);
      const last = loop === undefined ? Infinity : loop.from + loop.count - 1;
      const index = Math.min(Math.max(chosen[container.id] ?? 0, loop?.from ?? 0), Math.max(last, 0));
      path = itemPath(address, index);
      return { container, address, index, loop };
    });
  return { address: addressAt(path, id), levels };
}

/** Where steps are looked at: each for the item that the person has chosen, the first one until then. */
export function useStepPlaces(): (id: string) => StepPlace {
  const runs = useRunStore();
  const graph = useEditor((state) => state.graph);
  const chosen = usePanel((state) => state.items);
  // The loops are known to the run store, which says by this that they have moved on.
  const steps = useRun((state) => state.steps);
  return useMemo(() => {
    const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
    return (id) => placeOf(nodes, steps === null ? {} : chosen, runs, id);
  }, [graph, chosen, runs, steps]);
}

/** A step and its item in words: “Thank the buyer, item 4”. `titles` by node id. */
export function addressInWords(address: string, titles: Pick<ReadonlyMap<string, string>, 'get'>): string {
  const id = nodeOf(address);
  const items = itemsOnTheWay(address).map(({ index }) => (index + 1).toLocaleString(language));
  const title = titles.get(id) ?? id;
  return items.length === 0 ? title : t('{title}, item {number}', { title, number: items.join('.') });
}

/** The run that did an item of a list that was shared out; undefined where none has told of it yet. */
export function runOfItem(events: readonly RunEvent[], { address, index, loop }: ItemLevel): string | undefined {
  if (loop?.parts === undefined) return undefined;
  const part = Math.floor(index / partSize);
  for (const event of events) {
    if (event.type === 'loop.part' && event.node === address && event.output?.part === part) return event.runId;
  }
  return undefined;
}
