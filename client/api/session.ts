import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Me, Role } from '../../shared/api/workspace.ts';
import { query } from './client.ts';
import { failureOf } from './errors.ts';

/** The query of who is signed in; the shell waits for it before it shows a page. */
export function useMeQuery() {
  return useQuery({ ...query.workspace.me.queryOptions(), staleTime: 60_000 });
}

/** Who is signed in and where. Only inside the shell, which does not show its pages before this is known. */
export function useMe(): Me {
  const { data } = useMeQuery();
  if (!data) throw new Error('useMe is for pages inside the signed-in shell');
  return data;
}

/** Owners and editors change things; viewers look. */
export function canEdit(role: Role): boolean {
  return role !== 'viewer';
}

/** A session that ended while the app is open: any query that is refused makes the shell ask again who is signed in. */
export function useSessionWatch(): void {
  const client = useQueryClient();
  useEffect(() => {
    const me = query.workspace.me.queryKey();
    const meHash = JSON.stringify(me);
    return client.getQueryCache().subscribe((event) => {
      if (event.type !== 'updated' || event.action.type !== 'error') return;
      if (JSON.stringify(event.query.queryKey) === meHash) return;
      if (failureOf(event.action.error).code === 'unauthorized') void client.invalidateQueries({ queryKey: me });
    });
  }, [client]);
}
