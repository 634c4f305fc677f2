import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { chunkGroups } from './ops/chunks.ts';
import { clientBoundary } from './ops/client-boundary.ts';
import { precompress } from './ops/precompress.ts';
import { serviceWorker } from './ops/service-worker.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: at('./client'),
  cacheDir: at('./node_modules/.vite'),
  plugins: [react(), clientBoundary(at('.')), serviceWorker(at('./client')), precompress()],
  server: { fs: { allow: [at('.')] } },
  build: {
    outDir: at('./dist/client'),
    emptyOutDir: true,
    manifest: true,
    rolldownOptions: { output: { codeSplitting: { groups: chunkGroups(at('./client')) } } },
    target: 'es2023',
    // Only the layout worker is larger, and it is loaded when somebody first lays out a graph.
    chunkSizeWarningLimit: 900,
  },
});
