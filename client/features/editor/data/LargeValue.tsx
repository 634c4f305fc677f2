import { Button, Group, Text } from '@mantine/core';
import { Download } from 'lucide-react';
import { useState } from 'react';
import type { StoredPayload } from '../../../../shared/engine/payloads.ts';
import { t } from '../../../i18n/t.ts';
import { useRunStore } from '../../../stores/context.tsx';
import { formatBytes } from '../../../ui/format.ts';

/** A browser that draws more than this as a tree is not pleasant to use. */
const mostShown = 4_000_000;

/** Stands in a run's data for a value that is too large to come with it: how it begins, and the ways to the rest of it. */
export function LargeValue({ payload }: { payload: StoredPayload }) {
  const runs = useRunStore();
  const [state, setState] = useState<'idle' | 'loading' | 'failed'>('idle');
  const load = (shows: boolean, then: (value: unknown) => void): void => {
    setState('loading');
    runs.load(payload.ref, { shows }).then(
      (value) => {
        setState('idle');
        then(payload.index === null ? value : (value as readonly unknown[])[payload.index]);
      },
      () => setState('failed'),
    );
  };
  const size = formatBytes(payload.bytes);
  return (
    <div className="mw-large-value">
      <pre className="mw-json">{payload.head}…</pre>
      <Group gap={8}>
        <Text size="xs" c="dimmed">
          {payload.index === null ? size : t('part of {size}', { size })}
        </Text>
        {payload.bytes > mostShown ? null : (
          <Button size="compact-xs" variant="light" loading={state === 'loading'} onClick={() => load(true, () => {})}>
            {t('Load all')}
          </Button>
        )}
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<Download size={13} aria-hidden />}
          loading={state === 'loading'}
          onClick={() => load(false, saveAsFile)}
        >
          {t('Download')}
        </Button>
      </Group>
      {state === 'failed' ? (
        <Text size="xs" c="red" role="alert">
          {t('It could not be loaded. It goes with its run when that is deleted.')}
        </Text>
      ) : null}
    </div>
  );
}

function saveAsFile(value: unknown): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(value, null, 2)], { type: 'application/json' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: 'data.json' });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}
