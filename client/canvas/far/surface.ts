import { around, common, contains, grown } from '../boxes.ts';
import type { Box } from '../boxes.ts';
import { outside, paintScene } from './paint.ts';
import type { Frame, Looks } from './paint.ts';
import type { Scene } from './scene.ts';
import type { Palette } from './tokens.ts';

/** Where the canvas stands: offset in screen pixels, and zoom. */
export interface View {
  x: number;
  y: number;
  zoom: number;
}

/**
 * Two canvas elements that show a scene. The lower one is painted a good deal larger than what is seen of it, so that a pan only moves it; what
 * is being dragged is on the upper one, so that a drag paints little. All positions are canvas coordinates unless said otherwise.
 */
export interface Surface {
  /** Another view. Moves what is painted, and paints anew where that is no longer enough. */
  look(view: View, size: { width: number; height: number }): void;
  /** Another scene. Steps in `hot` are on the upper layer. */
  show(scene: Scene, hot: ReadonlySet<string>): void;
  /** These steps and connections look different now. */
  touch(ids: Iterable<string>): void;
  /** Everything looks different now. */
  repaint(): void;
  /** Paints what is outstanding; call it once per frame. */
  flush(): void;
}

/** Part of the view's size that is painted beyond each edge. */
const margin = 0.3;
/** More changes than this are a picture of its own. */
const mostTouched = 60;
/** While the zoom changes, the picture is only scaled; it is painted anew when it would look coarse, or after the zoom has rested. */
const zoomRestMs = 90;
const mostStretch = 1.5;

export interface SurfaceOptions {
  lower: HTMLCanvasElement;
  upper: HTMLCanvasElement;
  looks: Looks;
  palette: () => Palette;
  /** Asks for a `flush` in the next frame. */
  schedule: () => void;
  ratio: () => number;
  now: () => number;
}

export function createSurface({ lower, upper, looks, palette, schedule, ratio, now }: SurfaceOptions): Surface {
  const below = lower.getContext('2d');
  const above = upper.getContext('2d');
  if (below === null || above === null) throw new Error('this browser draws no canvas');
  let scene: Scene = { steps: new Map(), edges: new Map() };
  let hot: ReadonlySet<string> = new Set();
  let view: View = { x: 0, y: 0, zoom: 1 };
  let size = { width: 0, height: 0 };
  let frame: Frame = { x: 0, y: 0, zoom: 1, ratio: 1 };
  /** What the elements hold. */
  let painted: Box | null = null;
  let whole = true;
  let touched = new Set<string>();
  let stale: Box[] = [];
  let upperArea: Box | null = null;
  let zoomedAt = 0;

  const isHot = (id: string): boolean => {
    if (hot.has(id)) return true;
    const edge = scene.edges.get(id);
    return edge !== undefined && (hot.has(edge.edge.source) || hot.has(edge.edge.target));
  };

  function seen(): Box {
    return {
      x: -view.x / view.zoom,
      y: -view.y / view.zoom,
      width: size.width / view.zoom,
      height: size.height / view.zoom,
    };
  }

  /** The part of the scene that is worth painting around the view. */
  function worth(): Box {
    const { x, y, width, height } = seen();
    const wide = {
      x: x - width * margin,
      y: y - height * margin,
      width: width * (1 + 2 * margin),
      height: height * (1 + 2 * margin),
    };
    const content = around([...scene.steps.values(), ...scene.edges.values()]);
    return content === null ? wide : (common(wide, grown(content, (outside * 2) / view.zoom)) ?? wide);
  }

  function isCovered(): boolean {
    if (painted === null) return false;
    const content = around(scene.steps.values());
    const needed = content === null ? null : common(seen(), content);
    return needed === null || contains(painted, needed);
  }

  function place(): void {
    const stretch = view.zoom / frame.zoom;
    const x = view.x + frame.x * view.zoom;
    const y = view.y + frame.y * view.zoom;
    // Whole pixels while nothing is stretched: the picture is copied then and not resampled.
    const transform =
      stretch === 1
        ? `translate(${Math.round(x)}px, ${Math.round(y)}px)`
        : `translate(${x}px, ${y}px) scale(${stretch})`;
    for (const element of [lower, upper])
      if (element.style.transform !== transform) element.style.transform = transform;
  }

  function paintWhole(): void {
    const area = worth();
    frame = { x: area.x, y: area.y, zoom: view.zoom, ratio: ratio() };
    for (const element of [lower, upper]) resize(element, area, frame);
    painted = area;
    paintScene(below!, scene, frame, area, { looks, palette: palette(), shows: (id) => !isHot(id) });
    upperArea = null;
    paintUpper();
    place();
  }

  function paintUpper(): void {
    if (hot.size === 0 && upperArea === null) return;
    const boxes: Box[] = [];
    for (const id of hot) boxes.push(...boxesOf(id));
    const area = around(boxes);
    const both = around([...(upperArea === null ? [] : [upperArea]), ...(area === null ? [] : [area])]);
    if (both !== null) paintScene(above!, scene, frame, both, { looks, palette: palette(), shows: isHot });
    upperArea = area;
  }

  /** What has to be painted anew for a step or a connection. */
  function boxesOf(id: string): Box[] {
    const step = scene.steps.get(id);
    if (step === undefined) {
      const edge = scene.edges.get(id);
      return edge === undefined ? [] : [edge];
    }
    const edges = [...scene.edges.values()].filter(({ edge }) => edge.source === id || edge.target === id);
    return [grown(step, (outside + 2) / frame.zoom), ...edges];
  }

  return {
    look(next, room) {
      if (next.zoom !== view.zoom) zoomedAt = now();
      const resized = room.width !== size.width || room.height !== size.height;
      view = next;
      size = room;
      if (resized) whole = true;
      if (painted !== null) place();
      if (whole || view.zoom !== frame.zoom || !isCovered()) schedule();
    },
    show(next, nextHot) {
      // Where it stood is to be cleared.
      for (const id of nextHot) if (!hot.has(id)) stale.push(...boxesOf(id));
      for (const id of hot) if (!nextHot.has(id)) whole = true;
      // Only what is on the upper layer has changed in a drag; everything else is a picture of its own.
      if (!sameBut(scene, next, nextHot)) whole = true;
      scene = next;
      hot = nextHot;
      schedule();
    },
    touch(ids) {
      for (const id of ids) touched.add(id);
      if (touched.size > 0) schedule();
    },
    repaint() {
      whole = true;
      schedule();
    },
    flush() {
      if (size.width === 0) return;
      const stretch = view.zoom / frame.zoom;
      const coarse = stretch > mostStretch || stretch < 1 / mostStretch;
      const resting = stretch !== 1 && now() - zoomedAt > zoomRestMs;
      if (whole || !isCovered() || coarse || resting || touched.size > mostTouched) {
        whole = false;
        touched = new Set();
        stale = [];
        paintWhole();
        return;
      }
      for (const id of touched) stale.push(...joined(boxesOf(id)));
      for (const box of stale) {
        const area = painted === null ? null : common(box, painted);
        if (area === null) continue;
        paintScene(below!, scene, frame, area, { looks, palette: palette(), shows: (id) => !isHot(id) });
      }
      touched = new Set();
      stale = [];
      paintUpper();
      if (stretch !== 1) schedule();
    },
  };
}

/** One box around several where that is not much more to paint. */
function joined(boxes: readonly Box[]): readonly Box[] {
  const area = around(boxes);
  const surface = ({ width, height }: Box) => width * height;
  const sum = boxes.reduce((all, box) => all + surface(box), 0);
  return area !== null && surface(area) <= 2 * sum ? [area] : boxes;
}

function resize(element: HTMLCanvasElement, area: Box, { zoom, ratio }: Frame): void {
  const width = Math.max(1, Math.ceil(area.width * zoom * ratio));
  const height = Math.max(1, Math.ceil(area.height * zoom * ratio));
  if (element.width !== width) element.width = width;
  if (element.height !== height) element.height = height;
  element.style.width = `${width / ratio}px`;
  element.style.height = `${height / ratio}px`;
}

/** Whether two scenes differ in nothing but these steps and the connections at them. */
function sameBut(a: Scene, b: Scene, ids: ReadonlySet<string>): boolean {
  if (a.steps.size !== b.steps.size || a.edges.size !== b.edges.size) return false;
  for (const [id, step] of b.steps) if (a.steps.get(id) !== step && !ids.has(id)) return false;
  for (const [id, one] of b.edges) {
    if (a.edges.get(id) !== one && !ids.has(one.edge.source) && !ids.has(one.edge.target)) return false;
  }
  return true;
}
