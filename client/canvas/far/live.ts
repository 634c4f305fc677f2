import type { CanvasNode } from '../canvasNodes.ts';

/** More selected steps than this are only drawn. */
const mostLive = 20;

/**
 * The steps that stay in the document while all are drawn on a canvas: the selected ones, so that they have the focus and a screen reader reads
 * them, and their neighbours in the order of the flow, so that Tab goes on from step to step. Without a selection the first and the last.
 * @param nodes in the order of the flow
 */
export function liveNodes(nodes: readonly CanvasNode[], all: ReadonlyMap<string, CanvasNode>): CanvasNode[] {
  const places = new Set<number>();
  for (const [index, node] of nodes.entries()) {
    if (node.selected !== true) continue;
    for (const place of [index - 1, index, index + 1]) places.add(place);
    if (places.size >= 3 * mostLive) break;
  }
  if (places.size === 0) for (const place of [0, nodes.length - 1]) places.add(place);
  const live = new Set<CanvasNode>();
  for (const place of [...places].toSorted((a, b) => a - b)) {
    const node = nodes[place];
    if (node === undefined) continue;
    // A step in a container is placed from its corner: that one must be there, and before it.
    const parents: CanvasNode[] = [];
    for (let at = all.get(node.parentId ?? ''); at !== undefined && !live.has(at); at = all.get(at.parentId ?? ''))
      parents.unshift(at);
    for (const one of [...parents, node]) live.add(one);
  }
  return [...live];
}
