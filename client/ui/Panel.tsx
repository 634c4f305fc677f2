import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Panel.module.css';

export interface PanelProps {
  title?: string;
  /** At the right of the title: a link or a button. */
  aside?: ReactNode;
  text?: ReactNode;
  /** Rows go to the edge of the panel. */
  flush?: boolean;
  children: ReactNode;
}

/** A card with a title: the building block of pages. */
export function Panel({ title, aside, text, flush = false, children }: PanelProps) {
  return (
    <section className={classes.panel}>
      {title ? (
        <header className={classes.head}>
          <div>
            <Title order={2} fz={16}>
              {title}
            </Title>
            {text ? <div className={classes.text}>{text}</div> : null}
          </div>
          {aside ? <div className={classes.aside}>{aside}</div> : null}
        </header>
      ) : null}
      <div className={flush ? undefined : classes.body}>{children}</div>
    </section>
  );
}
