import type { Group, Note } from './annotations.ts';
import { paleColors } from './annotations.ts';
import { edgeBetween } from './graph.ts';
import type { WorkflowEdge, WorkflowGraph, WorkflowNode } from './graph.ts';

const kinds = ['manual', 'email-send', 'delay', 'condition', 'set', 'for-each'];

function randomNode(random: () => number, id: string): WorkflowNode {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  return {
    id,
    kind: pick(kinds),
    version: 1,
    title: pick(['Start', 'Mail', 'Wait', 'Ask', 'Éä “x”']),
    config: {
      ...(random() < 0.5 ? { to: pick(['a@example.com', '{{ steps.n3.text }}', '']) } : {}),
      ...(random() < 0.5
        ? { rules: { combinator: 'and', rules: [{ left: random() < 0.5 ? 1 : [null, { x: 1 }] }] } }
        : {}),
      ...(random() < 0.2 ? { text: '{{ steps.n1.data.score }}' } : {}),
    },
    position: { x: Math.round(random() * 20) * 8, y: Math.round(random() * 20) * 8 },
    ...(random() < 0.2 ? { onError: pick(['stop', 'continue', 'port'] as const) } : {}),
    ...(random() < 0.2 ? { disabled: true } : {}),
    ...(random() < 0.2 ? { retry: { attempts: 3, delayMs: 1_000, factor: 2 } } : {}),
  };
}

/** A graph of some of the steps n0 … n11 in any order; two of them share some steps as they are, which is what an edit leaves. */
export function randomGraph(random: () => number, like?: WorkflowGraph): WorkflowGraph {
  const known = new Map(like?.nodes.map((node) => [node.id, node]));
  const ids = Array.from({ length: 12 }, (_, n) => `n${n}`).filter(() => random() < 0.6);
  if (random() < 0.5) ids.sort(() => random() - 0.5);
  const nodes = ids.map((id) => (known.has(id) && random() < 0.6 ? known.get(id)! : randomNode(random, id)));
  const edges = new Map<string, WorkflowEdge>();
  for (let n = 0; n < ids.length * 2; n++) {
    const edge = edgeBetween(
      ids[Math.floor(random() * ids.length)]!,
      ids[Math.floor(random() * ids.length)]!,
      random() < 0.7 ? 'out' : 'error',
    );
    edges.set(edge.id, edge);
  }
  const notes = randomNotes(random, like?.notes);
  const groups = randomGroups(random, ids);
  return {
    nodes,
    edges: [...edges.values()],
    ...(notes.length > 0 ? { notes } : {}),
    ...(groups.length > 0 ? { groups } : {}),
    direction: random() < 0.8 ? 'down' : 'right',
    ...(random() < 0.3 ? { settings: random() < 0.5 ? {} : { costLimitMicro: 5 } } : {}),
  };
}

function randomNotes(random: () => number, like: readonly Note[] = []): Note[] {
  const notes = Array.from({ length: 4 }, (_, n) => `note:${n}`).flatMap((id): Note[] => {
    if (random() < 0.6) return [];
    const known = like.find((note) => note.id === id);
    if (known !== undefined && random() < 0.5) return [known];
    const color = paleColors[Math.floor(random() * paleColors.length)]!;
    const position = { x: Math.round(random() * 40) * 8, y: Math.round(random() * 40) * 8 };
    return [{ id, text: `# ${Math.round(random() * 9)}`, color, position, size: { width: 240, height: 160 } }];
  });
  return random() < 0.3 ? notes.toReversed() : notes;
}

/** Each step in one group at most. */
function randomGroups(random: () => number, ids: readonly string[]): Group[] {
  const at = ids.map(() => Math.floor(random() * 4));
  return [0, 1].flatMap((n): Group[] => {
    const members = ids.filter((_, index) => at[index] === n);
    return members.length === 0 ? [] : [{ id: `group:${n}`, title: `Group ${n}`, color: 'blue', members }];
  });
}
