import { QueryCache, QueryClient } from '@tanstack/react-query';
import { query } from './client.ts';
import { failureOf } from './errors.ts';

/** Two more tries for what may pass by itself; a refusal is shown at once. */
function shouldRetry(failures: number, error: unknown): boolean {
  return failures < 2 && failureOf(error).retryable;
}

/** A session that ended while the app was open: asking again who is signed in sends the shell to the sign-in page. */
export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, failed) => {
        const me = query.workspace.me.queryKey();
        const isMe = JSON.stringify(failed.queryKey) === JSON.stringify(me);
        if (failureOf(error).code === 'unauthorized' && !isMe) void client.invalidateQueries({ queryKey: me });
      },
    }),
    defaultOptions: { queries: { staleTime: 10_000, retry: shouldRetry }, mutations: { retry: false } },
  });
  return client;
}
