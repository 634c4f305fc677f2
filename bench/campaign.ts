/**
 * A campaign (W6): mails to 10,000 people, each with their name, to a local SMTP server; mails per second and memory over time. One call with
 * a list that a loop goes through, or one call per person (`--by calls`), whose runs wait in the queue.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { lineOf } from '../e2e/support/account.ts';
import { edgeBetween, type WorkflowGraph } from '../shared/workflow/graph.ts';
import { load } from './lib/load.ts';
import { residentMb } from './lib/meters.ts';
import { openStage } from './lib/stage.ts';
import { printFigures, printTable } from './lib/table.ts';

const { values } = parseArgs({
  options: {
    mails: { type: 'string', default: '10000' },
    by: { type: 'string', default: 'loop' },
    concurrency: { type: 'string', default: '50' },
    /** A folder for a CPU profile of the server, to open in any browser's developer tools. */
    profile: { type: 'string' },
  },
});
const wanted = Math.min(100_000, Number(values.mails));
const patienceMs = 600_000;
const lookMs = 500;

const mail = (person: string): Record<string, unknown> => ({
  to: `{{ ${person}.email }}`,
  subject: `{{ ${person}.name }}, something new`,
  format: 'text',
  text: `Dear {{ ${person}.name }},\n\nyour number is {{ ${person}.number }}.\n\nYours`,
});
const personOf = (number: number): Record<string, unknown> => ({
  name: `Person ${number}`,
  email: `person-${number}@example.com`,
  number,
});

function loopGraph(): WorkflowGraph {
  const each = { items: '{{ trigger.body.people }}', concurrency: Number(values.concurrency), onItemError: 'continue' };
  const graph = lineOf(['webhook_1', 'webhook', {}], ['for_each_1', 'for-each', each]);
  const [send] = lineOf(['email_send_1', 'email-send', mail('item'), { parent: 'for_each_1' }]).nodes;
  graph.nodes.push(send!);
  graph.edges.push(edgeBetween('for_each_1', 'email_send_1', 'each'));
  return graph;
}

const isLoop = values.by === 'loop';
const stage = await openStage(values.profile ? { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${values.profile}` } : {});
try {
  const graph = (): WorkflowGraph =>
    isLoop ? loopGraph() : lineOf(['webhook_1', 'webhook', {}], ['email_send_1', 'email-send', mail('trigger.body')]);
  const { url } = await stage.put({ name: 'Campaign', words: 'a campaign', body: '', graph });
  const begun = performance.now();
  await (isLoop ? callOnce(url) : callForEach(url));
  const accepted = performance.now() - begun;
  const samples: { seconds: number; mails: number; serverMb: number }[] = [];
  let mails = 0;
  let changed = performance.now();
  while (mails < wanted && performance.now() - changed < 30_000 && performance.now() - begun < patienceMs) {
    await sleep(lookMs);
    const now = (await stage.outside()).mails;
    if (now !== mails) changed = performance.now();
    mails = now;
    const seconds = (performance.now() - begun) / 1_000;
    samples.push({ seconds, mails, serverMb: await residentMb(stage.server.pid) });
  }
  const seconds = (performance.now() - begun) / 1_000;
  // The runs end after their last mail is out.
  await sleep(2_000);
  const { rows } = await stage.pool.query<{ recipients: number; sent: number }>(
    `SELECT count(DISTINCT recipients) AS recipients, count(*) FILTER (WHERE status = 'sent') AS sent FROM outbox`,
  );
  const { mails: arrived } = await stage.outside();
  printTable(
    `W6: ${wanted.toLocaleString('en')} mails ${isLoop ? `in a loop of one run, ${values.concurrency} at once` : 'by as many runs'}`,
    ['after s', 'mails', 'mails/s', 'server MB'],
    every(samples, 12).map((sample) => [
      Number(sample.seconds.toFixed(1)),
      sample.mails,
      Math.round(sample.mails / sample.seconds),
      sample.serverMb,
    ]),
  );
  const rate = arrived / seconds;
  const { recipients, sent } = rows[0]!;
  const complete = arrived === wanted && recipients === wanted && sent === wanted;
  console.log(
    `${Math.round(rate)} mails/s; accepted after ${Math.round(accepted)} ms; ${arrived} arrived, ${recipients} people, ${sent} recorded as sent`,
  );
  const peakMb = Math.max(...samples.map(({ serverMb }) => serverMb));
  printFigures({
    bench: 'campaign',
    by: values.by,
    wanted,
    arrived,
    recipients,
    sent,
    rate,
    peakMb,
    samples,
    complete,
  });
  process.exitCode = complete ? 0 : 1;
} finally {
  await stage.close();
}

async function callOnce(url: string): Promise<void> {
  const people = Array.from({ length: wanted }, (_, i) => personOf(i));
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ people }),
  });
  if (!answer.ok) throw new Error(`the campaign was answered with ${answer.status}: ${await answer.text()}`);
}

async function callForEach(url: string): Promise<void> {
  const body = (number: number): string => JSON.stringify(personOf(number));
  const { errors } = await load({ url, body, connections: 50, seconds: 300, maxRequests: wanted, status: 202 });
  if (errors > 0) throw new Error(`${errors} calls were not accepted`);
}

/** At most about `count` of them, evenly, the last included. */
function every<T>(all: readonly T[], count: number): T[] {
  const step = Math.max(1, Math.ceil(all.length / count));
  return all.filter((_, i) => (all.length - 1 - i) % step === 0);
}
