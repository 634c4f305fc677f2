import { Group, NumberInput, Select, TextInput } from '@mantine/core';
import { t } from '../../i18n/t.ts';
import { weekdays } from './schedule.ts';
import type { ScheduleShape } from './schedule.ts';

const nths = [t('first'), t('second'), t('third'), t('fourth'), t('last')].map((label, index) => ({
  value: index === 4 ? 'L' : String(index + 1),
  label,
}));

/** What a schedule of a common shape leaves open: the time, the day, how often. */
export function ScheduleDetails({
  shape,
  set,
  readOnly,
}: {
  shape: ScheduleShape;
  set: (shape: ScheduleShape) => void;
  readOnly: boolean;
}) {
  if (shape.kind === 'custom') return null;
  if (shape.kind === 'minutes') {
    return (
      <NumberInput
        label={t('Minutes between')}
        min={1}
        max={59}
        value={shape.every}
        readOnly={readOnly}
        onChange={(every) => typeof every === 'number' && set({ ...shape, every })}
      />
    );
  }
  if (shape.kind === 'hourly') {
    return (
      <NumberInput
        label={t('At minute')}
        min={0}
        max={59}
        value={shape.minute}
        readOnly={readOnly}
        onChange={(minute) => typeof minute === 'number' && set({ ...shape, minute })}
      />
    );
  }
  return (
    <Group gap={8} grow align="flex-end">
      {shape.kind === 'nth' ? (
        <Select
          label={t('Which')}
          data={nths}
          value={shape.nth}
          allowDeselect={false}
          readOnly={readOnly}
          onChange={(nth) => nth !== null && set({ ...shape, nth })}
        />
      ) : null}
      {shape.kind === 'weekly' || shape.kind === 'nth' ? (
        <Select
          label={t('Day')}
          data={weekdays}
          value={String(shape.weekday)}
          allowDeselect={false}
          readOnly={readOnly}
          onChange={(day) => day !== null && set({ ...shape, weekday: Number(day) })}
        />
      ) : null}
      {shape.kind === 'monthly' ? (
        <NumberInput
          label={t('Day of the month')}
          min={1}
          max={31}
          value={shape.day}
          readOnly={readOnly}
          onChange={(day) => typeof day === 'number' && set({ ...shape, day })}
        />
      ) : null}
      <TextInput
        label={t('At')}
        type="time"
        value={`${String(shape.hour).padStart(2, '0')}:${String(shape.minute).padStart(2, '0')}`}
        readOnly={readOnly}
        onChange={(event) => {
          const [hour, minute] = event.currentTarget.value.split(':').map(Number);
          if (hour !== undefined && minute !== undefined && !Number.isNaN(minute)) set({ ...shape, hour, minute });
        }}
      />
    </Group>
  );
}
