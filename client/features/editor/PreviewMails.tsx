import { Badge, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { Preview } from '../../../shared/api/runs.ts';
import type { WorkflowGraph } from '../../../shared/workflow/graph.ts';
import { MailFrame } from '../../ui/MailFrame.tsx';

/** The mails as they would arrive, each with everyone who gets it. */
export function PreviewMails({ mails, graph }: { mails: Preview['mails']; graph: WorkflowGraph }) {
  if (mails.length === 0) return null;
  return (
    <div>
      <h3>{mails.length === 1 ? 'The mail' : `${mails.length} mails`}</h3>
      {mails.map((mail) => (
        <Mail
          key={`${mail.nodeId}:${mail.hash}`}
          mail={mail}
          title={graph.nodes.find((node) => node.id === mail.nodeId)?.title ?? mail.nodeId}
        />
      ))}
    </div>
  );
}

function Mail({ mail, title }: { mail: Preview['mails'][number]; title: string }) {
  const [view, setView] = useState(mail.html === null ? 'text' : 'html');
  return (
    <article className="mw-mail" aria-label={`Mail of ${title}`}>
      <header>
        <div className="mw-mail-subject">{mail.subject || <em>no subject</em>}</div>
        <Badge color={mail.exact ? 'teal' : 'orange'}>{mail.exact ? 'exact' : 'example'}</Badge>
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
          aria-label="Part of the mail"
          value={view}
          onChange={setView}
          data={[
            { value: 'html', label: 'Mail' },
            { value: 'text', label: 'Plain text' },
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
