import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Secret } from './secret.ts';

/**
 * The key under `<dataDir>/secret.key`, made on the first start with 256 random bits and readable by us alone. Processes
 * that start together end with the same key: it is written aside and linked into place, and the first link wins.
 */
export function keptSecretKey(dataDir: string): Secret {
  const file = join(dataDir, 'secret.key');
  const kept = readKey(file);
  if (kept) return kept;
  mkdirSync(dataDir, { recursive: true });
  const aside = `${file}.${process.pid}`;
  writeFileSync(aside, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
  chmodSync(aside, 0o600);
  try {
    linkSync(aside, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
  const made = readKey(file);
  if (!made)
    throw new Error(`${file} is empty. It is the key of everything encrypted: restore it, or delete it to start anew.`);
  return made;
}

function readKey(file: string): Secret | null {
  try {
    const text = readFileSync(file, 'utf8').trim();
    return text.length >= 32 ? new Secret(text) : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
