import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { parseSync } from 'vite';

/** One import in the source of `from`. Paths are relative to the repository, with `/`. */
export interface Import {
  from: string;
  /** A path inside the repository, or the name of a package or Node module as written. */
  to: string;
  inside: boolean;
  /** Only types: erased before anything runs. */
  typeOnly: boolean;
  line: number;
}

const SOURCE = /\.tsx?$/;
const SKIPPED = new Set(['node_modules', 'dist', '.git', '.data', 'test-results']);

/** All TypeScript files under `folders` of `root`, sorted. */
export function listSources(root: string, folders: readonly string[]): string[] {
  const found: string[] = [];
  const walk = (directory: string) => {
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name)) walk(path);
      } else if (SOURCE.test(entry.name)) found.push(relative(root, path).split(sep).join('/'));
    }
  };
  const present = readdirSync(root);
  for (const folder of folders) if (present.includes(folder)) walk(join(root, folder));
  return found.toSorted();
}

/**
 * Reads every import and re-export, static or dynamic, with a real parser: a regular expression would take comments and
 * texts for imports.
 * @throws Error naming the file when it cannot be parsed.
 */
export function readImports(root: string, files: readonly string[]): Import[] {
  const known = new Set(files);
  return files.flatMap((file) => importsOf(file, readFileSync(join(root, file), 'utf8'), known));
}

function importsOf(file: string, text: string, known: ReadonlySet<string>): Import[] {
  const { module, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`);
  const found: Import[] = [];
  const add = (specifier: string, typeOnly: boolean, position: number) => {
    const inside = specifier.startsWith('.');
    const to = inside ? resolveInside(file, specifier, known) : specifier;
    found.push({ from: file, to, inside, typeOnly, line: text.slice(0, position).split('\n').length });
  };
  for (const { entries, moduleRequest, start } of module.staticImports) {
    add(moduleRequest.value, entries.length > 0 && entries.every((entry) => entry.isType), start);
  }
  for (const { entries, start } of module.staticExports) {
    const request = entries.find((entry) => entry.moduleRequest)?.moduleRequest;
    if (request)
      add(
        request.value,
        entries.every((entry) => entry.isType),
        start,
      );
  }
  for (const { moduleRequest, start } of module.dynamicImports) {
    const literal = /^(['"`])([^'"`$]+)\1$/.exec(text.slice(moduleRequest.start, moduleRequest.end));
    if (literal?.[2]) add(literal[2], false, start);
  }
  return found;
}

function resolveInside(file: string, specifier: string, known: ReadonlySet<string>): string {
  const path = posix.join(dirname(file), specifier.replace(/\?.*$/, ''));
  const candidates = [path, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`];
  return candidates.find((candidate) => known.has(candidate)) ?? path;
}

/** The package of an import: `@scope/name` or `name`, without the path inside; `node:fs` stays. */
export function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
