import { de as schedule } from '../../../../../shared/schedule/words/de.ts';
import type { Lexicon } from './types.ts';

const article =
  '(?:der|die|das|den|dem|des|ein|eine|einen|einem|einer|eines|unser[enmrs]*|mein[enmrs]*|ihr[enmrs]*|sein[enmrs]*|jede[nmrs]?|dies[enmrs]*)';
const mailWord = '(?:[\\w-]{0,20}-)?(?:e-?mails?|mails?|nachrichten?|anfragen?)';

export const de: Lexicon = {
  code: 'de',
  schedule,
  clauses: {
    connectors:
      ', und dann|, dann|, danach|, und|, aber|, sonst|, andernfalls|, ansonsten| und dann| und danach| und anschließend| und schließlich| und zum schluss| und| dann| danach| anschließend| sonst| andernfalls| ansonsten| aber| sowie',
    conditional: '(?:,|(?<!prufe|pruft|prufen|erkenne|ob|auch|selbst)) (?:wenn|falls|sofern|sobald|ob nicht)',
    lead: 'und|dann|danach|anschließend|außerdem|auch|bitte(?! (?:ihn|sie|den|die|um)\\b)|zum schluss|schließlich|zuletzt|aber|zuerst|zunachst|als erstes|erst|nun|jetzt|sofort|automatisch|direkt|gleich|einfach|daraufhin|daneben|zusatzlich|ebenfalls|ich mochte,? dass|ich will,? dass|ich mochte|ich will|ich hatte gern(?:e)?|wir mochten,? dass|wir mochten|wir wollen|kannst du|konntest du|konnen sie|du sollst|mailweave soll|es soll|soll(?:en)?|sollst|muss|lass|lasse|die ki|eine ki|ki|claude|gpt|chatgpt|mit ki|per ki|mit hilfe von ki|das system|ein workflow,? der|einen workflow,? der|erstelle einen workflow,? der|baue einen workflow,? der|ich brauche einen workflow,? der|in diesem fall|in dem fall|nur|wird|werden|wir|du|sie|er|es|ich|mir|uns',
    filler:
      '(?:bitte|danke|vielen dank|hallo|guten tag|hi|(?:ich|wir) (?:brauche|brauchen|mochte|mochten|will|wollen) (?:einen|den|diesen) (?:workflow|ablauf|automatismus)|(?:erstelle?|baue?|mache?) (?:mir |uns )?(?:bitte )?(?:einen|den|diesen|folgenden) (?:workflow|ablauf)|folgendes|das ist alles|wie folgt|wird|werden|soll)',
    afterOrdinal:
      'januar|februar|marz|april|mai|juni|juli|august|september|oktober|november|dezember|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|jede[nsrm]?|des|im|eines|tag|tages|werktag|arbeitstag|und|bis|quartal|woche|monat',
    abbreviations: 'z\\.b|z\\. b|d\\.h|bzw|ca|nr|str|inkl|usw|evtl|ggf|dr|hr|fr|tel|u\\.a|st',
    parallel: 'gleichzeitig|parallel|zeitgleich|zur gleichen zeit',
    rejoin:
      'in beiden fallen|in jedem fall|auf jeden fall|so oder so|in allen fallen|egal wie|zum schluss|am ende|abschließend|immer',
    afterwards: 'dann|danach|anschließend|daraufhin|spater',
  },
  events: {
    when: 'wenn|sobald|immer wenn|jedes mal,? wenn|jedesmal,? wenn|falls|nachdem|nach jede[rm]|bei jede[rmn]|bei eine[rm] neuen|bei neue[nr]|fur jede[ns]?|fur jeden neuen|bei',
    form: `(?:${article} |\\w{1,30})?(?:[\\w-]{0,20}-?)?(?:formular|fragebogen|umfrage|anmeldeformular|kontaktformular|bewerbungsformular|feedbackformular)[\\w ,-]{0,40}(?:aus(?:ge)?full\\w{0,30}|ab(?:ge)?schick\\w{0,30}|ab(?:ge)?send\\w{0,30}|abgesandt|ein(?:ge)?reich\\w{0,30}|nutzt|benutzt|eingeht|ankommt|kommt|beantwortet|schickt|sendet)|(?:uber|per|via|aus|mit|durch) (?:${article} )?[\\w-]{0,20}(?:formular|umfrage)|(?:formular|umfrage)(?:eingang|antwort)\\w{0,30}|sich (?:\\w{1,30} ){0,6}(?:anmeldet|registriert|eintragt|einschreibt)|(?:neue[rn]? )?(?:anmeldung|registrierung)(?:en)?|(?:[\\w-]{0,20})?formular(?:s|e)? (?:ausgefullt|abgeschickt|abgesendet)|kontaktformular|anmeldeformular`,
    each: 'nach jede[rm]|bei jede[rmn]|bei eine[rm] neuen|bei neue[nr]|bei eine[rm]|fur jede[ns]?',
    somebody: 'jemand|irgendwer',
    indefinite: '(?:eine?[nrms]?|jemand|neue[rns]?|irgendwer)',
    mail: `(?:eine? |neue |jede |eingehende[nr]? ){0,4}${mailWord} (?:\\w{1,30} ){0,4}(?:ankommt|eingeht|eintrifft|kommt|reinkommt|hereinkommt|erhalte\\w{0,30}|bekomme\\w{0,30}|empfang\\w{0,30})|(?:jemand|ein kunde|ein interessent|kunden|uns|mir)(?: \\w{1,30}){0,3} (?:an )?(?:E+ )?(?:schreibt|mailt)|(?:ich|wir) (?:\\w{1,30} ){0,4}(?:e-?mails?|mails?) (?:\\w{1,30} ){0,3}(?:bekomm\\w{0,30}|erhalt\\w{0,30}|empfang\\w{0,30})|an E+ (?:schreibt|mailt)|(?:e-?mails?|mails?|nachricht) an E+|eingehende[nr]? (?:[\\w-]{0,20}-)?(?:e-?mails?|mails?|\\w{1,20}mails?)|eingang einer (?:e-?mail|mail)|e-?mail-?eingang|posteingang`,
    webhook:
      'webhooks?|(?:shop|system|crm|webseite|website|app|backend|server|api|erp|warenwirtschaft|kasse) (?:[\\w-]{1,30} ){0,5}(?:aufruft|ruft|meldet|sendet|schickt|anruft|auslost)|http-aufruf|(?:unser|der|das) (?:shop|system|crm|webseite|app|backend|server)\\b',
    manual:
      '(?:ich|wir) (?:\\w{1,30} ){0,4}(?:klicke\\w{0,30}|drucke\\w{0,30}|starte\\w{0,30}|auslose\\w{0,30}|ausfuhre\\w{0,30})|manuell|von hand|auf knopfdruck|per klick|handisch',
    noun: '(?:jede[nrsm]?|neue[nrs]?|eine[nrm]?) (?:neue[nrms]? )?(?:bestellung|lead|kunde|ticket|anfrage|bewerbung|buchung|beschwerde|reklamation|zahlung|rechnung|nachricht|abonnent|nutzer|bewertung|kommentar|kontakt|interessent|mitglied|anmeldung|registrierung|supportanfrage|kundenanfrage|termin|ruckgabe|kundigung|frage)(?:e?n|s|innen)?|(?:kunden|support)(?:anfragen?|tickets?)',
    happens:
      'eingeht|ankommt|kommt|reinkommt|hereinkommt|eintrifft|bestellt|kauft|bezahlt|bucht|storniert|kundigt|anfragt|anlegt|angelegt|beitritt|fragt|hinterlasst|herunterladt|abbricht|anruft|schickt|sendet|meldet|scheitert|fehlschlagt|andert|passiert|zuruckschickt|ablauft|beschwert|(?:wird|wurde|ist|werden)|fallig|uberfallig|neu|abgeschlossen|eingegangen|bewirbt|anmeldet|interessiert|[a-z]{3,20}t',
  },
  verbs: {
    anywhere: {
      send: 'schick(?:e|t|en|st)?|geschickt|send(?:e|et|en|est)|gesendet|gesandt|versend(?:e|et|en)|verschick(?:e|t|en)|zuschicken|zusenden|abschicken|weiterleiten|leite(?:t)? (?:\\w{1,30} ){0,4}(?:\\S{1,60} )?weiter|weitergeleitet|zuzuschicken|maile?|mailen|zugeschickt|bekommt|erhalt|bekommen|geht (?:an|eine)|gehen (?:\\w{1,30} )?an|soll an|ubermittle|kriegt',
      reply: 'antworte(?:t|n)?|beantworte(?:t|n)?|zuruckschreiben|geantwortet',
      notify:
        'benachrichtig(?:e|t|en)|melden|gemeldet|bestatig(?:e|t|en)|informier(?:e|t|en)|verstandig(?:e|t|en)|alarmier(?:e|t|en)|warn(?:e|t|en)|melde (?:es |das |dies )?(?:an|dem|der)|gib (?:\\w{1,30} )?bescheid|bescheid geben|bitte[nt]? (?:ihn|sie|den \\w{1,30}|die \\w{1,30})? ?(?:\\w{1,30} )?um|bedank(?:e|t|en)|gratulier(?:e|t|en)|lade (?:\\w{1,30} ){0,4}ein|einladen|eingeladen|begruß(?:e|t|en)|sag (?:\\w{1,30} )?bescheid|eskalier(?:e|t|en)|ubergib|ubergeben',
      remind:
        'erinner(?:e|t|n|st)|nachfassen|fasse? (?:\\w{1,30} ){0,4}nach|nachgefasst|nachhaken|hake? (?:\\w{1,30} ){0,3}nach|mahn(?:e|t|en)|anmahnen|erinnert',
      write:
        'schreib(?:e|t|en|st)?|geschrieben|verfass(?:e|t|en)|formulier(?:e|t|en)|umformulieren|entwirf|entwerfen|entwerfe|entwurf erstellen|erstell(?:e|t|en)|erstellt|generier(?:e|t|en)|erzeug(?:e|t|en)|bereite (?:\\w{1,30} ){0,4}vor|vorbereiten|texte|texten|uberarbeite(?:t|n)?|schlage? (?:\\w{1,30} ){0,4}vor|vorschlagen|dichte|mach(?:e)? daraus|mach(?:e|t|en)? (?:\\w{1,30} )?(?:entwurf|text)|personalisier(?:e|t|en)',
      summarise:
        'fass(?:e|t|en)? (?:[\\w,.-]{1,30} ){0,12}zusammen|zusammenfass(?:en|t)|zusammengefasst|kurz(?:e|en|t) (?:\\w{1,30} ){0,4}(?:auf|zusammen)|eine (?:kurze |wochentliche |tagliche )?zusammenfassung (?:der|des|von|aller|unserer)|zusammenzufassen',
      classify:
        'klassifizier(?:e|t|en)|kategorisier(?:e|t|en)|einordnen|ordne (?:\\w{1,30} ){0,5}(?:ein|zu)|einstufen|stufe (?:\\w{1,30} ){0,5}ein|eingestuft|einteilen|teile (?:\\w{1,30} ){0,4}ein|sortier(?:e|t|en)|erkenne[nt]?|ermittle|ermitteln|bestimm(?:e|t|en)|entscheide[nt]?|prufe?n? (?:die |den |das )?(?:stimmung|dringlichkeit|ton|ob)|analysier(?:e|t|en)|prufe?[nt]?,? ob|zuordnen|erkannt',
      extract:
        'extrahier(?:e|t|en)|auslesen|lies (?:[\\w,-]{1,30} ){0,12}aus|ausgelesen|herausziehen|zieh(?:e)? (?:[\\w,-]{1,30} ){0,10}(?:heraus|raus)|herauslesen|entnimm|entnehmen|herausfiltern|hole (?:[\\w,-]{1,30} ){0,8}heraus',
      translate: 'ubersetz(?:e|t|en)|ins (?:deutsche|englische|franzosische|spanische)(?= |$|,|\\.)',
      score:
        'bewerte(?:t|n)?|punkte vergeben|vergib (?:\\w{1,30} ){0,3}(?:punkte|score|note)|scor(?:e|en|t)|benote(?:t|n)?|qualifizier(?:e|t|en)|einen score',
      http: 'U+',
      wait: 'wart(?:e|et|en)|abwarten|pausier(?:e|en|t)|D+',
      merge: '(?:fuhre|bringe?) (?:\\w{1,30} ){0,5}zusammen|zusammenfuhren|kombinier(?:e|t|en)|vereine',
      stop: 'stopp(?:e|t|en)?|beende(?:t|n)?(?: (?:den|das|die))?(?: \\w{1,30})?|abbrechen|brich ab|nichts (?:tun|machen|weiter|passiert|passieren|unternehmen)|tue? nichts|mach nichts|ist schluss|passiert nichts|ignorier(?:e|t|en)|verwirf',
      respond:
        '(?:beantworte|antworte|antworten|beantworten)(?: auf)?(?: (?:den|dem|der|das|die))? (?:webhook|aufruf|aufrufer|http-anfrage|api-aufruf|request|shop)|(?:webhook|aufruf|request|aufrufer)(?: \\w{1,30})? (?:mit )?(?:\\S{1,60} ){0,3}(?:antworten|beantworten|beantwortet)|(?:antworte|antworten) mit (?:status|json|http|\\d{3})|gib (?:\\S{1,60} ){0,3}(?:zuruck)|zuruckgeben|(?:status|json) (?:\\S{1,60} )?zuruck',
      set: 'setze? (?:das |den |die )?(?:feld|status|variable|wert)|setze \\w{1,30} auf|(?:feld|variable|status) (?:\\w{1,30} )?(?:auf|setzen)|speichere (?:\\w{1,30} )?als (?:variable|feld)|berechne[nt]?',
      other:
        'frag(?:e|en|t)? (?:mich|den|die|nach)|archivier(?:e|t|en)|losch(?:e|t|en)|hochladen|lade (?:\\w{1,30} ){0,3}hoch|herunterladen|veroffentlich(?:e|t|en)|plan(?:e|t|en)|buch(?:e|en)|druck(?:e|t|en)|ausdrucken|ausgedruckt|speicher(?:e|t|n)|ablegen|lege (?:\\S{1,60} ){0,6}(?:ab|an)|anlegen|eintragen|trag(?:e)? (?:\\S{1,60} ){0,6}ein|eingetragen|hinzufugen|fuge? (?:\\S{1,60} ){0,6}(?:hinzu|an|ein)|anhangen|hange? (?:\\S{1,60} ){0,6}an|angehangt|poste[nt]?|ruf(?:e|en)? (?:\\S{1,60} ){0,4}an|anrufen|angerufen|aktualisier(?:e|t|en)|ubertrag(?:e|en)|synchronisier(?:e|t|en)|verschieb(?:e|t|en)|markier(?:e|t|en)|abmelden|melde (?:\\w{1,30} ){0,3}ab|bestell(?:e|en)|such(?:e|en|t)|recherchier(?:e|t|en)|offne[nt]?|erstatte[nt]?|abbuchen|einziehen|uberweis(?:e|en)|zuweisen|genehmig(?:e|en|t)|freigeben|faxe?n?|gestalte[nt]?|konvertier(?:e|t|en)|exportier(?:e|t|en)|importier(?:e|t|en)|durchsuch(?:e|en)|lies|lesen|notier(?:e|en)|vereinbar(?:e|en)|schalte|koche',
    },
    start: {
      http: 'rufe?(?! an)|hole|hol|lade|abfragen|frage (?:die )?(?:api|url)|get|post|put|patch|delete|lies',
      classify: 'prufe|pruf',
      merge: 'merge',
      score: 'bewerte',
    },
  },
  people: {
    contact: `(?:${article} )?(?:neue[nrm]? )?(?:kund(?:en?|innen|in)|interessent(?:en|in)?|lead|absender(?:s|in)?|bewerber(?:n|s|in)?|kandidat(?:en|in)?|besucher(?:n|s|in)?|teilnehmer(?:n|s|in)?|nutzer(?:n|s|in)?|abonnent(?:en|in)?|gast|gasten?|kontakt|person|mitglied|patient(?:en|in)?|schuler|kaufer(?:s|in)?|besteller(?:s|in)?|anfragende[nr]?|einsender(?:s|in)?|lieferant(?:en)?|mitarbeiter(?:in|s)?|ausfuller|mieter|spender|kundin)`,
    pronoun: 'ihm|ihr|ihn|ihnen|sie|zuruck',
    me: 'mir|mich|meine (?:eigene )?(?:adresse|e-?mail(?:-adresse)?)',
    team: '(?:das |dem |den |die |unser[em]* |mein[em]* |der |an ){0,4}(?:vertrieb(?:steam|s-team)?|support(?:-?team)?|marketing(?:-?team)?|buchhaltung|finanz(?:abteilung|team)|personal(?:abteilung)?|geschaftsfuhrung|geschaftsleitung|technik(?:-?team)?|it(?:-abteilung|-team)?|kundendienst|kundenservice|service-?team|team|chef(?:in)?|vorgesetzte[nr]?|kolleg(?:en|innen|in)|steuerberater(?:in)?|redaktion|hr(?:-team|-abteilung)?|verkauf|lager|entwickler(?:team)?|verwaltung|einkauf|veranstaltungsteam|projektleit(?:er|ung)|sekretariat|vorstand|assistenz|verantwortlichen?)',
    list: '(?:alle[nr]? |unsere[rn]? |die |den |an ){0,4}(?:abonnenten|newsletter-?abonnenten|newsletter-?empfanger|kunden(?:liste)?|kontakte[n]?|teilnehmer(?:n|liste)?|mitglieder[n]?|leads|gaste[n]?|nutzer[n]?|verteiler(?:liste)?|mailingliste|newsletterliste|angemeldeten|empfanger(?:n|liste)?|interessenten)',
    to: 'an|zu|fur',
    cc: 'cc|cc an|in kopie|in kopie an|kopie an|mit kopie an|in cc|eine kopie an|und kopie an',
    bcc: 'bcc|bcc an|blindkopie an|in blindkopie|mit blindkopie an|in bcc',
    subject: '(?:mit )?(?:dem |der )?betreff(?:zeile)?:?',
    subjectEnd:
      ' an E| und (?:dem )?(?:text|inhalt)| mit dem text|,| (?:schicken|senden|verschicken|schreiben|versenden)|$',
    body: '(?:und |mit )?(?:dem |der )?(?:text|inhalt|nachricht|wortlaut|worten):?|in der steht|mit den worten',
    from: 'von',
    replyTo: 'antworten an|antwort an',
  },
  conditions: {
    if: 'wenn|falls|sofern|im fall,? dass|vorausgesetzt|(?:ist|liegt|betragt|enthalt|fehlt|lautet|kommt)(?= (?:der|die|das|es|sie|er|ein|eine) )',
    unless: 'außer wenn|es sei denn',
    when: 'wenn|sobald|falls',
    else: 'sonst|ansonsten|andernfalls|anderenfalls|wenn nicht|falls nicht|in allen anderen fallen|in allen ubrigen fallen|bei allen anderen|alle[ns]? (?:anderen?|ubrigen?)|den rest|der rest|alles andere|alles ubrige|bei allem anderen|im anderen fall|anders',
    elseIf: 'sonst,? wenn|ansonsten,? wenn|oder wenn|und wenn|andernfalls,? wenn|sonst,? falls',
    thenWord: 'dann|so',
    and: ' und ',
    or: ' oder (?!mehr|hoher|daruber|besser|weniger|niedriger|darunter|schlechter|gleich)',
    comparisons: [
      [
        'greater_equal',
        '(?:von )?(?<value>\\d[\\d.,]{0,12}) ?(?:euro|punkten?|%)? ?(?:oder|und) (?:mehr|hoher|daruber|besser)',
      ],
      [
        'less_equal',
        '(?:von )?(?<value>\\d[\\d.,]{0,12}) ?(?:euro|punkten?|%)? ?(?:oder|und) (?:weniger|niedriger|darunter|schlechter)',
      ],
      [
        'is_not_empty',
        '(?:nicht leer|angegeben|ausgefullt|vorhanden|bekannt|gesetzt)(?: (?:ist|wurde|sind|war))?|(?:ist|sind) (?:nicht leer|angegeben|ausgefullt|vorhanden|bekannt)',
      ],
      [
        'is_empty',
        '(?:nicht (?:angegeben|ausgefullt|vorhanden|bekannt|gesetzt)|leer|fehlt|fehlen)(?: (?:ist|wurde|sind|bleibt|war))?|ist leer',
      ],
      [
        'not_contains',
        '(?<value>Q+) nicht (?:enthalt|vorkommt|erwahnt)|nicht (?<value2>Q+) enthalt|enthalt nicht|nicht enthalt',
      ],
      [
        'contains',
        '(?:das wort |die worte |den text )?(?<value>Q+) (?:enthalt|erwahnt|beinhaltet|vorkommt|steht)|enthalt(?: das wort| die worte)?|erwahnt|beinhaltet|(?:das wort |die worte )?(?<value2>[a-zß-]{3,30}) (?:enthalt|erwahnt|vorkommt)|es (?:in der \\w{1,30} )?um (?<value3>[a-zß-]{3,30}) geht|handelt von',
      ],
      ['starts_with', 'beginnt mit|anfangt mit|mit (?<value>Q+) (?:beginnt|anfangt)'],
      ['ends_with', 'endet (?:mit|auf)|mit (?<value>Q+) endet|auf (?<value2>Q+) endet'],
      [
        'greater_equal',
        '(?:ist |liegt |sind |betragt |bei )?(?:mindestens|wenigstens|großer oder gleich|nicht unter|ab)|>=|≥',
      ],
      ['less_equal', '(?:ist |liegt |sind |betragt )?(?:hochstens|maximal|kleiner oder gleich|bis zu|nicht uber)|<=|≤'],
      [
        'greater',
        '(?:ist |liegt |sind |betragt )?(?:großer als|mehr als|hoher als|besser als|uber|oberhalb von|ubersteigt|großer|hoher)|>',
      ],
      [
        'less',
        '(?:ist |liegt |sind |betragt )?(?:kleiner als|weniger als|niedriger als|geringer als|schlechter als|unter|unterhalb von|kleiner|niedriger)|<',
      ],
      [
        'not_equals',
        '(?:ist|sind|lautet|war) (?:nicht|kein[enmrs]*)|!=|nicht (?<value>[\\w"-]{2,30}) (?:ist|lautet)|kein[enmrs]* (?<value2>[\\w-]{3,30}) (?:ist|sind)',
      ],
      [
        'equals',
        '(?:als )(?<value>Q+|[\\w-]{3,30}) (?:eingestuft|klassifiziert|erkannt|markiert|bewertet)(?: (?:wird|wurde|ist))?|aus (?<value2>[\\w -]{3,30}?) (?:ist|kommt|stammt)|(?:kommt|stammt) aus|(?:ist|sind|lautet|war|ware|==?|gleich)(?= \\S)|(?<value3>Q+|[\\wß-]{2,30}) (?:ist|sind|lautet|klingt|wirkt|scheint|war)$|um (?:eine?n? |das |den |die )?(?<value4>[\\wß-]{3,30}) (?:geht|handelt)',
      ],
    ],
    for: 'bei|fur|ab',
    yes: 'ja|wahr|angehakt|angekreuzt|zugestimmt|bestatigt|akzeptiert|aktiv',
    articles:
      '(?:der|die|das|den|dem|des|ein|eine|einen|einem|einer|eines|sein|seine|ihr|ihre|unser|unsere|mein|meine|dein|deine|dieser|diese|dieses)',
    copula: '(?:ist|sind|war|waren|es|sie|er|hat|haben|wird|werden|sich|dabei|auch)',
  },
  nouns: {
    content:
      'zusammenfassung|ubersicht|newsletter|bericht|wochenbericht|tagesbericht|monatsbericht|report|briefing|artikel|blogartikel|blogbeitrag|beitrag|post|text|geschichte|nachricht|antwort|antwortmail|entwurf|angebot|vorschlag|e-?mail|mail|brief|einladung|beschreibung|produktbeschreibung|uberschriften?|ideen|analyse|agenda|gliederung|plan|slogan|ankundigung|pressemitteilung|tipps?|ubersetzung|gruß|gedicht|witz|betreffzeilen?|kampagne|erklarung|protokoll|inhalte?|fragen|dankesmail|dankschreiben|redaktionsplan|\\w{1,30}-mail|\\w{1,30}mail|\\w{1,30}bericht|\\w{1,30}text',
    mail: '\\w{0,30}-?e-?mails?|\\w{0,30}mails?|nachrichten?|newsletter|\\w{0,30}brief|bestatigung(?:smail)?|benachrichtigung|erinnerung(?:smail)?|einladung(?:smail)?|mahnung|antwort(?:mail)?|dankeschon|dank|entschuldigung|angebot|gutschein(?:code)?|rabattcode|link',
    about: 'uber|zu|zum|zur|von|vom|bezuglich|mit|fur|der|des|aller|unserer',
    topic: 'uber|zum thema|zu|bezuglich|mit (?:tipps|neuigkeiten|den neuesten|ideen|neuen)',
    goes: '(?:sollen |soll |mussen )?(?:geht|gehen|kommt|kommen|gehoren)',
    report:
      'zusammenfassung|ubersicht|bericht|wochenbericht|tagesbericht|monatsbericht|report|briefing|newsletter|auswertung|analyse',
    asks: 'bitte[nt]? (?:ihn|sie|den \\w{2,20}|die \\w{2,20})',
    reminder:
      'erinnerung(?:smail|en)?|erinnern?|erinnere|nachfass\\w{0,30}|nachfassen|follow-?up|mahnung|zweite (?:e-?mail|mail|nachricht)|zahlungserinnerung',
    beforehand: 'vorher|zuvor|bevor|erst|zuerst|vor dem (?:versand|senden|versenden|verschicken|abschicken)',
    refuses: 'nicht|keine?|ablehn\\w{0,10}|verweiger\\w{0,10}|abgelehnt|verweigert',
    aiAdjective:
      'ki-?(?:generiert|geschrieben|erstellt)\\w{0,30}|von (?:der )?ki (?:geschrieben|erstellt|generiert|verfasst)\\w{0,30}|personlich\\w{0,30}|individuell\\w{0,30}|personalisiert\\w{0,30}',
    fields: [
      { name: 'email', source: '(?:e-?mail|mail)(?:-?adresse)?', type: 'email' },
      { name: 'phone', source: 'telefon(?:nummer)?|handy(?:nummer)?|rufnummer|mobilnummer', type: 'text' },
      { name: 'company', source: 'firma|firmenname|unternehmen|organisation|betrieb', type: 'text' },
      { name: 'first_name', source: 'vorname', type: 'text' },
      { name: 'last_name', source: 'nachname|familienname', type: 'text' },
      { name: 'name', source: '(?:voller )?name', type: 'text' },
      { name: 'order_number', source: 'bestellnummer|auftragsnummer', type: 'text' },
      { name: 'invoice_number', source: 'rechnungsnummer', type: 'text' },
      {
        name: 'employees',
        source: '(?:anzahl (?:der )?)?mitarbeiter(?:zahl)?|teamgroße|firmengroße|unternehmensgroße',
        type: 'number',
      },
      {
        name: 'guests',
        source: '(?:anzahl (?:der )?)?(?:gaste|personen|teilnehmer)(?:zahl)?|personenzahl',
        type: 'number',
      },
      { name: 'budget', source: 'budget', type: 'number' },
      {
        name: 'amount',
        source: '(?:rechnungs|bestell|gesamt)?(?:betrag|summe|wert|preis)|auftragswert',
        type: 'number',
      },
      { name: 'quantity', source: 'menge|stuckzahl', type: 'number' },
      { name: 'age', source: 'alter', type: 'number' },
      { name: 'rating', source: 'bewertung|sterne|zufriedenheit', type: 'number' },
      { name: 'score', source: '(?:lead-?)?score|punktzahl|punkte|note', type: 'number' },
      { name: 'date', source: '(?:wunsch)?(?:datum|termin|tag)', type: 'text' },
      { name: 'due_date', source: 'falligkeit(?:sdatum)?|frist', type: 'text' },
      { name: 'subject', source: 'betreff', type: 'text' },
      { name: 'topic', source: 'thema', type: 'text' },
      { name: 'country', source: 'land', type: 'text' },
      { name: 'city', source: 'stadt|ort', type: 'text' },
      { name: 'address', source: '(?:post)?adresse|anschrift', type: 'text' },
      { name: 'website', source: 'webseite|website|url|homepage', type: 'text' },
      { name: 'category', source: 'kategorie|art|typ', type: 'text' },
      { name: 'sentiment', source: 'stimmung|tonfall|ton', type: 'text' },
      { name: 'urgency', source: 'dringlichkeit|prioritat', type: 'text' },
      { name: 'language', source: 'sprache', type: 'text' },
      { name: 'status', source: 'status', type: 'text' },
      {
        name: 'message',
        source:
          'nachricht|kommentar|anliegen|frage|feedback|notiz|beschreibung|text|wunsche|anfrage|problem|bemerkung|ruckmeldung',
        type: 'textarea',
      },
      { name: 'consent', source: 'einwilligung|zustimmung|newsletter', type: 'checkbox' },
    ],
    withFields:
      '(?:formular|umfrage|fragebogen)[\\w -]{0,30}? (?:mit|das|die|der|in dem)(?: den| folgenden)?(?: feldern?| angaben)?:? |(?:felder[n]?|fragt nach|abfragt|abfragen|angaben)(?: sind)?:? ',
    listEnd:
      ' (?:rein|herein|ein|an|aus|ab)?(?:kommt|geht|trifft|fullt|schickt|sendet)|\\)|\\.|;| -|, (?:dann|schicke?|sende|schreibe?|klassifiziere|fasse|bewerte|extrahiere|wenn|falls|antworte|danke|warte|ubersetze|benachrichtige|informiere|und (?:schicke?|sende|dann|schreibe?)|soll|lass|bestatige)| und (?:schicke?|sende|schreibe?|dann|benachrichtige|informiere|klassifiziere|fasse|bewerte) | (?:ist|wird|werden|soll|ausfullt|abschickt|abfragt|absendet|ausgefullt|eingeht|einreicht|erstellen|anlegen|bauen)|\n',
    form: '[\\w-]{0,30}formular(?:s|e)?|umfrage|fragebogen',
    choicesAfter:
      '(?:als|in|nach|ob (?:es|sie|er|die \\w{1,30}|das \\w{1,30}) (?:sich )?(?:um )?|entweder|kategorien|kategorie|zwischen|eine:?|:)',
    categories: {
      sentiment: ['positiv', 'neutral', 'negativ'],
      urgency: ['hoch', 'normal', 'niedrig'],
      category: ['Frage', 'Anliegen', 'Beschwerde', 'Sonstiges'],
    },
    delays: [
      '(?:wart(?:e|en|et)|pausier(?:e|en)) (?:dann |bitte |noch |danach )?<num> (?:weitere )?<unit>',
      '(?:nach|in)(?: weiteren)? <num> (?:weiteren )?<unit>(?! (?:vor|vorher))',
      '<num> <unit> (?:spater|danach|nach (?:dem |der )?\\w{1,30}|warten|abwarten|darauf)',
      '(?:innerhalb von|binnen|fur) <num> <unit>',
      'mit (?:einer )?verzogerung von <num> <unit>',
      'am nachsten (?<nextday>tag)|in der nachsten (?<dayafter>woche)|am folgetag',
    ],
    until: '(?:wart(?:e|en)|pausiere) bis (?:zum |zur )?(?<when>[^,;.]{2,40}?)(?= und | dann |[,;.]|$)',
    anonymous:
      'es|sie|ihn|das|dies|das ergebnis|den text|den entwurf|die antwort|die zusammenfassung|das alles|die ubersetzung|den newsletter|den bericht|die mail|diese[ns]?',
    intents: {
      reply: 'antwort\\w{0,30}|beantwort\\w{0,30}|zuruckschreiben|ruckmeldung',
      reminder:
        'erinnerung\\w{0,30}|erinner\\w{0,30}|nachfass\\w{0,30}|nachhaken|hake|follow-?up|mahnung|zahlungserinnerung|zweite (?:e-?mail|mail)',
      thanks: 'dank\\w{0,30}|bedank\\w{0,30}|dankeschon',
      welcome: 'willkommen\\w{0,30}|begruß\\w{0,30}|onboarding|begrußung\\w{0,30}',
      confirmation: 'bestatig\\w{0,30}|eingangsbestatigung|empfangsbestatigung|quittung',
      invitation: 'einlad\\w{0,30}|lade|veranstaltung|webinar|eingeladen',
      alert:
        'benachrichtig\\w{0,30}|informier\\w{0,30}|alarm\\w{0,30}|warn\\w{0,30}|bescheid|hinweis|eskalier\\w{0,30}|verstandig\\w{0,30}',
      apology: 'entschuldig\\w{0,30}|bedauern|leid',
      offer: 'angebot\\w{0,30}|rabatt\\w{0,30}|gutschein\\w{0,30}|preisliste|broschure',
      feedback: 'feedback|bewertung\\w{0,30}|umfrage|wie zufrieden|rezension',
    },
    failure: 'fehler\\w{0,30}|fehlgeschlagen|gescheitert|fehlschlag',
    assign:
      '(?:setze?|speichere|berechne)(?: das| den| die)?(?: feld| variable)? (?<name>[\\w ]{2,30}?) (?:auf|=|als) (?<value>[^,;]{1,80})',
    writings:
      'nachricht|text|mail|e-?mail|anfrage|frage|bewertung|kommentar|feedback|ticket|antwort|inhalt|anliegen|ton|einsendung|es|das|lead|kunde|bestellung|problem|beschwerde|sie|er|stimme|kundin|interessent|ruckmeldung',
    comesFrom: 'aus .{3,40} (?:ist|kommt|stammt)|(?:kommt|stammt) aus',
  },
  limits: {
    via: '(?:auf|zu|in|ins|im|via|uber|durch|per|mit|aus|bei|beim|an|als|nach|zum|unser(?:en|em|e)?)',
    words: {
      phone:
        '(?:per |eine? |als )?(?:sms|textnachricht(?:en)?|fax|telefonanruf|anruf)(?: an [\\w ]{2,20})?|(?:ruf(?:e|t)?|anrufen|telefonier\\w{0,30}) (?:\\S{1,60} ){0,5}an|(?:\\S{1,60} )?an(?:zu)?rufen|angerufen|telefonisch|am telefon|faxe?n?',
      chat: 'push-?(?:nachricht|benachrichtigung|meldung)',
      print:
        '(?:aus)?druck(?:e|t|en)(?: \\S{1,60}){0,3}(?: aus)?|ausgedruckt|ausdruck|auf papier|per post|brief(?:lich)?(?= (?:per|schicken|verschicken))',
      attachment:
        '(?:als |mit |im |einen? |das |die |der ){0,4}(?:anhang|anhange|pdfs?(?:-datei|-anhang)?|\\w{1,30}-pdf)|hange? (?:\\S{1,60} ){1,6}an|anhangen|angehangt\\w{0,30}|beifugen|fuge (?:\\S{1,60} ){1,6}bei',
      inbox:
        '(?:lies|lese|lesen|prufe|uberwache|durchsuche|scanne|checke|schau)(?: \\S{1,60})? (?:mein|unser|das|den)(?:en?|em|e)? (?:postfach|posteingang|e-?mails?|mails?|mailbox|gmail)|(?:postfach|posteingang|mails?) (?:lesen|prufen|uberwachen|durchsuchen)',
      reply_wait:
        '(?:niemand|keiner|nicht|keine?) (?:\\w{1,30} ){0,5}(?:antwort\\w{0,30}|geantwortet|reagier\\w{0,30}|ruckmeldung)|keine (?:antwort|reaktion|ruckmeldung)(?: \\w{1,30}){0,4}|(?:er|sie|der kunde|jemand) (?:\\w{1,30} ){0,4}(?:antwortet|reagiert|geantwortet)(?: hat)?|auf (?:eine |die )?antwort (?:warten|wartet)|unbeantwortet',
      tracking:
        '(?:mail|e-?mail|newsletter|link)?s? ?(?:nicht )?(?:geoffnet|offnet|angeklickt|anklickt|gelesen|klickt)(?: (?:hat|wird|wurde|haben))?|offnungsrate|klickrate|abgemeldet hat',
      approval:
        '(?:frag(?:e|en|t)?|bitte) (?:mich|den chef|die chefin|meinen chef|uns|vorher)(?: \\S{1,60}){0,5}|(?:meine?r?|eine|zur|die|auf|um|der chef) (?:\\w{1,30} )?(?:freigabe|genehmigung|zustimmung)(?: (?:warten|einholen|abwarten|durch \\w{1,30} \\w{1,30}))?|(?:ich|wir|der chef|die chefin) (?:\\w{1,30} ){0,4}(?:freigeb\\w{0,30}|genehmig\\w{0,30}|freigegeben|zustimm\\w{0,30}|bestatig\\w{0,30}|prufe|absegne\\w{0,30})(?: (?:habe|haben|hat))?|(?:mir |uns )?(?:zur )?(?:freigabe|prufung|genehmigung) (?:vorlegen|geben)|freigeben lassen|nach (?:meiner |der )?(?:freigabe|genehmigung|zustimmung)|(?:ich|wir|der chef|die chefin) (?:\\w{1,30} ){0,3}(?:ablehn\\w{0,10}|abgelehnt|verweiger\\w{0,10})(?: (?:habe|haben|hat))?|^ ?(?:nicht )?(?:freigegeben|genehmigt|abgelehnt)$',
      loop: '(?:fur )?(?:jede[nrs]?|alle)(?: einzelne[ns]?)? (?:zeile|eintrag|einzelnen|kunden|kontakt|artikel|rechnung|produkt|position|teilnehmer|zeilen|eintrage) (?:in|der|des|aus|unserer|auf)|nacheinander an (?:alle|jeden)|einzeln an',
      lists:
        '(?:an )?alle[nr]? (?:unsere[rn]? |meine[rn]? )?(?:newsletter-?)?(?:abonnenten|kunden|kontakten?|teilnehmern?|mitgliedern?|leads|gasten?|nutzern?|empfangern?|bestandskunden|interessenten|kundinnen und kunden)|(?:unsere[rn]?|die|den|der|meine[nr]?) (?:newsletter-?)?(?:abonnenten|verteiler|mailingliste|newsletterliste|kundenliste|kontaktliste|empfangerliste|newsletter-?empfanger)|(?:zur|in die|in den|auf die) [\\w -]{0,20}(?:liste|verteiler) (?:hinzu\\w{0,30}|setzen|aufnehmen|eintragen)|(?:taggen|tag setzen|mit dem tag)',
      payment:
        '(?:belaste|abbuchen|buche|uberweise|uberweisen|erstatte|erstatten|zahle|bezahle)(?: \\S{1,60}){0,4}|kreditkarte|lastschrift|bankeinzug|einziehen|ruckerstattung (?:veranlassen|auslosen|anweisen)|geld zuruck(?:zahlen|uberweisen)',
      media:
        '(?:ein(?:e|en)? |das |die |mit )?(?:passende[sn]? |schone[sn]? )?(?:bild(?:er)?|foto|grafik|video|podcast|illustration|logo|banner|audio|prasentation|folien|titelbild)',
      database:
        '(?:in |aus |unsere[rn]? |die |der |eine[rn]? ){0,4}(?:[\\w-]{1,30})?(?:datenbank|sql-?(?:abfrage)?|mysql|postgres(?:ql)?)',
      sheet:
        '(?:in |aus |unsere[rn]? |eine[rn]? |die |der |das |als ){0,4}(?:[\\w-]{1,30}-)?(?:tabelle|excel(?:-?(?:tabelle|datei|liste))?|tabellenblatt|spreadsheet)',
      crm: '(?:im|ins|in unser|in unserem|in das|aus dem|an das|unser) crm(?:-system)?',
      tasks:
        '(?:eine? |das |neue[sn]? ){0,4}(?:aufgabe|to-?do|ticket|karte|issue) (?:\\S{1,60} ){0,5}(?:anlegen|erstellen|eroffnen|offnen|an$|anlegt)|(?:erstelle|eroffne|offne|lege) (?:eine? |neue[sn]? |ein ){0,4}(?:aufgabe|to-?do|ticket|karte)(?: \\S{1,60}){0,4}',
      calendar:
        '(?:in |im |meinen |meinem |unseren |unserem |den |dem |einen ){0,4}(?:[\\w-]{1,30}-)?(?:kalender(?:eintrag)?|terminkalender|termineinladung)|(?:termin|besprechung|meeting|demo|gesprach|telefonat|raum) (?:\\S{1,60} ){0,4}(?:vereinbaren|buchen|anlegen|planen|ausmachen|eintragen)|(?:vereinbare|buche|plane) (?:einen |eine |ein |den )(?:[\\w-]{1,30} )?(?:termin|besprechung|meeting|demo|gesprach|raum)',
      files:
        '(?:speicher(?:e|n)|ablegen|lege|hochladen|lade|archivier(?:e|en)|exportier(?:e|en)|sichere?)(?: \\S{1,60}){0,5} (?:in |im |auf |als |unter )(?:den |dem |einem? |einen |unser(?:em|en) )?(?:[\\w-]{1,30} )?(?:ordner|laufwerk|server|cloud|datei|csv|archiv|dropbox|festplatte)(?: ab| hoch)?|(?:in|im|auf) (?:den |dem |einem? |einen )?(?:ordner|laufwerk|cloud|archiv) (?:\\S{1,60} )?(?:speichern|ablegen|hochladen|archivieren)|als csv|csv-?datei',
      publish:
        '(?:veroffentlich(?:e|en|t)|publizier(?:e|en)|stell(?:e)?|poste[n]?)(?: \\S{1,60}){0,4} (?:auf|in) (?:unserer?|der|die|meine[rm]?|dem|unserem|unseren) (?:webseite|website|blog|homepage|seite)|(?:auf|in) (?:unserer?|der|die|dem|unserem|unseren) (?:webseite|website|blog|homepage) (?:veroffentlichen|posten|stellen|einstellen|publizieren)|veroffentlich(?:e|en|t)(?: \\w{1,30})?',
      feed: '(?:den |unseren |einen |ein )?(?:rss(?:-?feed)?|newsfeed|nachrichtenfeed)',
      browse:
        '(?:im|das) (?:internet|web|netz) (?:\\S{1,60} )?(?:suchen|durchsuchen|recherchieren|nach)|(?:suche|recherchiere|google)(?: \\S{1,60}){0,4} (?:im|das|nach)(?: (?:internet|web|netz))?|aus dem (?:internet|netz|web)|aktuelle[n]? (?:nachrichten|meldungen|news)|(?:das )?wetter(?:bericht)?|borsenkurse?|(?:webseiten?|preise) (?:der |unserer )?(?:konkurrenz|mitbewerber|wettbewerber)|konkurrenz(?:preise|webseiten)',
      before_event:
        '<num> (?:tage?|stunden?|wochen?|minuten?|monate?) (?:vor|bevor|vorher)(?: (?:dem|der|jedem|jeder|ihrem|seinem|einem|einer))?(?: [\\w-]{1,30})?|am (?:tag|abend) (?:vor|davor)(?: (?:dem|der|einem))?(?: \\w{1,30})?|zum geburtstag|am geburtstag|geburtstag',
      code: '(?:fuhre?|starte|ausfuhren)(?: \\S{1,60}){0,3} (?:skript|script|programm|code|python\\S*)(?: \\S{1,60}){0,2}(?: aus)?|(?:skript|script|programm|code) (?:ausfuhren|starten)',
    },
  },
};
