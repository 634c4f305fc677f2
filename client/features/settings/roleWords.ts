import type { Role } from '../../../shared/api/workspace.ts';
import { t } from '../../i18n/t.ts';

export const roleWords: Record<Role, string> = { owner: t('Owner'), editor: t('Editor'), viewer: t('Viewer') };

export const roleChoices: { value: Role; label: string }[] = [
  { value: 'owner', label: roleWords.owner },
  { value: 'editor', label: roleWords.editor },
  { value: 'viewer', label: roleWords.viewer },
];
