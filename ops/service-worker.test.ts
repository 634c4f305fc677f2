import { expect, it } from 'vitest';
import { fillWorker } from './service-worker.ts';

const source = "const version = '__VERSION__'; const files = __FILES__;";

it('lists what the shell needs, not what is seldom used, and changes its version with the files', () => {
  const built = ['index.html', 'assets/index-a1.js', 'assets/index-b2.css', 'assets/de-c3.js', 'assets/pic-d4.png'];
  const worker = fillWorker(source, built);
  expect(worker).toContain('"/","/color-scheme.js"');
  expect(worker).toContain('"/assets/index-a1.js","/assets/index-b2.css"');
  expect(worker).not.toMatch(/de-c3|pic-d4|__/);
  const next = fillWorker(source, [...built.slice(0, 3), 'assets/de-c4.js']);
  expect(/'([0-9a-f]{12})'/.exec(next)?.[1]).not.toBe(/'([0-9a-f]{12})'/.exec(worker)?.[1]);
});
