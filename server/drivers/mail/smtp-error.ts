import { AppError } from '../../../shared/errors.ts';

/** What nodemailer adds to its errors. */
interface SmtpErrorFields {
  code?: string;
  originalCode?: string;
  command?: string;
  response?: string;
  responseCode?: number;
  message?: string;
}

/** A failed attempt and how far the message had got. */
export class SmtpFailure extends Error {
  readonly fields: SmtpErrorFields;
  /** The whole message had been handed to the socket: its final dot may have reached the server. */
  readonly handedOver: boolean;
  /** The connection was closed on us before a byte of the message was read, without a refusal. */
  readonly wasStale: boolean;

  constructor(cause: unknown, handedOver: boolean, begun: boolean) {
    super('SMTP attempt failed', { cause });
    this.fields = cause instanceof Error ? (cause as SmtpErrorFields) : {};
    this.handedOver = handedOver;
    this.wasStale = !begun && /maximum number of retries after connection was closed/.test(this.fields.message ?? '');
  }
}

export interface SmtpCircumstances {
  /** `host:port`, for the message. */
  server: string;
  /** The caller gave up. */
  cancelled: boolean;
  /** Our own deadline passed. */
  late: boolean;
}

/**
 * Decides what a failure means. Three rules, in this order: a reply of the server is certain; without a reply, a message that was
 * wholly handed over is uncertain; anything else was certainly not delivered.
 */
export function smtpError(failure: unknown, { server, cancelled, late }: SmtpCircumstances): AppError {
  if (!(failure instanceof SmtpFailure)) throw failure;
  const { fields } = failure;
  const cause = failure.cause;
  if (fields.code === 'EAUTH' || fields.code === 'ENOAUTH') return authError(fields, server, cause);
  if (fields.responseCode !== undefined) return rejection(fields, server, cause);
  if (fields.code === 'EENVELOPE' || fields.code === 'EMESSAGE') return refusedBeforehand(fields, server, cause);
  if (failure.handedOver) {
    const message = `The connection to the mail server ${server} broke after the message was sent, before the server confirmed it. It may or may not have been delivered.`;
    return new AppError('mail_uncertain', message, { cause });
  }
  if (cancelled)
    return new AppError('cancelled', 'Sending was cancelled before the mail server took the message.', { cause });
  if (late) {
    const message = `The mail server ${server} did not take the message in time. Nothing was delivered. Check SMTP_URL and the server's load.`;
    return new AppError('timeout', message, { retryable: true, cause });
  }
  const message = `The mail server ${server} cannot be reached: ${plainCause(fields)}. Check SMTP_URL.`;
  return new AppError('mail_unreachable', message, { retryable: true, cause });
}

/** The reply to a wrong password may repeat what was sent, so it is not quoted. */
function authError(fields: SmtpErrorFields, server: string, cause: unknown): AppError {
  const temporary = fields.responseCode !== undefined && fields.responseCode < 500;
  const message = temporary
    ? `The mail server ${server} cannot check the login right now (${fields.responseCode}).`
    : `The mail server ${server} refused the login: the user or password in SMTP_URL is wrong or missing.`;
  return new AppError('mail_rejected', message, {
    retryable: temporary,
    details: { server, reason: 'auth' },
    cause: redacted(cause),
  });
}

function rejection(fields: SmtpErrorFields, server: string, cause: unknown): AppError {
  const code = fields.responseCode ?? 0;
  const reply = (fields.response ?? String(code)).replaceAll(/\s+/g, ' ').slice(0, 300);
  const retryable = code < 500;
  const what =
    { 'RCPT TO': 'every recipient', 'MAIL FROM': 'the sender', DATA: 'the message' }[fields.command ?? ''] ??
    'the conversation';
  const message = `The mail server ${server} refused ${what}${retryable ? ' for now' : ''}: ${reply}`;
  return new AppError('mail_rejected', message, { retryable, details: { server, response: reply }, cause });
}

/** nodemailer itself saw that it cannot work: no recipient, or larger than the server announced to take. */
function refusedBeforehand(fields: SmtpErrorFields, server: string, cause: unknown): AppError {
  const reason = /size larger/.test(fields.message ?? '')
    ? 'it is larger than the server takes'
    : 'its sender or recipients are not valid';
  return new AppError('mail_rejected', `The mail cannot be sent over ${server}: ${reason}.`, { cause });
}

function plainCause(fields: SmtpErrorFields): string {
  const code = fields.originalCode ?? fields.code ?? '';
  const message = fields.message ?? '';
  if (/certificate|self.signed|CERT_|ALT_NAME/i.test(`${code} ${message}`)) return 'its TLS certificate is not trusted';
  if (fields.code === 'ETLS' || /SSL|wrong version number/i.test(message)) {
    return 'TLS failed (smtps:// is for ports that start with TLS, often 465; smtp:// for the others)';
  }
  switch (code) {
    case 'ECONNREFUSED':
      return 'it refuses connections';
    case 'ENOTFOUND':
    case 'EDNS':
      return 'its name is not known';
    case 'EAI_AGAIN':
      return 'its name could not be looked up';
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return 'there is no network route to it';
    case 'ETIMEDOUT':
      return 'it does not answer';
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ECONNECTION':
    case 'ESOCKET':
      return 'it closed the connection';
    case 'EPROTOCOL':
      return 'what answers there is not a mail server';
    default:
      return 'the connection failed';
  }
}

/** Keeps the stack for the log and drops the server's words. */
function redacted(cause: unknown): unknown {
  if (!(cause instanceof Error)) return undefined;
  const copy = new Error('SMTP login refused');
  copy.stack = cause.stack?.replace(cause.message, 'SMTP login refused') ?? '';
  return copy;
}
