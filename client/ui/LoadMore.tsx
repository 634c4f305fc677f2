import { Button } from '@mantine/core';
import { failureOf } from '../api/errors.ts';
import { t } from '../i18n/t.ts';
import classes from './LoadMore.module.css';

/** What `useInfiniteQuery` says about its next page. */
export interface Continuing {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isFetchNextPageError: boolean;
  error: unknown;
  fetchNextPage(): unknown;
}

/** The foot of a list that comes page by page: asks for the next one, and says so when it could not be had. Nothing at the end. */
export function LoadMore({ list, label }: { list: Continuing; label: string }) {
  if (!list.hasNextPage) return null;
  return (
    <div className={classes.foot}>
      {list.isFetchNextPageError ? (
        <p className={classes.problem} role="alert">
          {t('The next page could not be loaded: {why}', { why: failureOf(list.error).message })}
        </p>
      ) : null}
      <Button
        variant="subtle"
        fullWidth
        radius={0}
        loading={list.isFetchingNextPage}
        onClick={() => void list.fetchNextPage()}
      >
        {list.isFetchNextPageError ? t('Try again') : label}
      </Button>
    </div>
  );
}
