import { Menu, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Check, Coins, Keyboard, Languages, LogOut, Settings } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Me } from '../../shared/api/workspace.ts';
import { signOut } from '../api/auth.ts';
import { query } from '../api/client.ts';
import { failureOf } from '../api/errors.ts';
import { languages } from '../../shared/i18n/languages.ts';
import { language } from '../i18n/language.ts';
import { t } from '../i18n/t.ts';
import { forgetAllDrafts } from '../stores/kept-draft.ts';
import { creditsInWords } from '../ui/format.ts';
import { toastProblem } from '../ui/toast.ts';
import classes from './Shell.module.css';
import { openShortcutSheet } from './ShortcutSheet.tsx';

function WorkspaceItems({ me }: { me: Me }) {
  const client = useQueryClient();
  const change = useMutation(
    query.workspace.switch.mutationOptions({
      onSuccess: () => client.resetQueries(),
      onError: (error) => toastProblem(t('The workspace could not be opened'), failureOf(error).message),
    }),
  );
  return me.workspaces.map((workspace) => {
    const current = workspace.id === me.workspace.id;
    return (
      <Menu.Item
        key={workspace.id}
        rightSection={current ? <Check size={15} aria-label={t('current')} /> : null}
        onClick={() => !current && change.mutate({ id: workspace.id })}
      >
        <Text span truncate display="block" maw={200}>
          {workspace.name}
        </Text>
      </Menu.Item>
    );
  });
}

/** The menu itself, open from the start. `target` is the button that it hangs on. */
export function AccountChoices({ me, target }: { me: Me; target: ReactNode }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: () => {
      client.clear();
      forgetAllDrafts();
      void navigate('/sign-in');
    },
    onError: (error) => toastProblem(t('Signing out failed'), failureOf(error).message),
  });
  return (
    <Menu position="bottom-end" width={260} defaultOpened>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        <div className={classes.account}>
          <Text fw={600} truncate>
            {me.user.name}
          </Text>
          <Text size="sm" c="dimmed" truncate>
            {me.user.email}
          </Text>
        </div>
        <Menu.Divider />
        <Menu.Label>{me.workspaces.length > 1 ? t('Workspaces') : t('Workspace')}</Menu.Label>
        <WorkspaceItems me={me} />
        <Menu.Divider />
        <Menu.Item component={Link} to="/credits" leftSection={<Coins size={16} />}>
          {t('{credits} left', { credits: creditsInWords(me.creditsMicro) })}
        </Menu.Item>
        <Menu.Item component={Link} to="/settings" leftSection={<Settings size={16} />}>
          {t('Settings')}
        </Menu.Item>
        <Menu.Item component={Link} to="/settings/appearance" leftSection={<Languages size={16} />}>
          {t('Language: {name}', { name: languages[language] })}
        </Menu.Item>
        <Menu.Item leftSection={<Keyboard size={16} />} onClick={openShortcutSheet}>
          {t('Keyboard shortcuts')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<LogOut size={16} />} onClick={() => leave.mutate()}>
          {t('Sign out')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
