import { Button, Group, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Schedule } from '../../../shared/nodes/schedule/instants.ts';
import { understandSchedule } from '../../../shared/schedule/words/understand.ts';
import { t } from '../../i18n/t.ts';
import { ScheduleOutlook } from './ScheduleOutlook.tsx';

/** A schedule in the person's own words: what it is taken for is shown first, and set only by the button. */
export function ScheduleWords({ timezone, apply }: { timezone: string; apply: (schedule: Schedule) => void }) {
  const [said, setSaid] = useState({ text: '', now: new Date(0) });
  const { text, now } = said;
  const setText = (next: string) => setSaid({ text: next, now: new Date() });
  const found = useMemo(
    () => (text.trim() === '' ? undefined : understandSchedule(text, { now, timezone })),
    [text, now, timezone],
  );
  const understood = found?.type === 'understood' ? found.schedule : undefined;
  const use = () => {
    if (understood === undefined) return;
    apply(understood);
    setText('');
  };
  return (
    <>
      <TextInput
        label={t('In your words')}
        description={t('English, German, French or Spanish')}
        placeholder={t('every second Tuesday at 9')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        maxLength={300}
        value={text}
        error={found?.type === 'unclear' ? unclear(found.words) : undefined}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          use();
        }}
      />
      {understood === undefined ? null : (
        <div className="mw-schedule-found" role="status">
          <ScheduleOutlook schedule={understood} />
          <Group mt={8}>
            <Button size="compact-sm" onClick={use}>
              {t('Use this')}
            </Button>
          </Group>
        </div>
      )}
    </>
  );
}

function unclear(words: readonly string[]): string {
  if (words.length === 0) return t('Say how often, for example “every Monday at 9”.');
  return t('Not understood: {join}. Leave it out, or say it in another way.', {
    join: words.map((one) => `“${one}”`).join(', '),
  });
}
