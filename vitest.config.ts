import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** One project per environment: `node` runs on real PostgreSQL and sockets, `client` in jsdom. */
export default defineConfig({
  test: {
    globalSetup: ['./server/database/testing-setup.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['{server,shared,migrations,ops,bench,e2e}/**/*.test.ts'],
          testTimeout: 15_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        plugins: [react()],
        test: {
          name: 'client',
          environment: 'jsdom',
          include: ['client/**/*.test.{ts,tsx}', 'shared/nodes/**/*.test.tsx'],
          setupFiles: ['./client/test/setup.ts'],
        },
      },
    ],
  },
});
