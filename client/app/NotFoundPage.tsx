import { Button } from '@mantine/core';
import { Compass } from 'lucide-react';
import { Link } from 'react-router';
import { useDocumentTitle } from '../ui/Page.tsx';
import { Empty } from '../ui/States.tsx';

export default function NotFoundPage() {
  useDocumentTitle('Not found');
  return (
    <Empty
      icon={Compass}
      title="There is no such page"
      text="The address may be mistyped, or what was here has been deleted."
      action={
        <Button component={Link} to="/">
          Go home
        </Button>
      }
    />
  );
}
