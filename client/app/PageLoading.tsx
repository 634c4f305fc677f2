import { Loader } from '@mantine/core';
import classes from './Shell.module.css';
import { t } from '../i18n/t.ts';

/** Shown only until the first page has arrived. */
export function PageLoading() {
  return (
    <div className={classes.loading} role="status" aria-label={t('Loading')}>
      <Loader size="sm" />
    </div>
  );
}
