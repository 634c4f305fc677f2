import { useEffect } from 'react';
import { useRouteError } from 'react-router';
import { failureOf } from '../api/errors.ts';
import { t } from '../i18n/t.ts';
import { Failed } from '../ui/States.tsx';

/** A chunk that is gone after an update of the server: the page must be loaded anew. */
function isStaleBuild(error: unknown): boolean {
  return error instanceof TypeError && /dynamically imported module|module script/i.test(error.message);
}

/** What stands where a page broke. The rest of the shell stays usable. */
export function PageError() {
  const error = useRouteError();
  useEffect(() => {
    console.error(error);
  }, [error]);
  const failure = isStaleBuild(error)
    ? { code: 'conflict', message: t('Mailweave was updated. Load the page again to go on.') }
    : failureOf(error);
  return <Failed failure={failure} onRetry={() => window.location.reload()} />;
}
