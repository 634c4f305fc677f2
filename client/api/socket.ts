import { useEffect, useEffectEvent } from 'react';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type { ClientToServer, ServerToClient } from '../../shared/api/socket.ts';
import { connection } from './connection.ts';

export type AppSocket = Socket<ServerToClient, ClientToServer>;

let socket: AppSocket | undefined;

/** The one socket of the page, made at first use. The session cookie authenticates it. */
export function appSocket(): AppSocket {
  if (socket) return socket;
  const made: AppSocket = io({ autoConnect: false, withCredentials: true, reconnectionDelayMax: 5_000 });
  made.on('connect', () => connection.setState({ socket: 'online' }));
  made.on('disconnect', (reason) => {
    connection.setState({ socket: reason === 'io client disconnect' ? 'idle' : 'lost' });
  });
  made.on('connect_error', () => connection.setState({ socket: 'lost' }));
  socket = made;
  return made;
}

/** Keeps the socket open while the shell of a workspace is on the screen; another workspace connects anew. */
export function useSocketConnection(workspaceId: string): void {
  useEffect(() => {
    const active = appSocket();
    active.connect();
    return () => {
      active.disconnect();
    };
  }, [workspaceId]);
}

/** Calls `handler` for every such event while the component is mounted. The newest handler is used without subscribing again. */
export function useSocketEvent<E extends keyof ServerToClient>(event: E, handler: ServerToClient[E]): void {
  const onEvent = useEffectEvent((...args: Parameters<ServerToClient[E]>) => {
    (handler as (...values: Parameters<ServerToClient[E]>) => void)(...args);
  });
  useEffect(() => {
    const active = appSocket() as unknown as {
      on(name: string, listener: (...args: Parameters<ServerToClient[E]>) => void): void;
      off(name: string, listener: (...args: Parameters<ServerToClient[E]>) => void): void;
    };
    const listener = (...args: Parameters<ServerToClient[E]>) => onEvent(...args);
    active.on(event, listener);
    return () => active.off(event, listener);
  }, [event]);
}

/** Calls `handler` when the connection is there again: what happened meanwhile is only on the server. */
export function useReconnected(handler: () => void): void {
  const onConnect = useEffectEvent(handler);
  useEffect(() => {
    const active = appSocket();
    const listener = () => onConnect();
    active.on('connect', listener);
    return () => {
      active.off('connect', listener);
    };
  }, []);
}
