import { AppError } from '../../errors.ts';
import { defineRunner, type GenerateRequest } from '../contract.ts';
import { answerSchema, readAnswer } from './answer.ts';
import { config } from './index.ts';

export const runner = defineRunner(config, {
  async run(bound, context) {
    const { provider, model, system, prompt, maxTokens, temperature } = bound;
    if (prompt.trim() === '')
      throw new AppError('bad_request', 'The prompt came out empty.', { details: { field: 'prompt' } });
    const structured = bound.output === 'structured';
    const request: GenerateRequest = {
      provider,
      model,
      system,
      prompt,
      maxTokens,
      ...(temperature === null ? {} : { temperature }),
      ...(structured ? { schema: answerSchema(bound.fields) } : {}),
    };
    const result = await context.ports.llm.generate(request);
    context.log(
      `${result.provider} ${result.model}: ${result.usage.inputTokens} + ${result.usage.outputTokens} tokens`,
    );
    const made = { text: result.text, model: result.model, provider: result.provider };
    const value = structured ? { data: readAnswer(bound.fields, result.json), ...made } : made;
    return { type: 'output', port: 'out', output: value, costMicro: result.costMicro };
  },
});
