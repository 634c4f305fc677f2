import { fold } from './text.ts';

/** Cities and regions as people write them in the four languages (folded) → IANA zone. */
const places: Record<string, string> = {
  berlin: 'Europe/Berlin',
  berliner: 'Europe/Berlin',
  german: 'Europe/Berlin',
  deutsche: 'Europe/Berlin',
  deutscher: 'Europe/Berlin',
  hamburg: 'Europe/Berlin',
  munich: 'Europe/Berlin',
  munchen: 'Europe/Berlin',
  'central european': 'Europe/Berlin',
  mitteleuropaische: 'Europe/Berlin',
  mitteleuropaischer: 'Europe/Berlin',
  vienna: 'Europe/Vienna',
  wien: 'Europe/Vienna',
  wiener: 'Europe/Vienna',
  zurich: 'Europe/Zurich',
  zurcher: 'Europe/Zurich',
  geneve: 'Europe/Zurich',
  schweizer: 'Europe/Zurich',
  paris: 'Europe/Paris',
  pariser: 'Europe/Paris',
  french: 'Europe/Paris',
  lyon: 'Europe/Paris',
  bruxelles: 'Europe/Brussels',
  brussels: 'Europe/Brussels',
  bruselas: 'Europe/Brussels',
  amsterdam: 'Europe/Amsterdam',
  madrid: 'Europe/Madrid',
  madrider: 'Europe/Madrid',
  barcelona: 'Europe/Madrid',
  spanish: 'Europe/Madrid',
  espanola: 'Europe/Madrid',
  peninsular: 'Europe/Madrid',
  lisbon: 'Europe/Lisbon',
  lisboa: 'Europe/Lisbon',
  london: 'Europe/London',
  londoner: 'Europe/London',
  londres: 'Europe/London',
  uk: 'Europe/London',
  british: 'Europe/London',
  dublin: 'Europe/Dublin',
  rome: 'Europe/Rome',
  roma: 'Europe/Rome',
  stockholm: 'Europe/Stockholm',
  warsaw: 'Europe/Warsaw',
  athens: 'Europe/Athens',
  istanbul: 'Europe/Istanbul',
  moscow: 'Europe/Moscow',
  'new york': 'America/New_York',
  'new yorker': 'America/New_York',
  'nueva york': 'America/New_York',
  eastern: 'America/New_York',
  boston: 'America/New_York',
  toronto: 'America/Toronto',
  montreal: 'America/Toronto',
  chicago: 'America/Chicago',
  central: 'America/Chicago',
  denver: 'America/Denver',
  mountain: 'America/Denver',
  pacific: 'America/Los_Angeles',
  'los angeles': 'America/Los_Angeles',
  'san francisco': 'America/Los_Angeles',
  seattle: 'America/Los_Angeles',
  'ciudad de mexico': 'America/Mexico_City',
  mexico: 'America/Mexico_City',
  bogota: 'America/Bogota',
  colombia: 'America/Bogota',
  lima: 'America/Lima',
  'buenos aires': 'America/Argentina/Buenos_Aires',
  argentina: 'America/Argentina/Buenos_Aires',
  santiago: 'America/Santiago',
  'sao paulo': 'America/Sao_Paulo',
  tokyo: 'Asia/Tokyo',
  tokio: 'Asia/Tokyo',
  japan: 'Asia/Tokyo',
  singapore: 'Asia/Singapore',
  'hong kong': 'Asia/Hong_Kong',
  dubai: 'Asia/Dubai',
  mumbai: 'Asia/Kolkata',
  india: 'Asia/Kolkata',
  indian: 'Asia/Kolkata',
  beijing: 'Asia/Shanghai',
  shanghai: 'Asia/Shanghai',
  sydney: 'Australia/Sydney',
  melbourne: 'Australia/Melbourne',
  auckland: 'Pacific/Auckland',
};

const abbreviations: Record<string, string> = {
  utc: 'UTC',
  gmt: 'UTC',
  cet: 'Europe/Berlin',
  cest: 'Europe/Berlin',
  mez: 'Europe/Berlin',
  mesz: 'Europe/Berlin',
  bst: 'Europe/London',
  est: 'America/New_York',
  edt: 'America/New_York',
  et: 'America/New_York',
  pst: 'America/Los_Angeles',
  pdt: 'America/Los_Angeles',
  pt: 'America/Los_Angeles',
  cst: 'America/Chicago',
  cdt: 'America/Chicago',
  mst: 'America/Denver',
  jst: 'Asia/Tokyo',
  ist: 'Asia/Kolkata',
};

/** Short words of everyday language (`et`, `est`, `pt`) count as zones only directly after a clock time, where the caller looks for them. */
const ordinaryWords = new Set(['et', 'est', 'pt', 'ist']);

export const placeSource = Object.keys(places)
  .sort((a, b) => b.length - a.length)
  .join('|');
export const abbreviationSource = Object.keys(abbreviations)
  .filter((word) => !ordinaryWords.has(word))
  .join('|');
export const abbreviationAfterClock = Object.keys(abbreviations).join('|');

const iana = new Map(Intl.supportedValuesOf('timeZone').map((zone) => [fold(zone), zone]));

/** The IANA zone of a place, an abbreviation or an IANA name, all folded. */
export function zoneOf(name: string): string | undefined {
  return places[name] ?? abbreviations[name] ?? iana.get(name);
}

/** Today's date in a zone: year, month 1-12, day, weekday with Sunday = 0. */
export function dateIn(now: Date, timezone: string): { year: number; month: number; day: number; weekday: number } {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  }).formatToParts(now);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value ?? 0);
  const [year, month, day] = [part('year'), part('month'), part('day')];
  return { year, month, day, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay() };
}
