/** What a run would cost, as a range, as it is set up and with each provider doing all AI steps. Micro-credits, rounded up. */
import { type ProviderId, providerIds, type UsageEstimate } from '../nodes/contract.ts';
import { costMicro, isFree, type PriceTable } from '../workflow/pricing.ts';
import { nodeOf } from './address.ts';
import { overall } from './overall.ts';
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
  /** By AI step, as it is set up; all items of a container together. */
  byStep: { nodeId: string; provider: ProviderId; model: string; cost: CostRange }[];
}

/**
 * @param auto the provider that `auto` stands for here
 * @param fresh the same walk with nothing made yet: what items that were not shown cost
 */
export function estimate(
  simulation: Walked,
  prices: PriceTable,
  auto: ProviderId,
  fresh: Walked = simulation,
): Estimate {
  const configured = (step: SimulatedStep, usage: UsageEstimate) => {
    const provider = usage.provider === 'auto' ? auto : usage.provider;
    const model = usage.model || prices[provider].model;
    return {
      provider,
      model,
      cost: costOf(step, usage, (tokens) => configuredCost(provider, model, tokens, prices)),
    };
  };
  const calls = new Map(
    [...simulation.steps, ...fresh.steps].flatMap((step) =>
      isCalled(step) ? [[nodeOf(step.nodeId), configured(step, step.usage)]] : [],
    ),
  );
  const byStep = [...calls].map(([nodeId, { provider, model }]) => ({
    nodeId,
    provider,
    model,
    cost: overall(
      simulation,
      (step) => (nodeOf(step.nodeId) === nodeId && isCalled(step) ? configured(step, step.usage).cost : none),
      fresh,
    ),
  }));
  const byProvider = providerIds.map((provider) => ({
    provider,
    model: prices[provider].model,
    cost: overall(
      simulation,
      (step) => (isCalled(step) ? costOf(step, step.usage, (tokens) => tableCost(provider, tokens, prices)) : none),
      fresh,
    ),
  }));
  return { cost: sum(byStep.map(({ cost }) => cost)), byProvider, byStep };
}

/** The most that a call may cost, in micro-credits. */
export function costAtMost(usage: UsageEstimate, prices: PriceTable, auto: ProviderId): number {
  const provider = usage.provider === 'auto' ? auto : usage.provider;
  const tokens = { inputTokens: usage.inputTokens, outputTokens: usage.outputTokens.max };
  return configuredCost(provider, usage.model || prices[provider].model, tokens, prices);
}

type Walked = Pick<Simulation, 'steps' | 'loops'>;
const none: CostRange = { min: 0, max: 0 };

function isCalled(step: SimulatedStep): step is SimulatedStep & { usage: UsageEstimate } {
  return step.usage !== null && !isOut(step);
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
