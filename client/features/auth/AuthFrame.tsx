import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../i18n/t.ts';
import { Logo } from '../../ui/Logo.tsx';
import { useDocumentTitle } from '../../ui/Page.tsx';
import classes from './AuthFrame.module.css';
import { WovenPicture } from './WovenPicture.tsx';

export interface AuthFrameProps {
  title: string;
  text?: ReactNode;
  children: ReactNode;
  /** The line below the form: the way to the other page. */
  foot?: ReactNode;
}

/** The frame of the pages before signing in: the form at the left, what the product does at the right. */
export function AuthFrame({ title, text, children, foot }: AuthFrameProps) {
  useDocumentTitle(title);
  return (
    <div className={classes.frame}>
      <main className={classes.side}>
        <div className={classes.brand}>
          <Logo size={30} />
          <span>Mailweave</span>
        </div>
        <div className={classes.form}>
          <Title order={1}>{title}</Title>
          {text ? (
            <Text c="dimmed" mt={6}>
              {text}
            </Text>
          ) : null}
          <div className={classes.fields}>{children}</div>
          {foot ? <div className={classes.foot}>{foot}</div> : null}
        </div>
      </main>
      <aside className={classes.show} aria-hidden="true">
        <div className={classes.showInner}>
          <p className={classes.claim}>{t('Type what should happen. See it, check it, let it run.')}</p>
          <WovenPicture />
        </div>
      </aside>
    </div>
  );
}
