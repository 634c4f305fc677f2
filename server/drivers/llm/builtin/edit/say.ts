/** What the built-in engine answers to requests for a change, in the language of the request. */
import type { EditLanguage } from './words.ts';

interface Sayings {
  added(titles: string, where: string): string;
  before(title: string): string;
  after(title: string): string;
  between(a: string, b: string): string;
  atStart: string;
  atEnd: string;
  onError(title: string): string;
  removed(titles: string): string;
  renamed(before: string, after: string): string;
  changed(what: string, title: string, value: string): string;
  copied(who: string, titles: string): string;
  retries(title: string, attempts: number): string;
  goesOn(title: string): string;
  errorTo(title: string, target: string): string;
  wrapped(titles: string, items: string): string;
  moved(title: string, where: string): string;
  off(titles: string): string;
  on(titles: string): string;
  already(title: string): string;
  which(words: string, titles: string): string;
  noStep(words: string, titles: string): string;
  noPlace(title: string): string;
  noValue(what: string): string;
  noField(what: string, title: string): string;
  noAddress: string;
  notUnderstood: string;
  can: string;
  notWrapped: string;
  wrapResults: string;
  guessedItems(expression: string): string;
  firstBranch(title: string): string;
  empty: string;
  nothingToDo: string;
  partly: string;
  failureSubject(title: string): string;
  failureText(title: string): string;
  approve(title: string): string;
  approveMail(subject: string): string;
  forEach: string;
  fields: Readonly<Record<string, string>>;
  and: string;
  units: Readonly<Record<string, readonly [one: string, many: string]>>;
}

const quoted = (text: string) => `“${text}”`;
const zitat = (text: string) => `„${text}“`;

const en: Sayings = {
  added: (titles, where) => `Added ${titles} ${where}.`,
  before: (title) => `before ${quoted(title)}`,
  after: (title) => `after ${quoted(title)}`,
  between: (a, b) => `between ${quoted(a)} and ${quoted(b)}`,
  atStart: 'at the start',
  atEnd: 'at the end',
  onError: (title) => `for when ${quoted(title)} fails`,
  removed: (titles) => `Removed ${titles}.`,
  renamed: (before, after) => `Renamed ${quoted(before)} to ${quoted(after)}.`,
  changed: (what, title, value) => `The ${what} of ${quoted(title)} is now ${value}.`,
  copied: (who, titles) => `${who} gets a copy of ${titles}.`,
  retries: (title, attempts) => `${quoted(title)} is now tried up to ${attempts} times when it fails.`,
  goesOn: (title) => `The run now goes on when ${quoted(title)} fails.`,
  errorTo: (title, target) => `When ${quoted(title)} fails, the run goes on with ${quoted(target)}.`,
  wrapped: (titles, items) => `${titles} now runs once for each item of ${items}.`,
  moved: (title, where) => `Moved ${quoted(title)} ${where}.`,
  off: (titles) => `Switched ${titles} off.`,
  on: (titles) => `Switched ${titles} on.`,
  already: (title) => `${quoted(title)} is like that already.`,
  which: (words, titles) =>
    `${quoted(words)} could mean several steps: ${titles}. Say which, for example by its title.`,
  noStep: (words, titles) => `There is no step that ${quoted(words)} could mean. There are: ${titles}.`,
  noPlace: (title) => `Nothing can stand there: ${quoted(title)} has no connection on that side.`,
  noValue: (what) => `It is not said what the ${what} should be.`,
  noField: (what, title) => `${quoted(title)} has no ${what}.`,
  noAddress: 'It is not said to which address. Write it out, for example “send a copy to me@example.com”.',
  notUnderstood: 'The built-in engine did not understand this.',
  can: 'It can add, remove, rename, move, switch off and wrap steps, change recipients, subjects, texts, waiting times, conditions and schedules, put an approval before a mail, send copies, and say what happens when a step fails. For anything else choose a language model.',
  notWrapped: 'These steps cannot be wrapped: they need to hang together, with one way in and one way out.',
  wrapResults: 'Steps behind the loop see its results as {{ input.results }}.',
  guessedItems: (expression) =>
    `The list is taken from ${expression}; change it in the settings of the loop if it is somewhere else.`,
  firstBranch: (title) => `${quoted(title)} has several branches; it was put on the first.`,
  empty: 'The workflow is empty. Describe what should happen, and it is made from that.',
  nothingToDo: 'Nothing has to be changed for that.',
  partly: 'Not done:',
  failureSubject: (title) => `“${title}” failed`,
  failureText: (title) => `The step “${title}” failed:\n\n{{ input.error.message }}`,
  approve: (title) => `Approve “${title}”`,
  approveMail: (subject) => (subject === '' ? 'Send this mail?' : `Send “${subject}”?`),
  forEach: 'For each',
  fields: {
    subject: 'subject',
    to: 'recipient',
    cc: 'Cc',
    bcc: 'Bcc',
    from: 'sender',
    replyTo: 'reply address',
    text: 'text',
    prompt: 'prompt',
    url: 'address',
    title: 'title',
    delay: 'waiting time',
    schedule: 'schedule',
    condition: 'condition',
    approvers: 'approver',
    provider: 'provider',
  },
  and: 'and',
  units: {
    seconds: ['second', 'seconds'],
    minutes: ['minute', 'minutes'],
    hours: ['hour', 'hours'],
    days: ['day', 'days'],
    weeks: ['week', 'weeks'],
  },
};

const de: Sayings = {
  added: (titles, where) => `${titles} ${where} eingefügt.`,
  before: (title) => `vor ${zitat(title)}`,
  after: (title) => `nach ${zitat(title)}`,
  between: (a, b) => `zwischen ${zitat(a)} und ${zitat(b)}`,
  atStart: 'am Anfang',
  atEnd: 'am Ende',
  onError: (title) => `für den Fall, dass ${zitat(title)} fehlschlägt,`,
  removed: (titles) => `${titles} entfernt.`,
  renamed: (before, after) => `${zitat(before)} heißt jetzt ${zitat(after)}.`,
  changed: (what, title, value) => `${what} von ${zitat(title)} ist jetzt ${value}.`,
  copied: (who, titles) => `${who} bekommt eine Kopie von ${titles}.`,
  retries: (title, attempts) => `${zitat(title)} wird jetzt bis zu ${attempts}-mal versucht.`,
  goesOn: (title) => `Der Lauf geht jetzt auch weiter, wenn ${zitat(title)} fehlschlägt.`,
  errorTo: (title, target) => `Wenn ${zitat(title)} fehlschlägt, geht es mit ${zitat(target)} weiter.`,
  wrapped: (titles, items) => `${titles} läuft jetzt einmal für jeden Eintrag von ${items}.`,
  moved: (title, where) => `${zitat(title)} ${where} verschoben.`,
  off: (titles) => `${titles} ausgeschaltet.`,
  on: (titles) => `${titles} eingeschaltet.`,
  already: (title) => `${zitat(title)} ist schon so.`,
  which: (words, titles) =>
    `${zitat(words)} kann mehrere Schritte meinen: ${titles}. Sag, welcher, zum Beispiel mit seinem Titel.`,
  noStep: (words, titles) => `Es gibt keinen Schritt, den ${zitat(words)} meinen könnte. Es gibt: ${titles}.`,
  noPlace: (title) => `Dort kann nichts stehen: ${zitat(title)} hat auf dieser Seite keine Verbindung.`,
  noValue: (what) => `Es fehlt, was es werden soll (${what}).`,
  noField: (what, title) => `${zitat(title)} hat das nicht: ${what}.`,
  noAddress: 'Es fehlt die Adresse. Schreib sie aus, zum Beispiel „schicke eine Kopie an ich@example.com“.',
  notUnderstood: 'Das hat die eingebaute Maschine nicht verstanden.',
  can: 'Sie kann Schritte einfügen, entfernen, umbenennen, verschieben, ausschalten und in eine Schleife setzen, Empfänger, Betreff, Texte, Wartezeiten, Bedingungen und Zeitpläne ändern, eine Freigabe vor eine Mail setzen, Kopien schicken und festlegen, was passiert, wenn ein Schritt fehlschlägt. Für alles andere wähle ein Sprachmodell.',
  notWrapped:
    'Diese Schritte lassen sich nicht zusammenfassen: Sie müssen zusammenhängen, mit einem Weg hinein und einem hinaus.',
  wrapResults: 'Schritte hinter der Schleife sehen ihre Ergebnisse als {{ input.results }}.',
  guessedItems: (expression) =>
    `Die Liste kommt aus ${expression}; liegt sie woanders, ändere es in den Einstellungen der Schleife.`,
  firstBranch: (title) => `${zitat(title)} hat mehrere Zweige; genommen wurde der erste.`,
  empty: 'Der Workflow ist leer. Beschreibe, was passieren soll, dann entsteht er daraus.',
  nothingToDo: 'Dafür muss nichts geändert werden.',
  partly: 'Nicht gemacht:',
  failureSubject: (title) => `„${title}“ ist fehlgeschlagen`,
  failureText: (title) => `Der Schritt „${title}“ ist fehlgeschlagen:\n\n{{ input.error.message }}`,
  approve: (title) => `Freigabe: „${title}“`,
  approveMail: (subject) => (subject === '' ? 'Diese Mail senden?' : `„${subject}“ senden?`),
  forEach: 'Für jeden',
  fields: {
    subject: 'Der Betreff',
    to: 'Der Empfänger',
    cc: 'Cc',
    bcc: 'Bcc',
    from: 'Der Absender',
    replyTo: 'Die Antwortadresse',
    text: 'Der Text',
    prompt: 'Der Prompt',
    url: 'Die Adresse',
    title: 'Der Titel',
    delay: 'Die Wartezeit',
    schedule: 'Der Zeitplan',
    condition: 'Die Bedingung',
    approvers: 'Wer entscheidet bei',
    provider: 'Der Anbieter',
  },
  and: 'und',
  units: {
    seconds: ['Sekunde', 'Sekunden'],
    minutes: ['Minute', 'Minuten'],
    hours: ['Stunde', 'Stunden'],
    days: ['Tag', 'Tage'],
    weeks: ['Woche', 'Wochen'],
  },
};

export const sayings = { en, de } as const satisfies Record<EditLanguage, Sayings>;
export type { Sayings };

/** “A”, “B” and “C”. */
export function titlesOf(nodes: readonly { title: string; id: string }[], language: EditLanguage): string {
  const names = nodes.map(({ title, id }) => (language === 'de' ? zitat(title || id) : quoted(title || id)));
  if (names.length <= 1) return names[0] ?? '';
  const shown = names.length > 6 ? [...names.slice(0, 5), '…'] : names;
  return `${shown.slice(0, -1).join(', ')} ${sayings[language].and} ${shown.at(-1)}`;
}

export function inQuotes(text: string, language: EditLanguage): string {
  return language === 'de' ? zitat(text) : quoted(text);
}

/** To those whose language it composes workflows in and does not read changes in: in their words, with something that works. */
export const otherLanguages: Readonly<Record<'fr' | 'es', string>> = {
  fr:
    'Le moteur intégré crée des workflows en français, mais il ne comprend les modifications qu’en anglais (English) et en allemand (Deutsch). ' +
    'Par exemple : « Add a delay of 2 days before the mail », « Remove the delay », « Change the subject to … ». ' +
    'Avec un modèle de langage (OpenAI, Claude ou le vôtre), vous pouvez aussi écrire en français.',
  es:
    'El motor integrado crea flujos de trabajo en español, pero solo entiende los cambios en inglés (English) y en alemán (Deutsch). ' +
    'Por ejemplo: «Add a delay of 2 days before the mail», «Remove the delay», «Change the subject to …». ' +
    'Con un modelo de lenguaje (OpenAI, Claude o uno propio) también puede escribir en español.',
};
