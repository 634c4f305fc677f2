import type { ComposeEvent, Provider } from '../../../shared/api/compose.ts';
import type { ProviderId } from '../../../shared/nodes/contract.ts';
import { requireRole } from '../../actor.ts';
import type { Actor } from '../../actor.ts';
import type { Models } from '../../drivers/llm/models.ts';
import { uuidv7 } from '../../ids.ts';
import { checkRequest, composeWorkflow } from './compose-workflow.ts';
import type { ComposeParts } from './compose-workflow.ts';

export interface ComposeServiceParts extends Omit<ComposeParts, 'choose'> {
  models: Pick<Models, 'available' | 'choose'>;
  now(): Date;
}

/** The use cases behind `compose` of the contract. */
export function createComposeService(parts: ComposeServiceParts) {
  const { models } = parts;
  return {
    async providers(): Promise<{ items: Provider[]; default: ProviderId }> {
      const items = models
        .available()
        .map(({ id, label, configured, model, remedy }) => ({ id, label, configured, model, remedy }));
      return { items, default: models.choose('auto') };
    },

    /** @throws AppError forbidden for viewers (a request costs credits), bad_request, too_large. */
    async generate(
      actor: Actor,
      input: { prompt: string; provider: ProviderId | 'auto'; timezone: string },
      signal: AbortSignal | undefined,
    ): Promise<AsyncGenerator<ComposeEvent>> {
      requireRole(actor, 'editor');
      // Before the stream begins, so that it is an answer with a status and not an event.
      const { prompt, timezone } = checkRequest(input);
      return composeWorkflow(
        { ...parts, choose: models.choose },
        {
          prompt,
          timezone,
          provider: input.provider,
          now: parts.now(),
          workspaceId: actor.workspaceId,
          key: `compose:${uuidv7()}`,
          signal: signal ?? new AbortController().signal,
        },
      );
    },
  };
}
