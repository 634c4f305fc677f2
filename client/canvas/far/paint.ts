import { grown, overlaps } from '../boxes.ts';
import type { Box } from '../boxes.ts';
import type { EdgeLook, Mark, StepLook } from './look.ts';
import type { Scene, SceneEdge, SceneStep } from './scene.ts';
import type { Palette } from './tokens.ts';

/** What a scene looks like: asked for each thing that is drawn. */
export interface Looks {
  step(step: SceneStep, zoom: number): StepLook;
  edge(edge: SceneEdge, zoom: number): EdgeLook;
}

/** The part of the canvas that an element shows: its top left corner in canvas coordinates, and how it is scaled. */
export interface Frame {
  x: number;
  y: number;
  zoom: number;
  /** Device pixels per screen pixel. */
  ratio: number;
}

/** Screen pixels that rings and signs stick out of a box. */
export const outside = 6;

const paths = new WeakMap<SceneEdge, Path2D>();

function pathOf(edge: SceneEdge): Path2D {
  let path = paths.get(edge);
  if (path === undefined) paths.set(edge, (path = new Path2D(edge.path)));
  return path;
}

/**
 * Draws what lies in `area` (canvas coordinates; whole canvas pixels of the element are cleared first). `shows` leaves out what another layer
 * draws.
 */
export function paintScene(
  context: CanvasRenderingContext2D,
  scene: Scene,
  frame: Frame,
  area: Box,
  { looks, palette, shows }: { looks: Looks; palette: Palette; shows: (id: string) => boolean },
): void {
  const scale = frame.zoom * frame.ratio;
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  const left = Math.floor((area.x - frame.x) * scale);
  const top = Math.floor((area.y - frame.y) * scale);
  const width = Math.ceil((area.x + area.width - frame.x) * scale) - left;
  const height = Math.ceil((area.y + area.height - frame.y) * scale) - top;
  context.beginPath();
  context.rect(left, top, width, height);
  context.clip();
  context.clearRect(left, top, width, height);
  context.setTransform(scale, 0, 0, scale, -frame.x * scale, -frame.y * scale);
  const steps = [...scene.steps.values()].filter((step) => overlaps(grown(step, outside / frame.zoom), area));
  const isGround = (step: SceneStep) => step.node.type === 'container';
  for (const step of steps) if (isGround(step) && shows(step.node.id)) paintStep(context, step, frame, looks, palette);
  paintEdges(context, scene, area, frame.zoom, { looks, palette, shows });
  for (const step of steps) if (!isGround(step) && shows(step.node.id)) paintStep(context, step, frame, looks, palette);
  context.restore();
}

/** Connections of one look are one line to draw. */
function paintEdges(
  context: CanvasRenderingContext2D,
  scene: Scene,
  area: Box,
  zoom: number,
  { looks, palette, shows }: { looks: Looks; palette: Palette; shows: (id: string) => boolean },
): void {
  const groups = new Map<string, { look: EdgeLook; path: Path2D }>();
  for (const [id, edge] of scene.edges) {
    if (!overlaps(edge, area) || !shows(id)) continue;
    const look = looks.edge(edge, zoom);
    const key = `${look.color} ${look.opacity} ${look.width}`;
    let group = groups.get(key);
    if (group === undefined) groups.set(key, (group = { look, path: new Path2D() }));
    group.path.addPath(pathOf(edge));
  }
  // What nothing flowed along lies lowest.
  const ordered = [...groups.values()].toSorted(
    (a, b) => a.look.width * a.look.opacity - b.look.width * b.look.opacity,
  );
  for (const { look, path } of ordered) {
    context.globalAlpha = look.opacity;
    context.strokeStyle = palette.color(look.color);
    context.lineWidth = look.width / zoom;
    context.stroke(path);
  }
  context.globalAlpha = 1;
}

function paintStep(
  context: CanvasRenderingContext2D,
  step: SceneStep,
  { zoom }: Frame,
  looks: Looks,
  palette: Palette,
): void {
  const look = looks.step(step, zoom);
  const { x, y, width, height } = step;
  const trace = (by: number) => {
    context.beginPath();
    const box = [x - by, y - by, width + 2 * by, height + 2 * by] as const;
    if (look.radius === 0) context.rect(...box);
    else context.roundRect(...box, look.radius / zoom + by);
  };
  context.globalAlpha = look.opacity;
  if (look.halo !== null) {
    context.globalAlpha = look.opacity * 0.3;
    context.fillStyle = palette.color(look.halo);
    trace(3 / zoom);
    context.fill();
    context.globalAlpha = look.opacity;
  }
  context.fillStyle = palette.mix(look.fill);
  trace(0);
  context.fill();
  if (look.border !== null) {
    context.strokeStyle = palette.color(look.border.color);
    context.lineWidth = look.border.width / zoom;
    context.setLineDash(look.border.dashed ? [3 / zoom, 2 / zoom] : []);
    context.stroke();
    context.setLineDash([]);
  }
  if (look.mark !== null) {
    const size = Math.min(height, 60) * 0.3;
    context.strokeStyle = palette.color(look.mark.color);
    context.lineWidth = Math.max(size * 0.28, 1.4 / zoom);
    context.lineCap = 'round';
    traceMark(context, look.mark.sign, x + width - size * 2.2, y + Math.min(height, 60) / 2, size);
    context.stroke();
  }
  context.globalAlpha = 1;
}

/** @param size half of the sign's height, in canvas pixels. */
function traceMark(context: CanvasRenderingContext2D, sign: Mark, x: number, y: number, size: number): void {
  context.beginPath();
  switch (sign) {
    case 'tick':
      context.moveTo(x - size, y);
      context.lineTo(x - size * 0.2, y + size * 0.7);
      context.lineTo(x + size, y - size * 0.7);
      return;
    case 'cross':
      context.moveTo(x - size * 0.8, y - size * 0.8);
      context.lineTo(x + size * 0.8, y + size * 0.8);
      context.moveTo(x + size * 0.8, y - size * 0.8);
      context.lineTo(x - size * 0.8, y + size * 0.8);
      return;
    case 'dots':
      for (const at of [-1, 0, 1]) {
        context.moveTo(x + at * size, y);
        context.lineTo(x + at * size + size * 0.02, y);
      }
      return;
    case 'clock':
      context.arc(x, y, size, 0, 2 * Math.PI);
      context.moveTo(x, y - size * 0.6);
      context.lineTo(x, y);
      context.lineTo(x + size * 0.5, y);
      return;
    case 'bang':
      context.moveTo(x, y - size);
      context.lineTo(x, y + size * 0.2);
      context.moveTo(x, y + size);
      context.lineTo(x + size * 0.02, y + size);
  }
}

/** Whether a point (canvas coordinates) lies on a connection, within so many canvas pixels. */
export function isOnEdge(
  context: CanvasRenderingContext2D,
  edge: SceneEdge,
  at: { x: number; y: number },
  slack: number,
) {
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.lineWidth = 2 * slack;
  const hit = context.isPointInStroke(pathOf(edge), at.x, at.y);
  context.restore();
  return hit;
}
