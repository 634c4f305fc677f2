// Lighthouse's scores of three pages, with what costs points; fails below the aims. ops/lighthouse.mjs starts it.
import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Workflow } from '../shared/api/workflows.ts';
import { lineOf, signUp } from './support/account.ts';
import { startInstance } from './support/instance.ts';

const version = '13.5.0';
/** Performance is printed and has no aim: it says more about this machine than about the page. */
const aims = { accessibility: 95, 'best-practices': 95 } as const;
const categories = [...Object.keys(aims), 'performance'];

interface Report {
  finalDisplayedUrl: string;
  categories: Record<string, { score: number | null; auditRefs: { id: string; weight: number }[] }>;
  audits: Record<string, { title: string; score: number | null; details?: { items?: unknown[] } }>;
}

const work = mkdtempSync(join(tmpdir(), 'lighthouse-'));
chmodSync(work, 0o711);
const instance = await startInstance({ DATA_DIR: join(work, 'data') });
try {
  const person = await signUp(instance.url);
  const graph = lineOf(['manual_1', 'manual', {}], ['set_1', 'set', { fields: [{ name: 'a', value: '1' }] }]);
  const workflow = await person.api<Workflow>('POST', '/workflows', { name: 'Two steps', graph });
  const pages = [
    { name: 'sign-in', path: '/sign-in', cookie: null },
    { name: 'home', path: '/', cookie: person.cookie },
    { name: 'editor', path: `/workflows/${workflow.id}`, cookie: person.cookie },
  ];
  for (const { name, path, cookie } of pages) {
    const report = await measure(`${instance.url}${path}`, cookie, name);
    // Scores of the page that somebody is sent to without a session would be of no use.
    const { pathname } = new URL(report.finalDisplayedUrl);
    if (pathname !== path) throw new Error(`${name} led to ${pathname}`);
    judge(name, report);
  }
} finally {
  await instance.stop();
  rmSync(work, { recursive: true, force: true });
}

/** A busy machine makes Lighthouse lose its own trace. */
const tries = 3;

async function measure(url: string, cookie: string | null, name: string): Promise<Report> {
  const file = join(work, `${name}.json`);
  // In a file: what stands on a command line stands in error messages, too.
  const headers = join(work, 'headers.json');
  writeFileSync(headers, JSON.stringify(cookie === null ? {} : { Cookie: cookie }), { mode: 0o600 });
  const options = [
    '--quiet',
    '--preset=desktop',
    '--output=json',
    `--output-path=${file}`,
    `--only-categories=${categories.join(',')}`,
    '--chrome-flags=--headless=new --no-sandbox --disable-gpu',
    `--extra-headers=${headers}`,
  ];
  for (let attempt = 1; ; attempt++) {
    try {
      await promisify(execFile)('npx', ['--yes', `lighthouse@${version}`, url, ...options], { timeout: 300_000 });
      return JSON.parse(readFileSync(file, 'utf8')) as Report;
    } catch (error) {
      if (attempt === tries) throw error;
      console.log(`${name}: once more`);
    }
  }
}

function judge(name: string, report: Report): void {
  const score = (category: string): number => Math.round((report.categories[category]?.score ?? 0) * 100);
  console.log(`${name.padEnd(8)} ${categories.map((category) => `${category} ${score(category)}`).join('  ')}`);
  for (const [category, aim] of Object.entries(aims)) {
    for (const { id, weight } of report.categories[category]?.auditRefs ?? []) {
      const audit = report.audits[id];
      const costs = weight > 0 && audit !== undefined && audit.score !== null && audit.score < 1;
      if (!costs) continue;
      console.log(`         ${category}: ${audit.title} (${id})`);
      for (const item of audit.details?.items ?? []) console.log(`           ${JSON.stringify(item).slice(0, 300)}`);
    }
    if (score(category) < aim) process.exitCode = 1;
  }
}
