import { Button, Skeleton, Stack, Text, Title } from '@mantine/core';
import { CircleAlert, RotateCw, WifiOff } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import classes from './States.module.css';
import { t } from '../i18n/t.ts';

export interface EmptyProps {
  icon: LucideIcon;
  title: string;
  text: string;
  /** The one thing to do next. */
  action?: ReactNode;
}

/** Nothing here yet: what belongs here and the one thing to do. */
export function Empty({ icon: Icon, title, text, action }: EmptyProps) {
  return (
    <div className={classes.state}>
      <div className={classes.tile}>
        <Icon size={24} aria-hidden="true" />
      </div>
      <Title order={3}>{title}</Title>
      <Text c="dimmed" maw={420}>
        {text}
      </Text>
      {action ? <div className={classes.action}>{action}</div> : null}
    </div>
  );
}

export interface FailedProps {
  /** From `failureOf(error)`. */
  failure: { code: string; message: string };
  onRetry?: () => void;
}

/** Something could not be loaded: what, in words, and a way to try again. */
export function Failed({ failure, onRetry }: FailedProps) {
  const offline = failure.code === 'offline';
  const Icon = offline ? WifiOff : CircleAlert;
  return (
    <div className={classes.state} role="alert">
      <div className={classes.tile} data-tone="problem">
        <Icon size={24} aria-hidden="true" />
      </div>
      <Title order={3}>{offline ? t('No connection to the server') : t('This could not be loaded')}</Title>
      <Text c="dimmed" maw={420}>
        {failure.message}
      </Text>
      {onRetry ? (
        <Button
          className={classes.action ?? ''}
          variant="default"
          leftSection={<RotateCw size={16} />}
          onClick={onRetry}
        >
          {t('Try again')}
        </Button>
      ) : null}
    </div>
  );
}

/** Rows that stand in for a list while it loads. */
export function RowsSkeleton({ rows = 6, height = 52 }: { rows?: number; height?: number }) {
  return (
    <Stack gap={8} aria-hidden="true">
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} height={height} radius="md" />
      ))}
    </Stack>
  );
}
