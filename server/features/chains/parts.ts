import { rerunEvents, type KeptEvent } from '../../../shared/engine/rerun.ts';
import type { LoopPart } from '../../../shared/workflow/run.ts';
import { newRun } from '../../engine/begin.ts';
import type { Engine } from '../../engine/engine.ts';
import { DuplicateRun, type Journal, type PartsPort, type TakenRun, type VersionSource } from '../../engine/ports.ts';
import type { ChainStore } from '../../store/chains.ts';

/** So many runs go into the database at once. */
const batch = 50;

export interface PartsDeps {
  chains: Pick<ChainStore, 'lineage' | 'earlierParts'>;
  versions: VersionSource;
  journal: Journal;
  engine: Pick<Engine, 'enqueue'>;
  worker: number;
  wake(): void;
}

/** Shares a long list out to runs in the queue, where all workers find them. */
export function createPartsPort(deps: PartsDeps): PartsPort {
  return {
    async open(run, { node, trigger, pins, section, mailsTo, parts, lanes, isRepeat }) {
      const line = await deps.chains.lineage(run.workspaceId, run.id);
      const earlier = isRepeat
        ? await deps.chains.earlierParts(run.workspaceId, run.id, node)
        : new Map<number, string>();
      const start = async (part: LoopPart): Promise<void> => {
        const create = newRun(
          deps,
          run.workspaceId,
          run.workspaceName,
          { id: run.versionId, workflowId: run.workflowId },
          {
            mode: line[0]?.mode ?? 'live',
            trigger,
            idempotencyKey: `part:${run.id}:${node}:${part.part}`,
            calledBy: { runId: run.id, node, waits: true, depth: line.length, part: part.part },
            reportsFailure: false,
          },
        );
        const output = part.outputs[trigger] ?? null;
        const adoptsPayloadsOf = earlier.get(part.part);
        const kept = await keptOf(deps, run, adoptsPayloadsOf);
        if (adoptsPayloadsOf !== undefined) create.adoptsPayloadsOf = adoptsPayloadsOf;
        try {
          await deps.engine.enqueue({
            create,
            output,
            pins,
            ...(section ? { section } : {}),
            ...(mailsTo === undefined ? {} : { mailsTo }),
            part,
            kept,
            isParked: part.part >= lanes,
          });
        } catch (error) {
          if (!(error instanceof DuplicateRun)) throw error;
        }
      };
      for (let at = 0; at < parts.length; at += batch) await Promise.all(parts.slice(at, at + batch).map(start));
      deps.wake();
    },
  };
}

/** What stands of the same share in the run that this one repeats. */
async function keptOf(
  { versions, journal }: PartsDeps,
  { workspaceId, versionId }: TakenRun,
  earlier: string | undefined,
): Promise<KeptEvent[]> {
  if (earlier === undefined) return [];
  const [{ graph }, events] = await Promise.all([
    versions.load(workspaceId, versionId),
    journal.read(workspaceId, earlier),
  ]);
  return rerunEvents(graph, events, []).slice(1);
}
