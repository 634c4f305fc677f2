/** What a run of a template will cost, before anybody has filled it in. */
import type { TemplateCost } from '../../../shared/api/templates.ts';
import { costAtMost } from '../../../shared/engine/estimate.ts';
import {
  type NodeCatalogue,
  type ProviderId,
  providerIds,
  type UsageEstimate,
} from '../../../shared/nodes/contract.ts';
import { containersOf } from '../../../shared/workflow/containers.ts';
import type { WorkflowGraph } from '../../../shared/workflow/graph.ts';
import type { PriceTable } from '../../../shared/workflow/pricing.ts';

interface Call {
  usage: UsageEstimate;
  isPerItem: boolean;
}

/**
 * Each AI step once; those in a container once for each of its items. Prompts are counted as they are written: what runs put into them comes on
 * top, and is in the preview of the finished workflow.
 *
 * @param auto the provider that `auto` stands for here
 */
export function costOfTemplate(
  graph: WorkflowGraph,
  catalogue: NodeCatalogue,
  prices: PriceTable,
  auto: ProviderId,
): TemplateCost {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const calls = graph.nodes.flatMap((node): Call[] => {
    const definition = catalogue.get(node.kind);
    const parsed = definition?.config.safeParse(node.config);
    const usage = parsed?.success === true ? definition?.usage?.(parsed.data) : undefined;
    return usage === undefined || node.disabled === true
      ? []
      : [{ usage, isPerItem: containersOf(byId, node.id).length > 0 }];
  });
  const sum = (isPerItem: boolean, as: (usage: UsageEstimate) => UsageEstimate): number =>
    calls
      .filter((call) => call.isPerItem === isPerItem)
      .reduce((total, { usage }) => total + costAtMost(as(usage), prices, auto), 0);
  const costAs = (as: (usage: UsageEstimate) => UsageEstimate) => ({
    runMicro: sum(false, as),
    itemMicro: sum(true, as),
  });
  return {
    aiSteps: calls.length,
    perItem: calls.some(({ isPerItem }) => isPerItem),
    ...costAs((usage) => usage),
    byProvider: providerIds.map((provider) => ({
      provider,
      ...costAs((usage) => ({ ...usage, provider, model: '' })),
    })),
  };
}
