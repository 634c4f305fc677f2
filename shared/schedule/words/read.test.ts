import { Cron } from 'croner';
import { describe, expect, it } from 'vitest';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { readSchedule } from './read.ts';
import { fold } from './text.ts';

const now = new Date('2026-11-22T12:00:00Z');

const words = { en, de, fr, es };
type Language = keyof typeof words;

function read(language: Language, text: string): string {
  const reading = readSchedule(fold(text), {
    words: words[language],
    now,
    timezone: 'UTC',
    allowOnce: true,
  });
  if (!reading) return 'none';
  const zone = reading.timezone === 'UTC' ? '' : ` ${reading.timezone}`;
  const weeks = reading.everyWeeks === 1 ? '' : ` /${reading.everyWeeks} from ${reading.startDate}`;
  const written = reading.by === 'rrule' ? reading.rrule.replace('\nRRULE:', ' ') : reading.cron;
  return `${written}${zone}${weeks}`;
}

const tables: Record<Language, [string, string][]> = {
  en: [
    ['every second Tuesday at 9', '0 9 * * 2 /2 from 2026-11-24'],
    ['every second Tuesday of the month at 9', '0 9 * * 2#2'],
    ['every monday at 8', '0 8 * * 1'],
    ['on weekdays at 8:30 am Berlin time', '30 8 * * 1-5 Europe/Berlin'],
    ['first day of the month', '0 9 1 * *'],
    ['twice a day', '0 9,17 * * *'],
    ['every 15 minutes', '*/15 * * * *'],
    ['at the end of each quarter', '0 9 L 3,6,9,12 *'],
    ['last Friday of the month at 5pm', '0 17 * * 5#L'],
    ['every day at noon', '0 12 * * *'],
    ['Mondays and Thursdays at 7:15', '15 7 * * 1,4'],
    ['every 2 weeks on friday at 10 am', '0 10 * * 5 /2 from 2026-11-27'],
    ['every hour between 9 and 17 on weekdays', '0 9-17 * * 1-5'],
    ['every morning', '0 9 * * *'],
    ['every evening at 8', '0 20 * * *'],
    ['daily at 8 and 18', '0 8,18 * * *'],
    ['weekly', '0 9 * * 1'],
    ['on the 1st and 15th of each month at 6 pm', '0 18 1,15 * *'],
    ['every other day at 7', 'DTSTART:20261123T070000 FREQ=DAILY;INTERVAL=2'],
    [
      'every 45 minutes between 9 and 17 on weekdays',
      'DTSTART:20261122T120000 FREQ=MINUTELY;INTERVAL=45;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9,10,11,12,13,14,15,16',
    ],
    ['every 5 hours', 'DTSTART:20261122T120000 FREQ=HOURLY;INTERVAL=5'],
    ['every 90 minutes', 'DTSTART:20261122T120000 FREQ=MINUTELY;INTERVAL=90'],
    ['every 5 months', 'DTSTART:20261201T090000 FREQ=MONTHLY;INTERVAL=5'],
    ['every 2 years', 'DTSTART:20270101T090000 FREQ=YEARLY;INTERVAL=2'],
    ['every 3 days at 18:00', 'DTSTART:20261122T180000 FREQ=DAILY;INTERVAL=3'],
    ['every 15 minutes between 9 and 17', '*/15 9-16 * * *'],
    ['every monday at 8 in July and August', '0 8 * 7,8 1'],
    ['on weekdays at 7 from November to February', '0 7 * 1,2,11,12 1-5'],
    ['every 3 months', '0 9 1 */3 *'],
    ['every year on 24 December at 10', '0 10 24 12 *'],
    ['at half past eight every sunday', '30 8 * * 0'],
    ['monday to friday at 9am EST', '0 9 * * 1-5 America/New_York'],
    ['every Friday afternoon', '0 15 * * 5'],
    ['tomorrow at 9', '0 9 23 11 *'],
    ['every half hour', '*/30 * * * *'],
    ['first working day of the month', '0 9 1W * *'],
    ['every weekend at 10', '0 10 * * 6,0'],
    ['every Monday at 9am Europe/Paris', '0 9 * * 1 Europe/Paris'],
    ['when someone submits the form', 'none'],
    ['wait 3 days', 'none'],
  ],
  de: [
    ['jeden Montag um 8 Uhr', '0 8 * * 1'],
    ['jeden zweiten Dienstag um 9 Uhr', '0 9 * * 2 /2 from 2026-11-24'],
    ['alle 15 Minuten', '*/15 * * * *'],
    ['werktags um 8:30 Uhr Berliner Zeit', '30 8 * * 1-5 Europe/Berlin'],
    ['am ersten Tag des Monats', '0 9 1 * *'],
    ['am letzten Freitag im Monat um 17 Uhr', '0 17 * * 5#L'],
    ['täglich um halb neun', '30 8 * * *'],
    ['montags und donnerstags um 7.15 Uhr', '15 7 * * 1,4'],
    ['zweimal täglich', '0 9,17 * * *'],
    ['zum Quartalsende', '0 9 L 3,6,9,12 *'],
    ['alle zwei Wochen freitags um 10 Uhr', '0 10 * * 5 /2 from 2026-11-27'],
    ['am 15. jedes Monats um 6 Uhr', '0 6 15 * *'],
    ['jeden Abend um 8', '0 20 * * *'],
    ['jede Stunde zwischen 9 und 17 Uhr', '0 9-17 * * *'],
    ['von Montag bis Freitag um 9 Uhr MEZ', '0 9 * * 1-5 Europe/Berlin'],
    ['am ersten Werktag des Monats um 9 Uhr', '0 9 1W * *'],
    ['jeden 1. und 15. des Monats', '0 9 1,15 * *'],
    ['einmal im Monat', '0 9 1 * *'],
    ['jedes Jahr am 24. Dezember um 10 Uhr', '0 10 24 12 *'],
    ['jeden ersten Montag im Monat um 9', '0 9 * * 1#1'],
    ['am Monatsende', '0 9 L * *'],
    ['jeden Samstag um 10 Uhr abends', '0 22 * * 6'],
    ['alle 15 Minuten zwischen 9 und 17 Uhr', '*/15 9-16 * * *'],
    ['jeden Werktag um 8 Uhr im Januar', '0 8 * 1 1-5'],
    ['alle 3 Tage um 7 Uhr', 'DTSTART:20261123T070000 FREQ=DAILY;INTERVAL=3'],
    ['wenn jemand bestellt', 'none'],
  ],
  fr: [
    ['tous les jours à 7h30', '30 7 * * *'],
    ['chaque lundi à 8h', '0 8 * * 1'],
    ['un mardi sur deux à 9 h', '0 9 * * 2 /2 from 2026-11-24'],
    ['le premier jour du mois', '0 9 1 * *'],
    ['tous les lundis et jeudis à 18 heures', '0 18 * * 1,4'],
    ['toutes les 15 minutes', '*/15 * * * *'],
    ['le dernier vendredi du mois à 17h', '0 17 * * 5#L'],
    ['en semaine à 8h30 heure de Paris', '30 8 * * 1-5 Europe/Paris'],
    ['deux fois par jour', '0 9,17 * * *'],
    ['à la fin de chaque trimestre', '0 9 L 3,6,9,12 *'],
    ['toutes les deux semaines le vendredi à 10h', '0 10 * * 5 /2 from 2026-11-27'],
    ['le 15 de chaque mois à 9h', '0 9 15 * *'],
    ['du lundi au vendredi à 9h', '0 9 * * 1-5'],
    ['tous les ans le 24 décembre à 10h', '0 10 24 12 *'],
    ['chaque dimanche à midi', '0 12 * * 0'],
    ['toutes les heures entre 9h et 17h', '0 9-17 * * *'],
    ['le 1er de chaque mois à 8h', '0 8 1 * *'],
    ['quand une commande arrive', 'none'],
  ],
  es: [
    ['cada lunes a las 8', '0 8 * * 1'],
    ['todos los días a las 7:30', '30 7 * * *'],
    ['cada dos semanas el viernes a las 10', '0 10 * * 5 /2 from 2026-11-27'],
    ['el primer día del mes', '0 9 1 * *'],
    ['los lunes y jueves a las 6 de la tarde', '0 18 * * 1,4'],
    ['cada 15 minutos', '*/15 * * * *'],
    ['el último viernes del mes a las 17h', '0 17 * * 5#L'],
    ['entre semana a las 8:30 hora de Madrid', '30 8 * * 1-5 Europe/Madrid'],
    ['dos veces al día', '0 9,17 * * *'],
    ['al final de cada trimestre', '0 9 L 3,6,9,12 *'],
    ['un martes sí y otro no a las 9', '0 9 * * 2 /2 from 2026-11-24'],
    ['el día 15 de cada mes a las 9', '0 9 15 * *'],
    ['de lunes a viernes a las 9', '0 9 * * 1-5'],
    ['cada año el 24 de diciembre a las 10', '0 10 24 12 *'],
    ['todos los domingos al mediodía', '0 12 * * 0'],
    ['cada hora entre las 9 y las 17', '0 9-17 * * *'],
    ['cada día a las 9 de la noche', '0 21 * * *'],
    ['el primer lunes de cada mes a las ocho y media', '30 8 * * 1#1'],
    ['cuando llegue un pedido', 'none'],
  ],
};

for (const [language, rows] of Object.entries(tables) as [Language, [string, string][]][]) {
  describe(`schedules in ${language}`, () => {
    it.each(rows)('%s → %s', (text, expected) => {
      const actual = read(language, text);
      expect(actual).toBe(expected);
      if (actual !== 'none' && !actual.startsWith('DTSTART'))
        expect(new Cron(actual.split(' ').slice(0, 5).join(' ')).nextRun(now)).not.toBeNull();
    });
  });
}

it('says what it had to assume', () => {
  const reading = readSchedule('weekly', { words: words.en, now, timezone: 'UTC' });
  expect(reading?.guesses).toEqual([
    { about: 'weekday', weekday: 1 },
    { about: 'time', minutes: 540 },
  ]);
});

it('keeps the second of two times that one cron cannot hold as a guess', () => {
  const reading = readSchedule('every day at 8:30 and 17:00', { words: words.en, now, timezone: 'UTC' });
  expect(reading?.cron).toBe('30 8 * * *');
  expect(reading?.guesses).toContainEqual({ about: 'second_time', minutes: 1020 });
});
