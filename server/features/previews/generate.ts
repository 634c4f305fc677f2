import type { Simulation, SimulatedStep } from '../../../shared/engine/simulate.ts';
import { AppError } from '../../../shared/errors.ts';
import type {
  NodeCatalogue,
  NodeRunner,
  Ports,
  RunContext,
  StepPreview,
  StepResult,
} from '../../../shared/nodes/contract.ts';
import type { Pin } from '../../../shared/workflow/run.ts';
import type { StoredPreview } from '../../store/previews.ts';

export interface GenerationDeps {
  catalogue: NodeCatalogue;
  runners: ReadonlyMap<string, NodeRunner>;
  /** The paid door to the models. */
  llm(caller: { workspaceId: string; key: string; signal: AbortSignal; purpose: string }): Ports['llm'];
}

export interface Generation {
  simulation: Simulation;
  /** The outputs that were made, now or for the preview before, by node. */
  pins: Record<string, Pin>;
  /** What those steps were asked, by node. */
  prompts: Record<string, StepPreview['prompt']>;
  spentMicro: number;
}

interface Wish {
  workspaceId: string;
  wanted: 'all' | readonly string[];
  /** What an earlier preview generated is kept where the step would be asked exactly the same. */
  before: StoredPreview | null;
  key: string;
  signal: AbortSignal;
}

/**
 * Really makes the AI texts that were asked for, in the order of the run, by the steps' own runners, so that what is shown is what a run would
 * have made. Only steps whose prompt is certain: a text made from example data would be a text for nobody.
 */
export async function generateTexts(
  deps: GenerationDeps,
  walk: (pins: Record<string, Pin>) => Simulation,
  wish: Wish,
): Promise<Generation> {
  const pins: Record<string, Pin> = {};
  const prompts: Generation['prompts'] = {};
  const passed = new Set<string>();
  let spentMicro = 0;
  for (;;) {
    const simulation = walk(pins);
    const step = simulation.steps.find((candidate) => !passed.has(candidate.nodeId) && isGenerative(deps, candidate));
    if (!step) return { simulation, pins, prompts, spentMicro };
    passed.add(step.nodeId);
    prompts[step.nodeId] = step.preview?.prompt;
    const kept = keptOutput(step, wish.before);
    if (wish.wanted === 'all' || wish.wanted.includes(step.nodeId)) {
      const result = await runOnce(deps, step, wish);
      pins[step.nodeId] = { output: result.output };
      spentMicro += result.costMicro ?? 0;
    } else if (kept) pins[step.nodeId] = kept;
  }
}

function isGenerative({ catalogue }: GenerationDeps, step: SimulatedStep): boolean {
  return (
    step.status === 'runs' &&
    step.exact &&
    step.preview?.prompt !== undefined &&
    catalogue.get(step.kind)?.group === 'ai'
  );
}

function keptOutput(step: SimulatedStep, before: StoredPreview | null): Pin | undefined {
  const shown = before?.view.steps.find((old) => old.nodeId === step.nodeId);
  const isSame = shown?.generated && JSON.stringify(shown.detail.prompt) === JSON.stringify(step.preview?.prompt);
  return isSame ? before?.pins[step.nodeId] : undefined;
}

async function runOnce(
  deps: GenerationDeps,
  step: SimulatedStep,
  wish: Wish,
): Promise<Extract<StepResult, { type: 'output' }>> {
  const runner = deps.runners.get(step.kind);
  if (!runner || !step.config) throw new AppError('invalid_graph', `The step “${step.nodeId}” cannot generate.`);
  const key = `${wish.key}:${step.nodeId}`;
  const closed = (): Promise<never> => Promise.reject(new AppError('forbidden', 'A preview has no effects.'));
  const context: RunContext = {
    runId: wish.key,
    nodeId: step.nodeId,
    workspaceId: wish.workspaceId,
    attempt: 1,
    input: null,
    inputs: [],
    idempotencyKey: key,
    signal: wish.signal,
    now: () => new Date(),
    log: () => {},
    ports: {
      mail: { send: closed },
      http: { request: closed },
      approvals: { open: closed, expire: closed },
      workflows: { call: closed },
      llm: deps.llm({ workspaceId: wish.workspaceId, key, signal: wish.signal, purpose: 'Preview' }),
    },
  };
  const result = await runner.run(step.config, context);
  if (result.type !== 'output')
    throw new AppError('invalid_graph', `The step “${step.nodeId}” did not put anything out.`);
  return result;
}
