// `npm run demo ["sentence"]`: the main job in a terminal, against a running instance or one of its own. The exit code tells.
import { ORPCError } from '@orpc/client';
import type { ComposeEvent } from '../shared/api/compose.ts';
import type { MailPreview } from '../shared/api/runs.ts';
import type { RunEvent } from '../shared/workflow/run.ts';
import { signUp, type DemoAccount } from './demo/account.ts';
import { DemoFailure } from './demo/failure.ts';
import { findInstance } from './demo/instance.ts';
import { differences, fetchArrived } from './demo/mail.ts';
import { bad, good, heading, note, printArrived, printComposing, printPreview, runPrinter } from './demo/terminal.ts';
import { openWatcher } from './demo/watch.ts';

const defaultSentence =
  'Write a short thank-you note for Grace and send it to grace@example.com with the subject "Thank you"';

/** Longest waits in milliseconds. A model on this machine may take its time. DEMO_RUN_SECONDS is for workflows that wait longer. */
const waits = {
  answer: 20_000,
  compose: 180_000,
  generate: 180_000,
  run: (Number(process.env.DEMO_RUN_SECONDS) || 120) * 1_000,
} as const;

type Composed = Extract<ComposeEvent, { type: 'done' }>;

const sentence = process.argv.slice(2).join(' ').trim() || defaultSentence;
const since = performance.now();
try {
  const instance = await findInstance(process.env, note);
  try {
    note(`with ${instance.how}`);
    const mails = await demo(instance.url, sentence);
    const seconds = ((performance.now() - since) / 1_000).toFixed(1);
    good(`${mails === 1 ? 'The mail' : `All ${mails} mails`} arrived exactly as confirmed, after ${seconds} s.`);
  } finally {
    await instance.close();
  }
} catch (error) {
  bad(reasonOf(error));
  process.exitCode = 1;
}

/** @returns the number of mails that arrived. @throws DemoFailure and what the API refuses. */
async function demo(url: string, request: string): Promise<number> {
  heading('Sign up');
  const account = await signUp(url);
  note(account.email);
  const { builtIn } = await account.api.inbox.list({ limit: 1 });
  if (!builtIn) {
    throw new DemoFailure(
      'This instance sends through a real mail server (SMTP_URL), so the demo would mail real people. Use one without.',
    );
  }

  heading(`“${request}”`);
  const composed = await compose(account, request);
  const { workflow, preview } = await previewed(account, composed);

  heading('Run');
  const events = await confirmAndWatch(url, account, { workflowId: workflow.id, preview, graph: composed.graph });

  heading(preview.mails.length === 1 ? 'The mail as it arrived' : 'The mails as they arrived');
  for (const mail of preview.mails) await checkArrival(account, mail, events);
  return preview.mails.length;
}

async function compose({ api }: DemoAccount, prompt: string): Promise<Composed> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const stream = await api.compose.generate(
    { prompt, timezone: timeZone },
    { signal: AbortSignal.timeout(waits.compose) },
  );
  for await (const event of stream) {
    printComposing(event);
    if (event.type !== 'done') continue;
    const errors = event.problems.filter((problem) => problem.severity === 'error');
    if (errors.length > 0)
      throw new DemoFailure(`The workflow needs attention first: ${errors.map(({ message }) => message).join(' ')}`);
    return event;
  }
  throw new DemoFailure('The stream ended before the workflow was complete.');
}

async function previewed({ api }: DemoAccount, composed: Composed) {
  const workflow = await api.workflows.create({ name: composed.name, graph: composed.graph });
  heading('Preview');
  const preview = await api.previews.create(
    { workflowId: workflow.id, revision: workflow.revision, generate: 'all' },
    { signal: AbortSignal.timeout(waits.generate) },
  );
  printPreview(preview);
  const failed = preview.steps.find((step) => step.status === 'error');
  if (failed) throw new DemoFailure(`The step ${failed.nodeId} would fail: ${failed.error?.message ?? ''}`);
  if (preview.mails.length === 0) throw new DemoFailure('This workflow sends no mail. Ask for one that does.');
  const open = preview.mails.find((mail) => !mail.exact);
  if (open)
    throw new DemoFailure(
      `The mail of ${open.nodeId} depends on what only the run will know, so there is nothing to hold it against.`,
    );
  return { workflow, preview };
}

interface Confirmed {
  workflowId: string;
  preview: Awaited<ReturnType<typeof previewed>>['preview'];
  graph: Composed['graph'];
}

async function confirmAndWatch(
  url: string,
  { api, cookie }: DemoAccount,
  { workflowId, preview, graph }: Confirmed,
): Promise<RunEvent[]> {
  const watcher = await openWatcher(url, cookie);
  try {
    const run = await api.runs.start(
      { workflowId, previewId: preview.id, trigger: preview.trigger, payload: preview.payload },
      { signal: AbortSignal.timeout(waits.answer) },
    );
    const events = await watcher.follow(run.id, runPrinter(graph), waits.run);
    const end = events.at(-1);
    if (end?.type !== 'run.finished' || end.status !== 'done') throw new DemoFailure('The run did not end well.');
    return events;
  } finally {
    watcher.close();
  }
}

async function checkArrival({ api }: DemoAccount, confirmed: MailPreview, events: readonly RunEvent[]): Promise<void> {
  const sent = events.find((event) => event.type === 'step.done' && event.node === confirmed.nodeId);
  const messageId =
    sent?.type === 'step.done' ? (sent.output as { messageId?: string } | undefined)?.messageId : undefined;
  if (!messageId) throw new DemoFailure(`The step ${confirmed.nodeId} has sent no mail.`);
  const arrived = await fetchArrived(api, messageId);
  printArrived(arrived);
  const different = differences(arrived.parsed, confirmed);
  if (different.length > 0)
    throw new DemoFailure(`The mail that arrived differs from the confirmed one: ${different.join(', ')}.`);
}

function reasonOf(error: unknown): string {
  if (error instanceof DemoFailure) return error.message;
  if (error instanceof ORPCError) return `${error.message} (${error.code})`;
  if (error instanceof Error && error.name === 'TimeoutError') return 'An answer of the server took too long.';
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
