import { AppError } from '../../../shared/errors.ts';
import { costMicro } from '../../../shared/workflow/pricing.ts';
import type { TokenUsage } from '../../../shared/workflow/pricing.ts';
import type { GenerateRequest, GenerateResult } from '../../../shared/nodes/contract.ts';
import type { LlmProvider, Message, TurnOptions, TurnResult } from './provider.ts';
import { checkAnswer } from './schema.ts';

/**
 * One answer to one prompt. With a schema the answer is checked; a wrong one goes back to the model once, with what is wrong about it.
 * The usage and the cost are those of all turns together.
 * @throws AppError provider_output when the model refuses, is cut off, or answers wrongly twice; otherwise what the provider throws.
 */
export async function generateWith(
  provider: LlmProvider,
  request: GenerateRequest,
  options: TurnOptions,
): Promise<GenerateResult> {
  const model = request.model || provider.info.model;
  const messages: Message[] = [{ role: 'user', content: request.prompt }];
  const ask = async () =>
    answered(
      await provider.turn(
        {
          model,
          system: request.system,
          messages,
          maxTokens: request.maxTokens,
          ...(request.temperature === undefined ? {} : { temperature: request.temperature }),
          ...(request.schema === undefined ? {} : { schema: request.schema }),
        },
        options,
      ),
      provider,
      request,
    );
  const first = await ask();
  const result = (turn: TurnResult, usage: TokenUsage, json?: { json: unknown }): GenerateResult => ({
    text: turn.text,
    ...json,
    provider: provider.info.id,
    model: turn.model,
    usage,
    // Priced by the name asked for: a provider may report an alias that the table does not know.
    costMicro: costMicro(provider.info.id, model, usage),
  });
  if (!request.schema) return result(first, first.usage);

  const check = checkAnswer(first.text, request.schema);
  if (check.ok) return result(first, first.usage, { json: check.json });
  messages.push(
    { role: 'assistant', content: first.text || '(nothing)' },
    { role: 'user', content: repairPrompt(check.problems) },
  );
  const second = await ask();
  const usage = addUsage(first.usage, second.usage);
  const again = checkAnswer(second.text, request.schema);
  if (again.ok) return result(second, usage, { json: again.json });
  throw new AppError(
    'provider_output',
    `${provider.info.label} did not answer in the form that was asked for, also after being told what was wrong.`,
    { details: { provider: provider.info.id, problems: again.problems } },
  );
}

function repairPrompt(problems: readonly string[]): string {
  return [
    'That answer cannot be used:',
    ...problems.map((problem) => `- ${problem}`),
    'Give the whole answer again, corrected.',
  ].join('\n');
}

function addUsage(a: TokenUsage, b: TokenUsage): TokenUsage {
  return { inputTokens: a.inputTokens + b.inputTokens, outputTokens: a.outputTokens + b.outputTokens };
}

function answered(turn: TurnResult, provider: LlmProvider, request: GenerateRequest): TurnResult {
  const details = { provider: provider.info.id };
  if (turn.ending === 'refused') {
    throw new AppError('provider_output', `${provider.info.label} declined to answer this prompt.`, { details });
  }
  if (turn.ending === 'length') {
    throw new AppError(
      'provider_output',
      `The answer of ${provider.info.label} was cut off at ${request.maxTokens} tokens. Allow more, or ask for less.`,
      { details },
    );
  }
  return turn;
}
