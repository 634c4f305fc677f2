/**
 * Loaded into the server by a bench (`--import`): appends a line of JSON to the file in BENCH_REPORT every ten seconds. Garbage is collected
 * first, so that the heap is what is really kept.
 */
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const file = process.env.BENCH_REPORT;
if (file) {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const report = async (): Promise<void> => {
    collect();
    // What was found to be garbage is given back beside the main thread: buffers count until then.
    await sleep(250);
    collect();
    await sleep(250);
    const { rss, heapUsed, external } = process.memoryUsage();
    const active = process.getActiveResourcesInfo();
    const timers = active.filter((name) => name === 'Timeout' || name === 'Immediate').length;
    const figures = {
      rssMb: rss / 1_048_576,
      heapMb: heapUsed / 1_048_576,
      buffersMb: external / 1_048_576,
      timers,
      handles: active.length - timers,
    };
    appendFileSync(file, `${JSON.stringify(figures)}\n`);
  };
  setInterval(() => void report(), 10_000).unref();
}
