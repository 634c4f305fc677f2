import { Database, GitBranch, Mail, Shapes, Sparkles, Zap } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { NodeGroup } from '../../shared/nodes/contract.ts';

const icons: Record<NodeGroup, LucideIcon> = {
  trigger: Zap,
  ai: Sparkles,
  email: Mail,
  logic: GitBranch,
  data: Database,
};

/** Stands for a kind whose own icon is not at hand. */
export function groupIcon(group: NodeGroup | undefined): LucideIcon {
  return group ? icons[group] : Shapes;
}

/** CSS colour of a group; the token follows the colour scheme. */
export function groupColor(group: NodeGroup | undefined): string {
  return `var(--mw-group-${group ?? 'other'})`;
}
