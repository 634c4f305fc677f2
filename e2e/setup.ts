import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const START_TIMEOUT_MS = 60_000;

/** Starts the product as a user would, with an empty DATA_DIR, and tells the specs its address in MAILWEAVE_URL. */
export default async function setup(): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'journeys-'));
  chmodSync(dataDir, 0o711); // PostgreSQL's account must pass when we are root.
  const server = spawn(process.execPath, ['server/main.ts'], {
    cwd: join(import.meta.dirname, '..'),
    env: { ...process.env, DATA_DIR: dataDir, PORT: '0', DATABASE_URL: '', SMTP_URL: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.env.MAILWEAVE_URL = await address(server.stdout);
  return async () => {
    const gone = once(server, 'exit');
    server.kill('SIGTERM');
    await gone;
    rmSync(dataDir, { recursive: true, force: true });
  };
}

/** Reads the line "Mailweave is listening on …"; what follows is read on, so that the server is never stopped by a full pipe. */
function address(output: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`The server did not listen in time. It said:\n${text}`)),
      START_TIMEOUT_MS,
    );
    let text = '';
    output.on('data', (part: Buffer) => {
      text = (text + part.toString()).slice(-20_000);
      const url = /listening on (http\S+)/.exec(text)?.[1];
      if (!url) return;
      clearTimeout(timer);
      resolve(url);
    });
    output.on('end', () => reject(new Error(`The server ended before it listened. It said:\n${text}`)));
  });
}
