import type { AssistEvent } from '../../../shared/api/assist.ts';
import type { GenerateResult, NodeCatalogue, Ports, ProviderId } from '../../../shared/nodes/contract.ts';
import type { WorkflowGraph } from '../../../shared/workflow/graph.ts';
import { providerLabels } from '../../../shared/workflow/pricing.ts';
import type { Problem } from '../../../shared/workflow/problem.ts';
import { answerTokens, repaired } from './compose-workflow.ts';
import { applyAnswer } from './edit-assembly.ts';
import type { EditedDraft } from './edit-assembly.ts';
import { editPrompt, editRepairPrompt, editSchema, editSystemPrompt } from './edit-prompt.ts';
import type { EditContext } from './edit-prompt.ts';
import { StepStream } from './step-stream.ts';
import { partialText } from './text-stream.ts';

export interface EditParts {
  catalogue: NodeCatalogue;
  /** The validator of the editor. */
  validate(graph: WorkflowGraph): readonly Problem[];
  /** The paid door to the models for one caller. */
  llm(caller: { workspaceId: string; key: string; signal: AbortSignal; purpose: string }): Ports['llm'];
}

export interface EditInput extends EditContext {
  provider: Exclude<ProviderId, 'builtin'>;
  workspaceId: string;
  /** A new one for every request: what is charged is charged under it. */
  key: string;
  /** Leads the line in the statement. */
  purpose: string;
  signal: AbortSignal;
}

/** An answer of any of the engines. `graph` is the one it was asked about where nothing is to change. */
export type Edited = EditedDraft & { provider: ProviderId; costMicro: number };

export type Progress = Extract<AssistEvent, { type: 'status' | 'text' }>;

/**
 * Has a model change the workflow. Yields its words while they are written, and returns the changed graph; asks once more when the change
 * brings problems that were not there.
 * @throws AppError insufficient_credits, and what the provider throws
 */
export async function* editByModel(parts: EditParts, input: EditInput): AsyncGenerator<Progress, Edited> {
  const { workspaceId, key, purpose } = input;
  // Whoever stops reading stops the model, too.
  const unread = new AbortController();
  const signal = AbortSignal.any([input.signal, unread.signal]);
  try {
    return yield* editWith(parts, input, parts.llm({ workspaceId, key, signal, purpose }), signal);
  } finally {
    unread.abort();
  }
}

async function* editWith(
  parts: EditParts,
  input: EditInput,
  llm: Ports['llm'],
  signal: AbortSignal,
): AsyncGenerator<Progress, Edited> {
  const { provider } = input;
  const system = editSystemPrompt(parts.catalogue);
  const prompt = editPrompt(input, parts.catalogue);
  const ask = (text: string) => (onText: (text: string) => void) =>
    llm.generate(
      { provider, model: '', system, prompt: text, maxTokens: answerTokens[provider], schema: editSchema },
      onText,
    );

  yield { type: 'status', text: `${providerLabels[provider]} is reading the workflow` };
  const first = yield* told(ask(prompt));
  let best = applyAnswer(input.graph, first.json, parts.catalogue);
  let { costMicro } = first;
  const found = toRepair(best, input.graph, parts);
  if (found.length > 0) {
    yield {
      type: 'status',
      text: found.length === 1 ? 'Correcting one problem' : `Correcting ${found.length} problems`,
    };
    const second = await repaired(ask(editRepairPrompt(prompt, first.text, found)), signal);
    if (second) {
      costMicro += second.costMicro;
      const again = applyAnswer(input.graph, second.json, parts.catalogue);
      if (toRepair(again, input.graph, parts).length < found.length) best = again;
    }
  }
  return { ...best, provider, costMicro };
}

/** Generates, and tells what is being written: the words for the person first, then the steps. */
async function* told(
  ask: (onText: (text: string) => void) => Promise<GenerateResult>,
): AsyncGenerator<Progress, GenerateResult> {
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
  const teller = new Teller();
  while (!ended) {
    const text = news.pop();
    if (text === undefined) await new Promise<void>((resolve) => (wake = resolve));
    else yield* teller.take(text);
  }
  yield* teller.take(news.pop() ?? '');
  return running;
}

class Teller {
  private said = '';
  private streamed = '';
  private steps = new StepStream();

  /** Everything the model has said so far. A text that does not go on where it was is a new answer. */
  *take(answer: string): Generator<Progress> {
    if (answer === '') return;
    if (!answer.startsWith(this.streamed)) this.steps = new StepStream();
    this.streamed = answer;
    const text = partialText(answer, 'message') ?? '';
    if (text !== '' && text !== this.said) {
      this.said = text;
      yield { type: 'text', text };
    }
    for (const step of this.steps.push(answer)) {
      const { title, id } = (typeof step === 'object' && step !== null ? step : {}) as {
        title?: unknown;
        id?: unknown;
      };
      const name = typeof title === 'string' && title !== '' ? title : id;
      if (typeof name === 'string' && name !== '') yield { type: 'status', text: name.slice(0, 120) };
    }
  }
}

/** What is worth asking again for: errors that the change brought. An empty required setting is not, as when a workflow is made. */
function toRepair(draft: EditedDraft, before: WorkflowGraph, parts: EditParts): Problem[] {
  if (draft.graph === before) return [];
  const known = new Set(parts.validate(before).map(keyOf));
  const structural = parts
    .validate(draft.graph)
    .filter(({ severity, code }) => code === 'unreachable' || (severity === 'error' && code !== 'invalid_config'))
    .filter((problem) => !known.has(keyOf(problem)));
  return [...draft.problems, ...structural];
}

function keyOf({ code, nodeId, field, message }: Problem): string {
  return [code, nodeId, field, message].join('\n');
}
