import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** Passes `effect_done` three times in a process of its own, printing each time it got past. */
function passThreeTimes(fault: string): { printed: string; signal: NodeJS.Signals | null } {
  const script = `
    const { armFault, faultPoint, parseFault } = await import(${JSON.stringify(new URL('./faults.ts', import.meta.url).href)});
    const { writeSync } = await import('node:fs');
    armFault(parseFault(${JSON.stringify(fault)}) ?? null);
    for (const n of [1, 2, 3]) { faultPoint('effect_done'); writeSync(1, String(n)); }`;
  const { stdout, signal } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  return { printed: stdout, signal };
}

test.each([
  ['effect_done', '', 'SIGKILL'],
  ['effect_done:3', '12', 'SIGKILL'],
  ['effect_done:4', '123', null],
  ['smtp_250', '123', null],
  ['nonsense', '123', null],
])('FAULT_POINT=%s', (fault, printed, signal) => {
  expect(passThreeTimes(fault)).toEqual({ printed, signal });
});
