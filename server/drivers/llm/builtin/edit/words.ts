/** The words that the built-in engine reads in requests for a change. All sources match folded text: small letters, no accents. */
export interface EditWords {
  /** What a part of a request can begin with; before it, an "and" parts two requests. */
  verbs: string;
  joiners: string;
  articles: string;
  /** Words that say nothing about which step is meant. */
  fillers: string;
  all: string;
  last: string;
  ordinals: readonly string[];
  /** "step 3" */
  stepNumber: string;
  /** "it", "that step": the one that was spoken of last. */
  it: string;
  /** Kind → words for a step of it. */
  kinds: Readonly<Record<string, string>>;
  trigger: string;
  sending: string;
  before: string;
  after: string;
  between: string;
  and: string;
  atEnd: string;
  atStart: string;
  add: string;
  /** Parts of separable verbs at the end: "füge … ein". */
  addEnd: string;
  remove: string;
  removeEnd: string;
  rename: string;
  change: string;
  /** Between what is changed and what it becomes. */
  becomes: string;
  shouldBe: string;
  of: string;
  instead: string;
  fields: Readonly<Record<EditField, string>>;
  copy: string;
  blind: string;
  me: string;
  approval: string;
  wait: string;
  /** `<ref>` and what is to happen then. */
  onFailure: string;
  errorPath: string;
  retry: string;
  times: string;
  goOn: string;
  wrap: string;
  forEvery: string;
  onlyIf: string;
  move: string;
  off: string;
  on: string;
  explain: string;
  greeting: string;
  /** Before a request, without meaning for it. */
  polite: string;
  /** Makes a request for one step of a fragment: what starts it, by kind of trigger. */
  startsWith: Readonly<Record<'webhook' | 'form' | 'schedule' | 'manual', string>>;
  send: string;
  mail: string;
  ifWord: string;
  waitFor: string;
}

export const editFields = [
  'subject',
  'to',
  'cc',
  'bcc',
  'from',
  'replyTo',
  'text',
  'prompt',
  'url',
  'title',
  'delay',
  'schedule',
  'condition',
  'approvers',
  'provider',
] as const;
export type EditField = (typeof editFields)[number];

const en: EditWords = {
  verbs:
    'add|insert|put|append|include|remove|delete|drop|take out|get rid of|rename|call|name|change|set|make|update|replace|use|move|send|mail|cc|bcc|wait|wrap|repeat|connect|retry|try|ignore|continue|go on|disable|enable|deactivate|activate|turn|switch|skip|if|when|before|after|at the end|only|explain|run|start|also|ask|let|get|require|write|summari[sz]e|classify|the',
  joiners: 'and then|and also|and|then',
  articles: 'the|an|a|my|our|your|this|that|these|those|another|one more|one',
  fillers: 'is|are|gets|step|steps|node|block|please|again|it|also|then|to|of|for|in|on|with|and|at|from|by',
  all: 'all|every|each|both',
  last: 'last|final',
  ordinals: ['first|1st', 'second|2nd', 'third|3rd', 'fourth|4th', 'fifth|5th', 'sixth|6th'],
  stepNumber: '(?:step|node|number) (?:no\\.? ?)?(\\d{1,3})',
  it: 'it|its|that|that step|this step|them',
  kinds: {
    'email-send': 'e-?mails?|mails?|messages?|newsletters?|reminders?',
    delay: 'delays?|waits?|waiting|pauses?',
    approval: 'approvals?|sign-?offs?|confirmation step',
    condition: 'conditions?|checks?|ifs?|decisions?',
    switch: 'switch|cases|routing',
    'ai-generate': 'ai(?: steps?| texts?)?|prompts?|drafts?|summary|classification',
    'http-request': 'http(?: requests?)?|requests?|api(?: calls?)?|web calls?|calls?',
    'for-each': 'for[- ]each|loops?',
    set: 'set(?: fields)?|fields',
    merge: 'merges?|joins?',
    stop: 'stops?|ends?',
    respond: 'responses?|responds?|answers?|repl(?:y|ies)',
    'sub-workflow': 'sub-?workflows?',
    schedule: 'schedules?|timer',
    webhook: 'webhooks?',
    form: 'forms?',
    manual: 'manual start|start by hand',
  },
  trigger: 'trigger|start|beginning',
  sending:
    '(?:it |they |the (?:e-?)?mails? )?(?:is |are |gets? )?(?:sending|sent|send|mailing|mailed|goes out)(?: (?:it|them|the (?:e-?)?mails?|anything|out))*',
  before: 'right before|directly before|before|ahead of|prior to|in front of',
  after: 'right after|directly after|after|behind|following',
  between: 'between|in between',
  and: 'and',
  atEnd: 'at the (?:very )?end|to the end|as (?:the )?last step|finally',
  atStart: 'at the (?:very )?(?:beginning|start)|as (?:the )?first step|first of all',
  add: 'add|insert|put|append|include|create|have|make|let there be',
  addEnd: 'in',
  remove: 'remove|delete|drop|take out|take away|get rid of|leave out|skip|cut',
  removeEnd: 'out',
  rename: 'rename|call|name|retitle',
  change: 'change|set|update|make|replace|use|edit|adjust|switch|move|increase|decrease|raise|lower|extend|shorten',
  becomes: 'to be|to read|to say|so that it says|into|to|with|as|by',
  shouldBe: 'should be|should say|should read|must be|is to be|ought to be',
  of: 'of|in|for|on|from|at',
  instead: 'instead(?: of .+)?|rather than .+|not .+',
  fields: {
    subject: 'subject(?: line)?',
    to: 'recipients?|addressees?|to[- ]address|e-?mail address|receivers?|to field',
    cc: 'cc|carbon copy',
    bcc: 'bcc|blind copy',
    from: 'sender|from[- ]address|from',
    replyTo: 'reply[- ]to(?: address)?',
    text: 'text|body|message|content|wording',
    prompt: 'prompt|instructions?',
    url: 'url|web address|endpoint|link',
    title: 'title|name',
    delay: 'delay|wait(?:ing)?(?: time)?|pause',
    schedule: 'schedule|timing|times?|starting time',
    condition: 'condition|threshold|limit|rule|check',
    approvers: 'approvers?|who approves|who decides',
    provider: 'provider|model|ai provider',
  },
  copy: 'copy|copies|cc|bcc|carbon copy',
  blind: 'bcc|blind',
  me: 'me|myself|us|my (?:e-?mail )?address',
  approval: 'approvals?|approve[sd]?|sign[- ]?off|confirmation|ask me|ask us|my ok|permission|okay',
  wait: 'waits?|delays?|pauses?',
  onFailure:
    '(?:if|when|in case|should) (?<ref>.{1,80}?) (?:fails?|goes wrong|does not work|doesn.t work|breaks|errors?)(?: out)?,? (?:then )?(?<action>.+)',
  errorPath:
    '(?:connect|link|route|lead|send) (?:the )?errors?(?: path| output| port| branch| exit)? (?:of|from) (?<ref>.{1,80}?) (?:to|with|into) (?<action>.+)',
  retry:
    '(?:retry|try|repeat|attempt) (?<ref>.{1,80}?)(?: again)?(?: up to| at most)? (?<num>\\d{1,2}|twice|two|three|four|five|ten) ?(?:times|x|attempts)?',
  times: '(?<num>\\d{1,2}|twice|two|three|four|five|ten)(?: more)? ?(?:times|x|attempts|retries)?',
  goOn: 'ignore (?:all )?(?:errors?|failures?)(?: of| in| from)? (?<ref>.{1,80})|(?:continue|go on|carry on|keep going)(?: even)? (?:if|when) (?<ref2>.{1,80}?) fails?',
  wrap: '(?:wrap|put|place|move) (?<ref>.{1,120}?) (?:in|into|inside|inside of) (?:a |the )?(?:for[- ]each|loop)(?: (?:step|container))?(?: (?:over|of|for|through|for each|for every)(?: the| each| every| all)? (?<items>.+))?',
  forEvery: '(?:repeat|run|do|send|execute) (?<ref>.{1,120}?) for (?:each|every)(?: one| of the| of)? (?<items>.+)',
  onlyIf:
    '(?:only )?(?:do |send |run |execute )?(?<ref>.{1,80}?) only (?:if|when) (?<condition>.+)|only (?:do|send|run|execute|continue with|go on with) (?<ref2>.{1,80}?) (?:if|when) (?<condition2>.+)',
  move: 'move|shift|put',
  off: '(?:disable|deactivate|turn off|switch off|mute) (?<ref>.+)|(?:turn|switch) (?<ref2>.+) off',
  on: '(?:enable|activate|turn on|switch on) (?<ref>.+)|(?:turn|switch) (?<ref2>.+) on',
  explain:
    'explain|what (?:does|do|is|will|happens)|how does|describe|summari[sz]e this workflow|tell me what|walk me through',
  polite:
    'please|kindly|(?:can|could|would) you(?: please)?|i (?:want|would like|.d like)(?: you)? to|now|so|also please',
  greeting: 'hi|hello|hey|thanks|thank you|ok|okay|good|great|please',
  startsWith: {
    webhook: 'When a webhook arrives, ',
    form: 'When the form is submitted, ',
    schedule: 'Every day at 9:00, ',
    manual: 'Start by hand, ',
  },
  send: 'send',
  mail: 'e-?mails?|mails?|message|newsletter|reminder|note|notification|alert|thank-?you|invitation|letter',
  ifWord: 'if ',
  waitFor: 'wait ',
};

const de: EditWords = {
  verbs:
    'fuge|setze|setz|baue|bau|erganze|hange|hang|schiebe|stelle|stell|packe|lege|entferne|losche|losch|streiche|nimm|wirf|lass|benenne|nenne|andere|ander|mach|mache|ersetze|verwende|nutze|verschiebe|schicke|schick|sende|maile|warte|verbinde|versuche|wiederhole|ignoriere|deaktiviere|aktiviere|schalte|wenn|falls|vor|nach|am ende|nur|erklare|starte|frage|frag|hole|schreibe|der|die|das|auch|bitte',
  joiners: 'und dann|und auch|und|dann|danach',
  articles:
    'der|die|das|den|dem|des|einen|einem|einer|eines|eine|ein|meine[rnms]?|mein|unsere[rnms]?|unser|diese[rnms]?|noch',
  fillers:
    'wird|werden|schritte?n?|schritts|knoten|bitte|wieder|noch|auch|dann|es|sie|ihn|von|vom|zu|zum|zur|fur|in|im|auf|mit|und|an|bei|mal',
  all: 'alle[nr]?|jede[nrsm]?|samtliche[nr]?|beide[nr]?',
  last: 'letzte[nrsm]?',
  ordinals: [
    'erste[nrsm]?|1\\.',
    'zweite[nrsm]?|2\\.',
    'dritte[nrsm]?|3\\.',
    'vierte[nrsm]?|4\\.',
    'funfte[nrsm]?|5\\.',
    'sechste[nrsm]?|6\\.',
  ],
  stepNumber: '(?:schritt|knoten) (?:nr\\.? ?)?(\\d{1,3})',
  it: 'es|sie|ihn|ihren?|seinen?|dessen|deren|dieser schritt|diesen schritt|das',
  kinds: {
    'email-send': '(?:\\w+-?)?(?:e-?)?mails?|nachrichten?|newsletter|(?:\\w+)?erinnerung(?:en)?|versand',
    delay: 'wartezeit(?:en)?|warten|warteschritte?|verzogerung(?:en)?|pausen?',
    approval: 'freigaben?|genehmigung(?:en)?|bestatigung(?:en)?',
    condition: 'bedingung(?:en)?|prufung(?:en)?|abfragen?|entscheidung(?:en)?',
    switch: 'verteiler|switch|falle|weiche',
    'ai-generate': 'ki(?:-schritte?|-texte?)?|ai|prompts?|entwurfe?|zusammenfassung|klassifizierung|einordnung',
    'http-request': 'http(?:-anfragen?|-aufrufe?)?|anfragen?|aufrufe?|api(?:-aufrufe?)?|abrufe?',
    'for-each': 'schleifen?|for[- ]each|wiederholung',
    set: 'felder|werte',
    merge: 'zusammenfuhrung|merge',
    stop: 'stopp?|ende',
    respond: 'antworten?|ruckmeldung',
    'sub-workflow': 'unter-?workflows?',
    schedule: 'zeitplan(?:e|s)?|termin',
    webhook: 'webhooks?',
    form: 'formulare?s?',
    manual: 'start von hand|manueller start',
  },
  trigger: 'ausloser|trigger|start|anfang|beginn',
  sending:
    '(?:(?:dem|das|der|die) )?(?:(?:e-?)?mails? )?(?:senden|versenden|versand|verschicken|schicken|absenden|abschicken|rausgeht|(?:ge|ver)sendet wird|verschickt wird|rausschicken)',
  before: 'direkt vor|unmittelbar vor|bevor|vor',
  after: 'direkt nach|unmittelbar nach|nachdem|nach|hinter',
  between: 'zwischen',
  and: 'und',
  atEnd: 'am (?:ganz )?(?:ende|schluss)|ans ende|zum schluss|zuletzt|als letzten schritt',
  atStart: 'am anfang|an den anfang|zu beginn|zuerst|als ersten schritt',
  add: 'fuge|setze?|baue?|erganze|hange?|schiebe|stelle?|lege|nimm|mache?|ich (?:will|mochte|brauche|hatte gern(?:e)?)',
  addEnd: 'ein|hinzu|dazwischen|dazu|an|dran|rein|auf',
  remove: 'entferne|losche?|streiche|nimm|wirf|lass|schmeiss',
  removeEnd: 'raus|heraus|weg|weglassen',
  rename: 'benenne|nenne|taufe',
  change:
    'andere?|setze?|stelle?|mache?|ersetze|verwende|nutze|aktualisiere|passe|tausche|schreibe|verkurze|verlangere|erhohe|senke',
  becomes: 'auf|in|zu|durch|mit|an|um',
  shouldBe: 'soll|sollte|muss|hat zu',
  of: 'von der|von dem|vom|von|in der|in dem|im|in|bei der|bei dem|beim|bei|fur die|fur den|fur|der|des|dem',
  instead: 'statt .+|anstatt .+|anstelle .+|stattdessen',
  fields: {
    subject: 'betreff(?:zeile)?',
    to: 'empfanger(?:in|s)?|adressat(?:en)?|mail-?adresse|e-?mail-?adresse|empfangeradresse',
    cc: 'cc|kopie',
    bcc: 'bcc|blindkopie',
    from: 'absender(?:in|s)?|absenderadresse',
    replyTo: 'antwortadresse|antwort an|reply-to',
    text: 'mailtext|text|nachricht|inhalt|wortlaut',
    prompt: 'prompt|anweisung|auftrag',
    url: 'url|webadresse|endpunkt|link',
    title: 'titel|namen?|uberschrift',
    delay: 'wartezeit|verzogerung|pause|dauer',
    schedule: 'zeitplan|uhrzeit|startzeit|zeitpunkt|termin|zeiten',
    condition: 'bedingung|schwelle|schwellwert|schwellenwert|grenze|grenzwert|regel|vergleichswert',
    approvers: 'freigebende[nr]?|genehmiger|wer freigibt|wer entscheidet|entscheider',
    provider: 'anbieter|modell|ki-anbieter',
  },
  copy: 'kopien?|cc|bcc|blindkopie',
  blind: 'bcc|blind',
  me: 'mir|mich|uns|meine (?:e-?mail-?)?adresse',
  approval: 'freigaben?|genehmigung|zustimmung|bestatigung|frage? mich|frage? uns|mein ok|absegnen|freigeben',
  wait: 'warten?|wartezeit|verzogerung|pause',
  onFailure:
    '(?:wenn|falls|sollte) (?<ref>.{1,80}?) (?:fehlschlagt|fehl schlagt|scheitert|schiefgeht|nicht klappt|nicht funktioniert|nicht geht|fehlschlagen|scheitern),? (?:dann )?(?<action>.+)',
  errorPath:
    '(?:verbinde|leite|fuhre) (?:den |die )?fehler(?:pfad|ausgang|zweig|weg)?(?: von der| von dem| vom| von| der| des)? (?<ref>.{1,80}?) (?:mit|zu|zum|zur|an) (?<action>.+)',
  retry:
    '(?:versuche|wiederhole|probiere) (?<ref>.{1,80}?)(?: noch)?(?: bis zu| hochstens)? (?<num>\\d{1,2}|zwei|drei|vier|funf|zehn) ?(?:mal|x|versuche)',
  times: '(?<num>\\d{1,2}|zwei|drei|vier|funf|zehn) ?(?:mal|x|versuche)',
  goOn: 'ignoriere (?:alle )?fehler(?: von der| von dem| vom| von| in der| in| bei der| beim| bei| der| des)? (?<ref>.{1,80})|(?:mach|mache|fahre|geh) (?:auch )?weiter(?: fort)?,? (?:auch )?(?:wenn|falls) (?<ref2>.{1,80}?) (?:fehlschlagt|scheitert)',
  wrap: '(?:packe?|setze?|lege|stelle?|nimm) (?<ref>.{1,120}?) in (?:eine|die|ein) (?:schleife|for[- ]each)(?: (?:uber|fur|durch)(?: die| jede[nrs]?| alle)? (?<items>.+))?',
  forEvery:
    '(?:wiederhole|mache?|sende|schicke?|fuhre) (?<ref>.{1,120}?) fur (?:jede[nrs]?|alle) (?<items>.+?)(?: aus)?',
  onlyIf:
    '(?:sende|schicke?|mache?|fuhre)? ?(?<ref>.{1,80}?) nur,? (?:wenn|falls) (?<condition>.+)|nur (?<ref2>.{1,80}?),? (?:wenn|falls) (?<condition2>.+)',
  move: 'verschiebe|schiebe|stelle?|setze?',
  off: '(?:deaktiviere) (?<ref>.+)|schalte (?<ref2>.+) (?:aus|ab)',
  on: '(?:aktiviere) (?<ref>.+)|schalte (?<ref2>.+) (?:ein|an)',
  explain: 'erklare?|was (?:macht|tut|passiert|ist)|wie funktioniert|beschreibe|fasse? .* zusammen',
  polite: 'bitte|(?:kannst|konntest|konnen|konnten) (?:du|sie)(?: bitte)?|jetzt|nun|also',
  greeting: 'hallo|hi|danke|ok|okay|gut|super|bitte',
  startsWith: {
    webhook: 'Wenn ein Webhook kommt, ',
    form: 'Wenn das Formular abgeschickt wird, ',
    schedule: 'Jeden Tag um 9 Uhr, ',
    manual: 'Starte von Hand, ',
  },
  send: 'schicke',
  mail: '(?:\\w+-?)?(?:e-?)?mails?|nachricht|newsletter|(?:\\w+)?erinnerung|benachrichtigung|danke?schon|einladung|hinweis',
  ifWord: 'wenn ',
  waitFor: 'warte ',
};

export const editWords = { en, de } as const;
export type EditLanguage = keyof typeof editWords;
