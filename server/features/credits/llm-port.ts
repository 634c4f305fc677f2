import type { GenerateRequest, GenerateResult, Ports } from '../../../shared/nodes/contract.ts';
import { toErrorBody } from '../../../shared/errors.ts';
import type { HearOutcome } from '../../connection-outcome.ts';
import type { Models } from '../../drivers/llm/models.ts';
import { faultPoint } from '../../faults.ts';
import type { CreditStore } from '../../store/credits.ts';

/** Who calls a model, and who pays. */
export interface LlmCaller {
  workspaceId: string;
  /** Stable over attempts and restarts of the same call: what was paid under it is not paid again. */
  key: string;
  runId?: string;
  nodeId?: string;
  /** The workflow that it is for, where there is one. */
  workflowId?: string;
  signal: AbortSignal;
  /** Leads the line in the statement: "Prompt to workflow", "Preview"; default "AI step". */
  purpose?: string;
}

export interface LlmPortParts {
  models: Pick<Models, 'generate' | 'maxCostMicro' | 'choose' | 'available'>;
  credits: Pick<CreditStore, 'hold' | 'settle' | 'release'>;
  /** Learns of every call whether the provider worked. */
  hear?: HearOutcome;
}

/**
 * Makes the paid door to the models for one caller. Before a call the most it can cost is held; afterwards the reported usage is paid, or
 * the hold is given back when the call failed. Calls of the in-house engines cost nothing and touch no account.
 *
 * A caller that makes several calls makes them in the same order when it is repeated: the n-th has the n-th key. A call that was paid
 * before a crash and is repeated after it is answered again, and not charged again.
 */
export function createLlmPort({ models, credits, hear }: LlmPortParts): (caller: LlmCaller) => Ports['llm'] {
  return (caller) => {
    let calls = 0;
    return {
      async generate(request, onText) {
        calls++;
        const key = calls === 1 ? caller.key : `${caller.key}#${calls}`;
        const options = { signal: caller.signal, ...(onText ? { onText } : {}) };
        const amountMicro = models.maxCostMicro(request);
        const provider = models.choose(request.provider);
        const ask = () => told(hear, provider, caller, () => models.generate(request, options));
        if (amountMicro === 0) return ask();
        const description = describe(models, request, caller);
        const { workspaceId, runId, nodeId, workflowId } = caller;
        await credits.hold({ workspaceId, key, amountMicro, description, runId, nodeId, provider, workflowId });
        faultPoint('hold_taken');
        const result = await answerOrRelease(ask, credits, workspaceId, key);
        return { ...result, costMicro: await credits.settle(workspaceId, key, result.costMicro) };
      },
    };
  };
}

/** What came of a call says whether the provider works. One that is not set up has not failed, and the built-in engine is no connection. */
async function told(
  hear: HearOutcome | undefined,
  connection: string,
  { workspaceId, runId, workflowId }: LlmCaller,
  call: () => Promise<GenerateResult>,
): Promise<GenerateResult> {
  if (!hear || connection === 'builtin') return call();
  const at = { workspaceId, connection, runId, workflowId };
  try {
    const result = await call();
    hear({ ...at, error: null });
    return result;
  } catch (error) {
    hear({ ...at, error: toErrorBody(error) });
    throw error;
  }
}

async function answerOrRelease(
  call: () => Promise<GenerateResult>,
  credits: LlmPortParts['credits'],
  workspaceId: string,
  key: string,
): Promise<GenerateResult> {
  try {
    return await call();
  } catch (error) {
    // Why the call failed matters more than a release that fails too: that hold is freed when the run ends, or at the next start.
    await credits.release(workspaceId, key).catch(() => undefined);
    throw error;
  }
}

function describe(models: LlmPortParts['models'], request: GenerateRequest, caller: LlmCaller): string {
  const id = models.choose(request.provider);
  const label = models.available().find((info) => info.id === id)?.label ?? id;
  const { purpose = 'AI step' } = caller;
  return `${purpose} · ${label}`;
}
