/** Names of the rooms that sockets are in; processes tell each other by the same names what is watched. */
export const workspaceRoom = (id: string): string => `workspace:${id}`;
export const userRoom = (id: string): string => `user:${id}`;
export const runRoom = (id: string): string => `run:${id}`;

export const workflowRoom = (id: string): string => `workflow:${id}`;

/** The workflow of a room, or null for a room of another kind. */
export function workflowOfRoom(room: string): string | null {
  return room.startsWith('workflow:') ? room.slice(9) : null;
}

/** The run of a room, or null for a room of another kind. */
export function runOfRoom(room: string): string | null {
  return room.startsWith('run:') ? room.slice(4) : null;
}

/** Every socket also has a room of its own, which is nobody else's business. */
export function isShared(room: string): boolean {
  return /^(?:workspace|user|run|workflow):/.test(room);
}
