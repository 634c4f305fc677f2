import { Alert, CopyButton, Button, Skeleton, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { query } from '../../api/client.ts';
import { failureOf } from '../../api/errors.ts';
import { t } from '../../i18n/t.ts';
import { Failed } from '../../ui/States.tsx';
import classes from './Inbox.module.css';

/** The mail as it came over SMTP. */
export function SourceView({ id }: { id: string }) {
  const source = useQuery({ ...query.inbox.source.queryOptions({ input: { id } }), staleTime: Infinity });
  if (source.isPending) return <Skeleton height={320} />;
  if (source.isError) return <Failed failure={failureOf(source.error)} onRetry={() => void source.refetch()} />;
  const text = source.data.source;
  return (
    <>
      {source.data.truncated ? (
        <Alert color="orange" mb="sm">
          {t('The mail is large; only its beginning is shown.')}
        </Alert>
      ) : null}
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button variant="default" size="xs" mb="sm" onClick={copy}>
            {copied ? t('Copied') : t('Copy')}
          </Button>
        )}
      </CopyButton>
      <pre className={classes.source}>{text}</pre>
    </>
  );
}

export function HeadersView({ headers }: { headers: readonly { name: string; value: string }[] }) {
  return (
    <Table verticalSpacing={6} layout="auto">
      <Table.Tbody>
        {headers.map((header, index) => (
          <Table.Tr key={`${header.name}${index}`}>
            <Table.Th scope="row" className={classes.headerName}>
              {header.name}
            </Table.Th>
            <Table.Td className={classes.headerValue}>{header.value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
