import { dirname, join, relative } from 'node:path';
import type { Plugin } from 'vite';

/**
 * Fails the build, naming file and importer, when server code reaches the browser: a `*.server.ts`, anything under
 * server/, or a Node module imported by our own code. A secret in a bundle is public, so this is an error and no warning.
 */
export function clientBoundary(root: string): Plugin {
  const show = (id: string) => relative(root, id.replace(/\?.*$/, ''));
  const importers = new Map<string, string>();
  return {
    name: 'mailweave:client-boundary',
    enforce: 'pre',
    resolveId(source, importer) {
      if (!importer || importer.includes('/node_modules/')) return null;
      if (/^(?:node:|bun:)/.test(source))
        return this.error(`${show(importer)} imports ${source}, which no browser has.`);
      // The importer is not known any more when the file is loaded.
      if (source.startsWith('.')) importers.set(show(join(dirname(importer), source)), show(importer));
      return null;
    },
    load(id) {
      const path = show(id);
      if (!/\.server\.tsx?$/.test(path) && !path.startsWith('server/')) return null;
      const importer = importers.get(path);
      return this.error(
        `Server code must not reach the browser: ${path}${importer ? `, imported by ${importer}` : ''}.`,
      );
    },
  };
}
