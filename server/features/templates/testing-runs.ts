import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { compileGraph } from '../../../shared/engine/graph.ts';
import { AppError } from '../../../shared/errors.ts';
import type { GenerateResult, Ports } from '../../../shared/nodes/contract.ts';
import type { WorkflowGraph } from '../../../shared/workflow/graph.ts';
import type { Answer, RunEvent } from '../../../shared/workflow/run.ts';
import type { TestDatabase } from '../../database/testing.ts';
import { createOutbound } from '../../drivers/http/outbound.ts';
import { createHttpPort } from '../../drivers/http/port.ts';
import { builtinModel } from '../../drivers/llm/builtin/model.ts';
import { startSmtpFake } from '../../drivers/mail/fake.ts';
import { parseMail, type ReadableMail } from '../../drivers/mail/parse.ts';
import { createSmtpTransport } from '../../drivers/mail/smtp.ts';
import { newRun } from '../../engine/begin.ts';
import { createEngine } from '../../engine/engine.ts';
import type { EnginePorts, ExecutableVersion } from '../../engine/ports.ts';
import type { Registry } from '../../nodes/registry.ts';
import { createPostgresDispatcher } from '../../queue/postgres.ts';
import { createJournal } from '../../store/journal.ts';
import { createOutboxStore } from '../../store/outbox.ts';
import { createSignalStore } from '../../store/signals.ts';
import { toExecutable } from '../runs/executable-versions.ts';
import { createStepPorts } from '../runs/step-ports.ts';

/** Who answers AI steps: the built-in engine, a model that says this (as text, or as fields), or nobody. */
export type Ai = 'builtin' | 'down' | { text: string } | { fields: Record<string, unknown> };

export interface Outcome {
  status: string;
  error: unknown;
  events: RunEvent[];
  /** In the order in which the mail server took them. */
  mails: (ReadableMail & { envelope: string[] })[];
  answer: Answer | null;
}

const refuse = (): Promise<never> => Promise.reject(new AppError('internal', 'There is nobody else here.'));

/**
 * Runs workflows for real (database, journal, engine, runners, SMTP and HTTP on sockets) with a clock that jumps over every wait.
 */
export async function runBench(db: TestDatabase, { catalogue, runners }: Registry) {
  const inserted = await db.pool.query<{ id: string }>(
    `INSERT INTO workspaces (name, slug) VALUES ('Test', 'templates') RETURNING id`,
  );
  const workspaceId = inserted.rows[0]!.id;
  const smtpFake = await startSmtpFake();
  const smtp = createSmtpTransport({ url: smtpFake.url });
  const web = await startWeb();
  const outbound = createOutbound({ allow: [{ host: '127.0.0.1', port: web.port }] });
  const journal = createJournal(db.pool);
  const failures: unknown[] = [];
  const dispatcher = await createPostgresDispatcher(db.pool, db.url, (error) => failures.push(error));
  const versions = new Map<string, ExecutableVersion>();
  const current = { now: 0, ai: 'builtin' as Ai };

  const ports: EnginePorts = {
    versions: { load: async (_workspaceId, id) => versions.get(id)! },
    journal,
    signals: createSignalStore(db.knex),
    turns: { ask: refuse, end: refuse },
    parts: { open: refuse },
    giveBack: dispatcher.giveBack,
    broadcast: { committed() {}, progress() {} },
    stepPorts: createStepPorts({
      smtp,
      from: 'Test <mailweave@example.com>',
      domain: 'example.com',
      markWorkspace: false,
      outbox: createOutboxStore(db.knex),
      http: (signal) => createHttpPort(outbound, signal),
      llm: () => answering(current.ai),
      approvals: () => ({ open: refuse, expire: refuse }),
      workflows: () => ({ call: refuse }),
    }),
    sendHeld: refuse,
    costAtMost: () => 0,
    runEnded: async () => {},
    followUp() {},
    now: () => new Date(current.now),
    random: () => 0,
    report: (error) => failures.push(error),
  };
  const engine = createEngine(ports, { maxRuns: 10 });

  async function addVersion(graph: WorkflowGraph): Promise<ExecutableVersion> {
    const { rows } = await db.pool.query<{ id: string; workflowId: string }>(
      `WITH w AS (INSERT INTO workflows (workspace_id, name, graph) VALUES ($1, 'Test', $2) RETURNING id)
       INSERT INTO workflow_versions (workspace_id, workflow_id, number, graph) SELECT $1, id, 1, $2 FROM w
       RETURNING id, workflow_id AS "workflowId"`,
      [workspaceId, JSON.stringify(graph)],
    );
    const row = { ...rows[0]!, number: 1, graph };
    const version = { ...toExecutable(row, catalogue, runners), graph: compileGraph(graph, catalogue) };
    versions.set(row.id, version);
    return version;
  }

  const standing = async (runId: string) =>
    (
      await db.pool.query<{ status: string; due_at: Date | null; error: unknown }>(
        'SELECT status, due_at, error FROM runs WHERE id = $1',
        [runId],
      )
    ).rows[0]!;

  return {
    webUrl: web.url,
    /** Everything that the engine reported as its own defect. */
    failures,
    async run(graph: WorkflowGraph, start: { trigger: string; output: unknown; now: Date; ai: Ai }): Promise<Outcome> {
      current.now = start.now.getTime();
      current.ai = start.ai;
      smtpFake.messages.length = 0;
      const version = await addVersion(graph);
      const create = newRun({ worker: dispatcher.worker }, workspaceId, 'Test', version, {
        mode: 'live',
        trigger: start.trigger,
        idempotencyKey: null,
      });
      const session = await engine.start({ create, output: start.output });
      const answered = session.answered;
      await session.gone;
      for (let turn = 0; turn < 50; turn++) {
        const { status, due_at: due } = await standing(create.id);
        if (status !== 'waiting' || due === null) break;
        current.now = Math.max(current.now, due.getTime());
        const taken = await dispatcher.takeResting(workspaceId, create.id);
        await engine.adopt([taken!]);
        await engine.session(create.id)?.gone;
      }
      const { status, error } = await standing(create.id);
      const mails = await Promise.all(
        smtpFake.messages.map(async ({ raw, to }) => ({ ...(await parseMail(raw)), envelope: to })),
      );
      return { status, error, events: await journal.read(workspaceId, create.id), mails, answer: await answered };
    },
    async close(): Promise<void> {
      await engine.drain();
      await journal.idle();
      await dispatcher.close();
      smtp.close();
      await outbound.close();
      await Promise.all([smtpFake.close(), web.close()]);
    },
  };
}

function answering(ai: Ai): Ports['llm'] {
  const answer = (text: string, json?: unknown): GenerateResult => ({
    text,
    ...(json === undefined ? {} : { json }),
    provider: 'inhouse',
    model: 'test',
    usage: { inputTokens: 1, outputTokens: 1 },
    costMicro: 0,
  });
  return {
    async generate(request) {
      if (ai === 'builtin') return builtinModel.generate(request);
      if (ai === 'down') throw new AppError('provider_unavailable', 'The model does not answer.', { retryable: true });
      return 'text' in ai ? answer(ai.text) : answer(JSON.stringify(ai.fields), ai.fields);
    },
  };
}

const newsPage = `<html><body><h1>News</h1><p>Our new workshop opens in May. It has room for twelve people.</p>
<p>The repair café is back on Saturdays.</p></body></html>`;

/** The web that templates call: a news page, and a service that knows one company. */
async function startWeb(): Promise<{ url: string; port: number; close(): Promise<void> }> {
  const server: Server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://web');
    const send = (status: number, type: string, body: string) =>
      void response.writeHead(status, { 'content-type': type }).end(body);
    if (pathname === '/news') return send(200, 'text/html; charset=utf-8', newsPage);
    if (pathname === '/company' && searchParams.get('email') === 'ada@engines.example')
      return send(200, 'application/json', '{"company":"Engines Ltd","employees":120,"industry":"Machines"}');
    send(404, 'text/plain', 'nothing here');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}`, port, close };
}
