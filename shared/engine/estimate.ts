/** What a run would cost, as a range, as it is set up and with each provider doing all AI steps. Micro-credits, rounded up. */
import { type ProviderId, providerIds, type UsageEstimate } from '../nodes/contract.ts';
import { costMicro, isFree, type PriceTable } from '../workflow/pricing.ts';
import type { Simulation, SimulatedStep } from './simulate.ts';

export interface CostRange {
  min: number;
  max: number;
}

export interface Estimate {
  /** As the workflow is set up. */
  cost: CostRange;
  /** Side by side: if this provider's model did every AI step. */
  byProvider: { provider: ProviderId; model: string; cost: CostRange }[];
  /** By AI step, as it is set up. */
  byStep: { nodeId: string; provider: ProviderId; model: string; cost: CostRange }[];
}

/**
 * @param auto the provider that `auto` stands for here
 */
export function estimate(simulation: Pick<Simulation, 'steps'>, prices: PriceTable, auto: ProviderId): Estimate {
  const calls = simulation.steps.flatMap((step) =>
    step.usage === null || isOut(step) ? [] : [{ step, usage: step.usage }],
  );
  const byStep = calls.map(({ step, usage }) => {
    const provider = usage.provider === 'auto' ? auto : usage.provider;
    const model = usage.model || prices[provider].model;
    return {
      nodeId: step.nodeId,
      provider,
      model,
      cost: costOf(step, usage, (tokens) => configuredCost(provider, model, tokens, prices)),
    };
  });
  const byProvider = providerIds.map((provider) => ({
    provider,
    model: prices[provider].model,
    cost: sum(calls.map(({ step, usage }) => costOf(step, usage, (tokens) => tableCost(provider, tokens, prices)))),
  }));
  return { cost: sum(byStep.map(({ cost }) => cost)), byProvider, byStep };
}

/** The most that a call may cost, in micro-credits. */
export function costAtMost(usage: UsageEstimate, prices: PriceTable, auto: ProviderId): number {
  const provider = usage.provider === 'auto' ? auto : usage.provider;
  const tokens = { inputTokens: usage.inputTokens, outputTokens: usage.outputTokens.max };
  return configuredCost(provider, usage.model || prices[provider].model, tokens, prices);
}

interface Tokens {
  inputTokens: number;
  outputTokens: number;
}

/** Certainly not called. */
function isOut({ status, certain }: SimulatedStep): boolean {
  return status === 'error' || (status === 'skipped' && certain);
}

/** A step of which it is not certain whether it runs costs nothing at least. */
function costOf(
  step: SimulatedStep,
  { inputTokens, outputTokens }: UsageEstimate,
  price: (tokens: Tokens) => number,
): CostRange {
  return {
    min: step.certain && step.status === 'runs' ? price({ inputTokens, outputTokens: outputTokens.min }) : 0,
    max: price({ inputTokens, outputTokens: outputTokens.max }),
  };
}

function configuredCost(provider: ProviderId, model: string, tokens: Tokens, prices: PriceTable): number {
  return model === prices[provider].model ? tableCost(provider, tokens, prices) : costMicro(provider, model, tokens);
}

function tableCost(provider: ProviderId, { inputTokens, outputTokens }: Tokens, prices: PriceTable): number {
  if (isFree(provider)) return 0;
  const { inputMicroPerMTok, outputMicroPerMTok } = prices[provider];
  return Math.ceil((inputTokens * inputMicroPerMTok + outputTokens * outputMicroPerMTok) / 1_000_000);
}

function sum(ranges: readonly CostRange[]): CostRange {
  return {
    min: ranges.reduce((total, { min }) => total + min, 0),
    max: ranges.reduce((total, { max }) => total + max, 0),
  };
}
