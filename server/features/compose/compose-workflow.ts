import type { ComposeEvent } from '../../../shared/api/compose.ts';
import { AppError } from '../../../shared/errors.ts';
import type { GenerateResult, NodeCatalogue, Ports, ProviderId } from '../../../shared/nodes/contract.ts';
import type { ComposeRequest, Composition, UnsupportedPart } from '../../../shared/workflow/composition.ts';
import { limits } from '../../../shared/workflow/graph.ts';
import type { WorkflowGraph } from '../../../shared/workflow/graph.ts';
import type { Problem } from '../../../shared/workflow/problem.ts';
import { providerLabels } from '../../../shared/workflow/pricing.ts';
import { answerOf, Drafting } from './drafting.ts';
import type { Draft } from './drafting.ts';
import { answerSchema, repairPrompt, systemPrompt, userPrompt } from './prompt.ts';

/**
 * From a request in words to a workflow, streamed: steps and connections while they are generated, then `done` with everything. Nothing is
 * saved here; whoever asked saves the graph of `done`, or nothing.
 */
export interface ComposeParts {
  catalogue: NodeCatalogue;
  /** The validator of the editor. */
  validate(graph: WorkflowGraph): readonly Problem[];
  /** Which provider `auto` means. */
  choose(provider: ProviderId | 'auto'): ProviderId;
  /** The paid door to the models for one caller. */
  llm(caller: { workspaceId: string; key: string; signal: AbortSignal; purpose: string }): Ports['llm'];
  /** The built-in engine. */
  builtin(request: ComposeRequest): Composition | Promise<Composition>;
}

export interface ComposeInput extends ComposeRequest {
  provider: ProviderId | 'auto';
  workspaceId: string;
  /** A new one for every request: what is charged is charged under it. */
  key: string;
  signal: AbortSignal;
}

/** Tokens of the longest answer: some 60 steps, and 15 where the whole context window is small. */
export const answerTokens = { openai: 16_000, claude: 16_000, inhouse: 4_000, builtin: 0 } as const satisfies Record<
  ProviderId,
  number
>;

/**
 * @throws AppError bad_request for an empty prompt or an unknown time zone, too_large for a long prompt, insufficient_credits, and what the
 * provider throws; provider_output when its answer is no workflow, also when asked again.
 */
export async function* composeWorkflow(parts: ComposeParts, input: ComposeInput): AsyncGenerator<ComposeEvent> {
  const request = { ...input, ...checkRequest(input) };
  const provider = parts.choose(input.provider);
  if (provider === 'builtin') yield* composeBuiltin(parts, request);
  else yield* composeByModel(parts, request, provider);
}

/**
 * What of a request must be right before anything is asked; the prompt comes back trimmed.
 * @throws AppError bad_request or too_large
 */
export function checkRequest(input: { prompt: string; timezone: string }): { prompt: string; timezone: string } {
  const prompt = input.prompt.trim();
  if (prompt === '') {
    throw new AppError('bad_request', 'Describe what should happen, in a sentence or two.', {
      details: { field: 'prompt' },
    });
  }
  if (prompt.length > limits.promptChars) {
    const [length, most] = [prompt.length, limits.promptChars].map((n) => n.toLocaleString('en'));
    throw new AppError('too_large', `The request has ${length} characters; at most ${most} are possible.`, {
      details: { field: 'prompt', length: prompt.length, limit: limits.promptChars },
    });
  }
  try {
    new Intl.DateTimeFormat('en', { timeZone: input.timezone });
  } catch {
    const message = `The time zone “${input.timezone.slice(0, 64)}” is not known.`;
    throw new AppError('bad_request', message, { details: { field: 'timezone' } });
  }
  return { prompt, timezone: input.timezone };
}

async function* composeBuiltin(parts: ComposeParts, request: ComposeInput): AsyncGenerator<ComposeEvent> {
  yield { type: 'status', text: 'Reading your request …' };
  const composition = await parts.builtin(request);
  const drafting = new Drafting(parts.catalogue);
  yield* drafting.takeComposition(composition);
  yield done(drafting.finish(composition), parts, 'builtin', 0);
}

async function* composeByModel(
  parts: ComposeParts,
  request: ComposeInput,
  provider: ProviderId,
): AsyncGenerator<ComposeEvent> {
  const { workspaceId, key } = request;
  // Whoever stops reading stops the model, too.
  const unread = new AbortController();
  const signal = AbortSignal.any([request.signal, unread.signal]);
  const llm = parts.llm({ workspaceId, key, signal, purpose: 'Prompt to workflow' });
  try {
    yield* composeWith(parts, request, provider, llm, signal);
  } finally {
    unread.abort();
  }
}

async function* composeWith(
  parts: ComposeParts,
  request: ComposeInput,
  provider: ProviderId,
  llm: Ports['llm'],
  signal: AbortSignal,
): AsyncGenerator<ComposeEvent> {
  const system = systemPrompt(parts.catalogue);
  const ask = (prompt: string) => (onText: (text: string) => void) =>
    llm.generate(
      { provider, model: '', system, prompt, maxTokens: answerTokens[provider], schema: answerSchema },
      onText,
    );

  yield { type: 'status', text: `${providerLabels[provider]} is reading your request …` };
  const first = yield* draft(parts, ask(userPrompt(request)));
  let best = first.draft;
  let costMicro = first.result.costMicro;
  const found = toRepair(best, parts);
  if (found.length > 0) {
    yield {
      type: 'status',
      text: found.length === 1 ? 'Correcting one problem …' : `Correcting ${found.length} problems …`,
    };
    const second = await repaired(ask(repairPrompt(request, first.result.text, found)), signal);
    if (second) {
      costMicro += second.costMicro;
      const redrafted = drafted(parts, second);
      if (toRepair(redrafted, parts).length < found.length) best = redrafted;
    }
  }
  yield done(best, parts, provider, costMicro);
}

/** Generates, and yields the steps as they come. */
async function* draft(
  parts: ComposeParts,
  ask: (onText: (text: string) => void) => Promise<GenerateResult>,
): AsyncGenerator<ComposeEvent, { draft: Draft; result: GenerateResult }> {
  const drafting = new Drafting(parts.catalogue);
  const news: string[] = [];
  let wake = () => {};
  let ended = false;
  const running = ask((text) => {
    // Only the newest text matters: it contains the ones before.
    news[0] = text;
    wake();
  }).finally(() => {
    ended = true;
    wake();
  });
  // Whoever reads the generator meets the error below; until then it must not count as unhandled.
  running.catch(() => undefined);
  while (!ended) {
    const text = news.pop();
    if (text === undefined) await new Promise<void>((resolve) => (wake = resolve));
    else yield* drafting.takeText(text);
  }
  yield* drafting.takeText(news.pop() ?? '');
  const result = await running;
  // What was drawn stays drawn; what counts is built from the answer that passed the check.
  return { draft: drafted(parts, result), result };
}

function drafted(parts: ComposeParts, result: GenerateResult): Draft {
  const drafting = new Drafting(parts.catalogue);
  const answer = answerOf(result.json);
  drafting.takeSteps(answer.steps);
  return drafting.finish(answer);
}

/** A second round that fails loses nothing: the first answer is there, with its problems named. Only a cancelled request ends. */
export async function repaired(ask: (onText: (text: string) => void) => Promise<GenerateResult>, signal: AbortSignal) {
  try {
    return await ask(() => undefined);
  } catch (error) {
    if (signal.aborted) throw error;
    return undefined;
  }
}

/**
 * What is worth asking again for. A required setting that is empty is not: the model was told to leave unknown addresses empty, and the
 * person sees the problem at the field.
 */
function toRepair(draft: Draft, parts: ComposeParts): Problem[] {
  if (draft.graph.nodes.length === 0) return draft.problems.slice();
  const structural = parts
    .validate(draft.graph)
    .filter(({ severity, code }) => code === 'unreachable' || (severity === 'error' && code !== 'invalid_config'));
  return [...draft.problems, ...structural];
}

function done(draft: Draft, parts: ComposeParts, provider: ProviderId, costMicro: number): ComposeEvent {
  const { graph, name, summary, assumptions, unsupported } = draft;
  const problems = graph.nodes.length === 0 ? [] : [...parts.validate(graph)];
  // What a model got wrong and the defaults replaced is a warning: the workflow itself is valid there.
  const replaced = draft.problems.map((problem): Problem => ({ ...problem, severity: 'warning' }));
  const seen = new Set(problems.map(({ nodeId, field }) => `${nodeId} ${field}`));
  return {
    type: 'done',
    name,
    graph,
    summary,
    assumptions: [...assumptions],
    unsupported: unsupported.map(plainPart),
    problems: [...problems, ...replaced.filter(({ nodeId, field }) => !seen.has(`${nodeId} ${field}`))],
    provider,
    costMicro,
  };
}

function plainPart({ text, reason, suggestion }: UnsupportedPart) {
  return { text, reason, ...(suggestion === undefined ? {} : { suggestion }) };
}
