// How much JavaScript the first load of a page takes, by the build's manifest; fails above the budget.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

interface Chunk {
  file: string;
  imports?: string[];
}
export type Manifest = Record<string, Chunk>;

/** A page's first load: these modules and whatever they import statically. Sizes in kB (1,000 bytes), gzip. */
export const budgets = [
  { page: 'sign-in', modules: ['index.html', 'app/start.tsx', 'features/auth/SignInPage.tsx'], kB: 200 },
  {
    page: 'editor',
    modules: ['index.html', 'app/start.tsx', 'app/Shell.tsx', 'features/editor/EditorPage.tsx'],
    kB: 400,
  },
] as const;

/** The files of a first load. @throws Error when the manifest does not know a module that must be an entry of its own. */
export function filesOf(manifest: Manifest, modules: readonly string[]): string[] {
  const files = new Set<string>();
  const seen = new Set<string>();
  const open = [...modules];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const chunk = manifest[name];
    if (chunk === undefined) throw new Error(`the build knows no ${name}: is it no entry of its own any more?`);
    if (chunk.file.endsWith('.js')) files.add(chunk.file);
    open.push(...(chunk.imports ?? []));
  }
  return [...files];
}

function main(): void {
  const folder = fileURLToPath(new URL('../dist/client', import.meta.url));
  const path = join(folder, '.vite', 'manifest.json');
  if (!existsSync(path)) throw new Error('The client is not built: start it once, or `npx vite build`.');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  for (const { page, modules, kB } of budgets) {
    const files = filesOf(manifest, modules);
    const sizes = files.map((file) => ({
      file,
      kB: gzipSync(readFileSync(join(folder, file)), { level: 9 }).length / 1e3,
    }));
    const sum = sizes.reduce((all, one) => all + one.kB, 0);
    console.log(`${page}: ${sum.toFixed(0)} of ${kB} kB of JavaScript in ${files.length} files`);
    if (sum <= kB && !process.argv.includes('--files')) continue;
    for (const one of sizes.toSorted((a, b) => b.kB - a.kB).slice(0, 30))
      console.log(`  ${one.kB.toFixed(1).padStart(6)} ${one.file}`);
    if (sum > kB) process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
