/** What the built-in engine says about failed runs. */
export interface FixWords {
  failed(title: string, message: string): string;
  goneStep: string;
  filter(wrong: string, right: string): string;
  address(wrong: string, right: string): string;
  checkAddress(text: string): string;
  noAddress(expression: string): string;
  path(wrong: string, right: string): string;
  noModel: string;
  model: string;
  retry(attempts: number): string;
  longer(attempts: number): string;
  stillDown: string;
  refused(status: number): string;
  unknown: string;
  /** By error code: what a person can do where the workflow is not to blame. */
  advice: Readonly<Record<string, string>>;
}

const en: FixWords = {
  failed: (title, message) => `“${title}” failed: ${message}`,
  goneStep: 'The step is no longer in the draft, so there is nothing to change.',
  filter: (wrong, right) => `The filter “${wrong}” does not exist; I put “${right}” in its place.`,
  address: (wrong, right) => `“${wrong}” is not written like an address; I made it ${right}.`,
  checkAddress: (text) => `“${text}” is not an address. Put in the right one; I cannot guess it.`,
  noAddress: (expression) =>
    `${expression} gave no address, and there was none in the data that started the run. Look at what the trigger received, or send a test with an address in it.`,
  path: (wrong, right) => `${wrong} gave nothing in this run; ${right} holds what was probably meant.`,
  noModel:
    'This step needs a language model, and none is set up. Set the key of OpenAI or Claude, or the address of a model of your own, in the environment of the server.',
  model:
    'The built-in engine cannot do this. I set the provider to Automatic, so that the language model that is set up is used.',
  retry: (attempts) =>
    `Such a failure often passes by itself. The step is now tried up to ${attempts} times, with growing pauses.`,
  longer: (attempts) => `It took too long. The step now gets twice the time, and is tried up to ${attempts} times.`,
  stillDown: 'It is tried several times already. The other side seems to be down; try the run again later.',
  refused: (status) =>
    `The server refused the request (status ${status}). Check the address, the headers and the body of the step. If the run may go on without it, say “ignore errors of this step”.`,
  unknown:
    'I know no rule that mends this. A language model may find out more: choose one at the bottom of this panel.',
  advice: {
    provider_auth:
      'The key of the provider is missing or wrong. It is set in the environment of the server; the workflow cannot mend it.',
    insufficient_credits:
      'There are not enough credits. Top up, or choose the built-in or an in-house provider for this step.',
    outbound_blocked:
      'This address is not allowed to be called. Whoever runs the server can allow it (OUTBOUND_ALLOW).',
    mail_rejected:
      'The mail server refused the mail. Check recipient and sender, and whether the sender may use this server.',
    mail_uncertain: 'It is not known whether the mail went out. Decide it on the page of the run.',
    stopped: 'The workflow ended itself: a Stop step says that this is a failure.',
    http_failed: 'The request did not get through. Check the address of the step.',
    provider_output:
      'The model did not answer in the form that was asked for. Simplify the prompt or the fields, or choose another model.',
    too_large:
      'Something is larger than the limit that the message names. Take less of it, for example with a filter such as “| truncate”.',
    preview_mismatch: 'The workflow has changed since its preview was confirmed. Preview it again.',
  },
};

const de: FixWords = {
  failed: (title, message) => `„${title}“ ist fehlgeschlagen: ${message}`,
  goneStep: 'Der Schritt ist nicht mehr im Entwurf, es gibt also nichts zu ändern.',
  filter: (wrong, right) => `Den Filter „${wrong}“ gibt es nicht; ich habe „${right}“ eingesetzt.`,
  address: (wrong, right) => `„${wrong}“ ist keine richtig geschriebene Adresse; daraus wurde ${right}.`,
  checkAddress: (text) => `„${text}“ ist keine Adresse. Trag die richtige ein; erraten kann ich sie nicht.`,
  noAddress: (expression) =>
    `${expression} ergab keine Adresse, und in den Daten, die den Lauf gestartet haben, war keine. Sieh nach, was der Auslöser bekommen hat, oder schicke einen Test mit einer Adresse.`,
  path: (wrong, right) => `${wrong} war in diesem Lauf leer; gemeint ist wahrscheinlich ${right}.`,
  noModel:
    'Dieser Schritt braucht ein Sprachmodell, und es ist keines eingerichtet. Setze den Schlüssel von OpenAI oder Claude oder die Adresse eines eigenen Modells in der Umgebung des Servers.',
  model:
    'Das kann die eingebaute Maschine nicht. Der Anbieter steht jetzt auf Automatisch, damit das eingerichtete Sprachmodell genommen wird.',
  retry: (attempts) =>
    `So ein Fehler vergeht oft von selbst. Der Schritt wird jetzt bis zu ${attempts}-mal versucht, mit wachsenden Pausen.`,
  longer: (attempts) =>
    `Es hat zu lange gedauert. Der Schritt bekommt jetzt doppelt so viel Zeit und wird bis zu ${attempts}-mal versucht.`,
  stillDown:
    'Er wird schon mehrmals versucht. Die Gegenseite scheint nicht zu antworten; versuche den Lauf später noch einmal.',
  refused: (status) =>
    `Der Server hat die Anfrage abgelehnt (Status ${status}). Prüfe Adresse, Kopfzeilen und Inhalt. Darf der Lauf ohne ihn weitergehen, schreib „ignoriere Fehler von diesem Schritt“.`,
  unknown: 'Dafür kenne ich keine Regel. Ein Sprachmodell findet vielleicht mehr heraus: Wähle unten eines aus.',
  advice: {
    provider_auth:
      'Der Schlüssel des Anbieters fehlt oder ist falsch. Er steht in der Umgebung des Servers; der Workflow kann das nicht beheben.',
    insufficient_credits:
      'Das Guthaben reicht nicht. Lade es auf, oder wähle für diesen Schritt den eingebauten oder einen eigenen Anbieter.',
    outbound_blocked:
      'Diese Adresse darf nicht aufgerufen werden. Wer den Server betreibt, kann sie erlauben (OUTBOUND_ALLOW).',
    mail_rejected:
      'Der Mailserver hat die Mail abgelehnt. Prüfe Empfänger und Absender, und ob der Absender diesen Server nutzen darf.',
    mail_uncertain: 'Es ist nicht bekannt, ob die Mail hinausging. Entscheide es auf der Seite des Laufs.',
    stopped: 'Der Workflow hat sich selbst beendet: Ein Stopp-Schritt nennt das einen Fehler.',
    http_failed: 'Die Anfrage kam nicht durch. Prüfe die Adresse des Schritts.',
    provider_output:
      'Das Modell hat nicht in der verlangten Form geantwortet. Vereinfache Prompt oder Felder, oder wähle ein anderes Modell.',
    too_large:
      'Etwas ist größer als die Grenze in der Meldung. Nimm weniger davon, zum Beispiel mit einem Filter wie „| truncate“.',
    preview_mismatch: 'Der Workflow hat sich geändert, seit seine Vorschau bestätigt wurde. Sieh ihn noch einmal an.',
  },
};

export const fixWords = { en, de } as const;
