import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ConnectionId } from '../../../shared/api/connections.ts';
import { query } from '../../api/client.ts';
import { failureOf } from '../../api/errors.ts';
import { t, translate } from '../../i18n/t.ts';
import { toastDone, toastProblem } from '../../ui/toast.ts';

/** Tries a model or the mail server now. A model is asked for one word, which it may charge for. */
export function TryConnection({ id, label }: { id: ConnectionId; label: string }) {
  const client = useQueryClient();
  const title = t('{name} does not work', { name: label });
  const test = useMutation(
    query.connections.test.mutationOptions({
      onSuccess: async ({ ok, message }) => {
        if (ok) toastDone(t('{name} works', { name: label }));
        else toastProblem(title, translate(message ?? ''));
        await client.invalidateQueries({ queryKey: query.connections.problems.key() });
      },
      onError: (error) => toastProblem(title, failureOf(error).message),
    }),
  );
  return (
    <Button
      variant="default"
      size="xs"
      loading={test.isPending}
      onClick={() => test.mutate({ id })}
      aria-label={`${t('Try it')}: ${label}`}
    >
      {t('Try it')}
    </Button>
  );
}
