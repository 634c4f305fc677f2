import {
  CalendarClock,
  ClipboardList,
  Clock,
  Code,
  CornerDownRight,
  Database,
  FileText,
  Filter,
  GitBranch,
  Globe,
  Hourglass,
  Inbox,
  List,
  Mail,
  MailPlus,
  Merge,
  MessageSquare,
  MousePointerClick,
  OctagonX,
  PenLine,
  Play,
  Repeat,
  Reply,
  Send,
  ShieldCheck,
  Siren,
  Sparkles,
  Split,
  SquarePen,
  Tags,
  Timer,
  UserCheck,
  UserRound,
  Variable,
  Waypoints,
  Webhook,
  Workflow,
  Zap,
} from 'lucide-react';
import type { LucideIcon, LucideProps } from 'lucide-react';
import { createElement } from 'react';
import type { NodeGroup } from '../../shared/nodes/contract.ts';
import { t } from '../i18n/t.ts';
import { groupIcon } from '../ui/groups.ts';

/** The icons a node kind may name. Named imports only: a wildcard would bring thousands. */
const icons: Readonly<Record<string, LucideIcon>> = {
  'calendar-clock': CalendarClock,
  'clipboard-list': ClipboardList,
  clock: Clock,
  code: Code,
  'corner-down-right': CornerDownRight,
  database: Database,
  'file-text': FileText,
  filter: Filter,
  form: ClipboardList,
  'git-branch': GitBranch,
  globe: Globe,
  hourglass: Hourglass,
  inbox: Inbox,
  list: List,
  mail: Mail,
  'mail-plus': MailPlus,
  merge: Merge,
  'message-square': MessageSquare,
  'mouse-pointer-click': MousePointerClick,
  'octagon-x': OctagonX,
  pencil: PenLine,
  'pen-line': PenLine,
  play: Play,
  repeat: Repeat,
  reply: Reply,
  send: Send,
  'shield-check': ShieldCheck,
  siren: Siren,
  sparkles: Sparkles,
  split: Split,
  'square-pen': SquarePen,
  tags: Tags,
  timer: Timer,
  'user-check': UserCheck,
  'user-round': UserRound,
  variable: Variable,
  waypoints: Waypoints,
  webhook: Webhook,
  workflow: Workflow,
  zap: Zap,
};

/** Headings of the palette, in its order. */
export const groupLabels: Record<NodeGroup, string> = {
  trigger: t('Triggers'),
  ai: 'AI',
  email: 'E-mail',
  logic: t('Logic'),
  data: t('Data'),
};

/** The icon a kind names, else the one of its group. Decoration: the words beside it say what it is. */
export function NodeIcon({
  name,
  group,
  ...props
}: Omit<LucideProps, 'name'> & { name: string | undefined; group: NodeGroup | undefined }) {
  return createElement(icons[name ?? ''] ?? groupIcon(group), { 'aria-hidden': true, ...props });
}
