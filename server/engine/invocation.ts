import type { RunState } from '../../shared/engine/state.ts';
import type { EnginePorts, ExecutableVersion, OutboxOutcome, OutboxRow, TakenRun } from './ports.ts';

/** One attempt of one step. */
export interface StepInvocation {
  run: TakenRun;
  version: ExecutableVersion;
  state: RunState;
  /** The step's address. */
  node: string;
  ports: EnginePorts;
  signal: AbortSignal;
  /** An earlier attempt announced its effect and never journaled an outcome. */
  outcomeUnknown: boolean;
  /** Its effect is taken back. */
  undoes?: true;
  intend(key: string, mail: OutboxRow | undefined): Promise<void>;
  /** Puts a mail aside until the run has succeeded. */
  hold(mail: OutboxRow): void;
  settleMail(outcome: OutboxOutcome): void;
  /** Resolves when the run, as far as it has come, is in the database. */
  durable(): Promise<void>;
}

/** The same for every attempt of a step, in every process: what other servers deduplicate by. */
export function idempotencyKey(runId: string, node: string): string {
  return `${runId}:${node}`;
}
