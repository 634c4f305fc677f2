import { useEffect, useState } from 'react';
import { formatAgo, formatInstant } from './format.ts';

const everyMs = 30_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One clock for all relative times of the page. */
function onTick(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const each of listeners) each();
  }, everyMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** "5 minutes ago", kept up to date; the exact time on hover. */
export function Ago({ at }: { at: string }) {
  const [, tick] = useState(0);
  useEffect(() => onTick(() => tick((count) => count + 1)), []);
  return (
    <time dateTime={at} title={formatInstant(at)}>
      {formatAgo(at, Date.now())}
    </time>
  );
}
