import { Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { Cron } from 'croner';
import { useMemo, useState } from 'react';
import { useFormContext } from './context.ts';
import type { FieldWidgetProps } from './context.ts';
import { cronOf, shapeOf, weekdays } from './schedule.ts';
import type { ScheduleShape } from './schedule.ts';
import { asString, inputProps } from './TextField.tsx';

const kinds: { value: ScheduleShape['kind']; label: string }[] = [
  { value: 'minutes', label: 'Every few minutes' },
  { value: 'hourly', label: 'Every hour' },
  { value: 'daily', label: 'Every day' },
  { value: 'weekdays', label: 'Monday to Friday' },
  { value: 'weekly', label: 'Once a week' },
  { value: 'nth', label: 'On one weekday of the month' },
  { value: 'monthly', label: 'Once a month' },
  { value: 'custom', label: 'Cron expression' },
];
const nths = ['first', 'second', 'third', 'fourth', 'last'].map((label, index) => ({
  value: index === 4 ? 'L' : String(index + 1),
  label,
}));

/** A schedule in words where it has a common shape, as cron where it has not, and when it would fire next. */
export function ScheduleField(props: FieldWidgetProps) {
  const { readOnly } = useFormContext();
  const cron = asString(props.value);
  const [custom, setCustom] = useState(false);
  const shape: ScheduleShape = custom ? { kind: 'custom' } : shapeOf(cron);
  const set = (next: ScheduleShape) => props.onChange(cronOf(next, cron));
  return (
    <Stack gap={8} data-field={props.path}>
      <Select
        label={props.label}
        data={kinds}
        value={shape.kind}
        allowDeselect={false}
        readOnly={readOnly}
        onChange={(kind) => {
          setCustom(kind === 'custom');
          if (kind !== null && kind !== 'custom') set({ ...startOf(shape), kind } as ScheduleShape);
        }}
      />
      <Details shape={shape} set={set} readOnly={readOnly} />
      {shape.kind === 'custom' ? (
        <TextInput
          {...inputProps(props)}
          label="Cron"
          description="minute hour day month weekday"
          value={cron}
          readOnly={readOnly}
          onChange={(event) => props.onChange(event.currentTarget.value)}
        />
      ) : null}
      <NextInstants cron={cron} />
    </Stack>
  );
}

/** Values that survive a change of the shape. */
function startOf(shape: ScheduleShape): Record<string, unknown> {
  return { every: 15, minute: 0, hour: 9, weekday: 1, day: 1, nth: '1', ...shape };
}

function Details({
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
        label="Minutes between"
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
        label="At minute"
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
          label="Which"
          data={nths}
          value={shape.nth}
          allowDeselect={false}
          readOnly={readOnly}
          onChange={(nth) => nth !== null && set({ ...shape, nth })}
        />
      ) : null}
      {shape.kind === 'weekly' || shape.kind === 'nth' ? (
        <Select
          label="Day"
          data={weekdays}
          value={String(shape.weekday)}
          allowDeselect={false}
          readOnly={readOnly}
          onChange={(day) => day !== null && set({ ...shape, weekday: Number(day) })}
        />
      ) : null}
      {shape.kind === 'monthly' ? (
        <NumberInput
          label="Day of the month"
          min={1}
          max={31}
          value={shape.day}
          readOnly={readOnly}
          onChange={(day) => typeof day === 'number' && set({ ...shape, day })}
        />
      ) : null}
      <TextInput
        label="At"
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

const shownInstants = 5;

/** The next instants by the settings beside the cron text: time zone, every how many weeks, from when. */
function NextInstants({ cron }: { cron: string }) {
  const { config } = useFormContext();
  const timezone = asString(config['timezone']) || 'UTC';
  const everyWeeks = typeof config['everyWeeks'] === 'number' ? config['everyWeeks'] : 1;
  const startDate = asString(config['startDate']);
  const result = useMemo(
    () => nextInstants(cron, timezone, everyWeeks, startDate),
    [cron, timezone, everyWeeks, startDate],
  );
  if (typeof result === 'string') {
    return (
      <Text size="sm" c="red">
        {result}
      </Text>
    );
  }
  return (
    <div>
      <Text size="xs" c="dimmed" mb={2}>
        Next, {timezone}
      </Text>
      {result.map((text) => (
        <Text key={text} size="sm">
          {text}
        </Text>
      ))}
      {result.length === 0 ? <Text size="sm">It never fires.</Text> : null}
    </div>
  );
}

function nextInstants(cron: string, timezone: string, everyWeeks: number, startDate: string): string[] | string {
  try {
    const job = new Cron(cron, { timezone, paused: true });
    const format = new Intl.DateTimeFormat('en', {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZone: timezone,
    });
    const found: string[] = [];
    const anchor = startDate === '' ? null : new Date(`${startDate}T00:00:00Z`);
    let at: Date | null = anchor !== null && anchor.getTime() > Date.now() ? anchor : new Date();
    for (let tries = 0; tries < 600 && found.length < shownInstants; tries++) {
      at = job.nextRun(at);
      if (at === null) break;
      if (everyWeeks === 1 || weeksBetween(anchor ?? new Date(), at) % everyWeeks === 0) found.push(format.format(at));
    }
    return found;
  } catch {
    return 'This is not a cron expression, or the time zone is unknown.';
  }
}

/** Whole weeks between the Mondays of two instants. */
function weeksBetween(from: Date, to: Date): number {
  const monday = (date: Date) => Math.floor((date.getTime() / 86_400_000 + 3) / 7);
  return Math.abs(monday(to) - monday(from));
}
