/** How steps are told in sentences. A kind without a phrase is told by its summary. */
import { plainSummary } from '../../../../../shared/nodes/plain-summary.ts';

type Phrase = (config: Record<string, unknown>, summary: string) => string;

export interface Phrases {
  empty: string;
  noTrigger: string;
  noSteps: string;
  starts(how: string): string;
  inside(container: string): string;
  off: string;
  failed: string;
  ends: string;
  continues: string;
  retries(attempts: number): string;
  /** `label`: of the branch; empty where there is only one way. */
  goesOn(label: string, steps: readonly number[]): string;
  kinds: Readonly<Record<string, Phrase>>;
}

const text = (config: Record<string, unknown>, field: string): string => {
  const value = config[field];
  return typeof value === 'string' || typeof value === 'number' ? plainSummary(String(value)) : '';
};
const clipped = (words: string): string => (words.length > 140 ? `${words.slice(0, 139).trimEnd()}…` : words);

const en: Phrases = {
  empty: 'The workflow is empty: nothing happens yet.',
  noTrigger: 'Nothing starts this workflow yet: it has no trigger.',
  noSteps: 'Nothing happens after that yet.',
  starts: (how) => `The workflow ${how}.`,
  inside: (container) => `This happens for each item of “${container}”.`,
  off: 'It is switched off and passed over.',
  failed: 'If it fails',
  ends: 'Here this way ends.',
  continues: 'If it fails, the run goes on.',
  retries: (attempts) => `If it fails it is tried up to ${attempts} times.`,
  goesOn: (label, steps) => {
    const list = steps.length === 1 ? `step ${steps[0]}` : `steps ${steps.slice(0, -1).join(', ')} and ${steps.at(-1)}`;
    return label === ''
      ? `It goes on with ${list}.`
      : label === en.failed
        ? `If it fails, it goes on with ${list}.`
        : `For “${label}” it goes on with ${list}.`;
  },
  kinds: {
    manual: () => 'is started by hand',
    webhook: () => 'starts when data arrives at its web address',
    form: () => 'starts when somebody sends its form',
    schedule: (_config, summary) => `starts by the clock: ${summary}`,
    called: () => 'starts when another workflow calls it',
    'workflow-failed': () => 'starts when a run of another workflow has failed',
    'email-send': (config) =>
      `sends a mail to ${text(config, 'to') || '(no recipient yet)'}${text(config, 'subject') ? ` with the subject “${clipped(text(config, 'subject'))}”` : ''}${text(config, 'cc') ? `, with a copy to ${text(config, 'cc')}` : ''}`,
    delay: (config, summary) =>
      config['mode'] === 'until'
        ? `waits until ${text(config, 'until')}`
        : `waits ${summary.replace(/^waits? (?:for )?/i, '')}`,
    approval: (config) =>
      `asks ${text(config, 'approvers') || 'somebody in Mailweave'} to approve: “${clipped(text(config, 'title'))}”`,
    condition: (_config, summary) => `checks whether ${summary.replace(/^if /i, '')}`,
    'ai-generate': (config) =>
      `has AI ${config['output'] === 'structured' ? 'fill in fields' : 'write a text'}: “${clipped(text(config, 'prompt'))}”`,
    'http-request': (config) => `calls ${text(config, 'method')} ${text(config, 'url') || '(no address yet)'}`,
    'for-each': (config) =>
      `does the steps inside it once for each item of ${text(config, 'items') || '(no list yet)'}`,
    merge: () => 'brings branches together',
  },
};

const de: Phrases = {
  empty: 'Der Workflow ist leer: Es passiert noch nichts.',
  noTrigger: 'Diesen Workflow startet noch nichts: Er hat keinen Auslöser.',
  noSteps: 'Danach passiert noch nichts.',
  starts: (how) => `Der Workflow ${how}.`,
  inside: (container) => `Das passiert für jeden Eintrag von „${container}“.`,
  off: 'Er ist ausgeschaltet und wird übergangen.',
  failed: 'Wenn es fehlschlägt',
  ends: 'Hier endet dieser Weg.',
  continues: 'Schlägt er fehl, geht der Lauf trotzdem weiter.',
  retries: (attempts) => `Schlägt er fehl, wird er bis zu ${attempts}-mal versucht.`,
  goesOn: (label, steps) => {
    const list =
      steps.length === 1 ? `Schritt ${steps[0]}` : `den Schritten ${steps.slice(0, -1).join(', ')} und ${steps.at(-1)}`;
    return label === ''
      ? `Weiter geht es mit ${list}.`
      : label === de.failed
        ? `Schlägt er fehl, geht es mit ${list} weiter.`
        : `Bei „${label}“ geht es mit ${list} weiter.`;
  },
  kinds: {
    manual: () => 'wird von Hand gestartet',
    webhook: () => 'startet, wenn Daten an seiner Webadresse ankommen',
    form: () => 'startet, wenn jemand sein Formular abschickt',
    schedule: (_config, summary) => `startet nach der Uhr: ${summary}`,
    called: () => 'startet, wenn ein anderer Workflow ihn aufruft',
    'workflow-failed': () => 'startet, wenn ein Lauf eines anderen Workflows fehlgeschlagen ist',
    'email-send': (config) =>
      `schickt eine Mail an ${text(config, 'to') || '(noch kein Empfänger)'}${text(config, 'subject') ? ` mit dem Betreff „${clipped(text(config, 'subject'))}“` : ''}${text(config, 'cc') ? `, mit Kopie an ${text(config, 'cc')}` : ''}`,
    delay: (config) =>
      config['mode'] === 'until'
        ? `wartet bis ${text(config, 'until')}`
        : `wartet ${text(config, 'amount')} ${units[text(config, 'unit')] ?? text(config, 'unit')}`,
    approval: (config) =>
      `bittet ${text(config, 'approvers') || 'jemanden in Mailweave'} um Freigabe: „${clipped(text(config, 'title'))}“`,
    condition: (_config, summary) => `prüft: ${summary.replace(/^if /i, '')}`,
    'ai-generate': (config) =>
      `lässt KI ${config['output'] === 'structured' ? 'Felder ausfüllen' : 'einen Text schreiben'}: „${clipped(text(config, 'prompt'))}“`,
    'http-request': (config) => `ruft ${text(config, 'method')} ${text(config, 'url') || '(noch keine Adresse)'} auf`,
    'for-each': (config) =>
      `macht die Schritte darin einmal für jeden Eintrag von ${text(config, 'items') || '(noch keine Liste)'}`,
    merge: () => 'führt Zweige zusammen',
    stop: () => 'beendet den Lauf',
    respond: () => 'antwortet dem Aufrufer',
    set: () => 'setzt Felder',
    switch: () => 'wählt einen von mehreren Wegen',
    'sub-workflow': () => 'ruft einen anderen Workflow auf',
  },
};

const units: Readonly<Record<string, string>> = {
  seconds: 'Sekunden',
  minutes: 'Minuten',
  hours: 'Stunden',
  days: 'Tage',
  weeks: 'Wochen',
};

export const phrases = { en, de } as const satisfies Record<string, Phrases>;
