import { nodeOf } from '../../shared/engine/address.ts';
import { inputsOf, stepAt } from '../../shared/engine/state.ts';
import type { AppError } from '../../shared/errors.ts';
import type { Ports, RunContext } from '../../shared/nodes/contract.ts';
import type { Resumption, LogLine } from '../../shared/workflow/run.ts';
import { idempotencyKey, type StepInvocation } from './invocation.ts';
import type { StepEffects } from './ports.ts';

const maxLogLines = 200;
const maxLogChars = 2_000;

/** What the node says about an effect of which nobody knows whether it happened. */
export function onUnknownOf({ version, node }: StepInvocation): 'repeat' | 'ask' {
  return version.graph.nodes.get(nodeOf(node))?.node.onUnknown ?? 'repeat';
}

/** What one attempt of a step gets to see and to use. Signal and ports are made for steps that ask for them; most do not. */
export class StepContext implements RunContext {
  readonly runId: string;
  readonly nodeId: string;
  readonly workspaceId: string;
  readonly attempt: number;
  readonly input: unknown;
  readonly now: () => Date;
  readonly resumed?: Resumption;
  /** An effect was announced, by this attempt or by one before it of which nothing else is known. */
  intended: boolean;
  /** A port has said for certain what became of the effect. */
  certain = false;
  private readonly invocation: StepInvocation;
  private timeout: AbortController | undefined;
  private madeSignal: AbortSignal | undefined;
  private madePorts: Ports | undefined;
  private madeInputs: RunContext['inputs'] | undefined;
  private said: LogLine[] | undefined;

  constructor(invocation: StepInvocation, input: unknown) {
    const { run, state, node, ports } = invocation;
    const step = stepAt(state, node)!;
    this.invocation = invocation;
    this.runId = run.id;
    this.nodeId = node;
    this.workspaceId = run.workspaceId;
    this.attempt = step.attempt;
    this.input = input;
    this.now = ports.now;
    this.intended = invocation.outcomeUnknown;
    if (step.resumed) this.resumed = step.resumed;
  }

  /** What the step has said so far. */
  get lines(): LogLine[] {
    return this.said ?? [];
  }

  /** A value and no method: steps take what they get apart. */
  get log(): RunContext['log'] {
    return (message) => this.say(message);
  }

  private say(message: string): void {
    this.said ??= [];
    if (this.said.length < maxLogLines)
      this.said.push({ at: this.now().getTime(), message: message.slice(0, maxLogChars) });
  }

  get inputs(): RunContext['inputs'] {
    const { state, node, version } = this.invocation;
    return (this.madeInputs ??= inputsOf(state, node, version.graph.nodes.get(nodeOf(node))!.incoming));
  }

  get idempotencyKey(): string {
    const { run, state, node, undoes } = this.invocation;
    const key = stepAt(state, node)?.key ?? idempotencyKey(run.id, node);
    return undoes ? `${key}:undo` : key;
  }

  /** Ends with the run, or with the step's time. */
  get signal(): AbortSignal {
    this.timeout ??= new AbortController();
    return (this.madeSignal ??= AbortSignal.any([this.invocation.signal, this.timeout.signal]));
  }

  /** The step's time is over. */
  expire(error: AppError): void {
    this.timeout ??= new AbortController();
    this.timeout.abort(error);
  }

  get ports(): Ports {
    return (this.madePorts ??= this.makePorts());
  }

  private makePorts(): Ports {
    const { run, node, ports } = this.invocation;
    return ports.stepPorts({
      run,
      nodeId: node,
      key: this.idempotencyKey,
      signal: this.signal,
      progress: (text) => ports.broadcast.progress(run.workspaceId, { runId: run.id, node, text }),
      effects: this.effects(),
    });
  }

  private effects(): StepEffects {
    const { invocation } = this;
    const { settings, steps } = invocation.version;
    // What asks somebody (an approval) goes out at once: the run waits for the answer.
    const holds = settings.holdMails && steps.get(nodeOf(invocation.node))?.definition.group === 'email';
    return {
      announcedBefore: stepAt(invocation.state, invocation.node)?.key !== undefined,
      intend: (mail) => {
        this.intended = true;
        this.certain = false;
        return invocation.intend(this.idempotencyKey, mail);
      },
      ...(holds ? { hold: (mail) => invocation.hold(mail) } : {}),
      settle: (outcome) => {
        this.certain = outcome.status !== 'uncertain';
        invocation.settleMail(outcome);
      },
      confirmedMailHash: invocation.state.pins[invocation.node]?.mailHash,
      mailsTo: invocation.state.mailsTo,
      outcomeUnknown: invocation.outcomeUnknown,
      onUnknown: onUnknownOf(invocation),
    };
  }
}
