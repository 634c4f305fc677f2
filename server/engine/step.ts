import { nodeOf } from '../../shared/engine/address.ts';
import { bind } from '../../shared/engine/bind.ts';
import { frameOf, inputOf, isEnding, isItem, stepAt } from '../../shared/engine/state.ts';
import { isLarger, mostBytes } from '../../shared/engine/payloads.ts';
import { pinOf } from '../../shared/engine/pins.ts';
import { isCertain } from '../../shared/engine/rerun.ts';
import { nextAttemptAt } from '../../shared/engine/retry.ts';
import { AppError, toErrorBody, type ErrorBody } from '../../shared/errors.ts';
import { outPortsOf, type StepResult } from '../../shared/nodes/contract.ts';
import type { WorkflowNode } from '../../shared/workflow/graph.ts';
import type { LogLine, RunEventBody } from '../../shared/workflow/run.ts';
import { onUnknownOf, StepContext } from './context.ts';
import type { StepInvocation } from './invocation.ts';
import type { ExecutableStep } from './ports.ts';
import { openedEvent } from './spread.ts';
import { inTurn } from './turns.ts';

/** A step that is silent for longer than this has failed, unless its node says otherwise. */
const defaultTimeoutMs = 300_000;
/** After that, a step that has announced an effect has this long to say what became of it. */
const graceMs = 1_000;

export interface StepOutcome {
  event: Extract<
    RunEventBody,
    { type: 'step.done' | 'step.failed' | 'step.waiting' | 'step.uncertain' | 'loop.opened' }
  >;
  /** An effect was announced: the outcome must be written at once. */
  afterEffect: boolean;
}

/**
 * Runs one attempt of one step and says how it ended: at once where the step needs no waiting, which costs no promise and no timer. Never
 * throws for what the step does; only for defects of the engine.
 */
export function runStep(invocation: StepInvocation): StepOutcome | Promise<StepOutcome> {
  const begun = invocation.ports.now().getTime();
  const context = new StepContext(invocation, inputOf(invocation.state, invocation.node));
  const failed = (error: unknown): StepOutcome => failedOutcome(invocation, context, error, begun);
  try {
    const result = attemptStep(invocation, context);
    const outcome =
      result instanceof Promise
        ? result.then((settled) => outcomeOf(invocation, context, settled, begun))
        : outcomeOf(invocation, context, result, begun);
    return outcome instanceof Promise ? outcome.catch(failed) : outcome;
  } catch (error) {
    return failed(error);
  }
}

function outcomeOf(
  invocation: StepInvocation,
  context: StepContext,
  result: StepResult,
  begun: number,
): StepOutcome | Promise<StepOutcome> {
  const { node } = invocation;
  const end = (event: StepOutcome['event']): StepOutcome => ({ event, afterEffect: context.intended });
  if (result.type === 'wait') return end({ type: 'step.waiting', node, wait: result.wait });
  refuseLarge(invocation, context, result);
  if (result.type === 'loop') return openedEvent(invocation, result).then(end);
  return end(doneEvent(context, result, context.now().getTime() - begun));
}

/** @throws AppError too_large: what it puts out would have to be written, kept and shown. */
function refuseLarge(
  { version, node }: StepInvocation,
  { input }: StepContext,
  result: Exclude<StepResult, { type: 'wait' }>,
): void {
  if (result.type === 'stop') return;
  const value = result.type === 'loop' ? result.items : result.output;
  const isSmall =
    (value === input || !isLarger(value, mostBytes)) && (result.type === 'loop' || !isLarger(result.answer, mostBytes));
  if (isSmall) return;
  const { title } = version.graph.nodes.get(nodeOf(node))!.node;
  const what = result.type === 'loop' ? 'goes through a list of' : 'puts out';
  throw new AppError(
    'too_large',
    `The step “${title}” ${what} more than ${mostBytes / 1_000_000} MB. Let it ask for less: fewer rows, only the fields that are needed, or one page at a time.`,
    { details: { limit: mostBytes } },
  );
}

function failedOutcome(invocation: StepInvocation, context: StepContext, cause: unknown, begun: number): StepOutcome {
  if (!(cause instanceof AppError)) invocation.ports.report(cause, invocation.run);
  const error = toErrorBody(cause);
  return {
    event: asksAbout(invocation, context, error)
      ? { type: 'step.uncertain', node: invocation.node, error: inDoubt(error) }
      : failedEvent(invocation, error, context.now().getTime() - begun, context.lines),
    afterEffect: context.intended,
  };
}

/** True when a person has to say what became of an announced effect: the step's time ran out, it was cancelled, or the line broke in the middle. */
function asksAbout(invocation: StepInvocation, { intended, certain }: StepContext, error: ErrorBody): boolean {
  if (onUnknownOf(invocation) !== 'ask') return false;
  return error.code === 'mail_uncertain' || (intended && !certain && !isCertain(error));
}

function inDoubt(error: ErrorBody): ErrorBody {
  if (error.code === 'mail_uncertain') return error;
  return { ...error, message: `${error.message} It is not known whether it took effect.` };
}

function attemptStep(invocation: StepInvocation, context: StepContext): StepResult | Promise<StepResult> {
  const { version, state, node } = invocation;
  const { input } = context;
  const id = nodeOf(node);
  const workflowNode = version.graph.nodes.get(id)!.node;
  const pin = pinOf(state.pins, node);
  if (pin && 'output' in pin) {
    if (pin.port !== undefined) context.log('Its output is pinned: the step was not run.');
    return { type: 'output', port: pin.port ?? 'out', output: pin.output };
  }
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
  const scope = scopeOf(invocation, input, context.now());
  const { runner } = step;
  const run = (): StepResult | Promise<StepResult> => {
    const work = runner.run(bind(step.config, scope), context);
    return work instanceof Promise ? withTimeout(work, workflowNode.timeoutMs ?? defaultTimeoutMs, context) : work;
  };
  const { limit } = workflowNode;
  return limit ? inTurn(invocation, limit, scope, run) : run();
}

/** A step that is switched off hands on its input along its first way out. */
function passingPort({ definition, config }: ExecutableStep, node: WorkflowNode): string {
  return outPortsOf(definition, { ...config.config }, node.onError)[0]?.id ?? 'out';
}

/**
 * What expressions can see. Plain references into the state: nothing is copied. Data and no getters: each literal with getters is a shape of
 * its own to the machine, which costs more than writing the two instants out.
 */
export function scopeOf(
  { run, state, node }: Pick<StepInvocation, 'run' | 'state' | 'node'>,
  input: unknown,
  now: Date,
): Record<string, unknown> {
  const frame = frameOf(state, node) ?? state;
  const scope: Record<string, unknown> = {
    trigger: state.outputs[state.trigger],
    input,
    steps: frame.outputs,
    run: { id: run.id, startedAt: startInIso(state.startedAt) },
    workspace: { name: run.workspaceName },
    now: nowInIso(now.getTime()),
  };
  if (isItem(frame)) {
    scope['item'] = frame.item;
    scope['index'] = frame.index;
  }
  return scope;
}

const startInIso = inIso();
const nowInIso = inIso();

/** Writes an instant (milliseconds) out; steps of one turn share it. */
function inIso(): (ms: number) => string {
  let last = Number.NaN;
  let iso = '';
  return (ms) => {
    if (ms !== last) {
      last = ms;
      iso = new Date(ms).toISOString();
    }
    return iso;
  };
}

/** Gives up waiting when time is over and tells the step by its signal. The step's own late outcome is dropped. */
async function withTimeout(work: Promise<StepResult>, ms: number, context: StepContext): Promise<StepResult> {
  const expired = Promise.withResolvers<never>();
  let grace: NodeJS.Timeout | undefined;
  const timer = setTimeout(() => {
    const error = new AppError('timeout', `The step took longer than ${ms / 1000} s.`, { retryable: true });
    context.expire(error);
    // A port that was told to stop often knows at once whether the effect took place.
    if (context.intended) grace = setTimeout(() => expired.reject(error), graceMs);
    else expired.reject(error);
  }, ms);
  try {
    return await Promise.race([work, expired.promise]);
  } finally {
    clearTimeout(timer);
    clearTimeout(grace);
  }
}

function doneEvent(
  { nodeId: node, input, lines: log }: StepContext,
  result: Exclude<StepResult, { type: 'wait' | 'loop' }>,
  ms: number,
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
