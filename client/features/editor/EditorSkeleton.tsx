import { Loader } from '@mantine/core';
import './editor.css';
import { t } from '../../i18n/t.ts';

export function EditorSkeleton() {
  return (
    <div className="mw-editor" role="status" aria-label={t('Loading')}>
      <Loader className="mw-center" />
    </div>
  );
}
