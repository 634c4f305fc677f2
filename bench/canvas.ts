/**
 * The canvas of the editor with 100 to 2,000 steps in Chromium with software rendering: frames per second while panning and dragging, with 30
 * status events per second, first paint, time to interactive, heap, and JavaScript on the first load. The real product, over its own API and
 * sockets; bench/README.md says how each figure is taken.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type BrowserContext, type CDPSession, type Page } from '@playwright/test';
import type { Workflow } from '../shared/api/workflows.ts';
import { signUp, type Account } from '../e2e/support/account.ts';
import { enter } from '../e2e/support/browser.ts';
import { startInstance } from '../e2e/support/instance.ts';
import { ensureChromium } from '../ops/chromium.mjs';
import { ensureClientBuilt } from '../ops/client.mjs';
import { lanesOf } from './lib/canvas-graph.ts';
import { misses } from './lib/canvas-targets.ts';
import { checkFrames, installRecorder, recordFrames, type Frames } from './lib/frames.ts';
import { dragging, panning, stepAtCentre } from './lib/gestures.ts';
import { firstLoadKb, gzipBytes, installLoadMarks, loadOf, type Load } from './lib/page-load.ts';
import { draftOf, expectMoved, prepare, type Subject } from './lib/canvas-subject.ts';
import { interceptSocket } from './lib/status-stream.ts';
import { median, mediansOf } from './lib/median.ts';
import { printFigures, printTable } from './lib/table.ts';

const { values } = parseArgs({
  options: {
    nodes: { type: 'string', default: '100,500,1000,2000' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '3' },
  },
});
const sizes = values.nodes.split(',').map(Number);
const rounds = Math.min(9, Number(values.rounds));
const seconds = Math.min(20, Number(values.seconds));
const eventsPerSecond = 30;
const viewport = { width: 1440, height: 900 };
const clientFolder = join(import.meta.dirname, '..', 'dist', 'client');

interface Case {
  nodes: number;
  view: 'zoom 1' | 'all in view';
  gesture: 'pan' | 'drag';
}
interface Round extends Case, Frames {}
interface Opening extends Load {
  nodes: number;
  heapMb: number;
  /** kB of JavaScript, gzip: until the page is quiet with nobody at it, and once it is used. */
  scriptKb: number;
  usedKb: number;
}

interface Opened {
  context: BrowserContext;
  page: Page;
  cdp: CDPSession;
  scripts: string[];
}

/** A page of a person who has not been here before: nothing is cached. */
async function open(browser: Browser, url: string, person: Account | null): Promise<Opened> {
  const context = await browser.newContext({ baseURL: url, viewport });
  if (person) await enter(context, url, person);
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  const scripts: string[] = [];
  page.on('response', (response) => void scripts.push(response.url()));
  await page.addInitScript(installLoadMarks);
  await page.addInitScript(installRecorder);
  return { context, page, cdp: await context.newCDPSession(page), scripts };
}

async function measureLoad(browser: Browser, url: string, person: Account, subject: Subject): Promise<Opening> {
  const { context, page, cdp, scripts } = await open(browser, url, person);
  await page.goto(`/workflows/${subject.workflowId}`);
  const load = await loadOf(page);
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  const kb = () => gzipBytes(scripts, clientFolder) / 1_000;
  const scriptKb = kb();
  await page.mouse.move(viewport.width / 2, viewport.height / 2);
  await page.waitForTimeout(1_500);
  const usedKb = kb();
  await context.close();
  return { nodes: subject.nodes, ...load, heapMb: usedSize / 1e6, scriptKb, usedKb };
}

async function measureFrames(browser: Browser, url: string, person: Account, subject: Subject): Promise<Round[]> {
  const { context, page, cdp } = await open(browser, url, person);
  const browserCdp = await browser.newBrowserCDPSession();
  const stream = await interceptSocket(page, subject.runId, subject.lastSeq);
  await page.addInitScript(([workflowId, runId]) => sessionStorage.setItem(`mailweave.run.${workflowId}`, runId!), [
    subject.workflowId,
    subject.runId,
  ] as const);
  await page.goto(`/workflows/${subject.workflowId}`);
  await loadOf(page);
  const found: Round[] = [];
  for (const view of ['zoom 1', 'all in view'] as const) {
    await page.keyboard.press('1');
    await page.waitForTimeout(600);
    if (view === 'zoom 1') await page.keyboard.press('0');
    await page.waitForTimeout(800);
    const graph = await draftOf(person, subject);
    const centre = await stepAtCentre(page, graph);
    stream.start(centre.nearest, eventsPerSecond);
    await page.waitForTimeout(500);
    const amplitude = view === 'zoom 1' ? 2_400 : 160;
    const pan = await recordFrames({ page, cdp, browserCdp }, panning(centre.stage, amplitude), seconds);
    found.push({ nodes: subject.nodes, view, gesture: 'pan', ...pan });
    await page.waitForTimeout(700);
    const target = await stepAtCentre(page, await draftOf(person, subject));
    const circle = dragging(target.point, view === 'zoom 1' ? 160 : 120);
    const drag = await recordFrames({ page, cdp, browserCdp }, circle, seconds);
    stream.stop();
    await page.mouse.up();
    await expectMoved(person, subject, target.nearest[0]!, graph);
    found.push({ nodes: subject.nodes, view, gesture: 'drag', ...drag });
  }
  await browserCdp.detach();
  await context.close();
  return found;
}

/** The same pan over a canvas with two steps: what this machine, with whatever else it does just now, can show at best. */
async function measureEmpty(browser: Browser, url: string, person: Account): Promise<Frames> {
  const workflow = await person.api<Workflow>('POST', '/workflows', { name: 'Two steps', graph: lanesOf(2) });
  const { context, page, cdp } = await open(browser, url, person);
  const browserCdp = await browser.newBrowserCDPSession();
  await page.goto(`/workflows/${workflow.id}`);
  await loadOf(page);
  await page.waitForTimeout(800);
  const middle = { x: viewport.width / 2, y: viewport.height / 2 };
  const frames = await recordFrames({ page, cdp, browserCdp }, panning(middle, 2_400), seconds);
  await browserCdp.detach();
  await context.close();
  return frames;
}

async function signInKb(browser: Browser, url: string): Promise<number> {
  const { context, page, scripts } = await open(browser, url, null);
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  await page.waitForLoadState('networkidle');
  await context.close();
  return gzipBytes(scripts, clientFolder) / 1_000;
}

const executablePath = ensureChromium();
if (!executablePath) throw new Error('There is no Chromium. Install it, or set CHROMIUM to its path.');
await ensureClientBuilt();
const dataDir = await mkdtemp(join(tmpdir(), 'mailweave-bench-'));
const loadBefore = loadavg()[0]!;
const instance = await startInstance({ DATA_DIR: dataDir });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
const openings: Opening[] = [];
const frames: Round[] = [];
const empty: Frames[] = [];
let signIn = 0;
let check;
try {
  const person = await signUp(instance.url);
  check = await checkFrames(browser);
  signIn = await signInKb(browser, instance.url);
  const subjects: Subject[] = [];
  for (const nodes of sizes) subjects.push(await prepare(person, nodes));
  for (let round = 0; round < rounds; round++) {
    empty.push(await measureEmpty(browser, instance.url, person));
    for (const subject of subjects) {
      openings.push(await measureLoad(browser, instance.url, person, subject));
      frames.push(...(await measureFrames(browser, instance.url, person, subject)));
      console.error(`round ${round + 1}: ${subject.nodes} steps, load average ${loadavg()[0]!.toFixed(1)}`);
    }
  }
} finally {
  await browser.close();
  await instance.stop();
  await rm(dataDir, { recursive: true, force: true });
}

const loads = sizes.map((nodes) => ({ ...mediansOf(openings.filter((one) => one.nodes === nodes)), nodes }));
const lines = [...Map.groupBy(frames, (one) => `${one.nodes} ${one.view} ${one.gesture}`).values()].map((group) => ({
  ...mediansOf(group),
  nodes: group[0]!.nodes,
  view: group[0]!.view,
  gesture: group[0]!.gesture,
  leastFps: Math.min(...group.map((one) => one.fps)),
}));

const baseline = median(empty.map(({ fps }) => fps));

printTable(
  `Frames per second, median of ${rounds} rounds of ${seconds} s, ${eventsPerSecond} status events/s`,
  [
    'view',
    'gesture',
    'steps',
    'fps',
    'of empty',
    'least',
    'drawn',
    'moved',
    'p95 ms',
    'worst ms',
    'main ms',
    'all ms',
    'starved',
  ],
  lines.map((one) => [
    one.view,
    one.gesture,
    one.nodes,
    Math.round(one.fps),
    `${Math.round((one.fps / baseline) * 100)} %`,
    Math.round(one.leastFps),
    Math.round(one.drawn),
    one.moved === null ? '' : Math.round(one.moved),
    Math.round(one.p95),
    Math.round(one.worst),
    one.mainMs,
    one.chromiumMs,
    one.starved === null ? '' : `${Math.round(one.starved * 100)} %`,
  ]),
);
printTable(
  'Opening the editor, nothing cached, milliseconds',
  ['steps', 'first paint', 'steps drawn', 'interactive', 'blocked', 'heap MB', 'script kB until quiet', 'in use'],
  loads.map((one) => [
    one.nodes,
    Math.round(one.firstPaint),
    Math.round(one.steps),
    Math.round(one.interactive),
    Math.round(one.blocked),
    Math.round(one.heapMb),
    Math.round(one.scriptKb),
    Math.round(one.usedKb),
  ]),
);
const missed = misses({ lines, loads, signInKb: signIn });
const firstLoad = firstLoadKb('editor', clientFolder);
console.log(
  `\neditor: ${firstLoad.toFixed(0)} kB of JavaScript (gzip) to show and edit a workflow, by the build's manifest`,
);
console.log(`sign-in page: ${signIn.toFixed(0)} kB of JavaScript (gzip)`);
console.log(`a canvas with two steps: ${baseline.toFixed(0)} fps while panning`);
console.log(
  `the recorder itself: an idle page ${check.idle.toFixed(0)} fps, a page that blocks 50 ms per frame ${check.blocked.toFixed(0)} fps`,
);
console.log(
  `${cpus().length} cores, load average ${loadBefore.toFixed(1)} before and ${loadavg()[0]!.toFixed(1)} after`,
);
for (const line of missed) console.log(`MISSED ${line}`);
printFigures({
  bench: 'canvas',
  rounds,
  seconds,
  eventsPerSecond,
  cores: cpus().length,
  loadAverage: { before: loadBefore, after: loadavg()[0] },
  recorder: check,
  emptyFps: baseline,
  frames: lines,
  loads,
  firstLoadKb: firstLoad,
  signInKb: signIn,
  missed,
});
process.exitCode = missed.length === 0 ? 0 : 1;
