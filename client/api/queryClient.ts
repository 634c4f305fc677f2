import { QueryClient } from '@tanstack/react-query';
import { failureOf } from './errors.ts';

/** Two more tries for what may pass by itself; a refusal is shown at once. */
function shouldRetry(failures: number, error: unknown): boolean {
  return failures < 2 && failureOf(error).retryable;
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // Without a network a page says so at once, instead of waiting for it; it loads by itself when there is one again.
      queries: { staleTime: 10_000, retry: shouldRetry, networkMode: 'always', refetchOnReconnect: true },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}
