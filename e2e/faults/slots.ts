import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultPoint } from '../../server/faults.ts';
import { launch, type Launched } from '../support/instance.ts';

export type Role = 'web' | 'worker';

/** A fault point to die at, and at which passing of it. */
export interface Planned {
  point: FaultPoint;
  occurrence: number;
}

/** A place in which a process of one role runs; when it dies, the next one is started. */
export interface Slot {
  readonly role: Role;
  /** Its address, while it listens. */
  readonly url: string | null;
  /** It dies by itself, at a fault point. */
  readonly armed: Planned | null;
  /** Sends SIGKILL. @returns false when nothing runs in it now. */
  kill(): boolean;
  /** Lets what runs in it go on, disarms it and starts no other. Resolves when its process has ended by SIGTERM. */
  stop(): Promise<void>;
}

export interface SlotOptions {
  role: Role;
  env: Record<string, string>;
  /** Asked at each start: the fault point at which the process is to die, or null. */
  arm(role: Role): Planned | null;
  /** Its process got SIGKILL: at this point, or null for one that was killed from outside. */
  died(role: Role, at: Planned | null): void;
  /** Its process neither listened nor ended within a minute; it is killed, and that is no planned kill. */
  hung(role: Role, output: string): void;
  /** Its process ended in another way: before it listened (the database went away while it started), or later, which it never should. */
  failed(role: Role, when: 'starting' | 'running', output: string): void;
}

/** An armed process that does not come to its point within this time is killed from outside. */
const armedPatienceMs = 20_000;

export function openSlot({ role, env, arm, died, failed, hung }: SlotOptions): Slot {
  let current: Launched | null = null;
  let url: string | null = null;
  let armed: Planned | null = null;
  let closing = false;
  let killedFromOutside = false;

  async function keepRunning(): Promise<void> {
    while (!closing) {
      armed = arm(role);
      killedFromOutside = false;
      let isHung = false;
      const fault: Record<string, string> = armed ? { FAULT_POINT: `${armed.point}:${armed.occurrence}` } : {};
      const process = launch({ ...env, ...fault, ROLE: role });
      current = process;
      process.listening.then(
        (address) => {
          if (current === process) url = address;
        },
        () => {
          if (current !== process || closing) return;
          isHung = true;
          hung(role, process.output());
          process.kill();
        },
      );
      const timer = setTimeout(() => {
        if (armed && !closing) slot.kill();
      }, armedPatienceMs);
      const { signal } = await process.ended;
      const hasListened = url !== null;
      clearTimeout(timer);
      current = null;
      url = null;
      if (isHung) continue;
      if (signal === 'SIGKILL') died(role, killedFromOutside ? null : armed);
      else if (!closing) {
        failed(role, hasListened ? 'running' : 'starting', process.output());
        await sleep(500);
      }
    }
  }

  const slot: Slot = {
    role,
    get url() {
      return url;
    },
    get armed() {
      return armed;
    },
    kill() {
      if (!current) return false;
      killedFromOutside = true;
      current.kill();
      return true;
    },
    async stop() {
      closing = true;
      await current?.stop();
      await running;
    },
  };
  const running = keepRunning();
  return slot;
}
