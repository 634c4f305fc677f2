import { randomUUID } from 'node:crypto';
import { estimate } from '../../../shared/engine/estimate.ts';
import { mailCount } from '../../../shared/engine/overall.ts';
import { simulate, type SimulatedStep, type Simulation } from '../../../shared/engine/simulate.ts';
import { draftPins } from '../../../shared/engine/pins.ts';
import type { SectionPlan } from '../../../shared/engine/section.ts';
import { chooseTrigger, triggerSample } from '../../../shared/engine/trigger.ts';
import type { Preview, SectionInput, StepPreviewView } from '../../../shared/api/runs.ts';
import { AppError } from '../../../shared/errors.ts';
import type { NodeCatalogue } from '../../../shared/nodes/contract.ts';
import type { WorkflowGraph } from '../../../shared/workflow/graph.ts';
import type { Problem } from '../../../shared/workflow/problem.ts';
import { priceTable } from '../../../shared/workflow/pricing.ts';
import type { Pin } from '../../../shared/workflow/run.ts';
import type { Actor } from '../../actor.ts';
import type { Models } from '../../drivers/llm/models.ts';
import { mailHash } from '../../drivers/mail/mime.ts';
import type { PreviewStore, StoredPreview } from '../../store/previews.ts';
import type { VersionRow, VersionStore } from '../../store/versions.ts';
import type { WorkflowStore } from '../../store/workflows.ts';
import { generateTexts, type Generation, type GenerationDeps } from './generate.ts';

export interface PreviewDeps extends GenerationDeps {
  previews: PreviewStore;
  versions: VersionStore;
  workflows: Pick<WorkflowStore, 'find'>;
  catalogue: NodeCatalogue;
  models: Models;
  validate(graph: WorkflowGraph): Problem[];
  workspaceName(workspaceId: string): Promise<string>;
  /** What a test of a part starts from, and which problems of the draft are its own. */
  plannedSection(
    actor: Actor,
    version: VersionRow,
    input: SectionInput,
    start: { payload?: unknown; trigger?: string | undefined; now: Date },
  ): Promise<SectionPlan & PlannedPart>;
  /** Sender where a mail names none. */
  from: string;
}

interface PlannedPart {
  pins: Record<string, Pin>;
  basedOn: string | null;
  problems(all: readonly Problem[]): Problem[];
}

export interface PreviewInput {
  workflowId: string;
  revision: number;
  trigger?: string | undefined;
  payload?: unknown;
  generate: 'all' | string[];
  basedOn?: string | undefined;
  section?: SectionInput | undefined;
}

/**
 * Walks the draft without effects and keeps what it showed. A confirmed preview pins its generated texts, and each mail that is certain by
 * the hash of its content, so that the run sends what was seen or nothing.
 */
export async function createPreview(
  deps: PreviewDeps,
  actor: Actor,
  input: PreviewInput,
  signal?: AbortSignal,
): Promise<Preview> {
  const version = await deps.versions.freezeDraft(actor.workspaceId, input.workflowId, input.revision);
  if (!version) throw await missing(deps, actor, input.workflowId);
  const workspaceName = await deps.workspaceName(actor.workspaceId);
  const now = new Date();
  const part = input.section ? await deps.plannedSection(actor, version, input.section, { ...input, now }) : undefined;
  const { trigger, payload, pins: fixed } = part ? { ...part, payload: part.output } : startOf(deps, version, input);
  const walk = (pins: Record<string, Pin>): Simulation =>
    simulate(version.graph, deps.catalogue, {
      trigger,
      payload,
      now,
      pins: { ...fixed, ...pins },
      workspaceName,
      ...(part ? { part } : {}),
    });
  const auto = deps.models.choose('auto');
  const before = input.basedOn ? await deps.previews.find(actor.workspaceId, input.basedOn) : null;
  const generation = await generateTexts(deps, walk, {
    workspaceId: actor.workspaceId,
    wanted: input.generate,
    before,
    key: `preview:${randomUUID()}`,
    signal: signal ?? new AbortController().signal,
  });
  const fresh = walk({});
  const stored = await deps.previews.insert(actor.workspaceId, {
    workflowId: version.workflowId,
    versionId: version.id,
    pins: { ...fixed, ...generation.pins, ...mailPins(generation.simulation) },
    view: {
      workflowId: version.workflowId,
      revision: input.revision,
      trigger,
      payload,
      steps: generation.simulation.steps.map((step) => stepView(step, generation)),
      mails: generation.simulation.mails.map((mail) => mailView(mail, deps.from)),
      mailCount: mailCount(generation.simulation),
      loops: generation.simulation.loops,
      cost: estimate(generation.simulation, priceTable(), auto, fresh).cost,
      costByProvider: providerCosts(deps, fresh),
      spentMicro: generation.spentMicro,
      problems: part ? part.problems(deps.validate(version.graph)) : deps.validate(version.graph),
      ...(input.section && part ? { section: { ...input.section, basedOn: part.basedOn } } : {}),
    },
  });
  return present(stored);
}

/** What a run of the whole draft starts with, as `startRun` has it. */
function startOf(
  { catalogue }: PreviewDeps,
  { graph }: VersionRow,
  input: PreviewInput,
): { trigger: string; payload: unknown; pins: Record<string, Pin> } {
  const trigger = chooseTrigger(catalogue, graph, input.trigger);
  const standing = trigger.pinned ? (trigger.pinned.output ?? null) : triggerSample(catalogue, trigger);
  return { trigger: trigger.id, payload: input.payload ?? standing, pins: draftPins(graph, catalogue) };
}

async function missing(deps: PreviewDeps, actor: Actor, workflowId: string): Promise<AppError> {
  return (await deps.workflows.find(actor.workspaceId, workflowId))
    ? new AppError('conflict', 'The workflow was changed in the meantime. Load it again, then preview.')
    : new AppError('not_found', 'This workflow does not exist.');
}

/** @throws AppError not_found */
export async function getPreview(deps: Pick<PreviewDeps, 'previews'>, actor: Actor, id: string): Promise<Preview> {
  const stored = await deps.previews.find(actor.workspaceId, id);
  if (!stored) throw new AppError('not_found', 'There is no such preview.');
  return present(stored);
}

function present(stored: StoredPreview): Preview {
  const { length } = stored.view.mails;
  // Previews that were stored before there were containers do not say these.
  const older = { mailCount: { min: length, max: length }, loops: [] };
  return { ...older, ...stored.view, id: stored.id, createdAt: stored.createdAt.toISOString() };
}

function mailPins(simulation: Simulation): Record<string, Pin> {
  const certain = simulation.mails.filter((mail) => mail.exact);
  return Object.fromEntries(certain.map(({ nodeId, mail }) => [nodeId, { mailHash: mailHash(mail) }]));
}

function mailView({ nodeId, mail, exact }: Simulation['mails'][number], from: string): Preview['mails'][number] {
  return {
    nodeId,
    from: mail.from || from,
    to: [...mail.to],
    cc: [...mail.cc],
    bcc: [...mail.bcc],
    subject: mail.subject,
    html: mail.html ?? null,
    text: mail.text,
    hash: mailHash(mail),
    exact,
  };
}

function stepView(step: SimulatedStep, generation: Generation): StepPreviewView {
  const { request, answer, wait } = step.preview ?? {};
  const prompt = generation.prompts[step.nodeId] ?? step.preview?.prompt;
  const detail = Object.fromEntries(
    Object.entries({ prompt, request, answer, wait }).filter(([, value]) => value !== undefined),
  );
  return {
    nodeId: step.nodeId,
    status: step.status,
    exact: step.exact,
    summary: step.summary,
    port: step.port,
    output: step.output ?? null,
    detail,
    error: step.error && { code: step.error.code, message: step.error.message },
    generated: generation.pins[step.nodeId] !== undefined,
  };
}

/** Side by side, with every text made anew: what each provider would ask for one run. */
function providerCosts({ models }: PreviewDeps, simulation: Simulation): Preview['costByProvider'] {
  const known = new Map(models.available().map((provider) => [provider.id, provider]));
  return estimate(simulation, priceTable(), models.choose('auto')).byProvider.map(({ provider, model, cost }) => ({
    provider,
    label: known.get(provider)?.label ?? provider,
    model,
    configured: known.get(provider)?.configured ?? false,
    cost,
  }));
}
