import { QueryClient } from '@tanstack/react-query';
import { failureOf } from './errors.ts';

/** Two more tries for what may pass by itself; a refusal is shown at once. */
function shouldRetry(failures: number, error: unknown): boolean {
  return failures < 2 && failureOf(error).retryable;
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: { queries: { staleTime: 10_000, retry: shouldRetry }, mutations: { retry: false } },
  });
}
