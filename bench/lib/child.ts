import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A helper of a bench in a process of its own; `first` is the line it prints once it is ready. */
export interface Child {
  first: string;
  pid: number;
  stop(): Promise<void>;
}

/** @param file beside this one, such as `bare-server.ts`. */
export async function startChild(file: string, env: Record<string, string> = {}): Promise<Child> {
  const child = spawn(process.execPath, [fileURLToPath(new URL(file, import.meta.url))], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ready = await Promise.race([once(child.stdout, 'data'), once(child, 'exit').then(() => null)]);
  if (!ready) throw new Error(`${file} ended before it was ready`);
  return {
    first: (ready as [Buffer])[0].toString().trim(),
    pid: child.pid!,
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
