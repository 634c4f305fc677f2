import { Alert } from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import { failureOf } from '../../api/errors.ts';

/** What the server said, above the form. */
export function Problem({ error }: { error: unknown }) {
  if (!error) return null;
  return (
    <Alert color="red" variant="light" icon={<CircleAlert size={18} />} mb="md" role="alert">
      {failureOf(error).message}
    </Alert>
  );
}
