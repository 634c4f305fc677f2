import { Table, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Coins } from 'lucide-react';
import { Link } from 'react-router';
import { query } from '../../api/client.ts';
import { failureOf } from '../../api/errors.ts';
import { t, translate } from '../../i18n/t.ts';
import { formatAmount, formatCredits, formatInstant } from '../../ui/format.ts';
import { LoadMore } from '../../ui/LoadMore.tsx';
import { Page } from '../../ui/Page.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Empty, Failed, RowsSkeleton } from '../../ui/States.tsx';
import classes from './CreditsPage.module.css';

const kindWords = { grant: t('Credits added'), usage: t('AI'), adjust: t('Correction') } as const;

/** What an entry is for, such as “AI step · OpenAI”: each part is said by itself. */
const inWords = ({ description, kind }: { description: string; kind: keyof typeof kindWords }): string =>
  description === '' ? kindWords[kind] : description.split(' · ').map(translate).join(' · ');

function Balance() {
  const balance = useQuery(query.credits.balance.queryOptions());
  if (balance.isPending) return <RowsSkeleton rows={1} height={104} />;
  if (balance.isError) return <Failed failure={failureOf(balance.error)} onRetry={() => void balance.refetch()} />;
  const { balanceMicro, heldMicro, availableMicro } = balance.data;
  const figures = [
    { label: t('Available'), micro: availableMicro, text: t('What AI steps can use now') },
    { label: t('Held'), micro: heldMicro, text: t('Set aside by running steps') },
    { label: t('Balance'), micro: balanceMicro, text: t('Available and held together') },
  ];
  return (
    <div className={classes.figures}>
      {figures.map(({ label, micro, text }) => (
        <div key={label} className={classes.figure}>
          <span className={classes.label}>{label}</span>
          <span className={classes.value}>{formatCredits(micro)}</span>
          <span className={classes.label}>{text}</span>
        </div>
      ))}
    </div>
  );
}

function Statement() {
  const list = useInfiniteQuery(
    query.credits.statement.infiniteOptions({
      input: (cursor: string | undefined) => ({ limit: 40, ...(cursor ? { cursor } : {}) }),
      initialPageParam: undefined,
      getNextPageParam: (last) => last.nextCursor ?? undefined,
    }),
  );
  if (list.isPending) return <RowsSkeleton rows={6} height={44} />;
  if (list.isError) return <Failed failure={failureOf(list.error)} onRetry={() => void list.refetch()} />;
  const entries = list.data.pages.flatMap((page) => page.items);
  if (entries.length === 0)
    return (
      <Empty icon={Coins} title={t('No entries yet')} text={t('Every credit that comes or goes is listed here.')} />
    );
  return (
    <>
      <Table.ScrollContainer minWidth={300}>
        <Table verticalSpacing="sm" horizontalSpacing="lg">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('When')}</Table.Th>
              <Table.Th>{t('What')}</Table.Th>
              <Table.Th ta="right">{t('Credits')}</Table.Th>
              <Table.Th ta="right" className={classes.balance}>
                {t('Balance')}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {entries.map((entry) => (
              <Table.Tr key={entry.id}>
                <Table.Td className={classes.when}>{formatInstant(entry.at)}</Table.Td>
                <Table.Td className={classes.what}>
                  {entry.runId ? <Link to={`/runs/${entry.runId}`}>{inWords(entry)}</Link> : inWords(entry)}
                </Table.Td>
                <Table.Td className={classes.amount} data-positive={entry.amountMicro > 0}>
                  {formatAmount(entry.amountMicro, true)}
                </Table.Td>
                <Table.Td className={`${classes.amount} ${classes.balance}`}>
                  {formatAmount(entry.balanceAfterMicro)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <LoadMore list={list} label={t('Show older entries')} />
    </>
  );
}

export default function CreditsPage() {
  return (
    <Page
      title={t('Credits')}
      subtitle={
        <Text c="dimmed">
          {t('1 credit pays for 0.01 USD of AI at the provider’s price. The built-in AI is free.')}
        </Text>
      }
      width="narrow"
    >
      <Balance />
      <Panel title={t('Statement')} flush>
        <Statement />
      </Panel>
    </Page>
  );
}
