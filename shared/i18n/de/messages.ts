import type { Sentences } from '../sentences.ts';

/** What the server and the shared core say. */
export const messages: Sentences = {
  'This takes the role {0}; yours is {1}.': 'Das braucht die Rolle {0}; die eigene ist {1}.',
  'Too many attempts. Try again in {0}.': 'Zu viele Versuche. In {0} erneut versuchen.',
  'This invitation does not exist, or it was withdrawn.':
    'Diese Einladung gibt es nicht, oder sie wurde zurückgezogen.',
  '{0} is not open to workflows: {1}. An administrator can open it with OUTBOUND_ALLOW={2}.':
    '{0} ist für Workflows nicht offen: {1}. Die Administration kann es mit OUTBOUND_ALLOW={2} öffnen.',
  'The answer is compressed more than twice.': 'Die Antwort ist mehr als zweimal komprimiert.',
  'The answer is larger than {0}.': 'Die Antwort ist größer als {0}.',
  'The answer is encoded as {0}, which cannot be read.': 'Die Antwort ist als {0} kodiert, das ist nicht lesbar.',
  '{0} did not answer in time.': '{0} hat nicht rechtzeitig geantwortet.',
  'The request to {0} cannot be sent.': 'Die Anfrage an {0} lässt sich nicht senden.',
  '{0} cannot be called: {1}.': '{0} lässt sich nicht aufrufen: {1}.',
  '“{0}” is not a header name.': '„{0}“ ist kein Name einer Kopfzeile.',
  'The header “{0}” cannot be set.': 'Die Kopfzeile „{0}“ lässt sich nicht setzen.',
  'The header “{0}” is there twice.': 'Die Kopfzeile „{0}“ steht zweimal da.',
  'The header “{0}” holds a line break or control character.':
    'Die Kopfzeile „{0}“ enthält einen Zeilenumbruch oder ein Steuerzeichen.',
  'The call to {0} was cancelled.': 'Der Aufruf von {0} wurde abgebrochen.',
  '{0} did not answer within {1} s.': '{0} hat nicht innerhalb von {1} s geantwortet.',
  'The method {0} cannot be used.': 'Die Methode {0} lässt sich nicht verwenden.',
  'The answer cannot be read as text.': 'Die Antwort lässt sich nicht als Text lesen.',
  '{0} redirects more than {1} times.': '{0} leitet mehr als {1} Mal weiter.',
  '“{0}” is not a URL.': '„{0}“ ist keine URL.',
  'Only http:// and https:// can be called, not {0}': 'Nur http:// und https:// lassen sich aufrufen, nicht {0}',
  'A URL may not hold a user or password. Put them into a header.':
    'Eine URL darf weder Benutzer noch Passwort enthalten. Sie gehören in eine Kopfzeile.',
  'Port 0 cannot be called.': 'Port 0 lässt sich nicht aufrufen.',
  'Set ANTHROPIC_API_KEY in the environment of the server and start it again.':
    'ANTHROPIC_API_KEY in der Umgebung des Servers setzen und ihn neu starten.',
  '{0} stopped answering.': '{0} hat aufgehört zu antworten.',
  "{0} refused the API key. Check {1} in the server's environment.":
    '{0} hat den API-Schlüssel abgelehnt. {1} in der Umgebung des Servers prüfen.',
  '{0} is limiting requests right now.': '{0} begrenzt gerade die Anfragen.',
  '{0} is not available right now.': '{0} ist gerade nicht verfügbar.',
  'The connection to {0} failed or broke off.': 'Die Verbindung zu {0} kam nicht zustande oder brach ab.',
  'The connection to {0} broke off in the middle of the answer.':
    'Die Verbindung zu {0} brach mitten in der Antwort ab.',
  'The call was cancelled.': 'Der Aufruf wurde abgebrochen.',
  '{0} did not answer in the form that was asked for, also after being told what was wrong.':
    '{0} hat nicht in der verlangten Form geantwortet, auch nicht nach einem Hinweis auf den Fehler.',
  '{0} declined to answer this prompt.': '{0} hat diesen Prompt abgelehnt.',
  'The answer of {0} was cut off at {1} tokens. Allow more, or ask for less.':
    'Die Antwort von {0} wurde bei {1} Tokens abgeschnitten. Mehr erlauben oder weniger verlangen.',
  'Set INHOUSE_BASE_URL (such as http://localhost:11434/v1) and INHOUSE_MODEL in the environment of the server and start it again.':
    'INHOUSE_BASE_URL (etwa http://localhost:11434/v1) und INHOUSE_MODEL in der Umgebung des Servers setzen und ihn neu starten.',
  'Set OPENAI_API_KEY in the environment of the server and start it again.':
    'OPENAI_API_KEY in der Umgebung des Servers setzen und ihn neu starten.',
  'The answer is not valid JSON.': 'Die Antwort ist kein gültiges JSON.',
  '“{0}” is not an e-mail address.': '„{0}“ ist keine E-Mail-Adresse.',
  'The connection to the mail server {0} broke after the message was sent, before the server confirmed it. It may or may not have been delivered.':
    'Die Verbindung zum Mailserver {0} brach ab, nachdem die Nachricht gesendet war und bevor er sie bestätigt hat. Vielleicht wurde sie zugestellt, vielleicht nicht.',
  'Sending was cancelled before the mail server took the message.':
    'Das Senden wurde abgebrochen, bevor der Mailserver die Nachricht angenommen hat.',
  "The mail server {0} did not take the message in time. Nothing was delivered. Check SMTP_URL and the server's load.":
    'Der Mailserver {0} hat die Nachricht nicht rechtzeitig angenommen. Nichts wurde zugestellt. SMTP_URL und die Last des Servers prüfen.',
  'The mail server {0} cannot be reached: {1}. Check SMTP_URL.':
    'Der Mailserver {0} ist nicht erreichbar: {1}. SMTP_URL prüfen.',
  'The mail server {0} cannot check the login right now ({1}).':
    'Der Mailserver {0} kann die Anmeldung gerade nicht prüfen ({1}).',
  'The mail server {0} refused the login: the user or password in SMTP_URL is wrong or missing.':
    'Der Mailserver {0} hat die Anmeldung abgelehnt: Benutzer oder Passwort in SMTP_URL ist falsch oder fehlt.',
  'The mail cannot be sent over {0}: {1}.': 'Die Mail lässt sich nicht über {0} senden: {1}.',
  'SMTP_URL must look like smtp://user:password@mail.example.com:587.':
    'SMTP_URL muss aussehen wie smtp://user:password@mail.example.com:587.',
  'The server is shutting down. Try again in a moment.':
    'Der Server fährt gerade herunter. Gleich noch einmal versuchen.',
  'The workflow has no trigger “{0}”.': 'Der Workflow hat keinen Auslöser „{0}“.',
  'Run {0} was taken over by another worker.': 'Lauf {0} hat ein anderer Prozess übernommen.',
  'The journal could not be written: the database is away.':
    'Das Protokoll ließ sich nicht schreiben: Die Datenbank ist weg.',
  'The server stopped while this mail was being sent. It is not known whether it went out.':
    'Der Server blieb stehen, während diese Mail gesendet wurde. Es ist unbekannt, ob sie hinausging.',
  'Undoing took longer than {0} s.': 'Das Zurücknehmen hat länger als {0} s gedauert.',
  'The run was cancelled.': 'Der Lauf wurde abgebrochen.',
  'This run has just gone to rest. Try again in a moment.':
    'Dieser Lauf ist gerade zur Ruhe gekommen. Gleich noch einmal versuchen.',
  '{0} It is not known whether it took effect.': '{0} Es ist unbekannt, ob es gewirkt hat.',
  'Its output is pinned: the step was not run.': 'Die Ausgabe ist festgehalten: Der Schritt lief nicht.',
  'The step “{0}” cannot be run: its kind is not known.':
    'Der Schritt „{0}“ lässt sich nicht ausführen: Seine Art ist unbekannt.',
  'The server stopped while this step was at work. It is not known whether it took effect.':
    'Der Server blieb stehen, während dieser Schritt arbeitete. Es ist unbekannt, ob er gewirkt hat.',
  'The step took longer than {0} s.': 'Der Schritt hat länger als {0} s gedauert.',
  'The run could not be gone on with, {0}{1} times in a row. {2}':
    'Der Lauf ließ sich nicht fortsetzen, {0}{1} Mal hintereinander. {2}',
  'This API key is not valid. Make one under Settings, API keys.':
    'Dieser API-Schlüssel gilt nicht. Unter Einstellungen, API-Schlüssel einen erstellen.',
  'There is no such API key in this workspace.': 'Diesen API-Schlüssel gibt es in diesem Arbeitsbereich nicht.',
  'This link leads nowhere. It may have been cut off, or its run was deleted.':
    'Dieser Link führt nirgendwohin. Vielleicht ist er abgeschnitten, oder sein Lauf wurde gelöscht.',
  'There is no such approval.': 'Diese Freigabe gibt es nicht.',
  'The run of this approval was deleted.': 'Der Lauf dieser Freigabe wurde gelöscht.',
  'This was {0} already by {1}.': 'Das wurde schon {0}, von {1}.',
  'This was {0} already.': 'Das wurde schon {0}.',
  'The time to decide is over. The workflow has gone on without a decision.':
    'Die Zeit für die Entscheidung ist vorbei. Der Workflow ist ohne sie weitergegangen.',
  'The run that asked has ended, so there is nothing to decide any more.':
    'Der Lauf, der gefragt hat, ist zu Ende; es gibt nichts mehr zu entscheiden.',
  'This waits for a decision.': 'Das wartet auf eine Entscheidung.',
  'The workflow to call does not exist (any more).': 'Den aufzurufenden Workflow gibt es nicht (mehr).',
  '“{0}” has not been published yet, so it cannot be called.':
    '„{0}“ ist noch nicht veröffentlicht und lässt sich deshalb nicht aufrufen.',
  '“{0}” cannot be called: its published version has no “Called by a workflow” trigger.':
    '„{0}“ lässt sich nicht aufrufen: Die veröffentlichte Version hat keinen Auslöser „Von Workflow aufgerufen“.',
  '“{0}” is switched off, so it cannot be called.': '„{0}“ ist ausgeschaltet und lässt sich deshalb nicht aufrufen.',
  '“{0}” would call itself: {1}.': '„{0}“ würde sich selbst aufrufen: {1}.',
  'Workflows call each other at most {0} levels deep: {1}.':
    'Workflows rufen einander höchstens {0} Ebenen tief auf: {1}.',
  'The run failed.': 'Der Lauf ist fehlgeschlagen.',
  '“{0}” should come after “{1}”, which does not exist.': '„{0}“ soll nach „{1}“ kommen, das es nicht gibt.',
  'The workflow would have more than {0} steps.': 'Der Workflow hätte mehr als {0} Schritte.',
  'Mailweave has no step of the kind “{0}”.': 'Mailweave hat keinen Schritt der Art „{0}“.',
  '“{0}” starts the workflow, so nothing can come before it.': '„{0}“ startet den Workflow; davor kann nichts kommen.',
  'There is no such setting.': 'Diese Einstellung gibt es nicht.',
  'There is no such run of this workflow.': 'Diesen Lauf gibt es bei diesem Workflow nicht.',
  'Why did “{0}” fail, and how can it be fixed?': 'Warum ist „{0}“ fehlgeschlagen, und wie lässt es sich beheben?',
  'There is no such workflow.': 'Diesen Workflow gibt es nicht.',
  'There is no such conversation. It may have been deleted.':
    'Dieses Gespräch gibt es nicht. Vielleicht wurde es gelöscht.',
  'This proposal has been decided already.': 'Über diesen Vorschlag ist schon entschieden.',
  'Describe what should happen, in a sentence or two.': 'Beschreiben, was passieren soll, in ein, zwei Sätzen.',
  'The request has {0} characters; at most {1} are possible.':
    'Die Anfrage hat {0} Zeichen; höchstens {1} sind möglich.',
  'The time zone “{0}” is not known.': 'Die Zeitzone „{0}“ ist unbekannt.',
  'Reading your request …': 'Die Anfrage wird gelesen …',
  '{0} is reading your request …': '{0} liest die Anfrage …',
  'Correcting one problem …': 'Ein Fehler wird behoben …',
  'Nothing of this run has failed.': 'In diesem Lauf ist nichts fehlgeschlagen.',
  'There is no such mail in this inbox.': 'Diese Mail gibt es in diesem Posteingang nicht.',
  'This mail has no such attachment.': 'Diese Mail hat keinen solchen Anhang.',
  'The step “{0}” cannot generate.': 'Der Schritt „{0}“ kann nichts erzeugen.',
  'A preview has no effects.': 'Eine Vorschau bewirkt nichts.',
  'The step “{0}” did not put anything out.': 'Der Schritt „{0}“ hat nichts ausgegeben.',
  'The workflow was changed in the meantime. Load it again, then preview.':
    'Der Workflow wurde inzwischen geändert. Neu laden, dann die Vorschau ansehen.',
  'This workflow does not exist.': 'Diesen Workflow gibt es nicht.',
  'There is no such preview.': 'Diese Vorschau gibt es nicht.',
  'The mail that was held is gone.': 'Die zurückgehaltene Mail ist weg.',
  'This version of the workflow does not exist any more.': 'Diese Version des Workflows gibt es nicht mehr.',
  'The step “{0}” is of the unknown kind “{1}”.': 'Der Schritt „{0}“ ist von der unbekannten Art „{1}“.',
  'There is no such run.': 'Diesen Lauf gibt es nicht.',
  'The version of this run does not exist any more.': 'Die Version dieses Laufs gibt es nicht mehr.',
  'This run is done. To repeat a part of it, run it again from a step.':
    'Dieser Lauf ist fertig. Um einen Teil zu wiederholen, ab einem Schritt neu ausführen.',
  'The step “{0}” ended this run and would end it again. Run it again from an earlier step.':
    'Der Schritt „{0}“ hat diesen Lauf beendet und täte es wieder. Ab einem früheren Schritt neu ausführen.',
  'This run never started, so there is nothing to repeat.':
    'Dieser Lauf hat nie begonnen; es gibt nichts zu wiederholen.',
  'This run is still under way. Wait for its end, or stop it.':
    'Dieser Lauf ist noch im Gang. Auf sein Ende warten oder ihn stoppen.',
  'A repeated run has to begin with its start.': 'Ein wiederholter Lauf muss mit seinem Anfang beginnen.',
  'The run was deleted.': 'Der Lauf wurde gelöscht.',
  'This preview does not exist any more. Preview again.': 'Diese Vorschau gibt es nicht mehr. Noch einmal ansehen.',
  'The previewed version does not exist any more. Preview again.':
    'Die Version der Vorschau gibt es nicht mehr. Noch einmal ansehen.',
  'Parts of a workflow are tested on its draft, not on what is published.':
    'Teile eines Workflows werden am Entwurf getestet, nicht am Veröffentlichten.',
  'This workflow has not been published yet.': 'Dieser Workflow ist noch nicht veröffentlicht.',
  'This run has already ended.': 'Dieser Lauf ist schon zu Ende.',
  'This run is paused already.': 'Dieser Lauf ist schon angehalten.',
  'This run is not paused.': 'Dieser Lauf ist nicht angehalten.',
  'The next step may cost more than that. Say how much the run may spend in all.':
    'Der nächste Schritt kostet vielleicht mehr. Angeben, wie viel der Lauf insgesamt ausgeben darf.',
  'This run is busy elsewhere or has ended. Look again in a moment.':
    'Dieser Lauf ist gerade woanders in Arbeit oder zu Ende. Gleich noch einmal nachsehen.',
  'This mail is not the one that was confirmed in the preview, so it was not sent. Preview again.':
    'Diese Mail ist nicht die in der Vorschau bestätigte und wurde deshalb nicht gesendet. Vorschau noch einmal ansehen.',
  'file.parameters: {0}': 'file.parameters: {0}',
  'workflowId: an empty workflow makes no template': 'workflowId: Ein leerer Workflow ergibt keine Vorlage',
  'A workspace keeps at most {0} templates of its own.': 'Ein Arbeitsbereich behält höchstens {0} eigene Vorlagen.',
  'There is no such template.': 'Diese Vorlage gibt es nicht.',
  '“{0}” would make this workflow call itself: this workflow → {1}.':
    'Mit „{0}“ würde dieser Workflow sich selbst aufrufen: dieser Workflow → {1}.',
  'Nothing listens here. Either the address is wrong, or the workflow is not published or is switched off.':
    'Hier hört nichts. Die Adresse ist falsch, oder der Workflow ist nicht veröffentlicht oder ausgeschaltet.',
  'The server is busy. Try again in a second.': 'Der Server ist ausgelastet. In einer Sekunde erneut versuchen.',
  '{0} saved this workflow in the meantime. Load it again to see what changed.':
    '{0} hat diesen Workflow inzwischen gespeichert. Neu laden, um die Änderungen zu sehen.',
  'The settings of “{0}” are over {1} kB.': 'Die Einstellungen von „{0}“ sind größer als {1} kB.',
  'The pinned output of “{0}” has {1} kB; at most {2} kB can be pinned.':
    'Die festgehaltene Ausgabe von „{0}“ hat {1} kB; höchstens {2} kB sind möglich.',
  'The pinned outputs of this workflow have {0} kB together; at most {1} kB can be pinned.':
    'Die festgehaltenen Ausgaben dieses Workflows haben zusammen {0} kB; höchstens {1} kB sind möglich.',
  'There is no such kept draft of this workflow.': 'Diesen aufbewahrten Entwurf gibt es bei diesem Workflow nicht.',
  'There is no such workflow in this workspace.': 'Diesen Workflow gibt es in diesem Arbeitsbereich nicht.',
  'The draft was changed in the meantime. Look at it again, then publish.':
    'Der Entwurf wurde inzwischen geändert. Noch einmal ansehen, dann veröffentlichen.',
  'The workflow has {0} to be solved before it can be published.': 'Vor dem Veröffentlichen ist noch zu lösen: {0}.',
  'Publish the workflow first: only published triggers can be switched on.':
    'Erst den Workflow veröffentlichen: Nur veröffentlichte Auslöser lassen sich einschalten.',
  'There is no version {0} of this workflow.': 'Dieser Workflow hat keine Version {0}.',
  'timezone: {0}': 'timezone: {0}',
  'This workspace does not exist any more.': 'Diesen Arbeitsbereich gibt es nicht mehr.',
  'An API key belongs to one workspace and cannot switch.':
    'Ein API-Schlüssel gehört zu einem Arbeitsbereich und kann nicht wechseln.',
  'You are not a member of such a workspace.': 'Kein Mitglied eines solchen Arbeitsbereichs.',
  '{0} is a member already.': '{0} ist schon Mitglied.',
  'There is no such open invitation in this workspace.':
    'Diese offene Einladung gibt es in diesem Arbeitsbereich nicht.',
  'There is no such member in this workspace.': 'Dieses Mitglied gibt es in diesem Arbeitsbereich nicht.',
  'A workspace needs at least one owner. Make somebody else an owner first.':
    'Ein Arbeitsbereich braucht mindestens einen Inhaber. Erst jemand anderen dazu machen.',
  'There is no such address.': 'Diese Adresse gibt es nicht.',
  'The database cannot be reached right now. Try again in a moment.':
    'Die Datenbank ist gerade nicht erreichbar. Gleich noch einmal versuchen.',
  'Something went wrong inside Mailweave. The server log has the details.':
    'In Mailweave ist etwas schiefgegangen. Einzelheiten stehen im Protokoll des Servers.',
  'The request is malformed: it is not valid JSON.': 'Die Anfrage ist fehlerhaft: kein gültiges JSON.',
  'The request was refused.': 'Die Anfrage wurde abgelehnt.',
  'The request is too large.': 'Die Anfrage ist zu groß.',
  'The request is malformed.': 'Die Anfrage ist fehlerhaft.',
  'This address takes {0}, not {1}.': 'Diese Adresse nimmt {0}, nicht {1}.',
  'The body is larger than {0} MB.': 'Der Inhalt ist größer als {0} MB.',
  'The request broke off before its body was there.': 'Die Anfrage brach ab, bevor ihr Inhalt da war.',
  'The body says that it is JSON, but it cannot be read as JSON.':
    'Der Inhalt nennt sich JSON, lässt sich aber nicht so lesen.',
  'Sign in, or send an API key.': 'Anmelden oder einen API-Schlüssel schicken.',
  'There is no {0} {1}.': 'Es gibt kein {0} {1}.',
  'The request is larger than {0} MB.': 'Die Anfrage ist größer als {0} MB.',
  'The request is malformed: its body could not be read as JSON.':
    'Die Anfrage ist fehlerhaft: Ihr Inhalt ließ sich nicht als JSON lesen.',
  'This request comes from another site. Open Mailweave itself and try again.':
    'Diese Anfrage kommt von einer anderen Seite. Mailweave selbst öffnen und erneut versuchen.',
  'There is no credit hold {0} to settle.': 'Es gibt keine Reservierung {0} von Credits.',
  'This page of the statement does not exist.': 'Diese Seite des Auszugs gibt es nicht.',
  '{0} is not a whole number of micro-credits.': '{0} ist keine ganze Zahl von Mikro-Credits.',
  'Not enough credits: this needs up to {0}, and {1} are available.':
    'Nicht genug Credits: Das braucht bis zu {0}, vorhanden sind {1}.',
  'The cursor is not one that this API gave out. Start without one.':
    'Diese Marke stammt nicht von dieser API. Ohne sie beginnen.',
  'The database does not keep up. Try again in a moment.':
    'Die Datenbank kommt nicht nach. Gleich noch einmal versuchen.',
  'The setting “{0}” is not valid: {1}.': 'Die Einstellung „{0}“ ist ungültig: {1}.',
  'A “{{” is not closed with “}}”.': 'Ein „{{“ ist nicht mit „}}“ geschlossen.',
  'A “{%” is not closed with “%}”.': 'Ein „{%“ ist nicht mit „%}“ geschlossen.',
  '“{% {0} %}” is not ended with “{% end{1} %}”.': '„{% {0} %}“ ist nicht mit „{% end{1} %}“ beendet.',
  'There is nothing between “{{” and “}}”.': 'Zwischen „{{“ und „}}“ steht nichts.',
  '{0} cannot be read as an expression.': '{0} lässt sich nicht als Ausdruck lesen.',
  'This would take too much time or memory.': 'Das würde zu viel Zeit oder Speicher brauchen.',
  'A “{%” must be followed by the name of a tag, such as “if”.':
    'Auf „{%“ muss der Name eines Befehls folgen, etwa „if“.',
  'The expression cannot be used: {0}.': 'Der Ausdruck lässt sich nicht verwenden: {0}.',
  '“{0}” is not a currency such as "EUR", or the language is not one such as "de".':
    '„{0}“ ist keine Währung wie "EUR", oder die Sprache ist keine wie "de".',
  '“{0}” is not a time zone such as "Europe/Berlin".': '„{0}“ ist keine Zeitzone wie "Europe/Berlin".',
  'The workflow has a loop through {0}.': 'Der Workflow hat einen Kreis über {0}.',
  '“{0}” is not expected here. Parts of an expression are joined with a filter, such as {{ a | append: b }}.':
    '„{0}“ gehört hier nicht hin. Teile eines Ausdrucks verbindet ein Filter, etwa {{ a | append: b }}.',
  'Item {0}{1}: {2}': 'Eintrag {0}{1}: {2}',
  'Stopped because another item failed.': 'Gestoppt, weil ein anderer Eintrag fehlschlug.',
  'A part of the list could not be done.': 'Ein Teil der Liste ließ sich nicht erledigen.',
  'Stopped because something outside of the loop failed.': 'Gestoppt, weil außerhalb der Schleife etwas fehlschlug.',
  'A run that did a part of the list was stopped.':
    'Ein Lauf, der einen Teil der Liste bearbeitet hat, wurde gestoppt.',
  'The workflow of this run has no step “{0}”.': 'Der Workflow dieses Laufs hat keinen Schritt „{0}“.',
  'This step was not reached in the run. Choose one that was.':
    'Dieser Schritt wurde im Lauf nicht erreicht. Einen anderen wählen.',
  '“{0}” cannot be reached from “{1}”.': '„{0}“ ist von „{1}“ aus nicht zu erreichen.',
  'The workflow has no step “{0}”.': 'Der Workflow hat keinen Schritt „{0}“.',
  'Nothing stands before a trigger. Run from it, or run the whole workflow.':
    'Vor einem Auslöser steht nichts. Ab ihm ausführen oder den ganzen Workflow.',
  'The output of “{0}” is pinned, so it would not run. Unpin it first.':
    'Die Ausgabe von „{0}“ ist festgehalten, er liefe also nicht. Erst lösen.',
  'No trigger leads to this step yet. Connect it, then run it.':
    'Zu diesem Schritt führt noch kein Auslöser. Erst verbinden, dann ausführen.',
  'Goes through one item': 'Geht einen Eintrag durch',
  '“{0}” is of the kind “{1}”, which does not exist here.': '„{0}“ ist von der Art „{1}“, die es hier nicht gibt.',
  'Uses the output that was made in the preview': 'Verwendet die Ausgabe aus der Vorschau',
  'Uses its pinned output': 'Verwendet die festgehaltene Ausgabe',
  'Switched off: hands on its input': 'Ausgeschaltet: gibt die Eingabe weiter',
  'The list of “{0}” is not known: {1}': 'Die Liste von „{0}“ ist unbekannt: {1}',
  '“{0}” has no items to run this step with.': '„{0}“ hat keine Einträge, mit denen dieser Schritt laufen könnte.',
  'The workflow has no trigger. Add one, for example “Start by hand”.':
    'Der Workflow hat keinen Auslöser. Einen hinzufügen, zum Beispiel „Von Hand starten“.',
  'This step is not waiting for a decision.': 'Dieser Schritt wartet auf keine Entscheidung.',
  'The run is paused. Resume it before this step is done again.':
    'Der Lauf ist angehalten. Erst fortsetzen, dann diesen Schritt wiederholen.',
  'The settings of “{0}” {1}.': 'Die Einstellungen von „{0}“ {1}.',
  '“{0}” stands in “{1}”, but there is no such step. Take it out of it.':
    '„{0}“ steht in „{1}“, aber diesen Schritt gibt es nicht. Herausnehmen.',
  '“{0}” stands in “{1}”, which is no container. Only a container such as “For each” has steps inside.':
    '„{0}“ steht in „{1}“, das kein Container ist. Nur ein Container wie „Für jeden“ hat Schritte darin.',
  '“{0}” starts the workflow, so it cannot stand inside “{1}”.':
    '„{0}“ startet den Workflow und kann deshalb nicht in „{1}“ stehen.',
  '“{0}” stands inside itself. Take it out.': '„{0}“ steht in sich selbst. Herausnehmen.',
  '“{0}” stands in {1} containers, one inside the other; at most {2} are possible. Move the inner part into a workflow of its own.':
    '„{0}“ steht in {1} Containern ineinander; höchstens {2} sind möglich. Den inneren Teil in einen eigenen Workflow auslagern.',
  '“{0}” leads to the steps inside “{1}”, but “{2}” is not inside it. Use the way out “done”, or move “{3}” inside.':
    '„{0}“ führt zu den Schritten in „{1}“, aber „{2}“ steht nicht darin. Den Ausgang „fertig“ nehmen oder „{3}“ hineinziehen.',
  '“{0}” is inside “{1}”: connect it to “each”.': '„{0}“ steht in „{1}“: mit „jeder“ verbinden.',
  'The connection from “{0}” to “{1}” leads out of a container. What comes after all items is connected to the container’s “done”.':
    'Die Verbindung von „{0}“ zu „{1}“ führt aus einem Container hinaus. Was nach allen Einträgen kommt, wird mit „fertig“ des Containers verbunden.',
  'The connection from “{0}” to “{1}” leads into a container. What runs for each item is connected to the container’s “each”.':
    'Die Verbindung von „{0}“ zu „{1}“ führt in einen Container. Was für jeden Eintrag läuft, wird mit „jeder“ des Containers verbunden.',
  'There is no step inside “{0}”, so nothing happens for the items. Put one in.':
    'In „{0}“ steht kein Schritt, für die Einträge passiert also nichts. Einen hineinsetzen.',
  'The connection from “{0}” to “{1}” is there twice.': 'Die Verbindung von „{0}“ zu „{1}“ gibt es zweimal.',
  'A connection leads from “{0}”, but there is no such step. Did you mean “{1}”?':
    'Eine Verbindung kommt von „{0}“, aber diesen Schritt gibt es nicht. Ist „{1}“ gemeint?',
  'A connection leads from “{0}”, but there is no such step.':
    'Eine Verbindung kommt von „{0}“, aber diesen Schritt gibt es nicht.',
  'A connection leads to “{0}”, but there is no such step. Did you mean “{1}”?':
    'Eine Verbindung führt zu „{0}“, aber diesen Schritt gibt es nicht. Ist „{1}“ gemeint?',
  'A connection leads to “{0}”, but there is no such step.':
    'Eine Verbindung führt zu „{0}“, aber diesen Schritt gibt es nicht.',
  '“{0}” hands on {1}, but “{2}” takes {3}.': '„{0}“ gibt {1} weiter, aber „{2}“ nimmt {3}.',
  'A connection leaves “{0}” by its error port, which is switched off: set “On error” to “Go on along the error port”.':
    'Eine Verbindung verlässt „{0}“ am Fehlerausgang, der ausgeschaltet ist: bei „Wenn er fehlschlägt“ den eigenen Weg wählen.',
  'Nothing can follow it.': 'Darauf kann nichts folgen.',
  'It has {0}.': 'Es gibt {0}.',
  '“{0}” starts the workflow, so nothing can lead to it.': '„{0}“ startet den Workflow; nichts kann dorthin führen.',
  '“{0}” has no way in “{1}”. It has {2}.': '„{0}“ hat keinen Eingang „{1}“. Es gibt {2}.',
  '“{0}” is known only to steps inside a “For each”, and this one is not inside.':
    '„{0}“ kennen nur Schritte in „Für jeden“, und dieser steht nicht darin.',
  '“{0}.{1}” does not exist. There is {2}.': '„{0}.{1}“ gibt es nicht. Es gibt {2}.',
  '“{0}.{1}” does not exist. There are {2}.': '„{0}.{1}“ gibt es nicht. Es gibt {2}.',
  'Write “steps.{0}” to use the output of “{1}”.': '„steps.{0}“ schreiben, um die Ausgabe von „{1}“ zu verwenden.',
  '“{0}” is not known here. Values start with {1}, for example {{ trigger.body.email }}.':
    '„{0}“ ist hier unbekannt. Werte beginnen mit {1}, zum Beispiel {{ trigger.body.email }}.',
  '“{0}” is not known here. Did you mean “{1}”?': '„{0}“ ist hier unbekannt. Ist „{1}“ gemeint?',
  'There is no step “{0}”.': 'Es gibt keinen Schritt „{0}“.',
  'There is no step “{0}”. Did you mean “{1}”?': 'Es gibt keinen Schritt „{0}“. Ist „{1}“ gemeint?',
  'A step cannot use its own output.': 'Ein Schritt kann die eigene Ausgabe nicht verwenden.',
  '“{0}” is still under way while this step runs inside it. Use {{ item }} for the item at hand.':
    '„{0}“ ist noch im Gang, während dieser Schritt darin läuft. Für den aktuellen Eintrag {{ item }} verwenden.',
  '“{0}” runs inside “{1}”, once for each item. From outside, use {{ steps.{2}.results }}: what came out for each item.':
    '„{0}“ läuft in „{1}“, einmal für jeden Eintrag. Von außen {{ steps.{2}.results }} verwenden: was für jeden Eintrag herauskam.',
  '“{0}” does not come before this step, so its output is not there yet. Connect it so that it does.':
    '„{0}“ kommt nicht vor diesem Schritt, die Ausgabe ist also noch nicht da. So verbinden, dass es davor kommt.',
  'The workflow has {0}; at most {1} are possible. Split it into several workflows.':
    'Der Workflow hat {0}; höchstens {1} sind möglich. In mehrere Workflows aufteilen.',
  'Two steps have the id “{0}”.': 'Zwei Schritte haben die ID „{0}“.',
  '“{0}” is of the kind “{1}”, which does not exist here. Remove it or replace it.':
    '„{0}“ ist von der Art „{1}“, die es hier nicht gibt. Entfernen oder ersetzen.',
  'Add a trigger, such as “Start by hand” or “Webhook”: it says what starts the workflow.':
    'Einen Auslöser hinzufügen, etwa „Von Hand starten“ oder „Webhook“: Er sagt, was den Workflow startet.',
  'The steps form a loop: {0}. Remove one of these connections.':
    'Die Schritte bilden einen Kreis: {0}. Eine dieser Verbindungen entfernen.',
  'Nothing inside “{0}” leads to “{1}”, so it never runs. Connect it to “each” or to a step that is.':
    'Nichts in „{0}“ führt zu „{1}“, es läuft also nie. Mit „jeder“ verbinden oder mit einem Schritt, der es ist.',
  'No trigger leads to “{0}”, so it never runs. Connect it or remove it.':
    'Kein Auslöser führt zu „{0}“, es läuft also nie. Verbinden oder entfernen.',
  '“{0}” has nobody to answer: no {1} trigger leads to it.':
    '„{0}“ hat niemanden, dem es antworten könnte: Kein Auslöser der Art {1} führt dorthin.',
  '“{0}” in “{1}” is not an e-mail address: {2}.': '„{0}“ in „{1}“ ist keine E-Mail-Adresse: {2}.',
  'The model did not answer with the fields that were asked for.':
    'Das Modell hat nicht mit den verlangten Feldern geantwortet.',
  "The model's answer does not fit the field “{0}”: {1}.": 'Die Antwort des Modells passt nicht zum Feld „{0}“: {1}.',
  'Write what the model should do.': 'Schreiben, was das Modell tun soll.',
  'Asks the AI: “{0}”': 'Fragt die KI: „{0}“',
  'Add at least one field that the answer should have.': 'Mindestens ein Feld hinzufügen, das die Antwort haben soll.',
  'Name the field with letters, digits and _, starting with a letter.':
    'Das Feld mit Buchstaben, Ziffern und _ benennen, beginnend mit einem Buchstaben.',
  'There are two fields “{0}”.': 'Es gibt zwei Felder „{0}“.',
  'Give at least two choices.': 'Mindestens zwei Möglichkeiten angeben.',
  'The prompt came out empty.': 'Der Prompt ist leer geblieben.',
  'The title came out empty.': 'Der Titel ist leer geblieben.',
  'At most {0} people can be asked.': 'Höchstens {0} Leute können gefragt werden.',
  'A step can wait for two years at most.': 'Ein Schritt kann höchstens zwei Jahre warten.',
  'Nobody is mailed, so nobody can be reminded.': 'Niemand bekommt eine Mail, also kann niemand erinnert werden.',
  'By then the step has given up. Remind earlier.': 'Bis dahin hat der Schritt aufgegeben. Früher erinnern.',
  '{0}, asks in Mailweave': '{0}, fragt in Mailweave',
  'Add a title.': 'Einen Titel hinzufügen.',
  'Asks {0} about “{1}” and waits{2}': 'Fragt {0} nach „{1}“ und wartet{2}',
  'When another workflow calls': 'Wenn ein anderer Workflow aufruft',
  'With {0}': 'Mit {0}',
  'Starts when another workflow calls': 'Startet, wenn ein anderer Workflow aufruft',
  'True: {0}': 'Ja: {0}',
  'False: {0}': 'Nein: {0}',
  'Add at least one rule.': 'Mindestens eine Regel hinzufügen.',
  'This group has no rules: add one or remove the group.':
    'Diese Gruppe hat keine Regeln: eine hinzufügen oder die Gruppe entfernen.',
  'Choose what to compare, for example {{ input.score }}.':
    'Wählen, was verglichen wird, zum Beispiel {{ input.score }}.',
  'Fill in what to compare with.': 'Eintragen, womit verglichen wird.',
  '“{0}” is not a date and time such as 2026-12-24T18:00:00+01:00.':
    '„{0}“ ist kein Zeitpunkt wie 2026-12-24T18:00:00+01:00.',
  'For {0}': 'Für {0}',
  'Until {0}': 'Bis {0}',
  'Choose a date and time, for example {{ trigger.body.appointment }}.':
    'Datum und Uhrzeit wählen, zum Beispiel {{ trigger.body.appointment }}.',
  'Write the moment as 2026-12-24T18:00:00+01:00.': 'Den Zeitpunkt als 2026-12-24T18:00:00+01:00 schreiben.',
  'No date to wait for': 'Kein Datum, auf das gewartet wird',
  'Goes on at once: the moment has passed': 'Geht sofort weiter: Der Zeitpunkt ist vorbei',
  'Waits {0}, until {1}': 'Wartet {0}, bis {1}',
  'Waits until {0}': 'Wartet bis {0}',
  'The date to wait for came out empty.': 'Das Datum zum Warten ist leer geblieben.',
  'The mail has no recipient: “To” came out empty.': 'Die Mail hat keinen Empfänger: „An“ ist leer geblieben.',
  'The mail has {0} recipients; at most {1} are allowed in one mail.':
    'Die Mail hat {0} Empfänger; höchstens {1} sind pro Mail erlaubt.',
  'The subject has {0} characters; at most {1} are allowed.':
    'Der Betreff hat {0} Zeichen; höchstens {1} sind erlaubt.',
  '“{0}” takes one address.': '„{0}“ nimmt eine Adresse.',
  'No recipient yet': 'Noch kein Empfänger',
  'To {0}': 'An {0}',
  'To {0}: {1}': 'An {0}: {1}',
  'Add at least one recipient, for example {{ trigger.body.email }}.':
    'Mindestens einen Empfänger hinzufügen, zum Beispiel {{ trigger.body.email }}.',
  'Add a subject.': 'Einen Betreff hinzufügen.',
  'Write the message.': 'Die Nachricht schreiben.',
  'Sends “{0}” to {1}': 'Sendet „{0}“ an {1}',
  'The example data is not valid JSON{0}.': 'Die Beispieldaten sind kein gültiges JSON{0}.',
  'Choose a list, for example {{ trigger.body.orders }}.': 'Eine Liste wählen, zum Beispiel {{ trigger.body.orders }}.',
  'Runs the steps inside for one item': 'Führt die Schritte darin für einen Eintrag aus',
  'Runs the steps inside for {0} items': 'Führt die Schritte darin für {0} Einträge aus',
  'The list has {0} items; at most {1} are possible in one loop.':
    'Die Liste hat {0} Einträge; höchstens {1} sind in einer Schleife möglich.',
  '“Items” needs a list, such as {{ trigger.body.orders }}. {0}.':
    '„Einträge“ braucht eine Liste, etwa {{ trigger.body.orders }}. {0}.',
  'Give the form a title.': 'Dem Formular einen Titel geben.',
  'Starts when someone sends the form “{0}”': 'Startet, wenn jemand das Formular „{0}“ absendet',
  'Add at least one field.': 'Mindestens ein Feld hinzufügen.',
  'The header “{0}” holds line breaks or characters that HTTP cannot carry.':
    'Die Kopfzeile „{0}“ enthält Zeilenumbrüche oder Zeichen, die HTTP nicht trägt.',
  'The answer is XML, but no feed: it begins with <{0}>.':
    'Die Antwort ist XML, aber kein Feed: Sie beginnt mit <{0}>.',
  'Fill in the address, for example https://api.example.com/customers.':
    'Die Adresse eintragen, zum Beispiel https://api.example.com/customers.',
  'The address must start with https:// or http://.': 'Die Adresse muss mit https:// oder http:// beginnen.',
  'Fill in the address that undoes it.': 'Die Adresse zum Zurücknehmen eintragen.',
  'No address to call': 'Keine Adresse zum Aufrufen',
  'Calls {0} {1}': 'Ruft {0} {1} auf',
  'The address came out empty.': 'Die Adresse ist leer geblieben.',
  '“{0}” is not a web address. It starts with https:// or http:// and holds no spaces and no user name.':
    '„{0}“ ist keine Webadresse. Sie beginnt mit https:// oder http:// und enthält weder Leerzeichen noch Benutzernamen.',
  'The header “{0}” is set by Mailweave.': 'Die Kopfzeile „{0}“ setzt Mailweave.',
  'The content is not valid JSON: {0}. Put values in with “| json”, for example {{ input.name | json }}.':
    'Der Inhalt ist kein gültiges JSON: {0}. Werte mit „| json“ einsetzen, zum Beispiel {{ input.name | json }}.',
  'The answer cannot be read as JSON: {0}': 'Die Antwort lässt sich nicht als JSON lesen: {0}',
  'The server answered {0}.': 'Der Server hat {0} geantwortet.',
  'The server answered {0}: {1}': 'Der Server hat {0} geantwortet: {1}',
  'The XML has more than {0} elements.': 'Das XML hat mehr als {0} Elemente.',
  'The XML is nested more than {0} deep.': 'Das XML ist mehr als {0} Ebenen tief verschachtelt.',
  'The answer cannot be read as XML (line {0}: {1}).': 'Die Antwort lässt sich nicht als XML lesen (Zeile {0}: {1}).',
  'When someone presses Run': 'Wenn jemand auf Ausführen drückt',
  'Starts the workflow': 'Startet den Workflow',
  'Brings {0} together': 'Führt {0} zusammen',
  'Matches {0} by {1}: {2} row': 'Ordnet {0} über {1} zu: {2} Zeile',
  'Matches {0} by {1}: {2} rows': 'Ordnet {0} über {1} zu: {2} Zeilen',
  'The lists cannot be matched': 'Die Listen lassen sich nicht zuordnen',
  'Lists can be matched only when all of them have arrived.': 'Listen lassen sich nur zuordnen, wenn alle da sind.',
  'Say by which field, for example email.': 'Angeben, über welches Feld, zum Beispiel email.',
  'Say which step.': 'Angeben, welcher Schritt.',
  '“{0}” is here twice.': '„{0}“ steht zweimal da.',
  'Name as many fields as the key has: {0}.': 'So viele Felder nennen, wie der Schlüssel hat: {0}.',
  'The lists match to more than {0} rows. Is the key the right one?':
    'Die Listen ergeben mehr als {0} Zeilen. Ist es der richtige Schlüssel?',
  'The step “{0}” hands on no list under “{1}”.': 'Der Schritt „{0}“ gibt unter „{1}“ keine Liste weiter.',
  '“{0}” is not a number, so “{1}” cannot be answered.':
    '„{0}“ ist keine Zahl, „{1}“ lässt sich also nicht beantworten.',
  '“{0}” is not a date. Write dates as 2026-12-31 or 2026-12-31T18:00:00+01:00.':
    '„{0}“ ist kein Datum. Ein Datum als 2026-12-31 oder 2026-12-31T18:00:00+01:00 schreiben.',
  'The pattern “{0}” cannot be used: {1}.': 'Das Muster „{0}“ lässt sich nicht verwenden: {1}.',
  'The header “{0}” is set by the server.': 'Die Kopfzeile „{0}“ setzt der Server.',
  'The answer is not valid JSON: {0}. Put values in with “| json”, for example {{ input.name | json }}.':
    'Die Antwort ist kein gültiges JSON: {0}. Werte mit „| json“ einsetzen, zum Beispiel {{ input.name | json }}.',
  'Answers {0} with {1}': 'Antwortet {0} mit {1}',
  'Never starts: no such time': 'Startet nie: Diesen Zeitpunkt gibt es nicht',
  'Starts next on {0}, {1} at {2} ({3})': 'Startet als Nächstes am {0}, {1} um {2} ({3})',
  '“{0}” is not a time zone such as Europe/Berlin.': '„{0}“ ist keine Zeitzone wie Europe/Berlin.',
  'This never happens: there is no such day.': 'Das kommt nie vor: Diesen Tag gibt es nicht.',
  'There is no such day.': 'Diesen Tag gibt es nicht.',
  'Choose a start date: it says which weeks count.': 'Ein Startdatum wählen: Es sagt, welche Wochen zählen.',
  'Choose when it starts.': 'Wählen, wann es losgeht.',
  'Write the time as minute, hour, day, month and weekday, for example 0 9 * * 1-5.':
    'Die Zeit als Minute, Stunde, Tag, Monat und Wochentag schreiben, zum Beispiel 0 9 * * 1-5.',
  'DTSTART is in {0}, the schedule in {1}.': 'DTSTART steht in {0}, der Zeitplan in {1}.',
  'Add DTSTART, such as DTSTART:20261231T090000: it says from when it counts.':
    'DTSTART hinzufügen, etwa DTSTART:20261231T090000: Es sagt, ab wann gezählt wird.',
  'Add DTSTART, such as DTSTART:20261231T090000: it says which is the first.':
    'DTSTART hinzufügen, etwa DTSTART:20261231T090000: Es sagt, welches das erste ist.',
  'Say at what time: add BYHOUR and BYMINUTE, or DTSTART.':
    'Die Uhrzeit angeben: BYHOUR und BYMINUTE oder DTSTART hinzufügen.',
  'This rule cannot be read.': 'Diese Regel lässt sich nicht lesen.',
  'Give the field a name, for example full_name.': 'Dem Feld einen Namen geben, zum Beispiel full_name.',
  '“{0}” is set twice.': '„{0}“ wird zweimal gesetzt.',
  'Sets {0}': 'Setzt {0}',
  'Ends as {0}': 'Endet als {0}',
  'Ends as {0}: {1}': 'Endet als {0}: {1}',
  'Ends the run as {0}': 'Beendet den Lauf als {0}',
  'Ends the run as {0}: {1}': 'Beendet den Lauf als {0}: {1}',
  'A Stop step ended the run.': 'Ein Schritt „Stoppen“ hat den Lauf beendet.',
  'No workflow yet': 'Noch kein Workflow',
  'Waits for its result': 'Wartet auf sein Ergebnis',
  'Starts it and goes on': 'Startet ihn und geht weiter',
  'Choose the workflow to call.': 'Den aufzurufenden Workflow wählen.',
  'No workflow is chosen.': 'Kein Workflow ist gewählt.',
  'Calls the other workflow with {0} and waits for its result':
    'Ruft den anderen Workflow mit {0} auf und wartet auf sein Ergebnis',
  'Calls the other workflow with {0}': 'Ruft den anderen Workflow mit {0} auf',
  'The workflow that was called failed: {0}': 'Der aufgerufene Workflow ist fehlgeschlagen: {0}',
  'The run of the workflow that was called was stopped.': 'Der Lauf des aufgerufenen Workflows wurde gestoppt.',
  'Choose the value to look at, for example {{ input.category }}.':
    'Den Wert wählen, auf den es ankommt, zum Beispiel {{ input.category }}.',
  'Add at least one case.': 'Mindestens einen Fall hinzufügen.',
  'The id “{0}” is taken.': 'Die ID „{0}“ ist vergeben.',
  'Goes along “{0}”: {1}': 'Geht über „{0}“: {1}',
  'On any request, answers at once': 'Bei jeder Anfrage, antwortet sofort',
  'On any request, answers when finished': 'Bei jeder Anfrage, antwortet, wenn fertig',
  'Starts when its address is called': 'Startet, wenn seine Adresse aufgerufen wird',
  'Starts when a run fails': 'Startet, wenn ein Lauf fehlschlägt',
  'DTSTART stands here twice.': 'DTSTART steht hier zweimal.',
  '“{0}” cannot be read. One rule, and DTSTART, are all that may stand here.':
    '„{0}“ lässt sich nicht lesen. Nur eine Regel und DTSTART dürfen hier stehen.',
  'Write a rule such as FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=17;BYMINUTE=0.':
    'Eine Regel schreiben wie FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=17;BYMINUTE=0.',
  '“{0}” is not of the form NAME=VALUE.': '„{0}“ hat nicht die Form NAME=VALUE.',
  '{0} stands here twice.': '{0} steht hier zweimal.',
  '{0} is not supported. Supported are {1}.': '{0} wird nicht unterstützt. Unterstützt sind {1}.',
  'FREQ has to be one of {0}.': 'FREQ muss eines von {0} sein.',
  'BYSECOND can only be 0: schedules are on the minute.': 'BYSECOND kann nur 0 sein: Zeitpläne gehen nach Minuten.',
  '“{0}” in {1} is not a number from {2}.': '„{0}“ in {1} ist keine Zahl von {2}.',
  '{0} takes one number.': '{0} nimmt eine Zahl.',
  '“{0}” in {1} is not one of {2}.': '„{0}“ in {1} ist keines von {2}.',
  '“{0}” in BYDAY is not a weekday such as MO, 2TU or -1FR.':
    '„{0}“ in BYDAY ist kein Wochentag wie MO, 2TU oder -1FR.',
  '“{0}” in UNTIL is not a date such as 20261231 or 20261231T235959Z.':
    '„{0}“ in UNTIL ist kein Datum wie 20261231 oder 20261231T235959Z.',
  'Write DTSTART as DTSTART:20261231T090000.': 'DTSTART als DTSTART:20261231T090000 schreiben.',
  'DTSTART has a zone and a Z. Leave one away.': 'DTSTART hat eine Zone und ein Z. Eines weglassen.',
  'COUNT and UNTIL cannot stand together.': 'COUNT und UNTIL können nicht zusammenstehen.',
  'BYDAY counts weekdays (2TU, -1FR) only in FREQ=MONTHLY and FREQ=YEARLY.':
    'BYDAY zählt Wochentage (2TU, -1FR) nur mit FREQ=MONTHLY und FREQ=YEARLY.',
  'BYMONTHDAY cannot stand with FREQ=WEEKLY.': 'BYMONTHDAY kann nicht mit FREQ=WEEKLY stehen.',
  'BYSETPOS chooses from what other parts such as BYDAY give; add one.':
    'BYSETPOS wählt aus dem, was andere Teile wie BYDAY ergeben; eines hinzufügen.',
  'Thank you! We have received your message.': 'Danke! Die Nachricht ist angekommen.',
  'A run takes at most {0} MB of data from its trigger. Send less, or where the data can be fetched.':
    'Ein Lauf nimmt höchstens {0} MB Daten von seinem Auslöser. Weniger senden, oder die Adresse, wo sie abzuholen sind.',
  'The step “{0}” {1} more than {2} MB. Let it ask for less: fewer rows, only the fields that are needed, or one page at a time.':
    'Der Schritt „{0}“ {1} mehr als {2} MB. Weniger verlangen: weniger Zeilen, nur die nötigen Felder oder Seite für Seite.',
  'The data of this run does not exist any more.': 'Die Daten dieses Laufs gibt es nicht mehr.',
  'A stored payload was used before it was loaded.':
    'Gespeicherte Nutzdaten wurden verwendet, bevor sie geladen waren.',
  'The database does not know this time zone.': 'Die Datenbank kennt diese Zeitzone nicht.',
  'A test mail goes to whoever is signed in; an API key has no address.':
    'Eine Testmail geht an die angemeldete Person; ein API-Schlüssel hat keine Adresse.',
  'The workflow has no such step.': 'Diesen Schritt hat der Workflow nicht.',
  'This step sends no mail.': 'Dieser Schritt sendet keine Mail.',
  'This step is switched off. Switch it on to send a test.':
    'Dieser Schritt ist ausgeschaltet. Einschalten, um einen Test zu senden.',
  'There is no address to send the test to.': 'Es gibt keine Adresse für den Test.',
  'That were many test mails. The next one can go in {0} seconds.':
    'Das waren viele Testmails. Die nächste geht in {0} Sekunden.',
  'No worker is running. What comes in is kept and begins when one starts; callers who wait are answered.':
    'Kein Worker läuft. Was ankommt, wird aufgehoben und beginnt, sobald einer startet; wer wartet, bekommt Antwort.',
  'This is a test. The mail would go to {0}.': 'Das ist ein Test. Die Mail ginge an {0}.',
  'Add the choices.': 'Bitte die Auswahlmöglichkeiten angeben.',
  'Please tick this box.': 'Bitte dieses Kästchen ankreuzen.',
  'Please fill this in.': 'Bitte ausfüllen.',
  'Please use at most {0} characters.': 'Bitte höchstens {0} Zeichen.',
  'Please enter a number.': 'Bitte eine Zahl eingeben.',
  'Please choose one of the options.': 'Bitte eine der Möglichkeiten wählen.',
  'Please enter one e-mail address.': 'Bitte eine einzelne E-Mail-Adresse eingeben.',
  'Please enter an e-mail address such as ada@example.com.':
    'Bitte eine E-Mail-Adresse eingeben, etwa ada@example.com.',
  'AI step': 'KI-Schritt',
  'Prompt to workflow': 'Workflow aus einem Satz',
  'Workflow explained': 'Workflow erklärt',
  'Run looked into': 'Lauf untersucht',
  'Credits to start with': 'Credits für den Anfang',
  'With these changes the data is more than {0} MB. Shorten them.':
    'Mit diesen Änderungen sind die Daten größer als {0} MB. Bitte kürzen.',
  'It came to more than {0} MB. Let it end with a step that puts out only what is needed, such as “Set fields”.':
    'Sein Ergebnis ist größer als {0} MB. Ein letzter Schritt, etwa „Felder setzen“, sollte nur ausgeben, was gebraucht wird.',
  'This mail is not held any more: it has been sent or discarded.':
    'Diese Mail wird nicht mehr zurückgehalten: Sie wurde gesendet oder verworfen.',
  'The items of “{0}” have come to more than {1} MB together. End what is done for each item with a step that puts out only what is needed after the loop: a “Set fields” step does that.':
    'Die Einträge von „{0}“ ergeben zusammen mehr als {1} MB. Was je Eintrag geschieht, sollte mit einem Schritt enden, der nur ausgibt, was nach der Schleife gebraucht wird: „Felder setzen“ tut das.',
  '“What is to be approved” came to more than {0} MB. Name only the fields that somebody has to see.':
    '„Was freizugeben ist“ ist größer als {0} MB. Nur die Felder nennen, die jemand sehen muss.',
  'That were many tests. The next one can go in {0} seconds.':
    'Das waren viele Versuche. Der nächste geht in {0} Sekunden.',
  'Connection tried': 'Verbindung ausprobiert',
  'No rule yet': 'Noch keine Regel',
  'If {0}': 'Wenn {0}',
  'No address yet': 'Noch keine Adresse',
  'When any workflow fails': 'Wenn irgendein Workflow fehlschlägt',
  'When that workflow fails': 'Wenn jener Workflow fehlschlägt',
};
