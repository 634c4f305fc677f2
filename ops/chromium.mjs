import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { say, seconds } from './paths.mjs';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * Finds a browser for the journeys, installing Debian's when we are root.
 * @returns {string | null} its path, or null where there is none to be had
 */
export function ensureChromium() {
  const wanted = process.env.CHROMIUM;
  if (wanted) {
    if (existsSync(wanted)) return wanted;
    throw new Error(`CHROMIUM is set to ${wanted}, and there is no such file. Correct it, or remove it.`);
  }
  return PLACES.find((place) => existsSync(place)) ?? installed();
}

function installed() {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0) return null;
  say('installing Chromium by apt-get …');
  const since = performance.now();
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => spawnSync('apt-get', args, { env, stdio: 'ignore', timeout: 600_000 }).status === 0;
  const done =
    apt('update', '-qq') && apt('install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation');
  if (!done || !existsSync(PLACES[0])) return null;
  say(`Chromium installed in ${seconds(since)}`);
  return PLACES[0];
}
