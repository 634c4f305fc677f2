import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadCatalogue } from './registry.ts';

const contract = join(import.meta.dirname, '../../shared/nodes/contract.ts');

const definitionText = (kind: string, group = 'data') => `
import { z } from ${JSON.stringify(import.meta.resolve('zod'))};
import { defineNode, inPort, outPort } from ${JSON.stringify(contract)};
export const node = defineNode({
  kind: '${kind}', version: 1, group: '${group}', icon: 'x', texts: { title: 'T', description: 'D', help: 'H' },
  config: z.object({}), ports: { in: [inPort], out: [outPort] }, effect: 'none',
  summary: () => 'planted', sample: () => null, preview: () => ({ summary: 'planted' }),
});`;
const runnerText = `export const runner = { run: () => ({ type: 'output', port: 'out', output: 'ran' }) };`;

describe('loadCatalogue', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kinds-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function plant(kind: string, files: Record<string, string>) {
    await mkdir(join(folder, kind), { recursive: true });
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, kind, name), text);
  }

  it('loads the shipped kinds with a runner for each that is no trigger', async () => {
    const { catalogue, runners } = await loadCatalogue();
    expect(catalogue.size).toBeGreaterThanOrEqual(14);
    for (const definition of catalogue.values())
      expect(runners.has(definition.kind)).toBe(definition.group !== 'trigger');
  });

  it('finds a kind that is planted as one folder', async () => {
    await plant('planted', { 'index.ts': definitionText('planted'), 'run.server.ts': runnerText });
    await writeFile(join(folder, 'some-file.ts'), '');
    const { catalogue, runners } = await loadCatalogue(folder);
    expect([...catalogue.keys()]).toEqual(['planted']);
    expect(runners.get('planted')?.run({}, {} as never)).toEqual({ type: 'output', port: 'out', output: 'ran' });
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['without a definition', { 'index.ts': 'export {};' }, /does not export “node”/],
    ['under another name', { 'index.ts': definitionText('other') }, /defines the kind “other”/],
    ['without a runner', { 'index.ts': definitionText('planted') }, /has no run\.server\.ts/],
    [
      'with an empty runner',
      { 'index.ts': definitionText('planted'), 'run.server.ts': 'export {};' },
      /does not export “runner”/,
    ],
    [
      'that is a trigger and is run',
      { 'index.ts': definitionText('planted', 'trigger'), 'run.server.ts': runnerText },
      /triggers are not run/,
    ],
  ])('refuses a kind %s', async (_name, files, message) => {
    await plant('planted', files);
    await expect(loadCatalogue(folder)).rejects.toThrow(message);
  });
});
