import { Coins, History, House, Inbox, LayoutTemplate, Settings, Workflow } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';

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
  { to: '/', label: 'Home', icon: House, place: 'main', onPhoneBar: true },
  { to: '/workflows', label: 'Workflows', icon: Workflow, place: 'main', onPhoneBar: true },
  { to: '/runs', label: 'Runs', icon: History, place: 'main', onPhoneBar: true },
  { to: '/templates', label: 'Templates', icon: LayoutTemplate, place: 'main', onPhoneBar: false },
  { to: '/inbox', label: 'Inbox', icon: Inbox, place: 'main', onPhoneBar: true },
  { to: '/credits', label: 'Credits', icon: Coins, place: 'foot', onPhoneBar: false },
  { to: '/settings', label: 'Settings', icon: Settings, place: 'foot', onPhoneBar: false },
];
