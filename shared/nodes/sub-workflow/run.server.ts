import { AppError } from '../../errors.ts';
import type { WaitSignal } from '../../workflow/run.ts';
import { defineRunner, output, type StepResult } from '../contract.ts';
import { config } from './index.ts';

export const runner = defineRunner(config, {
  async run(bound, context) {
    const signal = context.resumed?.signal;
    if (signal?.kind === 'run') return resultOf(signal);
    if (bound.workflowId === '')
      throw new AppError('bad_request', 'No workflow is chosen.', { details: { field: 'workflowId' } });
    const waits = bound.mode === 'wait';
    // The port starts one run per idempotencyKey of the step, however often this is repeated.
    const { runId, workflowName } = await context.ports.workflows.call({
      workflowId: bound.workflowId,
      input: bound.input ?? null,
      waits,
    });
    context.log(`Called “${workflowName}”: run ${runId}`);
    return waits ? { type: 'wait', wait: { kind: 'run', runId, at: null } } : output({ runId });
  },
});

function resultOf({ status, output: result, error, runId }: Extract<WaitSignal, { kind: 'run' }>): StepResult {
  switch (status) {
    case 'done':
      return output(result);
    case 'failed':
      throw new AppError(
        error?.code ?? 'internal',
        `The workflow that was called failed: ${error?.message ?? 'without a reason'}`,
        {
          details: { runId },
        },
      );
    case 'cancelled':
      throw new AppError('cancelled', 'The run of the workflow that was called was stopped.', { details: { runId } });
  }
}
