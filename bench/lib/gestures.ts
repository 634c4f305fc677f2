import type { Page } from '@playwright/test';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import { nodeSize } from '../../shared/workflow/geometry.ts';
import type { Gesture } from './frames.ts';

/** Screen coordinates. */
interface Point {
  x: number;
  y: number;
}

/** The step that stands nearest to the middle of the free canvas, by the graph and the view's own transform: also where no element stands for it. */
export async function stepAtCentre(
  page: Page,
  graph: WorkflowGraph,
): Promise<{ stage: Point; point: Point; nearest: string[] }> {
  const view = await page.evaluate(() => {
    const box = document.querySelector('.mw-canvas')!.getBoundingClientRect();
    const transform = document.querySelector<HTMLElement>('.react-flow__viewport')!.style.transform;
    const [x = 0, y = 0, zoom = 1] = [...transform.matchAll(/-?\d+(?:\.\d+)?(?:e-?\d+)?/g)].map(Number);
    return { left: box.left, top: box.top, width: box.width, height: box.height, x, y, zoom };
  });
  const stage = { x: view.left + view.width / 2, y: view.top + view.height / 2 };
  const places = graph.nodes.map(({ id, position }) => ({
    id,
    x: view.left + view.x + (position.x + nodeSize.width / 2) * view.zoom,
    y: view.top + view.y + (position.y + nodeSize.height / 2) * view.zoom,
  }));
  const away = ({ x, y }: Point) => Math.hypot(x - stage.x, y - stage.y);
  places.sort((a, b) => away(a) - away(b));
  return { stage, point: places[0]!, nearest: places.map(({ id }) => id) };
}

/** Pixels per second of both gestures. */
const speed = 900;

/** Two fingers on a trackpad: the view goes down and across, as far as `reach` pixels, and back. */
export function panning(at: Point, reach: number): Gesture {
  let before = 0;
  return {
    watched: '.react-flow__viewport',
    input(seconds, send) {
      const gone = (seconds * speed) % (2 * reach);
      const place = gone < reach ? gone : 2 * reach - gone;
      const delta = Math.round(place - before);
      before += delta;
      send({ type: 'mouseWheel', ...at, deltaX: delta * 0.6, deltaY: delta });
    },
  };
}

/** A step is taken and led around in circles of this radius; the caller lets it go. */
export function dragging(from: Point, radius: number): Gesture {
  let pressed = false;
  return {
    watched: null,
    input(seconds, send) {
      if (!pressed) {
        pressed = true;
        send({ type: 'mouseMoved', ...from, button: 'none', buttons: 0 });
        send({ type: 'mousePressed', ...from, button: 'left', buttons: 1, clickCount: 1 });
        return;
      }
      const angle = (seconds * speed) / radius;
      send({
        type: 'mouseMoved',
        x: from.x + radius * Math.sin(angle),
        y: from.y + radius * (1 - Math.cos(angle)) + 8,
        button: 'left',
        buttons: 1,
      });
    },
  };
}
