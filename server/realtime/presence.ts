import type { PersonHere } from '../../shared/api/socket.ts';

/** Who has which workflow open, over all processes. What a process says of its own people counts until it says otherwise, or falls silent. */
export interface Presence {
  /** One of the sockets of this process has opened it. False: that socket has too many open already. */
  enter(workflowId: string, socketId: string, person: PersonHere): boolean;
  leave(workflowId: string, socketId: string): void;
  /** The socket is gone. */
  leaveAll(socketId: string): void;
  people(workflowId: string): PersonHere[];
  /** Another process told of its people. */
  heard(told: ToldPeople): void;
  /** Tells other processes again who is here: one of them has begun to listen. */
  tell(workflowId: string): void;
  /** Nobody here looks at it any more: what others told is of no use. */
  forget(workflowId: string): void;
  close(): void;
}

/** The people that one process has at a workflow; none: the last has left. */
export interface ToldPeople {
  /** The process. */
  origin: string;
  workflowId: string;
  people: readonly PersonHere[];
}

export interface PresenceDeps {
  origin: string;
  /** To everybody who has it open at this process. */
  emit(workflowId: string, people: readonly PersonHere[]): void;
  /** To the other processes that listen. */
  publish(told: ToldPeople): void;
  now(): number;
}

export const presenceLimits = {
  /** Workflows that one socket may have open. */
  perSocket: 20,
  /** People that one process tells of, and the characters of their names: a message has 8 kB. */
  told: 20,
  nameChars: 60,
  againMs: 10_000,
  silentMs: 35_000,
} as const;

export function createPresence({ origin, emit, publish, now }: PresenceDeps): Presence {
  const here = new Map<string, Map<string, PersonHere>>();
  const elsewhere = new Map<string, Map<string, { people: readonly PersonHere[]; at: number }>>();

  function people(workflowId: string): PersonHere[] {
    const all = new Map<string, PersonHere>();
    for (const person of here.get(workflowId)?.values() ?? []) all.set(person.userId, person);
    for (const { people: told } of elsewhere.get(workflowId)?.values() ?? [])
      for (const person of told) if (!all.has(person.userId)) all.set(person.userId, person);
    return [...all.values()];
  }

  function tell(workflowId: string): void {
    const own = new Map([...(here.get(workflowId)?.values() ?? [])].map((person) => [person.userId, person]));
    publish({ origin, workflowId, people: [...own.values()].slice(0, presenceLimits.told) });
  }

  function changed(workflowId: string): void {
    emit(workflowId, people(workflowId));
    tell(workflowId);
  }

  function leave(workflowId: string, socketId: string): void {
    const sockets = here.get(workflowId);
    if (!sockets?.delete(socketId)) return;
    if (sockets.size === 0) here.delete(workflowId);
    changed(workflowId);
  }

  const timer = setInterval(() => {
    for (const workflowId of here.keys()) tell(workflowId);
    for (const [workflowId, processes] of elsewhere) {
      const before = processes.size;
      for (const [id, { at }] of processes) if (now() - at > presenceLimits.silentMs) processes.delete(id);
      if (processes.size === 0) elsewhere.delete(workflowId);
      if (processes.size !== before) emit(workflowId, people(workflowId));
    }
  }, presenceLimits.againMs);
  timer.unref();

  return {
    enter(workflowId, socketId, { userId, name }) {
      const open = [...here.values()].filter((sockets) => sockets.has(socketId)).length;
      if (open >= presenceLimits.perSocket) return false;
      const sockets = here.get(workflowId) ?? new Map<string, PersonHere>();
      here.set(workflowId, sockets.set(socketId, { userId, name: name.slice(0, presenceLimits.nameChars) }));
      changed(workflowId);
      return true;
    },
    leave,
    leaveAll(socketId) {
      for (const workflowId of here.keys()) leave(workflowId, socketId);
    },
    people,
    heard(told) {
      const processes = elsewhere.get(told.workflowId) ?? new Map();
      const before = JSON.stringify(people(told.workflowId));
      if (told.people.length === 0) processes.delete(told.origin);
      else processes.set(told.origin, { people: told.people, at: now() });
      if (processes.size === 0) elsewhere.delete(told.workflowId);
      else elsewhere.set(told.workflowId, processes);
      const after = people(told.workflowId);
      if (JSON.stringify(after) !== before) emit(told.workflowId, after);
    },
    tell(workflowId) {
      if (here.has(workflowId)) tell(workflowId);
    },
    forget: (workflowId) => void elsewhere.delete(workflowId),
    close: () => clearInterval(timer),
  };
}
