import { useEditor, useRun } from '../../stores/context.tsx';
import type { HeldMailStatus } from '../../../shared/engine/held.ts';

/** More than these are counted, not listed. */
const listed = 20;

const words: Record<HeldMailStatus, string> = {
  held: 'held',
  sending: 'being sent',
  retrying: 'tried again later',
  uncertain: 'unknown whether it was sent',
  sent: 'sent',
  failed: 'not sent',
  discarded: 'discarded',
};

/** The mails of a run that sends them when it has succeeded, and what has become of each. Nothing where there are none. */
export function HeldMails() {
  const mails = useRun((state) => state.mails);
  const ended = useRun((state) => state.finishedAt) !== null;
  const graph = useEditor((state) => state.graph);
  if (mails.length === 0) return null;
  const title = (node: string) => graph.nodes.find(({ id }) => id === node)?.title ?? node;
  return (
    <section className="mw-held" aria-label="Mails of this run">
      <strong>
        {headline(
          mails.map(({ status }) => status),
          ended,
        )}
      </strong>
      <ul>
        {mails.slice(0, listed).map((mail) => (
          <li key={mail.key} title={title(mail.node)}>
            <span className="mw-held-what">
              {mail.subject || title(mail.node)}
              <span className="mw-held-to">{mail.to.join(', ')}</span>
            </span>
            <span className="mw-held-status" data-status={mail.status}>
              {words[mail.status]}
            </span>
          </li>
        ))}
      </ul>
      {mails.length > listed ? <p>and {mails.length - listed} more</p> : null}
    </section>
  );
}

function headline(statuses: readonly HeldMailStatus[], ended: boolean): string {
  const count = (...wanted: HeldMailStatus[]) => statuses.filter((status) => wanted.includes(status)).length;
  const mails = (n: number) => (n === 1 ? '1 mail' : `${n} mails`);
  const discarded = count('discarded');
  if (discarded === statuses.length) return `${mails(discarded)} discarded: nothing was sent`;
  if (ended) return `${count('sent')} of ${mails(statuses.length)} sent`;
  if (count('held') === statuses.length) return `${mails(statuses.length)} held until the run has succeeded`;
  return `Sending: ${count('sent')} of ${mails(statuses.length)} sent`;
}
