import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { drawArchitecture } from './architecture-svg.ts';
import { listSources, readImports } from './imports.ts';
import { layerOf } from './layer-rules.ts';
import { PRODUCT } from './layers.ts';

/** One folder of the picture. */
export interface Folder {
  /** For example `server/store`. */
  path: string;
  files: number;
}

/** Folders and who imports whom, without arrows that follow from others. */
export interface Architecture {
  folders: Folder[];
  arrows: { from: string; to: string }[];
}

const isProduct = (file: string): boolean => !/\.test\.tsx?$|(?:^|\/)testing|^client\/test\//.test(file);

/** `server/store/runs.ts` → `server/store`; a file directly in client/, server/ or shared/ is the root or the base. */
export function folderOf(file: string): string {
  const [side = '', ...rest] = file.split('/');
  if (rest.length > 1) return `${side}/${rest[0]}`;
  const root = layerOf(file)?.layer;
  return root === 'server main' || root === 'client main' ? `${side}/main` : `${side}/base`;
}

/** Reads the picture off the code. */
export function readArchitecture(root: string): Architecture {
  const sources = listSources(root, PRODUCT).filter(isProduct);
  const counts = new Map<string, number>();
  for (const file of sources) counts.set(folderOf(file), (counts.get(folderOf(file)) ?? 0) + 1);
  const next = new Map<string, Set<string>>();
  for (const { from, to, inside } of readImports(root, sources)) {
    const [source, target] = [folderOf(from), folderOf(to)];
    if (!inside || source === target || !counts.has(target)) continue;
    next.set(source, (next.get(source) ?? new Set()).add(target));
  }
  const folders = [...counts].map(([path, files]) => ({ path, files })).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return { folders, arrows: withoutShortcuts(next) };
}

/** Leaves out an arrow a → c where a → b → … → c stands too: it says nothing new and hides the rest. */
export function withoutShortcuts(next: ReadonlyMap<string, ReadonlySet<string>>): { from: string; to: string }[] {
  const arrows: { from: string; to: string }[] = [];
  for (const [from, targets] of [...next].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    for (const to of [...targets].toSorted()) {
      const detour = [...targets].some((via) => via !== to && reaches(via, to, next, new Set([from])));
      if (!detour) arrows.push({ from, to });
    }
  }
  return arrows;
}

function reaches(from: string, to: string, next: ReadonlyMap<string, ReadonlySet<string>>, seen: Set<string>): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  return [...(next.get(from) ?? [])].some((via) => reaches(via, to, next, seen));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const file = `${root}docs/architecture.svg`;
  const picture = drawArchitecture(readArchitecture(root));
  if (process.argv.includes('--check')) {
    const fresh = readOrEmpty(file) === picture;
    console.log(
      fresh ? 'docs/architecture.svg shows the imports' : 'docs/architecture.svg is stale: npm run docs:architecture',
    );
    process.exitCode = fresh ? 0 : 1;
  } else {
    writeFileSync(file, picture);
    console.log('docs/architecture.svg drawn');
  }
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
