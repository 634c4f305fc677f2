import { expect, it } from 'vitest';
import { holdsEdits, saveAll } from './unsaved.ts';

it('everybody is asked to save, and one that cannot is enough to stay', async () => {
  const asked: string[] = [];
  const drop = [
    holdsEdits(() => Promise.resolve(asked.push('draft') > 0)),
    holdsEdits(() => Promise.reject(new Error('offline'))),
  ];
  expect(await saveAll()).toBe(false);
  drop[1]?.();
  expect(await saveAll()).toBe(true);
  drop[0]?.();
  expect(await saveAll()).toBe(true);
  expect(asked).toEqual(['draft', 'draft']);
});
