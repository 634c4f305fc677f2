import { createHash, createHmac } from 'node:crypto';

/**
 * The public token of a trigger: 192 bits derived from its id by the server's secret, so that it can be shown again at any time, while the
 * database holds only a hash that opens nothing.
 */
export function triggerToken(secret: string, triggerId: string): string {
  return createHmac('sha256', secret).update(`trigger:${triggerId}`).digest().subarray(0, 24).toString('base64url');
}

export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
