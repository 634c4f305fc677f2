import { lookup as dnsLookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { AppError } from '../../../shared/errors.ts';
import { outboundUrl, portOf } from './url.ts';

export interface Address {
  address: string;
  family: 4 | 6;
}

/** All addresses of a host name. @throws Error with `code` when there are none. */
export type Lookup = (hostname: string) => Promise<Address[]>;

export const systemLookup: Lookup = async (hostname) => {
  const found = await dnsLookup(hostname, { all: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
};

/** Public by its range, yet inside: Azure's metadata and DNS service. */
const INTERNAL = new Set(['168.63.129.16']);
/** Below 1024 live mail, name and file servers; an HTTP request with a body of one's choice can talk to some of them. */
const WEB_PORTS = new Set([80, 443]);
/** All of IPv6 that is routed globally. What embeds IPv4 outside of it (mapped, compatible, NAT64) is not called. */
const GLOBAL_V6 = ipaddr.IPv6.parse('2000::');

/** Whether an address belongs to the public Internet. Allows what is known to be public, so that an unknown range stays closed. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address) || isIP(address) === 0 || INTERNAL.has(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_V6, 3);
}

/** A host, by name or address, and a port that the operator opened although it may be private. Both must match exactly. */
export interface OpenTarget {
  /** IPv6 without brackets. */
  host: string;
  port: number;
}

export interface AllowList {
  has(host: string, port: number): boolean;
}

/** @throws AppError bad_request that names the wrong entry. */
export function allowList(targets: readonly OpenTarget[]): AllowList {
  const known = new Set(
    targets.map(({ host, port }) => {
      // Through the same parser as the URLs that are called, so that one address has one spelling.
      const text = `http://${isIP(bare(host)) === 6 ? `[${bare(host)}]` : host}:${port}`;
      const plain = /^[^\s/?#@\\*:]+$/.test(host) || isIP(bare(host)) === 6;
      if (!plain || !URL.canParse(text)) {
        throw new AppError('bad_request', `OUTBOUND_ALLOW: “${host}:${port}” is no host with a port.`);
      }
      return `${bare(new URL(text).hostname)}:${port}`;
    }),
  );
  return { has: (host, port) => known.has(`${bare(host)}:${port}`) };
}

/** The target of a URL that the operator configured, such as the base URL of a local model. */
export function targetOf(url: string): OpenTarget {
  const parsed = outboundUrl(url);
  return { host: bare(parsed.hostname), port: portOf(parsed) };
}

/** Lower case, without the brackets of IPv6 and the dot at the end of a full name. */
export function bare(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
}

/**
 * The addresses that may be connected to for a host. Every one of them must be public, or opened by name or by address: a name that
 * has one public and one private address is a trap.
 * @throws AppError outbound_blocked; Error with `code` ENOTFOUND when the name is not known.
 */
export async function checkedAddresses(
  hostname: string,
  port: number,
  allow: AllowList,
  lookup: Lookup,
): Promise<Address[]> {
  const host = bare(hostname);
  if (port < 1024 && !WEB_PORTS.has(port) && !allow.has(host, port)) {
    throw blocked(host, port, 'only the ports 80, 443 and those from 1024 up can be called');
  }
  const family = isIP(host);
  const addresses =
    family === 0 ? await lookup(host) : [{ address: host, family: family === 6 ? (6 as const) : (4 as const) }];
  if (addresses.length === 0) throw Object.assign(new Error('no address'), { code: 'ENOTFOUND' });
  const open =
    allow.has(host, port) || addresses.every(({ address }) => isPublicAddress(address) || allow.has(address, port));
  if (!open) throw blocked(host, port, 'it is a private or reserved address');
  return addresses;
}

function blocked(host: string, port: number, reason: string): AppError {
  const pair = `${shown(host)}:${port}`;
  return new AppError(
    'outbound_blocked',
    `${pair} is not open to workflows: ${reason}. An administrator can open it with OUTBOUND_ALLOW=${pair}.`,
    {
      details: { host: shown(host), port },
    },
  );
}

function shown(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host;
}
