import { Badge, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { MailPreview, Preview } from '../../../../shared/api/runs.ts';
import { nodeOf } from '../../../../shared/engine/address.ts';
import type { WorkflowGraph } from '../../../../shared/workflow/graph.ts';
import { language } from '../../../i18n/language.ts';
import { plural, t } from '../../../i18n/t.ts';
import { MailFrame } from '../../../ui/MailFrame.tsx';
import { Pager } from '../../../ui/Pager.tsx';

/** The mails as they would arrive, each with everyone who gets it. Those that a step sends for several items are leafed through. */
export function PreviewMails({ preview, graph }: { preview: Preview; graph: WorkflowGraph }) {
  const { mails } = preview;
  if (mails.length === 0) return null;
  const { max } = preview.mailCount;
  const bySteps = Map.groupBy(mails, (mail) => nodeOf(mail.nodeId));
  return (
    <div>
      <h3>{max === 1 ? t('The mail') : mailsInWords(preview.mailCount)}</h3>
      {max > mails.length ? (
        <p className="mw-preview-rest">
          {t('{n} of them are shown. The others are made from the rest of the list in the same way.', {
            n: mails.length,
          })}
        </p>
      ) : null}
      {[...bySteps].map(([id, ofStep]) => (
        <Mails
          key={id}
          mails={ofStep}
          title={graph.nodes.find((node) => node.id === id)?.title ?? id}
          total={totalOf(preview, ofStep)}
        />
      ))}
    </div>
  );
}

/** How many mails: “3 mails”, “2 to 40 mails”. */
export function mailsInWords({ min, max }: Preview['mailCount']): string {
  const most = max.toLocaleString(language);
  if (min === max) return plural(max, '1 mail', '{most} mails', { most });
  return min === 0
    ? plural(max, 'up to {most} mail', 'up to {most} mails', { most })
    : t('{min} to {most} mails', { min, most });
}

/** Of the mails of one step; where not every item is shown, as many as that step would send if all items were alike. */
function totalOf(preview: Preview, ofStep: readonly MailPreview[]): number {
  return preview.mails.length === ofStep.length ? Math.max(preview.mailCount.max, ofStep.length) : ofStep.length;
}

function Mails({ mails, title, total }: { mails: readonly MailPreview[]; title: string; total: number }) {
  const [at, setAt] = useState(0);
  const mail = mails[Math.min(at, mails.length - 1)]!;
  const repeats = mail.nodeId.includes('[');
  return (
    <>
      {repeats ? (
        <div className="mw-preview-pager">
          <strong>{title}</strong>
          <Pager of="mail" at={Math.min(at, mails.length - 1)} shown={mails.length} total={total} onChange={setAt} />
        </div>
      ) : null}
      <Mail key={`${mail.nodeId}:${mail.hash}`} mail={mail} title={title} />
    </>
  );
}

function Mail({ mail, title }: { mail: MailPreview; title: string }) {
  const [view, setView] = useState(mail.html === null ? 'text' : 'html');
  return (
    <article className="mw-mail" aria-label={t('Mail of {title}', { title })}>
      <header>
        <div className="mw-mail-subject">{mail.subject || <em>{t('no subject')}</em>}</div>
        <Badge color={mail.exact ? 'teal' : 'orange'}>{mail.exact ? t('exact') : t('example')}</Badge>
      </header>
      <dl className="mw-mail-people">
        <People name="From" people={[mail.from]} />
        <People name="To" people={mail.to} />
        <People name="Cc" people={mail.cc} />
        <People name="Bcc" people={mail.bcc} />
      </dl>
      {mail.html === null ? null : (
        <SegmentedControl
          size="xs"
          mb={8}
          aria-label={t('Part of the mail')}
          value={view}
          onChange={setView}
          data={[
            { value: 'html', label: t('Mail') },
            { value: 'text', label: t('Plain text') },
          ]}
        />
      )}
      {view === 'html' && mail.html !== null ? (
        <MailFrame html={mail.html} title={mail.subject} height={320} />
      ) : (
        <pre className="mw-mail-text">{mail.text}</pre>
      )}
    </article>
  );
}

function People({ name, people }: { name: string; people: readonly string[] }) {
  const shown = people.filter(Boolean);
  if (shown.length === 0) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{shown.join(', ')}</dd>
    </div>
  );
}
