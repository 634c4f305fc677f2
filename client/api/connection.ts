import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** `idle`: not asked for. `lost`: was or should be connected and is not. */
export interface ConnectionState {
  socket: 'idle' | 'online' | 'lost';
}

export const connection = createStore<ConnectionState>(() => ({ socket: 'idle' }));

export function useConnection(): ConnectionState {
  return useStore(connection);
}
