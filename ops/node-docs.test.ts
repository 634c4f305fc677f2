import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { loadCatalogue } from '../server/nodes/registry.ts';
import { nodeDocs, nodeDocsFile } from './node-docs.ts';

it('docs/nodes.md is what the kinds say; otherwise run: node ops/run.mjs ops/node-docs.ts', async () => {
  const { catalogue } = await loadCatalogue();
  expect(await readFile(nodeDocsFile, 'utf8')).toBe(nodeDocs(catalogue));
});
