import { Title } from '@mantine/core';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import classes from './Page.module.css';

export interface PageProps {
  title: string;
  subtitle?: ReactNode;
  /** Buttons at the right of the title. */
  actions?: ReactNode;
  /** `wide` for pages that use the whole width, such as the inbox. */
  width?: 'normal' | 'narrow' | 'wide';
  children: ReactNode;
}

/** Sets the title of the browser tab while mounted. */
export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · Mailweave` : 'Mailweave';
  }, [title]);
}

/** The frame of an ordinary page: title, actions, content, with the margins of the product. */
export function Page({ title, subtitle, actions, width = 'normal', children }: PageProps) {
  useDocumentTitle(title);
  return (
    <div className={classes.page} data-width={width}>
      <header className={classes.head}>
        <div className={classes.heading}>
          <Title order={1}>{title}</Title>
          {subtitle ? <div className={classes.subtitle}>{subtitle}</div> : null}
        </div>
        {actions ? <div className={classes.actions}>{actions}</div> : null}
      </header>
      {children}
    </div>
  );
}
