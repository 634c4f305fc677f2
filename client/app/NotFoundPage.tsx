import { Button } from '@mantine/core';
import { Compass } from 'lucide-react';
import { Link } from 'react-router';
import { t } from '../i18n/t.ts';
import { useDocumentTitle } from '../ui/Page.tsx';
import { Empty } from '../ui/States.tsx';

export default function NotFoundPage() {
  useDocumentTitle(t('Not found'));
  return (
    <Empty
      icon={Compass}
      title={t('There is no such page')}
      text={t('The address may be mistyped, or what was here has been deleted.')}
      action={
        <Button component={Link} to="/">
          {t('Go home')}
        </Button>
      }
    />
  );
}
