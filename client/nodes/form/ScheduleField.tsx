import { Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Schedule } from '../../../shared/nodes/schedule/instants.ts';
import { t } from '../../i18n/t.ts';
import { problemsAt, useFormContext } from './context.ts';
import type { FieldWidgetProps } from './context.ts';
import { cronOf, shapeOf, startOf } from './schedule.ts';
import type { ScheduleShape } from './schedule.ts';
import { ScheduleDetails } from './ScheduleDetails.tsx';
import { ScheduleOutlook } from './ScheduleOutlook.tsx';
import { ScheduleWords } from './ScheduleWords.tsx';
import { asString, inputProps } from './TextField.tsx';

const kinds: { value: ScheduleShape['kind'] | 'rule'; label: string }[] = [
  { value: 'minutes', label: t('Every few minutes') },
  { value: 'hourly', label: t('Every hour') },
  { value: 'daily', label: t('Every day') },
  { value: 'weekdays', label: t('Monday to Friday') },
  { value: 'weekly', label: t('Once a week') },
  { value: 'nth', label: t('On one weekday of the month') },
  { value: 'monthly', label: t('Once a month') },
  { value: 'custom', label: t('Cron expression') },
  { value: 'rule', label: t('Rule (RRULE)') },
];
const firstRule = 'FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0';

/** A schedule by its shape where it has a common one, as cron or as a rule where it has not, in words, and when it would fire next. */
export function ScheduleField(props: FieldWidgetProps) {
  const { config, problems, readOnly, changeAll } = useFormContext();
  const [custom, setCustom] = useState(false);
  const schedule = scheduleOf(config, asString(props.value));
  const { cron, rrule, by } = schedule;
  const shape: ScheduleShape = custom ? { kind: 'custom' } : shapeOf(cron);
  const choose = (kind: string | null) => {
    setCustom(kind === 'custom');
    if (kind === 'rule') changeAll({ by: 'rrule', ...(rrule === '' ? { rrule: firstRule } : {}) });
    else if (kind !== null)
      changeAll({
        by: 'cron',
        cron: kind === 'custom' ? cron : cronOf({ ...startOf(shape), kind } as ScheduleShape, cron),
      });
  };
  return (
    <Stack gap={8} data-field={props.path}>
      {readOnly ? null : (
        <ScheduleWords
          timezone={schedule.timezone}
          apply={(found) => {
            setCustom(false);
            changeAll({ ...found });
          }}
        />
      )}
      <Select
        label={props.label}
        data={kinds}
        value={by === 'rrule' ? 'rule' : shape.kind}
        allowDeselect={false}
        readOnly={readOnly}
        onChange={choose}
      />
      {by === 'rrule' ? (
        <Textarea
          label={t('Rule')}
          description={t('As in calendars (RFC 5545). DTSTART on a line of its own says from when it counts.')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data-field="rrule"
          rows={3}
          spellCheck={false}
          value={rrule}
          error={problemsAt(problems, 'rrule')[0]?.message}
          readOnly={readOnly}
          onChange={(event) => changeAll({ rrule: event.currentTarget.value })}
        />
      ) : (
        <ScheduleDetails shape={shape} set={(next) => props.onChange(cronOf(next, cron))} readOnly={readOnly} />
      )}
      {by === 'cron' && shape.kind === 'custom' ? (
        <TextInput
          {...inputProps(props)}
          label={t('Cron')}
          description={t('minute hour day month weekday')}
          value={cron}
          readOnly={readOnly}
          onChange={(event) => props.onChange(event.currentTarget.value)}
        />
      ) : null}
      <ScheduleOutlook schedule={schedule} />
    </Stack>
  );
}

/** The settings beside the cron text, too. */
function scheduleOf(config: Readonly<Record<string, unknown>>, cron: string): Schedule {
  return {
    by: config['by'] === 'rrule' ? 'rrule' : 'cron',
    cron,
    rrule: asString(config['rrule']),
    timezone: asString(config['timezone']) || 'UTC',
    everyWeeks: typeof config['everyWeeks'] === 'number' ? config['everyWeeks'] : 1,
    startDate: asString(config['startDate']),
  };
}
