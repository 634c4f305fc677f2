// node ops/run.mjs ops/arrange-templates.ts: places the steps of all shipped templates with the layout that “Tidy up” uses.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { templateSchema } from '../shared/api/templates.ts';
import { layoutGraph } from '../shared/workflow/layout.ts';

const folder = join(import.meta.dirname, '../shared/templates');
let moved = 0;
const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted();

for (const file of files) {
  const path = join(folder, file);
  const { graph } = templateSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  const places = layoutGraph(graph);
  let next = 0;
  const text = await readFile(path, 'utf8');
  // Only the numbers change, so that a file keeps the form that its author and the formatter gave it.
  const arranged = text.replace(/"position": \{\s*"x": -?[\d.]+,\s*"y": -?[\d.]+\s*\}/g, () => {
    const { x, y } = places.get(graph.nodes[next++]!.id)!;
    return `"position": { "x": ${x}, "y": ${y} }`;
  });
  if (next !== graph.nodes.length) throw new Error(`${file}: found ${next} positions for ${graph.nodes.length} steps`);
  if (arranged === text) continue;
  await writeFile(path, arranged);
  moved++;
}
console.log(`${files.length} templates read, ${moved} arranged anew`);
