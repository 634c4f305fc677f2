import type { TakenRun } from '../engine/ports.ts';
import type { Wish } from '../../shared/workflow/run.ts';
import type { Take } from './take.ts';

/** Decides which process works on which run. */
export interface Dispatcher {
  /** This process's number; a run that carries it is being run here. */
  readonly worker: number;
  /** Takes up to `limit` runs that are due, fairly between workspaces and within their caps. */
  takeDue(limit: number): Promise<Take>;
  /** Takes up to `limit` runs of processes that are gone. */
  takeOrphaned(limit: number): Promise<TakenRun[]>;
  /** See `EnginePorts`. */
  giveBack(run: TakenRun, refused: boolean): Promise<number | null>;
  /** Takes one run that rests, for a person's decision. Null: another process holds it, or it has ended. */
  takeResting(workspaceId: string, runId: string): Promise<TakenRun | null>;
  /** Runs of this process that somebody, here or elsewhere, wants cancelled. */
  cancelRequested(): Promise<string[]>;
  /** What somebody wants of runs of this process, acted on or not. */
  wishes(): Promise<{ runId: string; wish: Wish }[]>;
  /** The runs that are this process's by their rows. */
  held(): Promise<TakenRun[]>;
  /** Runs of this process for which a word has come since they were taken; those that have read it already are among them. */
  signalled(): Promise<string[]>;
  /** How many runs of a workspace may be at work at once. */
  runLimit(workspaceId: string): Promise<number>;
  /** How many processes live that take from the queue. */
  takers(): Promise<number>;
  /** Gives up the number: whatever still carries it may be taken by others. */
  close(): Promise<void>;
}
