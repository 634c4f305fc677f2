import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { describeSchedule } from '../../../shared/nodes/schedule/describe.ts';
import { nextInstants, type Schedule, scheduleProblems } from '../../../shared/nodes/schedule/instants.ts';
import { language } from '../../i18n/language.ts';
import { t, translate } from '../../i18n/t.ts';

const shownInstants = 5;

/** A schedule in words, and when it fires next: by the same code that fires it. */
export function ScheduleOutlook({ schedule }: { schedule: Schedule }) {
  const { by, cron, rrule, timezone, everyWeeks, startDate } = schedule;
  const { words, problem, next } = useMemo(
    () => outlookOf({ by, cron, rrule, timezone, everyWeeks, startDate }),
    [by, cron, rrule, timezone, everyWeeks, startDate],
  );
  if (problem !== undefined)
    return (
      <Text size="sm" c="red">
        {problem}
      </Text>
    );
  return (
    <div>
      <Text size="sm" fw={500} mb={4}>
        {words}
      </Text>
      {next.map(({ at, text }) => (
        <Text key={at} size="sm" c="dimmed">
          {text}
        </Text>
      ))}
    </div>
  );
}

interface Outlook {
  words: string;
  problem?: string;
  next: { at: number; text: string }[];
}

function outlookOf(schedule: Schedule): Outlook {
  const words = translate(describeSchedule(schedule));
  const [problem] = scheduleProblems(schedule);
  if (problem !== undefined) return { words, problem: translate(problem.message), next: [] };
  const format = new Intl.DateTimeFormat(language, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: schedule.timezone,
  });
  const instants = nextInstants(schedule, new Date(), shownInstants);
  if (instants.length === 0) return { words, problem: t('It does not fire any more.'), next: [] };
  return { words, next: instants.map((instant) => ({ at: instant.getTime(), text: format.format(instant) })) };
}
