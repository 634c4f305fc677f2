import type pg from 'pg';
import type { Commit } from '../engine/ports.ts';

type Queryable = Pick<pg.PoolClient, 'query'>;

/** A run that takes over mails of the run it repeats, or that ends without sending those it has held. */
export function saysHeldMails({ create, standing }: Commit): boolean {
  return (create?.adoptsMails?.length ?? 0) > 0 || standing?.discardsMails === true;
}

/** Within the transaction of the commits: mails change hands, and those of runs that ended without success will never be sent. */
export async function updateHeldMails(client: Queryable, commits: readonly Commit[]): Promise<void> {
  await adopt(client, commits);
  const ended = commits.filter(({ standing }) => standing?.discardsMails).map(({ run }) => run.id);
  if (ended.length === 0) return;
  await client.query({
    name: 'outbox-discard',
    text: `UPDATE outbox SET status = 'discarded' WHERE run_id = ANY($1::uuid[]) AND status = 'held'`,
    values: [ended],
  });
}

/** Mails keep their key and their Message-ID, so that whichever run sends one first has sent it for all. */
async function adopt(client: Queryable, commits: readonly Commit[]): Promise<void> {
  const rows = commits.flatMap(({ create }) =>
    (create?.adoptsMails ?? []).map((key) => ({ key, run: create!.id, workspace: create!.workspaceId })),
  );
  if (rows.length === 0) return;
  await client.query({
    name: 'outbox-adopt',
    text: `
      UPDATE outbox SET run_id = t.run, status = 'held'
      FROM unnest($1::text[], $2::uuid[], $3::uuid[]) AS t (key, run, workspace)
      WHERE outbox.key = t.key AND outbox.workspace_id = t.workspace AND outbox.status <> 'sent'`,
    values: [rows.map(({ key }) => key), rows.map(({ run }) => run), rows.map(({ workspace }) => workspace)],
  });
}
