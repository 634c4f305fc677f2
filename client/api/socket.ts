import { useEffect, useEffectEvent } from 'react';
import type { io as SocketIo, Socket } from 'socket.io-client';
import type { ClientToServer, ServerToClient } from '../../shared/api/socket.ts';
import { connection } from './connection.ts';

export type AppSocket = Socket<ServerToClient, ClientToServer>;

const againMs = 5_000;

let socket: Promise<AppSocket> | undefined;
let made: AppSocket | undefined;

/**
 * The one socket of the page, made at first use; nothing on the first screen waits for its code. The session cookie authenticates it. Never
 * rejects: what cannot be fetched now is tried again.
 */
function appSocket(): Promise<AppSocket> {
  socket ??= fetchSocket();
  return socket;
}

async function fetchSocket(): Promise<AppSocket> {
  for (;;) {
    const module = await import('socket.io-client').catch(() => null);
    if (module) return makeSocket(module.io);
    connection.setState({ socket: 'lost' });
    await new Promise((resolve) => setTimeout(resolve, againMs));
  }
}

function makeSocket(io: typeof SocketIo): AppSocket {
  const active: AppSocket = io({ autoConnect: false, withCredentials: true, reconnectionDelayMax: 5_000 });
  active.on('connect', () => connection.setState({ socket: 'online' }));
  active.on('disconnect', (reason) => {
    connection.setState({ socket: reason === 'io client disconnect' ? 'idle' : 'lost' });
  });
  active.on('connect_error', () => connection.setState({ socket: 'lost' }));
  made = active;
  return active;
}

/** The socket, unless it has no connection now. */
export function connectedSocket(): AppSocket | undefined {
  return made?.connected ? made : undefined;
}

/** Does something with the socket as soon as it is there. @returns what undoes it, or keeps it from being done. */
export function withSocket(use: (active: AppSocket) => () => void): () => void {
  let isOver = false;
  let undo: (() => void) | undefined;
  void appSocket().then((active) => {
    if (!isOver) undo = use(active);
  });
  return () => {
    isOver = true;
    undo?.();
  };
}

/** Listens until the returned function is called. */
export function onSocket<A extends unknown[]>(event: string, listener: (...args: A) => void): () => void {
  return withSocket((active) => {
    const target = active as unknown as { on(name: string, fn: unknown): void; off(name: string, fn: unknown): void };
    target.on(event, listener);
    return () => target.off(event, listener);
  });
}

/** Keeps the socket open while the shell of a workspace is on the screen; another workspace connects anew. */
export function useSocketConnection(workspaceId: string): void {
  useEffect(
    () =>
      withSocket((active) => {
        active.connect();
        return () => void active.disconnect();
      }),
    [workspaceId],
  );
}

/** Calls `handler` for every such event while the component is mounted. The newest handler is used without subscribing again. */
export function useSocketEvent<E extends keyof ServerToClient>(event: E, handler: ServerToClient[E]): void {
  const onEvent = useEffectEvent((...args: Parameters<ServerToClient[E]>) => {
    (handler as (...values: Parameters<ServerToClient[E]>) => void)(...args);
  });
  useEffect(() => onSocket(event, (...args: Parameters<ServerToClient[E]>) => onEvent(...args)), [event]);
}

/** Calls `handler` when the connection is there again: what happened meanwhile is only on the server. */
export function useReconnected(handler: () => void): void {
  const onConnect = useEffectEvent(handler);
  useEffect(() => onSocket('connect', () => onConnect()), []);
}
