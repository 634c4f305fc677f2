import type { Engine } from './engine.ts';

/** Whether a run that nobody waits for may begin in this process at once; if not it goes through the queue. */
export type RoomFor = (workspaceId: string) => Promise<boolean>;

/** For processes that leave such runs to others. */
export const noRoom: RoomFor = async () => false;

/** How long a limit is remembered. */
const freshMs = 10_000;
const maxKept = 10_000;

/** Room as long as the process has some and the workspace has fewer runs here than it may have at all. `limitOf` is asked now and then. */
export function createRoom(
  engine: Pick<Engine, 'capacity' | 'held'>,
  limitOf: (workspaceId: string) => Promise<number>,
  now: () => number = Date.now,
): RoomFor {
  const known = new Map<string, { until: number; limit: Promise<number> }>();
  function limit(workspaceId: string): Promise<number> {
    const kept = known.get(workspaceId);
    if (kept && kept.until > now()) return kept.limit;
    const asked = limitOf(workspaceId);
    if (known.size >= maxKept) known.clear();
    known.set(workspaceId, { until: now() + freshMs, limit: asked });
    asked.catch(() => known.delete(workspaceId));
    return asked;
  }
  return async (workspaceId) => engine.capacity() > 0 && engine.held(workspaceId) < (await limit(workspaceId));
}
