import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { StartupError } from '../startup-error.ts';

/** Kept in `<DATA_DIR>/postgres.json`. `home` is relative to DATA_DIR when inside it, so that the folder can be moved. */
export interface State {
  home: string;
  port: number;
  password: string;
}

/** @returns null before the first start; `home` is absolute. */
export function readState(dataDir: string): State | null {
  const file = join(dataDir, 'postgres.json');
  if (!existsSync(file)) return null;
  try {
    const { home, port, password } = JSON.parse(readFileSync(file, 'utf8')) as State;
    return { home: resolve(dataDir, home), port, password };
  } catch (cause) {
    throw new StartupError(
      `${file} is damaged, and it holds the password of the database. Restore it, or empty ${dataDir}.`,
      {
        cause,
      },
    );
  }
}

/** Written aside and renamed: a crash leaves the old file or the new one. */
export function writeState(dataDir: string, state: State): void {
  const inside = relative(dataDir, state.home);
  const home = inside.startsWith('..') || isAbsolute(inside) ? state.home : inside;
  const file = join(dataDir, 'postgres.json');
  writeFileSync(`${file}.partial`, `${JSON.stringify({ ...state, home }, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.partial`, file);
}
