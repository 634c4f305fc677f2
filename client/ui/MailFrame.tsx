import { SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import { t } from '../i18n/t.ts';
import { hasRemotePictures, mailDocument, mailLinks } from './mailDocument.ts';
import classes from './MailFrame.module.css';

export interface MailFrameProps {
  html: string;
  /** Names the frame for screen readers: the subject. */
  title: string;
  /** In pixels. */
  height?: number;
}

function Links({ html }: { html: string }) {
  const links = useMemo(() => mailLinks(html), [html]);
  if (links.length === 0) return null;
  return (
    <div className={classes.links}>
      <span className={classes.linksTitle}>{t('Links in this mail')}</span>
      <ul>
        {links.map((link) => (
          <li key={link.url}>
            <a href={link.url} target="_blank" rel="noopener noreferrer">
              {link.text}
            </a>{' '}
            <span className={classes.url}>{link.url}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The HTML of a mail where it can do no harm: no scripts, no forms, no requests. Its links stand below it, with where they really lead. */
export function MailFrame({ html, title, height = 520 }: MailFrameProps) {
  const [width, setWidth] = useState('desktop');
  return (
    <div>
      <SegmentedControl
        size="xs"
        aria-label={t('Width')}
        value={width}
        onChange={setWidth}
        data={[
          { value: 'desktop', label: t('Desktop') },
          { value: 'phone', label: t('Phone') },
        ]}
      />
      <div className={classes.stage} data-width={width}>
        <iframe
          className={classes.frame}
          title={title || t('Mail')}
          sandbox=""
          srcDoc={mailDocument(html)}
          style={{ height }}
        />
      </div>
      {hasRemotePictures(html) ? (
        <p className={classes.note}>{t('Pictures from the internet are not loaded here.')}</p>
      ) : null}
      <Links html={html} />
    </div>
  );
}
