import { ActionIcon, Button, Loader, Switch, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import {
  CircleAlert,
  CloudCheck,
  History,
  LayoutList,
  Rocket,
  SlidersHorizontal,
  Sparkles,
  TriangleAlert,
} from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { api } from '../../../api/client.ts';
import { failureOf } from '../../../api/errors.ts';
import { language } from '../../../i18n/language.ts';
import { t } from '../../../i18n/t.ts';
import { useEditor, useEditorStore } from '../../../stores/context.tsx';
import type { SaveStatus } from '../../../stores/draft.ts';
import { HeaderSlot } from '../../../ui/HeaderSlot.tsx';
import { toastDone, toastProblem } from '../../../ui/toast.ts';
import { useOnce } from '../../../ui/useOnce.ts';
import { useDraft, useInfo, usePanel, usePanels, useSession } from '../context.tsx';
import '../editor.css';
import { Tooltip } from '../../../ui/Tooltip.tsx';

const People = lazy(async () => ({ default: (await import('./People.tsx')).People }));
const WorkflowSettings = lazy(async () => ({
  default: (await import('../settings/WorkflowSettings.tsx')).WorkflowSettings,
}));

/** Name, saved state, problems, publish and the live switch, in the shell's header. */
export function Header() {
  const phone = useMediaQuery('(max-width: 47.99em)') ?? false;
  const panels = usePanels();
  const list = usePanel((state) => state.list);
  const settings = useOnce(usePanel((state) => state.settings));
  return (
    <HeaderSlot>
      <Name />
      <SavedState />
      <span className="mw-header-gap" />
      <Suspense fallback={null}>
        <People phone={phone} />
      </Suspense>
      {phone ? null : (
        <Tooltip label={list ? t('Show the canvas') : t('Show as a list')}>
          <ActionIcon
            size={34}
            variant={list ? 'light' : 'subtle'}
            color={list ? 'iris' : 'gray'}
            aria-label={t('Show as a list')}
            aria-pressed={list}
            onClick={() => panels.setState({ list: !list })}
          >
            <LayoutList size={18} />
          </ActionIcon>
        </Tooltip>
      )}
      {phone ? null : <AssistantButton />}
      {phone ? null : <HistoryButton />}
      <Tooltip label={t('Settings of the workflow')}>
        <ActionIcon
          size={34}
          variant="subtle"
          color="gray"
          aria-label={t('Settings of the workflow')}
          onClick={() => panels.setState({ settings: true })}
        >
          <SlidersHorizontal size={18} />
        </ActionIcon>
      </Tooltip>
      <Publish phone={phone} />
      {settings ? (
        <Suspense fallback={null}>
          <WorkflowSettings />
        </Suspense>
      ) : null}
    </HeaderSlot>
  );
}

function HistoryButton() {
  const panels = usePanels();
  const unborn = useInfo((info) => info.id === null);
  if (unborn) return null;
  return (
    <Tooltip label={t('History')}>
      <ActionIcon
        size={34}
        variant="subtle"
        color="gray"
        aria-label={t('History')}
        onClick={() => panels.setState({ history: true })}
      >
        <History size={18} />
      </ActionIcon>
    </Tooltip>
  );
}

function AssistantButton() {
  const panels = usePanels();
  const store = useEditorStore();
  const open = usePanel((state) => state.chat);
  const shown = useEditor((state) => state.opened === null) && open;
  const editable = useEditor((state) => !state.readOnly || state.review !== null);
  if (!editable) return null;
  return (
    <Tooltip label={t('Assistant')}>
      <ActionIcon
        size={34}
        variant={shown ? 'light' : 'subtle'}
        color={shown ? 'iris' : 'gray'}
        aria-label={t('Assistant')}
        aria-pressed={shown}
        onClick={() => {
          store.getState().open(null);
          panels.setState({ chat: !shown });
        }}
      >
        <Sparkles size={18} />
      </ActionIcon>
    </Tooltip>
  );
}

function Name() {
  const session = useSession();
  const name = useInfo((info) => info.name);
  const readOnly = useEditor((state) => state.readOnly);
  const [draft, setDraft] = useState<string | null>(null);
  const finish = () => {
    const next = draft?.trim() ?? '';
    setDraft(null);
    if (next === '' || next === name) return;
    session
      .rename(next)
      .catch((error: unknown) => toastProblem(t('The name could not be saved'), failureOf(error).message));
  };
  return (
    <TextInput
      className="mw-name"
      classNames={{ input: 'mw-name-input' }}
      variant="unstyled"
      aria-label={t('Name of the workflow')}
      maxLength={120}
      value={draft ?? name}
      readOnly={readOnly}
      style={{ '--chars': Math.max(8, (draft ?? name).length) } as React.CSSProperties}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') {
          setDraft(null);
          event.stopPropagation();
        }
      }}
    />
  );
}

const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

function SavedState() {
  const status = useDraft((state) => state.status);
  const id = useInfo((info) => info.id);
  const text = savedText(status, id === null);
  return (
    <span className="mw-saved" data-kind={status.kind} role="status">
      <SavedIcon status={status} />
      <span className="mw-saved-text">{text}</span>
    </span>
  );
}

function SavedIcon({ status }: { status: SaveStatus }) {
  switch (status.kind) {
    case 'saving':
    case 'merging':
    case 'dirty':
      return <Loader size={13} color="gray" />;
    case 'saved':
      return <CloudCheck size={15} aria-hidden="true" />;
    case 'conflict':
    case 'failed':
      return <TriangleAlert size={15} aria-hidden="true" />;
  }
}

function savedText(status: SaveStatus, unborn: boolean): string {
  switch (status.kind) {
    case 'saved':
      return status.at === null
        ? unborn
          ? t('Not saved yet')
          : t('Saved')
        : t('Saved {time}', { time: time.format(status.at) });
    case 'dirty':
    case 'merging':
    case 'saving':
      return t('Saving…');
    case 'conflict':
      return t('Changed elsewhere');
    case 'failed':
      return t('Not saved');
  }
}

function Publish({ phone }: { phone: boolean }) {
  const session = useSession();
  const info = useInfo((state) => state);
  const readOnly = useEditor((state) => state.readOnly);
  const errors = useEditor((state) => state.problems.filter((problem) => problem.severity === 'error').length);
  const empty = useEditor((state) => state.graph.nodes.length === 0);
  const publish = useMutation({
    mutationFn: async () => {
      const at = await session.saved();
      if (at === null) throw new Error('not saved');
      return api.workflows.publish(at);
    },
    onSuccess: ({ version, triggers }) => {
      session.info.setState({ publishedVersion: version.number, changed: false, active: true, triggers });
      toastDone(t('Version {number} is live', { number: version.number }));
    },
    onError: (error) => toastProblem(t('It could not be published'), failureOf(error).message),
  });
  const active = useMutation({
    mutationFn: (next: boolean) => api.workflows.setActive({ id: info.id ?? '', active: next }),
    onSuccess: (summary) => session.info.setState({ active: summary.active }),
    onError: (error) => toastProblem(t('It could not be switched'), failureOf(error).message),
  });
  if (readOnly) return null;
  const settled = info.publishedVersion !== null && !info.changed;
  return (
    <>
      {info.publishedVersion === null ? null : (
        <Tooltip
          label={
            info.active
              ? t('Version {number} is live', { number: info.publishedVersion })
              : t('Its triggers start nothing')
          }
        >
          <span>
            <Switch
              label={phone ? undefined : info.active ? t('Live') : t('Off')}
              aria-label={t('Live')}
              checked={info.active}
              disabled={active.isPending}
              onChange={(event) => active.mutate(event.currentTarget.checked)}
            />
          </span>
        </Tooltip>
      )}
      <Tooltip
        label={
          errors > 0
            ? t('Some steps need attention first')
            : settled
              ? t('Nothing has changed since')
              : t('Make this the live version')
        }
      >
        <Button
          variant="default"
          className="mw-publish"
          leftSection={errors > 0 ? <CircleAlert size={16} /> : <Rocket size={16} />}
          data-icon-only={phone || undefined}
          aria-label={t('Publish')}
          loading={publish.isPending}
          disabled={empty || settled || errors > 0}
          onClick={() => publish.mutate()}
        >
          {phone ? '' : t('Publish')}
        </Button>
      </Tooltip>
    </>
  );
}
