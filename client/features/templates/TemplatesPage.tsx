import { Chip, Group, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Search, SearchX } from 'lucide-react';
import { useState } from 'react';
import { query } from '../../api/client.ts';
import { failureOf } from '../../api/errors.ts';
import { useKindLooks } from '../../api/kinds.ts';
import { t } from '../../i18n/t.ts';
import { Page } from '../../ui/Page.tsx';
import { Empty, Failed, RowsSkeleton } from '../../ui/States.tsx';
import { ImportTemplate } from './ImportTemplate.tsx';
import { TemplateCard } from './TemplateCard.tsx';
import { TemplateDialog } from './TemplateDialog.tsx';
import classes from './TemplatesPage.module.css';
import { categoryWords, filterTemplates, inWords } from './filterTemplates.ts';
import type { Category, TemplateItem } from './filterTemplates.ts';

function Content({ search, category }: { search: string; category: Category | 'all' }) {
  const list = useQuery({ ...query.templates.list.queryOptions({ input: {} }), staleTime: 60_000 });
  const looks = useKindLooks();
  const [open, setOpen] = useState<TemplateItem | null>(null);
  if (list.isPending) return <RowsSkeleton rows={3} height={220} />;
  if (list.isError) return <Failed failure={failureOf(list.error)} onRetry={() => void list.refetch()} />;
  const found = filterTemplates(list.data.items.map(inWords), search, category);
  if (found.length === 0) {
    const own = category === 'own' && !search;
    return (
      <Empty
        icon={SearchX}
        title={own ? t('No templates of your own yet') : t('Nothing found')}
        text={
          own
            ? t('Choose “Save as template” in the menu of a workflow to use it again, or import a file.')
            : t('Try another word, or look through all categories.')
        }
      />
    );
  }
  return (
    <>
      <div className={classes.grid}>
        {found.map((template) => (
          <TemplateCard key={template.id} template={template} looks={looks} onOpen={() => setOpen(template)} />
        ))}
      </div>
      {open ? <TemplateDialog key={open.id} template={open} looks={looks} onClose={() => setOpen(null)} /> : null}
    </>
  );
}

export default function TemplatesPage() {
  const [search, setSearch] = useState('');
  const [category, setCategory] = useState<Category | 'all'>('all');
  return (
    <Page
      title={t('Templates')}
      subtitle={t('Complete workflows. Fill in a few blanks and they run.')}
      actions={
        <ImportTemplate
          onDone={() => {
            setSearch('');
            setCategory('own');
          }}
        />
      }
    >
      <div className={classes.bar}>
        <TextInput
          aria-label={t('Search templates')}
          placeholder={t('Search, e.g. newsletter')}
          leftSection={<Search size={16} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          className={classes.search ?? ''}
        />
        <Chip.Group value={category} onChange={(value) => setCategory(value as Category | 'all')}>
          <Group gap={8} role="group" aria-label={t('Category')}>
            <Chip value="all" variant="light">
              {t('All')}
            </Chip>
            {Object.entries(categoryWords).map(([value, label]) => (
              <Chip key={value} value={value} variant="light">
                {label}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      </div>
      <Content search={search} category={category} />
    </Page>
  );
}
