import { setTimeout as sleep } from 'node:timers/promises';
import { callbackify } from 'node:util';
import { Agent, buildConnector } from 'undici';
import { checkedAddresses, type AllowList, type Lookup } from './address.ts';

const CONNECT_TIMEOUT_MS = 10_000;

/**
 * The one place where sockets to user-given hosts are opened. The name is looked up once, every address is checked, and the socket
 * goes to exactly those addresses: there is no second look-up that could answer differently. Whatever uses this agent, redirects and
 * SDKs included, passes here.
 */
export function guardedAgent(allow: AllowList, lookup: Lookup): Agent {
  return new Agent({
    connect: (options, callback) => {
      const port = options.port === '' ? (options.protocol === 'https:' ? 443 : 80) : Number(options.port);
      const check = callbackify(() =>
        Promise.race([checkedAddresses(options.hostname, port, allow, lookup), tooLate()]),
      );
      check((error, addresses) => {
        if (error) return callback(error, null);
        const [first] = addresses;
        const connect = buildConnector({
          allowH2: false,
          timeout: CONNECT_TIMEOUT_MS,
          lookup: (_hostname, wish, done) =>
            wish.all ? done(null, addresses) : done(null, first?.address ?? '', first?.family ?? 4),
        });
        connect({ ...options, port: String(port) }, callback);
      });
    },
    allowH2: false,
    connections: 64,
    keepAliveTimeout: 10_000,
    keepAliveMaxTimeout: 60_000,
    headersTimeout: 300_000,
    bodyTimeout: 300_000,
    maxHeaderSize: 64 * 1024,
  });
}

async function tooLate(): Promise<never> {
  await sleep(CONNECT_TIMEOUT_MS, undefined, { ref: false });
  throw Object.assign(new Error('look-up takes too long'), { code: 'ETIMEDOUT' });
}
