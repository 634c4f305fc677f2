import { median } from './median.ts';

/** The targets; the bench fails below them. */
const targets = {
  fpsAtZoomOne: 55,
  fpsOfThousandInView: 30,
  secondsUntilInteractiveAt500: 2,
  editorKb: 400,
  signInKb: 200,
} as const;

interface Measured {
  lines: readonly { nodes: number; view: string; gesture: string; fps: number }[];
  /** Milliseconds and kB. */
  loads: readonly { nodes: number; interactive: number; scriptKb: number }[];
  signInKb: number;
}

/** What fell short of a target, in words. */
export function misses({ lines, loads, signInKb }: Measured): string[] {
  const found: string[] = [];
  for (const { nodes, view, gesture, fps } of lines) {
    const least =
      view === 'zoom 1'
        ? targets.fpsAtZoomOne
        : nodes <= 1_000
          ? targets.fpsOfThousandInView
          : Number.NEGATIVE_INFINITY;
    if (fps < least) found.push(`${gesture} at ${nodes} steps, ${view}: ${fps.toFixed(1)} fps, wanted ${least}`);
  }
  const ready = loads.find((one) => one.nodes === 500)?.interactive ?? 0;
  if (ready > targets.secondsUntilInteractiveAt500 * 1_000)
    found.push(`500 steps are interactive after ${(ready / 1_000).toFixed(1)} s, wanted 2`);
  const editor = median(loads.map((one) => one.scriptKb));
  if (editor > targets.editorKb) found.push(`the editor loads ${editor.toFixed(0)} kB, wanted ${targets.editorKb}`);
  if (signInKb > targets.signInKb) found.push(`sign-in loads ${signInKb.toFixed(0)} kB, wanted ${targets.signInKb}`);
  return found;
}
