import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** Not fetched ahead: another language, alphabets that few read. They are kept once they were used. */
const onDemand = /\/de-|-(?:cyrillic|cyrillic-ext|greek|greek-ext|vietnamese|latin-ext)-/;
/** Files of client/public that the shell needs. */
const plain = ['/', '/color-scheme.js', '/favicon.svg', '/manifest.webmanifest', '/icons/192.png'];

/** The worker with its list of files; `version` changes when one of them does. */
export function fillWorker(source: string, assets: readonly string[]): string {
  const kept = assets.filter((name) => /^assets\/.*\.(?:js|css|woff2)$/.test(name)).map((name) => `/${name}`);
  const version = createHash('sha256').update(kept.toSorted().join()).update(source).digest('hex').slice(0, 12);
  const files = [...plain, ...kept.filter((path) => !onDemand.test(path)).toSorted()];
  return source.replace('__VERSION__', version).replace('__FILES__', JSON.stringify(files));
}

/** Puts `/sw.js` into the build: client/service-worker.js with the names of what was built. */
export function serviceWorker(client: string): Plugin {
  return {
    name: 'mailweave:service-worker',
    apply: 'build',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const source = await readFile(join(client, 'service-worker.js'), 'utf8');
        this.emitFile({ type: 'asset', fileName: 'sw.js', source: fillWorker(source, Object.keys(bundle)) });
      },
    },
  };
}
