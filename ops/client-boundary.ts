import { relative } from 'node:path';
import type { Plugin } from 'vite';

/**
 * Fails the build, naming file and importer, when server code reaches the browser: a `*.server.ts`, anything under
 * server/, or a Node module imported by our own code. A secret in a bundle is public, so this is an error and no warning.
 */
export function clientBoundary(root: string): Plugin {
  const show = (id: string | undefined) => (id ? relative(root, id.replace(/\?.*$/, '')) : 'the entry');
  return {
    name: 'mailweave:client-boundary',
    enforce: 'pre',
    resolveId(source, importer) {
      if (!/^(?:node:|bun:)/.test(source) || importer?.includes('/node_modules/')) return null;
      return this.error(`${show(importer)} imports ${source}, which no browser has.`);
    },
    load(id) {
      const path = show(id);
      if (!/\.server\.tsx?$/.test(path) && !path.startsWith('server/')) return null;
      const importers = this.getModuleInfo(id)?.importers.map(show) ?? [];
      return this.error(
        `Server code must not reach the browser: ${path}, imported by ${importers.join(', ') || 'the entry'}.`,
      );
    },
  };
}
