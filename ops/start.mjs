// `npm start` and `npm run dev`: installs and builds what is missing or stale, then becomes the server.
// Plain JavaScript without dependencies: it runs on the Node that the machine has, before anything is installed.
import module from 'node:module';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { ensureClientBuilt } from './client.mjs';
import { ensureInstalled } from './install.mjs';
import { compileCache, environmentWithModules, node24, root, run, serverFlags } from './paths.mjs';

const dev = process.argv.includes('--dev');
const server = join(root, 'server', 'main.ts');
const major = Number(process.versions.node.split('.')[0]);

endWithNpm();

try {
  await ensureInstalled({ dev });
  if (!dev) await ensureClientBuilt();
  if (dev) process.env.DEV = '1';
  if (major >= 24) {
    // npm puts the installed Node first on PATH, so from the second start on this process is the right one already.
    process.chdir(root);
    module.enableCompileCache(compileCache);
    await import(pathToFileURL(server).href);
    module.flushCompileCache();
  } else {
    const { code } = await run(node24, [...serverFlags, server], { env: environmentWithModules() });
    process.exitCode = code;
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** npm hands SIGTERM to a shell that keeps it to itself, so we notice that npm is gone by our parent, and stop as asked. */
function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 250);
  watch.unref();
}
