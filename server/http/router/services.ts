import type { AnyContractProcedure, InferSchemaInput, InferSchemaOutput } from '@orpc/contract';
import type { Contract } from '../../../shared/api/contract.ts';
import type { Actor } from '../../actor.ts';

type InputOf<P> = P extends AnyContractProcedure ? InferSchemaOutput<NonNullable<P['~orpc']['inputSchema']>> : never;
type OutputOf<P> = P extends AnyContractProcedure ? InferSchemaInput<NonNullable<P['~orpc']['outputSchema']>> : never;

/** A use case behind a route: who, what (parsed by the contract), and a signal that fires when the caller hangs up. */
export type UseCase<P> = (actor: Actor, input: InputOf<P>, signal: AbortSignal | undefined) => Promise<OutputOf<P>>;

/** The use cases of one resource of the contract, as `server/main.ts` hands them to the router. */
export type Service<R extends keyof Contract> = { [P in keyof Contract[R]]: UseCase<Contract[R][P]> };
