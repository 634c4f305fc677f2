/** Steps that people count in. */
const steps = [1, 2, 2.5, 5, 10];

/** Round values from 0 to at least `most`, about four of them. `whole`: none lies between two whole numbers. */
export function ticksTo(most: number, whole = false): number[] {
  if (!(most > 0)) return [0, 1];
  const raw = most / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = steps.map((one) => one * power).find((one) => one >= raw * 0.999) ?? 10 * power;
  const fair = whole ? Math.max(1, Math.ceil(step)) : step;
  const count = Math.ceil(most / fair - 1e-9);
  return Array.from({ length: count + 1 }, (_, n) => Number((n * fair).toPrecision(12)));
}

/** Which of `count` places get a label when there is room for `room`: evenly spread, the last one included. */
export function labelled(count: number, room: number): number[] {
  const every = Math.max(1, Math.ceil(count / Math.max(1, room)));
  return Array.from({ length: count }, (_, n) => n).filter((n) => (count - 1 - n) % every === 0);
}

/** A line through points that are there, as an SVG path; it breaks where there is none. */
export function linePath(points: readonly ({ x: number; y: number } | null)[]): string {
  let path = '';
  let drawing = false;
  for (const point of points) {
    if (point !== null) path += `${drawing ? 'L' : 'M'}${point.x.toFixed(1)} ${point.y.toFixed(1)}`;
    drawing = point !== null;
  }
  return path;
}
