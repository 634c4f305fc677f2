import { useQuery } from '@tanstack/react-query';
import type { Me, Role } from '../../shared/api/workspace.ts';
import { query } from './client.ts';

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
