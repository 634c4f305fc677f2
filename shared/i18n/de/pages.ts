import type { Texts } from '../translation.ts';

/** What only the server says, on the public pages of forms and approvals and of the installed app; words that the interface has too are in `texts.ts`. */
export const pages: Texts = {
  'Type what should happen. See it as a graph, preview every mail, run it durably.':
    'Schreiben, was passieren soll. Als Graph sehen, jede Mail vorab lesen, zuverlässig ausführen.',
  optional: 'freiwillig',
  'Thank you!': 'Vielen Dank!',
  'Please choose': 'Bitte wählen',
  '{n} answers need another look.': {
    one: 'Bitte noch eine Angabe prüfen.',
    other: 'Bitte noch {n} Angaben prüfen.',
  },
  'This form is closed': 'Dieses Formular ist geschlossen',
  'This form was sent very often from your network. Try again in {n} seconds.': {
    one: 'Dieses Formular wurde aus diesem Netz sehr oft abgeschickt. In einer Sekunde geht es wieder.',
    other: 'Dieses Formular wurde aus diesem Netz sehr oft abgeschickt. In {n} Sekunden geht es wieder.',
  },
  'What you wrote has arrived, but something went wrong while it was handled. You need not send it again.':
    'Die Angaben sind angekommen, aber bei der Verarbeitung ist etwas schiefgegangen. Noch einmal abschicken ist nicht nötig.',
  'Nothing to approve here': 'Hier gibt es nichts freizugeben',
  'Asked by the workflow “{name}”.': 'Gefragt hat der Workflow „{name}“.',
  'Open until {time}.': 'Offen bis {time}.',
  'You are': 'Wer entscheidet?',
  'One moment': 'Einen Moment',
  'Too many decisions came from your network. Try again in {n} seconds.': {
    one: 'Aus diesem Netz kamen zu viele Entscheidungen. In einer Sekunde geht es wieder.',
    other: 'Aus diesem Netz kamen zu viele Entscheidungen. In {n} Sekunden geht es wieder.',
  },
  'Nothing was decided: choose Approve or Reject, and keep texts under {n} characters.':
    'Es wurde nichts entschieden: bitte „Freigeben“ oder „Ablehnen“ wählen und Texte unter {n} Zeichen halten.',
  'somebody with the link': 'jemandem mit dem Link',
  'Approved by {name}.': 'Freigegeben von {name}.',
  'Rejected by {name}.': 'Abgelehnt von {name}.',
};
