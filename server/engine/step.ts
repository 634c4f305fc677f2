import { nodeOf } from '../../shared/engine/address.ts';
import { bind } from '../../shared/engine/bind.ts';
import { frameOf, inputOf, inputsOf, isEnding, isItem, stepAt, type RunState } from '../../shared/engine/state.ts';
import { nextAttemptAt } from '../../shared/engine/retry.ts';
import { AppError, toErrorBody, type ErrorBody } from '../../shared/errors.ts';
import { outPortsOf, type RunContext, type StepResult } from '../../shared/nodes/contract.ts';
import type { WorkflowNode } from '../../shared/workflow/graph.ts';
import type { LogLine, RunEventBody } from '../../shared/workflow/run.ts';
import { openedEvent } from './spread.ts';
import type { EnginePorts, ExecutableStep, ExecutableVersion, OutboxOutcome, OutboxRow, TakenRun } from './ports.ts';

/** A step that is silent for longer than this has failed, unless its node says otherwise. */
const defaultTimeoutMs = 300_000;
const maxLogLines = 200;
const maxLogChars = 2_000;

export interface StepInvocation {
  run: TakenRun;
  version: ExecutableVersion;
  state: RunState;
  /** The step's address. */
  node: string;
  ports: EnginePorts;
  signal: AbortSignal;
  /** An earlier attempt announced its effect and never journaled an outcome. */
  outcomeUnknown: boolean;
  intend(key: string, mail: OutboxRow | undefined): Promise<void>;
  settleMail(outcome: OutboxOutcome): void;
}

export interface StepOutcome {
  event: Extract<
    RunEventBody,
    { type: 'step.done' | 'step.failed' | 'step.waiting' | 'step.uncertain' | 'loop.opened' }
  >;
  /** An effect was announced: the outcome must be written at once. */
  afterEffect: boolean;
}

/** The same for every attempt of a step, in every process: what other servers deduplicate by. */
export function idempotencyKey(runId: string, node: string): string {
  return `${runId}:${node}`;
}

/** Runs one attempt of one step and says how it ended. Never throws for what the step does; only for defects of the engine. */
export async function runStep(invocation: StepInvocation): Promise<StepOutcome> {
  const { state, node, ports } = invocation;
  const begun = ports.now().getTime();
  const log: LogLine[] = [];
  const effect = { intended: invocation.outcomeUnknown };
  const end = (event: StepOutcome['event']): StepOutcome => ({ event, afterEffect: effect.intended });
  try {
    const input = inputOf(state, node);
    const result = await attemptStep(invocation, input, log, effect);
    if (result.type === 'wait') return end({ type: 'step.waiting', node, wait: result.wait });
    if (result.type === 'loop') return end(await openedEvent(invocation, result));
    return end(doneEvent(node, result, input, ports.now().getTime() - begun, log));
  } catch (error) {
    if (!(error instanceof AppError)) ports.report(error, invocation.run);
    const body = toErrorBody(error);
    if (body.code === 'mail_uncertain' && onUnknownOf(invocation) === 'ask')
      return end({ type: 'step.uncertain', node, error: body });
    return end(failedEvent(invocation, body, ports.now().getTime() - begun, log));
  }
}

async function attemptStep(
  invocation: StepInvocation,
  input: unknown,
  log: LogLine[],
  effect: { intended: boolean },
): Promise<StepResult> {
  const { version, state, node } = invocation;
  const id = nodeOf(node);
  const workflowNode = version.graph.nodes.get(id)!.node;
  const pin = state.pins[node];
  if (pin && 'output' in pin) return { type: 'output', port: 'out', output: pin.output };
  const step = version.steps.get(id);
  if (!step?.runner)
    throw new AppError('invalid_graph', `The step “${workflowNode.title}” cannot be run: its kind is not known.`);
  if (workflowNode.disabled) return { type: 'output', port: passingPort(step, workflowNode), output: input };
  if (invocation.outcomeUnknown && onUnknownOf(invocation) === 'ask') {
    throw new AppError(
      'mail_uncertain',
      'The server stopped while this step was at work. It is not known whether it took effect.',
    );
  }
  const timeout = new AbortController();
  const context = contextOf(invocation, input, log, effect, AbortSignal.any([invocation.signal, timeout.signal]));
  const config = bind(step.config, scopeOf(invocation, input, context.now()));
  return withTimeout(step.runner.run(config, context), workflowNode.timeoutMs ?? defaultTimeoutMs, timeout);
}

/** A step that is switched off hands on its input along its first way out. */
function passingPort({ definition, config }: ExecutableStep, node: WorkflowNode): string {
  return outPortsOf(definition, { ...config.config }, node.onError)[0]?.id ?? 'out';
}

function onUnknownOf({ version, node }: StepInvocation): 'repeat' | 'ask' {
  return version.graph.nodes.get(nodeOf(node))?.node.onUnknown ?? 'repeat';
}

/** What expressions can see. Plain references into the state: nothing is copied. */
export function scopeOf(
  { run, state, node }: Pick<StepInvocation, 'run' | 'state' | 'node'>,
  input: unknown,
  now: Date,
): Record<string, unknown> {
  const frame = frameOf(state, node) ?? state;
  const scope = {
    trigger: state.outputs[state.trigger],
    input,
    steps: frame.outputs,
    run: { id: run.id, startedAt: new Date(state.startedAt).toISOString() },
    workspace: { name: run.workspaceName },
    now: now.toISOString(),
  };
  return isItem(frame) ? { ...scope, item: frame.item, index: frame.index } : scope;
}

function contextOf(
  invocation: StepInvocation,
  input: unknown,
  log: LogLine[],
  effect: { intended: boolean },
  signal: AbortSignal,
): RunContext {
  const { run, state, node, ports, version } = invocation;
  const step = stepAt(state, node)!;
  const key = step.key ?? idempotencyKey(run.id, node);
  const context: RunContext = {
    runId: run.id,
    nodeId: node,
    workspaceId: run.workspaceId,
    attempt: step.attempt,
    input,
    inputs: inputsOf(state, node, version.graph.nodes.get(nodeOf(node))!.incoming),
    idempotencyKey: key,
    signal,
    now: ports.now,
    log: (message) => {
      if (log.length < maxLogLines) log.push({ at: ports.now().getTime(), message: message.slice(0, maxLogChars) });
    },
    ports: ports.stepPorts({
      run,
      nodeId: node,
      key,
      signal,
      progress: (text) => ports.broadcast.progress(run.workspaceId, { runId: run.id, node, text }),
      effects: {
        intend: (mail) => {
          effect.intended = true;
          return invocation.intend(key, mail);
        },
        settle: invocation.settleMail,
        confirmedMailHash: state.pins[node]?.mailHash,
        outcomeUnknown: invocation.outcomeUnknown,
        onUnknown: onUnknownOf(invocation),
      },
    }),
  };
  if (step.resumed) context.resumed = step.resumed;
  return context;
}

/** Gives up waiting when time is over and tells the step by its signal. The step's own late outcome is dropped. */
async function withTimeout(
  work: Promise<StepResult> | StepResult,
  ms: number,
  timeout: AbortController,
): Promise<StepResult> {
  if (!(work instanceof Promise)) return work;
  const expired = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const error = new AppError('timeout', `The step took longer than ${ms / 1000} s.`, { retryable: true });
    timeout.abort(error);
    expired.reject(error);
  }, ms);
  try {
    return await Promise.race([work, expired.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function doneEvent(
  node: string,
  result: Exclude<StepResult, { type: 'wait' | 'loop' }>,
  input: unknown,
  ms: number,
  log: LogLine[],
): StepOutcome['event'] {
  const base = { type: 'step.done' as const, node, ms, ...(log.length > 0 ? { log } : {}) };
  if (result.type === 'stop')
    return { ...base, port: 'out', pass: true, stop: { status: result.status, message: result.message } };
  return {
    ...base,
    port: result.port,
    ...(result.output === input ? { pass: true as const } : { output: result.output ?? null }),
    ...(result.costMicro ? { cost: result.costMicro } : {}),
    ...(result.answer ? { answer: result.answer } : {}),
  };
}

function failedEvent(invocation: StepInvocation, error: ErrorBody, ms: number, log: LogLine[]): StepOutcome['event'] {
  const { state, node, version, ports } = invocation;
  const attempt = stepAt(state, node)?.attempt ?? 1;
  const policy = version.graph.nodes.get(nodeOf(node))?.node.retry;
  const ending = isEnding(state, frameOf(state, node));
  const retryAt = ending ? null : nextAttemptAt(policy, attempt, error, ports.now().getTime(), ports.random());
  return {
    type: 'step.failed',
    node,
    attempt,
    error,
    ms,
    ...(retryAt === null ? {} : { retryAt }),
    ...(log.length > 0 ? { log } : {}),
  };
}
