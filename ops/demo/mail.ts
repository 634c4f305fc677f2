import { simpleParser, type AddressObject, type ParsedMail } from 'mailparser';
import type { ApiClient } from '../../shared/api/client.ts';
import type { MailPreview } from '../../shared/api/runs.ts';
import { DemoFailure } from './failure.ts';

/** A mail as it arrived over SMTP. */
export interface ArrivedMail {
  source: string;
  parsed: ParsedMail;
}

const arrivalMs = 20_000;

/**
 * Finds the mail with that Message-ID in the inbox.
 * @throws DemoFailure when it has not arrived after 20 s.
 */
export async function fetchArrived(api: ApiClient, messageId: string): Promise<ArrivedMail> {
  const deadline = Date.now() + arrivalMs;
  do {
    const { items } = await api.inbox.list({ limit: 20 }, { signal: AbortSignal.timeout(arrivalMs) });
    for (const { id } of items) {
      const { source, truncated } = await api.inbox.source({ id }, { signal: AbortSignal.timeout(arrivalMs) });
      const parsed = await simpleParser(source, { skipImageLinks: true });
      if (parsed.messageId !== messageId) continue;
      if (truncated) throw new DemoFailure('The mail is too long for the inbox to show it whole.');
      return { source, parsed };
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  } while (Date.now() < deadline);
  throw new DemoFailure(`The mail ${messageId} did not arrive in the inbox.`);
}

/** In which parts an arrived mail differs from the one that was confirmed; none means that people got what was shown. */
export function differences(arrived: ParsedMail, confirmed: MailPreview): string[] {
  const parts: [name: string, got: string, wanted: string][] = [
    ['sender', addresses(arrived.from), bare([confirmed.from])],
    ['recipients', addresses(arrived.to), bare(confirmed.to)],
    ['copies', addresses(arrived.cc), bare(confirmed.cc)],
    ['subject', arrived.subject ?? '', confirmed.subject],
    ['text', lines(arrived.text ?? ''), lines(confirmed.text)],
    ['HTML', lines(arrived.html || ''), lines(confirmed.html ?? '')],
  ];
  return parts.filter(([, got, wanted]) => got !== wanted).map(([name]) => name);
}

function addresses(value: AddressObject | AddressObject[] | undefined): string {
  return [value ?? []]
    .flat()
    .flatMap((list) => list.value.map((one) => (one.address ?? '').toLowerCase()))
    .join(', ');
}

/** `Ada <ada@example.com>` and `ada@example.com` are the same address. */
function bare(people: readonly string[]): string {
  return people.map((one) => (/<([^<>]+)>\s*$/.exec(one)?.[1] ?? one).trim().toLowerCase()).join(', ');
}

/** Mail has its own line ends, and a transport may add one at the end. */
function lines(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(/\n+$/, '');
}
