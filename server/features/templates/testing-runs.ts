import { foldRun } from '../../../shared/engine/fold.ts';
import { compileGraph } from '../../../shared/engine/graph.ts';
import { resultOf } from '../../../shared/engine/result.ts';
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
import { createApprovalStore } from '../../store/approvals.ts';
import { createJournal } from '../../store/journal.ts';
import { createOutboxStore } from '../../store/outbox.ts';
import { createSignalStore } from '../../store/signals.ts';
import { decide, type Verdict } from '../approvals/decide.ts';
import { createApprovalPort } from '../approvals/port.ts';
import { toExecutable } from '../runs/executable-versions.ts';
import { createStepPorts } from '../runs/step-ports.ts';
import { startWeb } from './testing-web.ts';

/** Who answers AI steps: the built-in engine, a model that says this (as text, or as fields), or nobody. */
export type Ai = 'builtin' | 'down' | { text: string } | { fields: Record<string, unknown> };

type Choice = 'approved' | 'rejected' | { edits: Readonly<Record<string, string>> };
/**
 * What is decided about approvals, by their title; those that are not named never are. A list is for several of one title, in the order of
 * who is asked.
 */
export type Decisions = Readonly<Record<string, Choice | readonly Choice[]>>;

export interface Outcome {
  status: string;
  error: unknown;
  events: RunEvent[];
  /** In the order in which the mail server took them. */
  mails: (ReadableMail & { envelope: string[]; turn: number })[];
  /** What a workflow that calls this one gets. */
  result: unknown;
  answer: Answer | null;
}

interface Start {
  trigger: string;
  output: unknown;
  now: Date;
  ai: Ai;
  decides?: Decisions | undefined;
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
  const approvals = createApprovalStore(db.knex);
  const signals = createSignalStore(db.knex);
  const now = () => new Date(current.now);
  const asking = { approvals, secret: 'of the tests', publicUrl: 'https://mailweave.example', changed() {} };
  const deciding = { approvals, signals, now, toldRun() {}, changed() {} };

  const ports: EnginePorts = {
    versions: { load: async (_workspaceId, id) => versions.get(id)! },
    journal,
    signals,
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
      approvals: (scope) => createApprovalPort(asking, scope),
      workflows: () => ({ call: refuse }),
    }),
    sendHeld: refuse,
    costAtMost: () => 0,
    runEnded: async () => {},
    followUp() {},
    now,
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

  /** Decides what somebody has an opinion about; false when there is nothing. */
  async function decideAll(runId: string, decisions: Decisions): Promise<boolean> {
    const open = await approvals.pending(workspaceId, { runId, limit: 100 });
    const asked = open.filter(({ title }) => decisions[title] !== undefined);
    for (const [title, same] of Map.groupBy(asked, (one) => one.title)) {
      const choices = [decisions[title]!].flat() as readonly Choice[];
      const inOrder = same.toSorted((a, b) => whoOf(a).localeCompare(whoOf(b)));
      for (const [index, one] of inOrder.entries()) await decide(deciding, one, whoOf(one), verdictOf(choices[index]!));
    }
    return asked.length > 0;
  }

  return {
    webUrl: web.url,
    /** Everything that the engine reported as its own defect. */
    failures,
    async run(graph: WorkflowGraph, start: Start): Promise<Outcome> {
      current.now = start.now.getTime();
      current.ai = start.ai;
      smtpFake.messages.length = 0;
      failures.length = 0;
      const version = await addVersion(graph);
      const create = newRun({ worker: dispatcher.worker }, workspaceId, 'Test', version, {
        mode: 'live',
        trigger: start.trigger,
        idempotencyKey: null,
      });
      const session = await engine.start({ create, output: start.output });
      const answered = session.answered;
      await session.gone;
      const turns: number[] = [];
      for (let turn = 0; turn < 50; turn++) {
        while (turns.length < smtpFake.messages.length) turns.push(turn);
        const { status, due_at: due } = await standing(create.id);
        if (status !== 'waiting') break;
        const isDecided = await decideAll(create.id, start.decides ?? {});
        if (!isDecided && due === null) break;
        if (!isDecided) current.now = Math.max(current.now, due!.getTime());
        const taken = await dispatcher.takeResting(workspaceId, create.id);
        await engine.adopt([taken!]);
        await engine.session(create.id)?.gone;
      }
      const { status, error } = await standing(create.id);
      const mails = await Promise.all(
        smtpFake.messages.map(async ({ raw, to }, index) => ({
          ...(await parseMail(raw)),
          envelope: to,
          turn: turns[index] ?? turns.length,
        })),
      );
      const events = await journal.read(workspaceId, create.id);
      const result = resultOf(version.graph, foldRun(version.graph, events));
      return { status, error, events, mails, result, answer: await answered };
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

function verdictOf(choice: Choice): Verdict {
  return typeof choice === 'string'
    ? { decision: choice, comment: '', edits: new Map() }
    : { decision: 'approved', comment: '', edits: new Map(Object.entries(choice.edits)) };
}

function whoOf({ approvers }: { approvers: readonly string[] }): string {
  return approvers[0] ?? 'somebody';
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
