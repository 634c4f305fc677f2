// Mailweave as a peer of a harness that runs the same workloads on several products (bench/README.md says how). `harness` is that harness's
// own plumbing, which a two-line module beside its other peers hands in.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serverFlags } from '../../ops/paths.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const hook = ['webhook_1', 'webhook', {}];
const respond = (body) => ['respond_1', 'respond', { body }];

/** @param {{ aiPort: number }} ports of the harness's stand-ins */
function workflowsOf({ aiPort }) {
  const tier = (id, name) => [
    id,
    'set',
    {
      keepInput: false,
      fields: [
        { name: 'tier', value: name },
        { name: 'score', value: '{{ trigger.body.score }}' },
        { name: 'name', value: '{{ trigger.body.name }}' },
      ],
    },
  ];
  const isHigh = {
    rules: { combinator: 'and', rules: [{ left: '{{ trigger.body.score }}', operator: 'greater', right: '50' }] },
  };
  const adds = Array.from({ length: 10 }, (_, i) => [
    `set_${i + 1}`,
    'set',
    { keepInput: false, fields: [{ name: 'n', value: `{{ ${i === 0 ? 'trigger.body.n' : 'input.n'} | plus: 1 }}` }] },
  ]);
  const mail = {
    to: '{{ trigger.body.to }}',
    subject: '{{ trigger.body.id }}',
    format: 'text',
    text: 'Thank you, we got your message.',
  };
  const ask = {
    method: 'POST',
    url: `http://127.0.0.1:${aiPort}/v1/chat/completions`,
    bodyType: 'json',
    body: '{"model":"stand-in","messages":[{"role":"user","content":{{ trigger.body.q | json }}}]}',
  };
  const each = ['for_each_1', 'for-each', { items: '{{ trigger.body.items }}' }];
  const double = ['set_1', 'set', { fields: [{ name: 'doubled', value: '{{ item.v | times: 2 }}' }] }];
  return {
    W1: graphOf(
      [
        hook,
        ['condition_1', 'condition', isHigh],
        tier('high', 'high'),
        tier('low', 'low'),
        respond('{{ input | json }}'),
      ],
      [
        ['webhook_1', 'condition_1'],
        ['condition_1', 'high', 'true'],
        ['condition_1', 'low', 'false'],
        ['high', 'respond_1'],
        ['low', 'respond_1'],
      ],
    ),
    W2: lineOf(hook, ...adds, respond('{{ input | json }}')),
    W3: lineOf(hook, ['email_send_1', 'email-send', mail], respond('{"ok":true}')),
    W4: lineOf(hook, ['http_request_1', 'http-request', ask], respond('{{ input.body | json }}')),
    W5: graphOf(
      [hook, each, respond('{{ steps.for_each_1.results | json }}')],
      [
        ['webhook_1', 'for_each_1'],
        ['for_each_1', 'set_1', 'each'],
        ['for_each_1', 'respond_1', 'done'],
      ],
      [double, 'for_each_1'],
    ),
  };
}

function nodeOf([id, kind, config], parent) {
  return { id, kind, version: 1, title: id, config, position: { x: 0, y: 0 }, ...(parent ? { parent } : {}) };
}

function graphOf(steps, edges, inside) {
  const nodes = [...steps.map((step) => nodeOf(step)), ...(inside ? [nodeOf(...inside)] : [])];
  return {
    nodes,
    edges: edges.map(([source, target, sourcePort = 'out']) => ({
      id: `${source}:${sourcePort}>${target}:in`,
      source,
      sourcePort,
      target,
      targetPort: 'in',
    })),
    direction: 'down',
  };
}

function lineOf(...steps) {
  return graphOf(
    steps,
    steps.slice(1).map(([id], i) => [steps[i][0], id]),
  );
}

export function createMailweave({ start, stop, waitHttp, Postgres, ports }) {
  const base = `http://127.0.0.1:${ports.product}`;
  const pg = new Postgres('mailweave');
  const urls = {};
  let server;
  let overrides = {};

  async function call(path, body, headers) {
    const answer = await fetch(base + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: base, ...headers },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path} gave ${answer.status}: ${text.slice(0, 400)}`);
    return { answer, body: text === '' ? null : JSON.parse(text) };
  }

  /** Signs somebody up and publishes the workflows that this version can. */
  async function publishAll() {
    const { answer } = await call('/api/auth/sign-up/email', {
      name: 'Bench',
      email: `bench-${Date.now()}@example.test`,
      password: 'correct horse battery staple',
    });
    const cookie = answer.headers
      .getSetCookie()
      .map((line) => line.split(';', 1)[0])
      .join('; ');
    for (const [name, graph] of Object.entries(workflowsOf({ aiPort: ports.ai }))) {
      const made = await call('/api/v1/workflows', { name, graph }, { cookie });
      const { id, revision } = made.body;
      const published = await call(`/api/v1/workflows/${id}/publish`, { revision }, { cookie });
      urls[name] = published.body.triggers.find(({ url }) => url).url.replace(/^https?:\/\/[^/]+/, base);
    }
  }

  return {
    name: 'mailweave',
    persists: true,
    pg,
    version: () => JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version,
    async prepare({ env = {} } = {}) {
      overrides = env;
      await pg.init();
      await pg.start();
      await pg.createDb('mailweave');
      await pg.stop();
      return {};
    },
    async start() {
      await pg.start();
      return this.restart(true);
    },
    /** The database is up. */
    async restart(first) {
      server = start('mailweave', process.execPath, [...serverFlags, join(root, 'server/main.ts')], {
        cleanEnv: true,
        env: {
          PORT: String(ports.product),
          PUBLIC_URL: base,
          DATABASE_URL: pg.url('mailweave'),
          DATA_DIR: `${pg.dir}-files`,
          SECRET_KEY: 'a key for the bench, and for nothing else at all',
          SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
          MAIL_FROM: 'bench@example.test',
          OUTBOUND_ALLOW: `127.0.0.1:${ports.ai}`,
          LOG_LEVEL: 'warn',
          ...overrides,
        },
      });
      await waitHttp(`${base}/healthz`, { proc: server });
      const firstHealthMs = Math.round(performance.now() - server.t0);
      if (first) {
        await publishAll();
        await waitHttp(urls.W1, {
          proc: server,
          init: { method: 'POST', headers: this.headers(), body: '{"score":1,"name":"Ada"}' },
        });
      }
      return { firstHealthMs, firstWebhookAnswerMs: Math.round(performance.now() - server.t0) };
    },
    groups: () => ({ server: [server.pid], postgres: [pg.proc.pid] }),
    supports: (workload) => workload in urls,
    url: (workload) => urls[workload],
    headers: () => ({ 'content-type': 'application/json' }),
    /** Ids are sorted by time. */
    async mark() {
      return (await pg.query('mailweave', `SELECT coalesce(max(id::text), '') AS m FROM runs`))[0].m;
    },
    async count(mark) {
      const rows = await pg.query(
        'mailweave',
        `SELECT status, count(*)::int AS n, count(j.run_id)::int AS journaled FROM runs
         LEFT JOIN (SELECT DISTINCT run_id FROM run_journal) j ON j.run_id = runs.id WHERE id::text > $1 GROUP BY status`,
        [mark],
      );
      const by = Object.fromEntries(rows.map(({ status, n }) => [status, n]));
      const sum = (name) => rows.reduce((total, row) => total + row[name], 0);
      const success = by.done ?? 0;
      return {
        total: sum('n'),
        finished: success + (by.failed ?? 0) + (by.cancelled ?? 0),
        success,
        by,
        withData: sum('journaled'),
      };
    },
    counters: (settle) => pg.counters('mailweave', settle),
    executions: (mark) => pg.query('mailweave', 'SELECT id, status FROM runs WHERE id::text > $1 ORDER BY id', [mark]),
    async stop() {
      await stop(server);
      await pg.stop();
    },
  };
}
