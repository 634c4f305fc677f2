/**
 * A step that stands in a container runs once for each item, and each of these has an address of its own: the containers it stands in with the
 * number of the item, then its id, such as `for_each_1[3]/for_each_2[0]/email_send_1`. The address of a step that stands on the canvas itself
 * is its id. `for_each_1[3]` is the path of an item.
 */

/** The id of the node, without the items that it runs for. */
export function nodeOf(address: string): string {
  return address.slice(address.lastIndexOf('/') + 1);
}

/** The path of the item that it runs for; empty when it stands on the canvas itself. */
export function itemPathOf(address: string): string {
  const end = address.lastIndexOf('/');
  return end < 0 ? '' : address.slice(0, end);
}

/** The address of a step for the item at `path`. */
export function addressAt(path: string, node: string): string {
  return path === '' ? node : `${path}/${node}`;
}

/** The path of an item of the container at `loop`. */
export function itemPath(loop: string, index: number): string {
  return `${loop}[${index}]`;
}

/** The outermost container on the way to it, or the step itself: what stands on the canvas. */
export function rootOf(address: string): string {
  const end = address.indexOf('[');
  return end < 0 ? address : address.slice(0, end);
}

/** The numbers of the items on the way to a step, outermost first, each with its container. */
export function itemsOnTheWay(address: string): { container: string; index: number }[] {
  return [...itemPathOf(address).matchAll(/([^/[]+)\[(\d+)\]/g)].map(([, container = '', index]) => ({
    container,
    index: Number(index),
  }));
}
