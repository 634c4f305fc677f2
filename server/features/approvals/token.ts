import { createHash, createHmac } from 'node:crypto';

/** The public token of an approval: 192 bits derived from its id by the server's secret. The database holds only a hash that opens nothing. */
export function approvalToken(secret: string, approvalId: string): string {
  return createHmac('sha256', secret).update(`approval:${approvalId}`).digest().subarray(0, 24).toString('base64url');
}

export function approvalTokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
