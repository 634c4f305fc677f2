import { ChartColumn, Coins, History, House, Inbox, LayoutTemplate, Settings, Workflow } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { t } from '../i18n/t.ts';

export interface NavEntry {
  to: string;
  label: string;
  icon: LucideIcon;
  /** Where it stands: in the main list, below it, or also in the phone's bottom bar. */
  place: 'main' | 'foot';
  onPhoneBar: boolean;
}

/** The pages of the shell: side navigation, phone bar and palette are drawn from this one list. */
export const navigation: readonly NavEntry[] = [
  { to: '/', label: t('Home'), icon: House, place: 'main', onPhoneBar: true },
  { to: '/workflows', label: t('Workflows'), icon: Workflow, place: 'main', onPhoneBar: true },
  { to: '/dashboard', label: t('Dashboard'), icon: ChartColumn, place: 'main', onPhoneBar: false },
  { to: '/runs', label: t('Runs'), icon: History, place: 'main', onPhoneBar: true },
  { to: '/templates', label: t('Templates'), icon: LayoutTemplate, place: 'main', onPhoneBar: false },
  { to: '/inbox', label: t('Inbox'), icon: Inbox, place: 'main', onPhoneBar: true },
  { to: '/credits', label: t('Credits'), icon: Coins, place: 'foot', onPhoneBar: false },
  { to: '/settings', label: t('Settings'), icon: Settings, place: 'foot', onPhoneBar: false },
];
