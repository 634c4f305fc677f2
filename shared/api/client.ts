import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from './contract.ts';

/** Typed calls of the API. Only the contract's types are imported, so that its schemas stay out of whoever calls. */
export type ApiClient = ContractRouterClient<Contract>;

/** How a program says who it is: an API key, or the cookie of a session. */
export type Identity = { apiKey: string } | { cookie: string };

/**
 * A client for programs (tests, the demo, scripts). Errors are ORPCErrors: `code` is one of `errorCodes`, `data.details` says more.
 *
 * @param baseUrl where Mailweave answers, such as `http://localhost:3000`.
 */
export function createApiClient(baseUrl: string, identity: Identity): ApiClient {
  const headers: Record<string, string> =
    'apiKey' in identity ? { authorization: `Bearer ${identity.apiKey}` } : { cookie: identity.cookie };
  return createORPCClient(new RPCLink({ url: `${baseUrl.replace(/\/+$/, '')}/rpc`, headers }));
}
