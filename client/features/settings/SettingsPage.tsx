import { Tabs } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Building2, CircleUserRound, KeyRound, Palette, Sparkles, Users } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';
import { useNavigate, useParams } from 'react-router';
import { t } from '../../i18n/t.ts';
import { Page } from '../../ui/Page.tsx';
import { ApiKeys } from './ApiKeys.tsx';
import { Appearance } from './Appearance.tsx';
import { Members } from './Members.tsx';
import { Profile } from './Profile.tsx';
import { Providers } from './Providers.tsx';
import { RetentionSettings } from './RetentionSettings.tsx';
import classes from './Settings.module.css';
import { WorkspaceSettings } from './WorkspaceSettings.tsx';

function WorkspaceSection() {
  return (
    <>
      <WorkspaceSettings />
      <RetentionSettings />
    </>
  );
}

const sections: readonly { id: string; label: string; icon: LucideIcon; view: ComponentType }[] = [
  { id: 'profile', label: t('Profile'), icon: CircleUserRound, view: Profile },
  { id: 'workspace', label: t('Workspace'), icon: Building2, view: WorkspaceSection },
  { id: 'members', label: t('Members'), icon: Users, view: Members },
  { id: 'api-keys', label: t('API keys'), icon: KeyRound, view: ApiKeys },
  { id: 'providers', label: t('AI and mail'), icon: Sparkles, view: Providers },
  { id: 'appearance', label: t('Appearance'), icon: Palette, view: Appearance },
];

/** Each section has an address of its own: `/settings/members`. */
export default function SettingsPage() {
  const { section = 'profile' } = useParams();
  const navigate = useNavigate();
  const phone = useMediaQuery('(max-width: 47.99em)');
  const current = sections.find((entry) => entry.id === section) ?? sections[0];
  const View = current?.view ?? Profile;
  return (
    <Page title={t('Settings')}>
      <Tabs
        value={current?.id ?? 'profile'}
        onChange={(value) => void navigate(`/settings/${value ?? 'profile'}`)}
        orientation={phone ? 'horizontal' : 'vertical'}
        variant="pills"
        classNames={{ root: classes.tabs ?? '', list: classes.list ?? '' }}
      >
        <Tabs.List>
          {sections.map(({ id, label, icon: Icon }) => (
            <Tabs.Tab
              key={id}
              value={id}
              leftSection={<Icon size={16} />}
              ref={(tab) => {
                // On a phone the tabs stand in a row that is wider than the screen.
                if (phone && id === current?.id) tab?.scrollIntoView({ inline: 'center', block: 'nearest' });
              }}
            >
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={current?.id ?? 'profile'} className={classes.panel ?? ''}>
          <View />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
