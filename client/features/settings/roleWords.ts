import type { Role } from '../../../shared/api/workspace.ts';

export const roleWords: Record<Role, string> = { owner: 'Owner', editor: 'Editor', viewer: 'Viewer' };

export const roleChoices: { value: Role; label: string }[] = [
  { value: 'owner', label: roleWords.owner },
  { value: 'editor', label: roleWords.editor },
  { value: 'viewer', label: roleWords.viewer },
];
