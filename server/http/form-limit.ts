import { isIPv6 } from 'node:net';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** How often one network may send one form. People behind one office router share it; a script that floods a workflow with runs does not get far. */
const perMinute = 30;

/** Counts a sending. The function that it makes gives the seconds to wait, 0 when it may pass. Counted in each process by itself. */
export function createFormLimit(points = perMinute): (key: string) => Promise<number> {
  const limiter = new RateLimiterMemory({ points, duration: 60 });
  return async (key) => {
    try {
      await limiter.consume(key);
      return 0;
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      return Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000));
    }
  };
}

/** An IPv6 network hands out 2^64 addresses to one household, so its first half is what counts. */
export function networkOf(ip: string): string {
  if (!isIPv6(ip) || ip.startsWith('::ffff:')) return ip;
  const [head = '', tail] = ip.split('::');
  const groups = head.split(':').filter((group) => group !== '');
  if (tail !== undefined) while (groups.length < 4) groups.push('0');
  return groups.slice(0, 4).join(':');
}
