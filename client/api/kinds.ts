import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { NodeGroup } from '../../shared/nodes/contract.ts';
import { translate } from '../i18n/t.ts';
import { query } from './client.ts';

export interface KindLook {
  group: NodeGroup;
  title: string;
}

/** Group and title of each node kind, for pictures and lists outside the editor. Empty until loaded. */
export function useKindLooks(): ReadonlyMap<string, KindLook> {
  const { data } = useQuery({ ...query.nodes.list.queryOptions(), staleTime: Infinity });
  return useMemo(
    () => new Map(data?.items.map(({ kind, group, title }) => [kind, { group, title: translate(title) }])),
    [data],
  );
}
