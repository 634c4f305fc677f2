import { Loader } from '@mantine/core';
import classes from './Shell.module.css';

/** Shown only until the first page has arrived. */
export function PageLoading() {
  return (
    <div className={classes.loading} role="status" aria-label="Loading">
      <Loader size="sm" />
    </div>
  );
}
