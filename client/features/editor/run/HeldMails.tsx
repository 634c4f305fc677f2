import { plural, t } from '../../../i18n/t.ts';
import { useEditor, useRun } from '../../../stores/context.tsx';
import type { HeldMailStatus } from '../../../../shared/engine/held.ts';

/** More than these are counted, not listed. */
const listed = 20;

const words: Record<HeldMailStatus, string> = {
  held: t('held'),
  sending: t('being sent'),
  retrying: t('tried again later'),
  uncertain: t('unknown whether it was sent'),
  sent: t('sent'),
  failed: t('not sent'),
  discarded: t('discarded'),
};

/** The mails of a run that sends them when it has succeeded, and what has become of each. Nothing where there are none. */
export function HeldMails() {
  const mails = useRun((state) => state.mails);
  const ended = useRun((state) => state.finishedAt) !== null;
  const graph = useEditor((state) => state.graph);
  if (mails.length === 0) return null;
  const title = (node: string) => graph.nodes.find(({ id }) => id === node)?.title ?? node;
  return (
    <section className="mw-held" aria-label={t('Mails of this run')}>
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
      {mails.length > listed ? <p>{t('and {n} more', { n: mails.length - listed })}</p> : null}
    </section>
  );
}

function headline(statuses: readonly HeldMailStatus[], ended: boolean): string {
  const count = (...wanted: HeldMailStatus[]) => statuses.filter((status) => wanted.includes(status)).length;
  const mails = (n: number) => plural(n, '1 mail', '{n} mails');
  const discarded = count('discarded');
  if (discarded === statuses.length) return t('{mails} discarded: nothing was sent', { mails: mails(discarded) });
  if (ended) return t('{count} of {mails} sent', { count: count('sent'), mails: mails(statuses.length) });
  if (count('held') === statuses.length)
    return t('{mails} held until the run has succeeded', { mails: mails(statuses.length) });
  return t('Sending: {count} of {mails} sent', { count: count('sent'), mails: mails(statuses.length) });
}
