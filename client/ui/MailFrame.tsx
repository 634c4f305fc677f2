import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { mailDocument } from './mailDocument.ts';
import classes from './MailFrame.module.css';

export interface MailFrameProps {
  html: string;
  /** Names the frame for screen readers: the subject. */
  title: string;
  /** In pixels. */
  height?: number;
}

/** The HTML of a mail where it can do no harm: no scripts, no forms, no requests but for pictures. */
export function MailFrame({ html, title, height = 520 }: MailFrameProps) {
  const [width, setWidth] = useState('desktop');
  return (
    <div>
      <SegmentedControl
        size="xs"
        aria-label="Width"
        value={width}
        onChange={setWidth}
        data={[
          { value: 'desktop', label: 'Desktop' },
          { value: 'phone', label: 'Phone' },
        ]}
      />
      <div className={classes.stage} data-width={width}>
        <iframe
          className={classes.frame}
          title={title || 'Mail'}
          sandbox=""
          srcDoc={mailDocument(html)}
          style={{ height }}
        />
      </div>
    </div>
  );
}
