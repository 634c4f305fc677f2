import { AppError } from '../../../shared/errors.ts';

export interface MailAddress {
  /** Display name; empty when there is none. */
  name: string;
  /** `local@domain`, as it was written. */
  address: string;
}

// Control characters are refused as a class: CR and LF are how headers and SMTP commands are injected.
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u;
const WITH_NAME = /^(?<name>[^<>]*)<(?<address>[^<>]*)>$/;
// Unquoted local parts only. Quoted ones (`"a b"@x`) are legal, all but unused, and a classic way to smuggle a second address.
const LOCAL_PART = /^[^\s"(),:;<>@[\\\]]{1,64}$/;
const DOMAIN = /^(?=.{1,253}$)[^\s"(),:;<>@[\\\].]+(?:\.[^\s"(),:;<>@[\\\].]+)*$/;

/**
 * Reads one address, `local@domain` or `Name <local@domain>`. A list in one string is refused: the caller splits.
 * @throws AppError bad_request that names the address.
 */
export function parseAddress(text: string): MailAddress {
  const trimmed = text.trim();
  const named = WITH_NAME.exec(trimmed);
  const address = (named?.groups?.['address'] ?? trimmed).trim();
  const name = unquote((named?.groups?.['name'] ?? '').trim());
  if (CONTROL.test(trimmed) || !isMailbox(address)) {
    throw new AppError('bad_request', `“${printable(text)}” is not an e-mail address.`, {
      details: { address: printable(text) },
    });
  }
  return { name, address };
}

function isMailbox(address: string): boolean {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  return (
    at > 0 &&
    LOCAL_PART.test(local) &&
    !local.startsWith('.') &&
    !local.endsWith('.') &&
    DOMAIN.test(address.slice(at + 1))
  );
}

function unquote(name: string): string {
  return /^".*"$/.test(name) ? name.slice(1, -1).replaceAll(/\\(.)/g, '$1') : name;
}

/** For messages: bounded, and without what could break a line of a log. */
function printable(text: string): string {
  return oneLine(text).slice(0, 200);
}

/** Runs of control characters and white space become one space. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}

/** Whether the text can stand in a header as it is. */
export function isOneLine(text: string): boolean {
  return !CONTROL.test(text);
}
