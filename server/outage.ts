/**
 * Telling a database that is away from one that refuses. When it is away, nobody knows what became of the statement under way, and the same
 * may work in a moment; what it refuses, it will refuse again.
 */

const systemCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
/** Shut down by an administrator, by a crash of another process, starting up; too many connections. */
const serverCodes = new Set(['57P01', '57P02', '57P03', '53300']);
/** The stores' errors begin with the statement. */
const words =
  /(?:^| - )(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed|Connection ended unexpectedly|Knex: Timeout acquiring a connection)/;

/** True when the database could not be reached, or the line to it broke. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && (systemCodes.has(code) || serverCodes.has(code) || code.startsWith('08')))
    return true;
  if (words.test(error.message)) return true;
  return error.cause !== undefined && isOutage(error.cause);
}
