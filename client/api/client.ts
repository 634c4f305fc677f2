import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { Contract } from '../../shared/api/contract.ts';

/** Typed calls of the API. Only the types of the contract are imported: its zod schemas stay on the server. */
export type Api = ContractRouterClient<Contract>;

const link = new RPCLink({ url: () => new URL('/rpc', window.location.origin) });

export const api: Api = createORPCClient(link);

/** Query and mutation options for TanStack Query: `useQuery(query.workflows.list.queryOptions({ input }))`. */
export const query = createTanstackQueryUtils(api);
