import type { Knex } from 'knex';
import type pg from 'pg';
import { z } from 'zod';
import { nodeOf } from '../../shared/engine/address.ts';
import { compileBinding } from '../../shared/engine/bind.ts';
import { compileGraph } from '../../shared/engine/graph.ts';
import { testCatalogue } from '../../shared/engine/testing-graphs.ts';
import { AppError } from '../../shared/errors.ts';
import {
  defineNode,
  inPort,
  outPort,
  type NodeCatalogue,
  type NodeRunner,
  type RunContext,
  type StepResult,
} from '../../shared/nodes/contract.ts';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import type { RunEvent, WaitSignal } from '../../shared/workflow/run.ts';
import type { Dispatcher } from '../queue/dispatcher.ts';
import { createPostgresDispatcher } from '../queue/postgres.ts';
import { createJournal } from '../store/journal.ts';
import { createSignalStore } from '../store/signals.ts';
import { createTurnStore } from '../store/turns.ts';
import { newRun } from './begin.ts';
import { createEngine, type Engine } from './engine.ts';
import type { Commit, EnginePorts, ExecutableVersion, Journal, NewRun, TakenRun } from './ports.ts';

/** A step kind whose behaviour the test gives per node id. */
const work = defineNode({
  kind: 'work',
  version: 1,
  group: 'logic',
  icon: 'box',
  texts: { title: 'Work', description: 'Work', help: 'Work' },
  config: z.object({}),
  ports: { in: [inPort], out: [outPort] },
  effect: 'none',
  summary: () => '',
  sample: () => ({}),
  preview: () => ({ summary: '' }),
});

/** Work with a price: at most `max` micro-credits. */
const paid = defineNode({
  ...work,
  kind: 'paid',
  config: z.object({ max: z.number().default(0) }),
  usage: (config) => {
    return { inputTokens: 0, outputTokens: { min: 0, max: Number(config.max) }, provider: 'auto', model: '' };
  },
});

/** What goes wrong with the journal: an error for a commit that is refused, or for a run that cannot be read. */
export interface Trouble {
  commit?: (commit: Commit) => Error | undefined;
  read?: (runId: string) => Error | undefined;
}

export type Behaviour = (context: RunContext) => Promise<StepResult> | StepResult;

function troubled(journal: Journal, trouble: Trouble): Journal {
  return {
    async commit(commit) {
      const error = trouble.commit?.(commit);
      if (error) throw error;
      return journal.commit(commit);
    },
    async read(workspaceId, runId, after) {
      const error = trouble.read?.(runId);
      if (error) throw error;
      return journal.read(workspaceId, runId, after);
    },
    payloads: journal.payloads,
  };
}

/** One process: its own journal, its own worker number. */
export interface TestProcess {
  engine: Engine;
  worker: number;
  dispatcher: Dispatcher;
  takeDue(): Promise<number>;
  takeOrphaned(): Promise<number>;
  /** As the dispatch loop does once a second. */
  hear(): Promise<void>;
  /** As for a person's word: a run that rests is taken at once. */
  takeResting(workspaceId: string, runId: string): Promise<TakenRun | null>;
  die(): Promise<void>;
  reports: unknown[];
}

/** A workspace with one workflow, and engines over it that can be started and "killed". */
export async function engineBench(db: { pool: pg.Pool; knex: Knex; url: string }) {
  const { rows } = await db.pool.query<{ id: string }>(
    `INSERT INTO workspaces (name, slug) VALUES ('Test', gen_random_uuid()) RETURNING id`,
  );
  const workspaceId = rows[0]!.id;
  const catalogue: NodeCatalogue = new Map([...testCatalogue, ['work', work], ['paid', paid]]);
  const versions = new Map<string, ExecutableVersion>();
  const signals = createSignalStore(db.knex);
  const behaviours = new Map<string, Behaviour>();
  const trouble: Trouble = {};
  const processes: TestProcess[] = [];
  const runner: NodeRunner = {
    run(_config, context) {
      const behaviour = behaviours.get(context.nodeId) ?? behaviours.get(`*/${nodeOf(context.nodeId)}`);
      if (!behaviour) return { type: 'output', port: 'out', output: context.nodeId };
      return behaviour(context);
    },
  };

  async function addVersion(graph: WorkflowGraph): Promise<{ id: string; workflowId: string }> {
    const json = JSON.stringify(graph);
    const workflow = await db.pool.query<{ id: string }>(
      `INSERT INTO workflows (workspace_id, name, graph) VALUES ($1, 'Test', $2) RETURNING id`,
      [workspaceId, json],
    );
    const workflowId = workflow.rows[0]!.id;
    const version = await db.pool.query<{ id: string }>(
      `INSERT INTO workflow_versions (workspace_id, workflow_id, number, graph) VALUES ($1, $2, 1, $3) RETURNING id`,
      [workspaceId, workflowId, json],
    );
    const id = version.rows[0]!.id;
    const steps = new Map(
      graph.nodes.map((node) => {
        const definition = catalogue.get(node.kind)!;
        return [
          node.id,
          {
            definition,
            runner: definition.group === 'trigger' ? null : runner,
            config: compileBinding(definition, node.config),
          },
        ];
      }),
    );
    const settings = graph.settings ?? {};
    versions.set(id, { id, workflowId, graph: compileGraph(graph, catalogue), steps, settings, holdsCredits: false });
    return { id, workflowId };
  }

  /** Started now, and dead after the test's `reset`. */
  async function startProcess(): Promise<TestProcess> {
    const reports: unknown[] = [];
    const journal = troubled(createJournal(db.pool), trouble);
    const dispatcher = await createPostgresDispatcher(db.pool, db.url, () => {});
    const ports: EnginePorts = {
      versions: {
        async load(_workspaceId, versionId) {
          const version = versions.get(versionId);
          if (!version) throw new AppError('not_found', 'no such version');
          return version;
        },
      },
      journal,
      signals,
      turns: createTurnStore(db.knex, signals),
      parts: { open: () => Promise.reject(new Error('no shares here')) },
      giveBack: dispatcher.giveBack,
      broadcast: { committed() {}, progress() {} },
      stepPorts: (scope) => ({
        mail: { send: () => Promise.reject(new Error('no mail here')) },
        approvals: {
          open: () => Promise.reject(new Error('no approvals here')),
          expire: () => Promise.reject(new Error('no approvals here')),
        },
        workflows: { call: () => Promise.reject(new Error('no other workflows here')) },
        llm: { generate: () => Promise.reject(new Error('no model here')) },
        http: {
          async request() {
            await scope.effects.intend();
            return { status: 200, headers: {}, body: null };
          },
        },
      }),
      sendHeld: () => Promise.reject(new Error('no mail here')),
      costAtMost: ({ outputTokens }) => outputTokens.max,
      runEnded: async () => {},
      followUp() {},
      now: () => new Date(),
      random: () => 0,
      report: (error) => reports.push(error),
    };
    const engine = createEngine(ports, { maxRuns: 100 });
    const take = async (taken: Awaited<ReturnType<typeof dispatcher.takeOrphaned>>) => {
      await engine.adopt(taken);
      return taken.length;
    };
    const process: TestProcess = {
      engine,
      worker: dispatcher.worker,
      dispatcher,
      reports,
      takeDue: async () => take((await dispatcher.takeDue(100)).runs),
      takeOrphaned: async () => take(await dispatcher.takeOrphaned(100)),
      async hear() {
        for (const id of await dispatcher.signalled()) engine.session(id)?.signalled();
      },
      async takeResting(workspace, runId) {
        const taken = await dispatcher.takeResting(workspace, runId);
        if (taken) await engine.adopt([taken]);
        return taken;
      },
      die: () => dispatcher.close(),
    };
    processes.push(process);
    return process;
  }

  /** After a test: steps do nothing special, nothing goes wrong, no process runs. */
  async function reset(): Promise<void> {
    behaviours.clear();
    delete trouble.commit;
    delete trouble.read;
    await Promise.all(processes.splice(0).map((process) => process.die()));
  }

  return {
    behaviours,
    /** What a step does for each item that it runs for. */
    onEvery: (node: string, behaviour: Behaviour) => behaviours.set(`*/${node}`, behaviour),
    trouble,
    /** Makes a word for a step durable, and tells no process. */
    send: (runId: string, node: string, signal: WaitSignal) =>
      db.knex.transaction((trx) => signals.send(trx, workspaceId, runId, { node, signal })),
    addVersion,
    /** Those that run now. */
    processes,
    startProcess,
    reset,
    run: (
      process: { worker: number },
      version: { id: string; workflowId: string },
      idempotencyKey: string | null = null,
    ): NewRun => newRun(process, workspaceId, 'Test', version, { mode: 'live', trigger: 'n0', idempotencyKey }),
    async journal(runId: string): Promise<RunEvent[]> {
      const { rows: events } = await db.pool.query<{ events: RunEvent[] }>(
        'SELECT events FROM run_journal WHERE run_id = $1 ORDER BY seq',
        [runId],
      );
      return events.flatMap((row) => row.events);
    },
    async row(runId: string): Promise<{
      status: string;
      worker: number | null;
      fence: number;
      due_at: Date | null;
      error: { message: string; nodeId?: string } | null;
    }> {
      const found = await db.pool.query('SELECT status, worker, fence, due_at, error FROM runs WHERE id = $1', [runId]);
      return found.rows[0];
    },
  };
}
