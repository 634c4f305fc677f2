import { useNow } from './clock.ts';
import { formatAgo, formatInstant } from './format.ts';

/** "5 minutes ago", kept up to date; the exact time on hover. */
export function Ago({ at }: { at: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={formatInstant(at)}>
      {formatAgo(at, now)}
    </time>
  );
}
