import { en as schedule } from '../../../../../shared/schedule/words/en.ts';
import type { Lexicon } from './types.ts';

export const en: Lexicon = {
  code: 'en',
  schedule,
  clauses: {
    connectors:
      ', and then|, then|, and|, but|, so| and then| then| and afterwards| and finally| and also| and| but| otherwise| else',
    conditional:
      '(?<!check|checks|detect|determine|decide|out|see|know|ask|asks|as|assess|even|tell me|tell us) (?:if|unless|in case|whenever|as soon as)| when(?= (?:the|a|an|someone|somebody|our|my|it|i|we|they|he|she|anyone|people|new|customers?|visitors?) )',
    lead: "and|then|also|please|finally|afterwards|after that|next|but|so|so that|now|first|firstly|second|secondly|third|lastly|automatically|immediately|directly|at once|instantly|right away|just|simply|i want you to|i want to|i would like you to|i would like to|i'd like you to|i'd like to|i need you to|i need to|we want to|we would like to|we need to|you should|it should|we should|should|can you|could you|let's|let us|let|have|use|make|want|to|the ai|ai|an ai|claude|gpt|chatgpt|openai|mailweave|the workflow|the system|we|you|it|will|must|a workflow that|build a workflow that|create a workflow that|i want a workflow that|make a workflow that|set up a workflow that|a workflow to|build a workflow to|create a workflow to|in that case|in this case|then also|additionally|in addition|as well|meanwhile|only",
    filler:
      "(?:please|thanks|thank you|hi|hello|hey|dear mailweave|(?:i|we) (?:want|need|would like) (?:a|an|the|this) (?:workflow|automation)|(?:build|create|make|set up) (?:me )?(?:a|an|the) (?:workflow|automation)(?: for (?:me|us|this))?|do the following|here is what i need|that is all|that's it|as follows)",
    afterOrdinal: '(?!)',
    abbreviations: 'e\\.g|i\\.e|etc|a\\.m|p\\.m|mr|mrs|ms|dr|vs|approx|incl|no|st',
    parallel: 'at the same time|in parallel|simultaneously',
    rejoin:
      'in both cases|in either case|in any case|either way|in all cases|regardless|whatever the (?:result|outcome)|finally|at the end|in the end|always',
    afterwards: 'then|after that|afterwards|next|later',
  },
  events: {
    when: 'when|whenever|as soon as|once|every time|each time|any time|if|after|on|for (?:each|every|any)|with (?:each|every)',
    form: '(?:submits?|fills?|completes?|sends? in|sends?|uses?|answers?) (?:in |out |up )?(?:the |our |my |a |an |this )?[\\w -]{0,30}?(?:form|survey|questionnaire|application)|(?:form|survey|questionnaire)[\\w ,-]{0,30} (?:is|gets|was|has been) (?:submitted|filled|completed|sent)|(?:form|survey|questionnaire) (?:submission|entry|response|comes in|arrives)s?|(?:submissions?|entries|entry|responses?) (?:of|from|to|in|through|via) (?:the |our |my |a )?[\\w -]{0,30}?(?:form|survey)|new (?:contact |feedback )?(?:form|survey)|fills? (?:in|out)|contact form|(?:via|through|over|using) (?:the |our |a )?[\\w -]{0,20}?form|signs? up|registers?(?! in)|subscribes?',
    each: '(?:after|for|on|with|upon) (?:each|every|any)',
    somebody: 'someone|somebody|anyone',
    indefinite: '(?:an?|someone|somebody|anyone|any|new|one of)',
    mail: '(?:receives?|gets?|get) (?:an? |any )?(?:new )?(?:customer |support )?(?:e-?mails?|mails?)|(?:new |incoming |an |a ){0,4}(?:e-?mails?|mails?)(?: from [\\w@. ]{1,30})? (?:arrives?|comes? in|lands?|is received|hits)|(?:someone|somebody|a customer|a client|a lead|customers?|anyone|they) (?:writes?|e-?mails?|mails) (?:to |us |me |an? )|(?:e-?mails?|mails?) (?:to|at|in) (?:E+|my inbox|our inbox|the inbox)|writes? (?:us |me )?(?:an e-?mail )?(?:to )?E+|sends? (?:us|me) (?:an? )?(?:e-?mail|mail)|(?:incoming|new) (?:\\w{1,20} )?(?:e-?mails?|mails?)',
    webhook:
      'webhook|(?:shop|system|crm|website|site|app|backend|server|api|erp|store) (?:calls?|pings?|posts?|sends?|notifies|triggers?|reports?)|(?:calls?|posts? to|hits?|pings?) (?:our |the |this |my )?(?:webhook|endpoint|url|address)|http (?:call|request) (?:comes|arrives)',
    manual:
      '(?:i|we|someone) (?:click|clicks|press|presses|start|starts|hit|hits|run|runs|push)(?: (?:on )?(?:run|start|it|the button|a button|this|the workflow))?|manually|by hand|on demand|at the push of a button',
    noun: '(?:each|every|any|new) (?:new )?(?:order|lead|customer|ticket|request|inquiry|enquiry|application|signup|sign-up|registration|booking|complaint|payment|invoice|message|subscriber|user|review|submission|event|purchase|applicant|quote|contact|client|member|comment|refund|return|question)s?',
    happens:
      '(?:is|are|gets?|was|has been|have been) [\\w-]{2,20}(?:ed|d|t|n|in|up)|comes? in|arrives?|orders?|buys?|pays?|books?|cancels?|places?|requests?|applies|creates?|joins?|asks?|leaves?|downloads?|abandons?|calls?|posts?|sends?|reports?|enters?|fails?|changes?|happens|purchases?|wants?|returns?|expires?|complains?',
  },
  verbs: {
    anywhere: {
      send: 'send|sends|sent|sending|forward|forwards|deliver|e-mail it|email it|mail it',
      notify:
        'notify|notifies|inform|informs|alert the|alert [a-z]{2,12}|let \\w{1,30} know|let the \\w{1,30} know|let the \\w{1,30} team know|warn|tell (?:me|us|the|him|her|them|our|my|sales|support)|email (?:me|us|the|him|her|them|our|my|E+)|e-mail (?:me|us|the|him|her|them|our|my|E+)|mail (?:me|us|the|him|her|them|our|my|E+)|congratulate|thank (?:them|him|her|the)|invite (?:them|him|her|the)|welcome (?:them|him|her|the)|escalate|ask (?:them|him|her|the (?:customer|client|lead|guest|participant|attendee|candidate|applicant|buyer|patient|user|subscriber)s?|customers|clients|participants|attendees|guests) (?:for|to|how|whether|if|what)|hand (?:it )?over|pass (?:it|them) (?:on )?to|route (?:it|them)',
      remind: 'remind|follow up|follow-up|chase|nudge',
      write:
        'write|writes|draft a|draft an|draft the|draft me|drafts a|compose|generate|generates|come up with|prepare|rewrite|rephrase|brainstorm|create|creates|produce|turn (?:it|this|them|that) into|put together|suggest|polish|personali[sz]e',
      summarise: 'summari[sz]es?|sum up|boil down|condense|shorten|a summary of|digest of',
      classify:
        'classif(?:y|ies)|categori[sz]es?|sort (?:it|them|the|into)|triage|detect (?:the|whether|if)|determine (?:the|whether|if)|decide (?:whether|if|what)|figure out|find out (?:whether|if|what)|recogni[sz]e|assess (?:the|whether)|check (?:the )?(?:sentiment|tone|mood|urgency|whether|if|what)|analy[sz]e',
      extract: 'extracts?|pull out|parse|pick out|get the [\\w ,]{2,40} out of|read out',
      translate: 'translates?|into (?:english|german|french|spanish)',
      score:
        'give it a score|assign a score|scores? (?:it|them|the|each|him|her|leads?)|rates? (?:it|them|the|each|leads?)|evaluates?|qualif(?:y|ies)|grade (?:it|them|the)|rank (?:it|them|the)',
      http: 'U+',
      wait: 'wait|waits|pause|hold for|sleep|D+',
      merge:
        'merge (?:the|both|all)|combine (?:the|both|all)|bring (?:\\w{1,30} )?(?:results|branches) together|join (?:the|both) (?:results|branches)',
      stop: 'stop (?:the )?(?:workflow|run|here|there|it)|end (?:the )?(?:workflow|run|here|there)|do nothing(?: else)?|abort|nothing (?:else )?(?:happens|should happen)|finish (?:the )?(?:workflow|run|here)|ignore (?:it|them)|discard (?:it|them)|stop',
      respond:
        '(?:respond|reply|answer) (?:to )?(?:the |its |this )?(?:webhook|http request|http call|api call|request|call|caller|form)(?: with| by)?|respond with|return (?:a )?(?:status|json|http|\\d{3}|Q+|the (?:result|answer|text|summary|translation))|(?:answer|reply) with (?:status|json|http|\\d{3})|confirm (?:the call )?with (?:status )?\\d{3}',
      set: 'set (?:the )?(?:field|variable|value|a |status)|set \\w{1,30} to|store (?:it |that |this )?(?:as|in) (?:a |the )?(?:variable|field)|add (?:a |the )?(?:field|variable)|keep only|rename|calculate|compute',
      other:
        'ask|archive|delete|remove|upload|download|publish|schedule|book|print|charge|refund|save|store|tag|log|record|sync|update|add (?:it|them|him|her|the|a|an)|put (?:it|them|him|her)|insert|append|enter (?:it|them)|move|order|scrape|browse|search|look up|approve|open|play|dial|tweet|export|import|register|assign|attach|close|mark|unsubscribe|subscribe (?:them|him|her)|make a backup|back up|render|design|convert|feed',
    },
    start: {
      send: '(?:mail|email|e-mail|message|route)(?= (?:the|a|an|it|them|him|her|me|us|our|my|this|that|these|all|everyone|each|every|E|U|back|about|on|with|for)(?![a-z]))',
      reply: 'reply|answer|respond|acknowledge|write back|answers|replies',
      notify: 'alert|thank|invite|welcome|greet|tell|confirm|ping',
      write: 'draft|drafts|make an? (?:text|mail|email|draft|post|newsletter|report|list)|write',
      score: 'score|rate|rank|grade',
      classify: 'label|sort|check|determine|decide|detect|judge',
      http: 'call|get|post|put|patch|delete|fetch|request|load|read|query|hit|ping|trigger',
      other:
        '(?:text|call|phone|post|whatsapp|slack|fax|ring|tweet|share|create|make)(?= (?:the|a|an|it|them|him|her|me|us|our|my|this|that|these|all|everyone|each|every|E|U|back|about|on|with|for)(?![a-z]))',
      set: 'set|calculate|compute',
      merge: 'merge|combine|join',
      stop: 'stop|end|quit|exit|abort',
    },
  },
  people: {
    contact:
      "(?:the |that |this |our |each |every |new |an? ){0,4}(?:customer|client|lead|person|visitor|sender|applicant|candidate|subscriber|user|guest|participant|attendee|prospect|buyer|requester|submitter|student|patient|member|contact|registrant|reviewer|supplier|new hire|employee|writer|inquirer|debtor|caller|shopper|donor|parent|tenant)(?:'s)?(?: (?:e-?mail|address))?",
    pronoun: 'them|him|her|he|she|they|back|whoever [\\w ]{2,30}',
    me: 'me|myself|my (?:own )?(?:address|e-?mail|inbox)',
    team: '(?:the |our |my )?(?:sales|support|marketing|finance|accounting|legal|hr|customer service|service|it|tech|technical|billing|management|office|whole|entire|product|success|editorial|design|events?|warehouse|shipping|on-call|account|it)(?: |-)?(?:team|department|manager|people|group|lead|desk|office|colleagues|director|managers)|(?:the |our |my )(?:team|boss|manager|colleagues?|accountant|bookkeeper|owner|management|ceo|support|sales|marketing|finance|accounting|staff|editor|assistant|director|office|warehouse|board)|sales|support|accounting|marketing|finance|management|everyone in the (?:team|company)',
    list: '(?:all |our |the |my |every ){0,4}(?:subscribers|customers|contacts|clients|participants|attendees|members|leads|guests|users|mailing list|newsletter list|list|registered people|recipients)',
    to: 'to',
    cc: 'cc|cc to|with (?:a )?copy to|in copy|copy(?:ing)?|copy to|a copy to|carbon copy to',
    bcc: 'bcc|bcc to|blind copy to|blind carbon copy to|with (?:a )?blind copy to',
    subject: '(?:with )?(?:the |a )?subject(?: line)?(?: of)?(?: saying)?:?|titled|entitled',
    subjectEnd: ' and (?:the )?(?:text|body)| to E| with the text| saying|,|$',
    body: '(?:and |with )?(?:the )?(?:text|body|message|content)(?: saying)?:?|saying(?: that)?|that says|which says|with the words',
    from: 'from',
    replyTo: 'reply-to|replies (?:go )?to|replies should go to',
  },
  conditions: {
    if: 'if|in case|in the event that|provided that|provided|assuming|should',
    unless: 'unless|if not',
    when: 'when|whenever|where',
    else: "otherwise|else|if not|or else|in all other cases|in any other case|all others?|everything else|everyone else|for everything else|for everyone else|for all others?|for the rest|the rest|the others|others|any other (?:case|one)|anything else|if it is not|if it isn't|if none (?:of these )?(?:applies|matches)",
    elseIf: 'else if|otherwise if|otherwise, if|or if|and if|but if',
    thenWord: 'then',
    and: ' and ',
    or: ' or (?!more|above|higher|over|better|up|less|below|lower|fewer|under|worse|equal)',
    comparisons: [
      [
        'greater_equal',
        '(?:of |is |at |costs? )?(?<value>\\d[\\d.,]{0,12}) ?(?:euros?|dollars?|points?|%)? ?(?:or|and) (?:more|above|higher|over|better|up)',
      ],
      [
        'less_equal',
        '(?:of |is )?(?<value>\\d[\\d.,]{0,12}) ?(?:euros?|dollars?|points?|%)? ?(?:or|and) (?:less|below|lower|fewer|under|worse)',
      ],
      [
        'is_not_empty',
        "(?:is|are|was|has been) (?:not empty|filled(?: in| out)?|given|provided|present|set|known|there|available)|is(?:n't| not) (?:empty|missing|blank)|exists",
      ],
      [
        'is_empty',
        "(?:is|are|was) (?:empty|missing|blank|not (?:given|provided|set|filled(?: in| out)?|known|there))|is(?:n't| not) (?:given|provided|set|filled(?: in| out)?|known|there)|does not exist|doesn't exist",
      ],
      ['not_contains', "(?:does not|doesn't|do not|don't) (?:contain|mention|include|say|have)"],
      ['contains', 'contains?|mentions?|includes?|says|talks? about|has the words?|is about|are about'],
      ['starts_with', '(?:starts?|begins?) with'],
      ['ends_with', 'ends? (?:with|in|on)'],
      [
        'greater_equal',
        '(?:is |are )?(?:at least|no less than|greater than or equal to|or more than|not (?:below|under|less than))|>=|≥',
      ],
      [
        'less_equal',
        '(?:is |are )?(?:at most|no more than|up to|less than or equal to|maximum|not (?:above|over|more than|exceeding))|<=|≤',
      ],
      [
        'greater',
        '(?:is |are |was |scores? |costs? |lies? |has )?(?:greater than|more than|higher than|larger than|bigger than|above|over|exceeding|better than)|exceeds?|>',
      ],
      [
        'less',
        '(?:is |are |was |scores? |costs? |lies? |has )?(?:less than|fewer than|lower than|smaller than|below|under|beneath|worse than)|<',
      ],
      [
        'not_equals',
        "(?:is|are|was)(?: not|n't)(?: equal to)?|(?:does not|doesn't) equal|!=|differs from|(?:does not|doesn't) come from",
      ],
      [
        'equals',
        "(?:is|are|was) (?:equal to|exactly|marked as|classified as|rated|labelled|categori[sz]ed as|from|in)|(?:is|are|was|be)|equals?|comes? from|==?|looks?|sounds?|seems?|='",
      ],
    ],
    for: 'for|with',
    yes: 'yes|true|checked|ticked|agreed|accepted|confirmed',
    articles: '(?:the|a|an|its|their|his|her|our|my|this|that|your|any|some)',
    copula: '(?:is|are|was|were|be|has|have|it|they|he|she|there)',
  },
  nouns: {
    content:
      'summary|digest|overview|recap|newsletter|report|briefing|article|blog post|post|text|story|message|answer|reply|response|draft|proposal|offer|quote|email|e-mail|mail|letter|invitation|description|headline|list of ideas|ideas|analysis|agenda|outline|plan|caption|slogan|announcement|press release|tips?|translation|note|greeting|poem|joke|copy|subject lines?|campaign|explanation|faq|script|review|minutes|content|questions?|thank[- ]you',
    mail: 'e-?mails?|mails?|messages?|newsletters?|letters?|notes?|confirmations?|notifications?|alerts?|reminders?|invitations?|follow-?ups?|repl(?:y|ies)|answers?|thank[- ]yous?|apolog(?:y|ies)|offers?|discount codes?|vouchers?|coupons?|link',
    about: 'about|on|of|regarding|covering|concerning|for',
    topic: 'about|on|regarding|concerning|covering|with (?:tips|news|ideas|the latest)',
    goes: '(?:should |must |will |shall |can )?(?:go|goes|be sent|are sent|is sent|be forwarded|are forwarded|belong|get sent)',
    report: 'summar(?:y|ies)|digest|overview|recap|report|briefing|newsletter|analysis|list of',
    asks: 'ask (?:them|him|her|the (?:customer|client|guest|lead|participant)s?)|invite them to',
    reminder: 'reminders?|follow-?ups?|remind|follow up|nudge|second (?:e-?mail|mail|message)|chaser|chase',
    beforehand: 'first|beforehand|before(?= (?:sending|mailing|e-?mailing|delivering|you|it (?:is|goes|gets))|$)',
    refuses: "do not|don't|does not|doesn't|not|rejects?|refuses?|declines?|rejected|declined|refused",
    aiAdjective:
      'ai[- ](?:written|generated|made|drafted)|personal(?:i[sz]ed)?|individual|generated|written by (?:ai|claude|gpt|chatgpt|openai)',
    fields: [
      { name: 'email', source: 'e-?mail(?: ?-?address)?', type: 'email' },
      { name: 'phone', source: '(?:phone|telephone|mobile)(?: ?-?number)?', type: 'text' },
      { name: 'company', source: 'company(?: name)?|organi[sz]ation|business|firm', type: 'text' },
      { name: 'first_name', source: 'first ?-?name', type: 'text' },
      { name: 'last_name', source: 'last ?-?name|surname|family name', type: 'text' },
      { name: 'name', source: '(?:full |your )?name', type: 'text' },
      { name: 'order_number', source: 'order (?:number|no|id)', type: 'text' },
      { name: 'invoice_number', source: 'invoice (?:number|no|id)', type: 'text' },
      { name: 'employees', source: '(?:number of )?employees|company size|team size|headcount', type: 'number' },
      { name: 'guests', source: '(?:number of )?(?:guests|people|participants|attendees)', type: 'number' },
      { name: 'budget', source: 'budget', type: 'number' },
      { name: 'amount', source: '(?:total |order |invoice )?(?:amount|total|sum|value|price)', type: 'number' },
      { name: 'quantity', source: 'quantity', type: 'number' },
      { name: 'age', source: 'age', type: 'number' },
      { name: 'rating', source: 'rating|stars|satisfaction', type: 'number' },
      { name: 'score', source: '(?:lead )?score', type: 'number' },
      { name: 'date', source: '(?:preferred |desired )?(?:date|day)', type: 'text' },
      { name: 'due_date', source: 'due date|deadline', type: 'text' },
      { name: 'subject', source: 'subject', type: 'text' },
      { name: 'topic', source: 'topic', type: 'text' },
      { name: 'country', source: 'country', type: 'text' },
      { name: 'city', source: 'city|town', type: 'text' },
      { name: 'address', source: '(?:postal |street )?address', type: 'text' },
      { name: 'website', source: 'website|url|homepage', type: 'text' },
      { name: 'category', source: 'category|type|kind', type: 'text' },
      { name: 'sentiment', source: 'sentiment|tone|mood', type: 'text' },
      { name: 'urgency', source: 'urgency|priority', type: 'text' },
      { name: 'language', source: 'language', type: 'text' },
      { name: 'status', source: 'status', type: 'text' },
      {
        name: 'message',
        source:
          'message|comments?|request|question|feedback|note|description|text|wishes|content|inquiry|enquiry|problem|review|complaint',
        type: 'textarea',
      },
      { name: 'consent', source: 'consent|opt-?in|newsletter', type: 'checkbox' },
    ],
    withFields:
      '(?:form|survey|questionnaire|application)[\\w -]{0,40}? (?:with|asking for|that asks for|which asks for|containing|having|where (?:people|they|visitors|customers) (?:give|leave|enter))(?: the)?(?: fields?)?:? |(?:fields?|asks? for|asking for|enters?|enter|leaves?|gives?)(?: are| the| their| his)?:? ',
    listEnd:
      '\\)|\\.|;| then| -|, (?:then|send|write|classify|summari[sz]e|score|extract|draft|notify|if|reply|thank|wait|translate|have|let|use|and (?:send|write|classify|then|notify|i|we))| and (?:send|write|classify|then|notify|reply|thank|summari[sz]e|score|extract|draft|wait|email|mail|have|let|use)| is | gets | are | when | should | submits? |\n',
    form: 'form|survey|questionnaire',
    choicesAfter:
      '(?:as|into|whether (?:it|this|they|the \\w{1,30}) (?:is|are)|is it|either|categories|category|:|if (?:it|this) is|by type|in|one of|labels?)',
    categories: {
      sentiment: ['positive', 'neutral', 'negative'],
      urgency: ['high', 'normal', 'low'],
      category: ['question', 'request', 'complaint', 'other'],
    },
    delays: [
      '(?:wait|pause|sleep|hold)(?: for)?(?: another)? <num> (?:more )?<unit>',
      '(?:after|in)(?: another)? <num> (?:more )?<unit>',
      '(?:exactly )?<num> (?:more )?<unit> (?:later|after (?:that|this|the (?:\\w{1,30} )?(?:mail|email|e-mail|signup|sign-up|registration|purchase|event|order|delivery|submission)|which|signup|sign-up|purchase|registration|delivery|sending)|afterwards|thereafter|on)',
      '(?:within|for) <num> (?:more )?<unit>',
      'with (?:a )?delay of <num> <unit>',
      'the next (?<nextday>day|week|morning)|(?:the )?(?<dayafter>day|week) (?:later|after)',
    ],
    until: '(?:wait|pause|hold) until (?<when>[^,;.]{2,40}?)(?= and | then |[,;.]|$)',
    intents: {
      reply: 'repl(?:y|ies)|answers?|responses?|respond|write back|get back',
      reminder: 'reminders?|remind|follow-?ups?|follow up|chase|nudge|second (?:e-?mail|mail)|chaser',
      thanks: 'thank(?:s|ing)?|thank[- ]you|gratitude',
      welcome: 'welcom(?:e|es|ing)|onboarding|getting started|greet(?:ing)?',
      confirmation: 'confirm(?:s|ation|ing)?|receipt|acknowledg(?:e|ement)',
      invitation: 'invit(?:e|ation|es|ing)|event|webinar',
      alert: 'alert|notif(?:y|ies|ication)|warn(?:ing)?|inform|escalate|let \\w{1,30} know|let the \\w{1,30}',
      apology: 'apolog(?:y|ies|i[sz]e)|sorry',
      offer: 'offer|discount|voucher|coupon|quote|proposal|brochure|price list',
      feedback: 'feedback|review request|survey|ask for (?:a )?(?:review|rating|feedback)|how (?:satisfied|happy)',
    },
    failure: 'error|fail(?:s|ed|ure)?|as failed',
    assign:
      '(?:set|store|calculate|add)(?: the| a)?(?: field| variable)? (?<name>[\\w ]{2,30}?) (?:to|=|as) (?<value>[^,;]{1,80})',
    writings:
      'message|text|mail|e-?mail|request|question|review|comment|feedback|ticket|answer|content|inquiry|enquiry|tone|submission|it|this|lead|customer|order|issue|problem|complaint',
    comesFrom: '(?:is|are|comes?|lives?)(?: based| located)? (?:from|in)',
    anonymous:
      'it|this|that|them|the result|the text|the draft|the answer|the summary|the output|the translation|everything|the reply|the mail|the email|the newsletter|the report',
  },
  limits: {
    via: '(?:on|to|in|into|via|through|over|by|with|using|from|at|onto|inside|as)',
    words: {
      phone:
        '(?:phone call|(?:send|via|by|as) (?:an? |them an? |him an? |her an? |me an? )?(?:sms|text messages?|text|fax)|sms(?:es)?|text (?:me|him|her|them|us|the \\w{1,30})|(?:call|phone|ring|dial) (?:me|him|her|them|us|the (?:customer|client|lead|person|guest|patient))(?: back)?(?: up)?|by phone|over the phone|voicemail|voice message|fax)',
      chat: 'push notification',
      print: 'prints?(?: it| them| out)?(?: out)?|on paper|by (?:letter|post)|postal letter|paper letter',
      attachment:
        '(?:attach(?:es|ed|ing)?|attachments?)(?: (?:a|an|the|it|them|as|with)){0,4}(?: [\\w-]{1,30}){0,2}|(?:as|with|in|into) (?:a |an |the )?(?:[\\w-]{1,30} )?pdf(?: [\\w-]{1,30})?|a pdf|pdf',
      inbox:
        '(?:read|check|watch|monitor|scan|search|look through|go through|clean up)(?: \\w{1,30})? (?:my|our|the) (?:inbox|mailbox|e-?mails?|mails|gmail|outlook)',
      reply_wait:
        "(?:nobody|no one|noone|none of them) (?:has |have )?(?:yet )?(?:repl|respond|answer|react)\\w{0,30}|(?:has|have|had|do|does|did)(?: not|n't) (?:yet )?(?:repl(?:y|ied)|respond(?:ed)?|answer(?:ed)?|hear(?:d)? back|hear from \\w{1,30}|react(?:ed)?)|(?:they|he|she|the (?:customer|lead|client|candidate|person)) (?:repl(?:y|ies|ied)|respond(?:s|ed)?|answers?|answered)|no (?:reply|answer|response|reaction)|without (?:a |any )?(?:reply|answer|response)|hear nothing",
      tracking:
        "(?:opens?|opened|reads?|clicks?|clicked)(?: on)? (?:the |our |this |a )?(?:e-?mail|mail|link|newsletter|message|it)|(?:not|n't) (?:opened?|clicked?)|open rate|click rate|unsubscribes?|bounces?",
      approval:
        "ask (?:me|us|my boss)(?: first| before(?: \\w{1,20}){0,2})?$|ask (?:me|my boss|our boss|the boss|the \\w{1,30}|us|for)(?: (?:for|before|first|to)){0,4} ?(?:my |an? )?(?:approval|approve|confirm|permission|ok|okay|yes|sending|sign off|release|consent|first|confirmation)|(?:my|an?|the \\w{1,30}'s|for) (?:approval|sign-?off)|(?:let|have) (?:me|my boss|the \\w{1,30}) (?:approve|check|review|confirm|sign off)(?: (?:it|this|them|the \\w{1,30}))?(?: first| before)?|(?:once|after|when|if|until) (?:i|we|my boss|the \\w{1,30}) (?:have |has )?(?:approve|approved|approves|confirm|confirmed|confirms|say yes|agree)(?: it| this)?|(?:i|we) (?:must |have to |should |want to )?(?:approve|confirm) (?:it|this|them|the \\w{1,30})|wait for (?:my|an?|our|the) (?:approval|ok|okay|confirmation|go)|(?:my|our|the) \\w{1,20} (?:approves?|signs? off)(?: (?:it|this|them))?|(?:i|we|my boss|our boss|the boss) (?:(?:have|has|do|does|did) ?)?(?:not |n't )?(?:approve[sd]?|reject(?:s|ed)?|decline[sd]?|refuse[sd]?|say no|says no)(?: (?:it|this|them|the \\w{1,30}))?|(?:it|this|that) (?:is|was|gets|has been)(?: not|n't)? (?:approved|rejected|declined|refused)|^ ?(?:not )?(?:approved|rejected|declined)$",
      loop: '(?:for )?(?:each|every)(?: single)? (?:row|line|item|entry|record|customer|contact|subscriber|lead|invoice|product|article|of them|one of them|participant|attendee|guest|member|person) (?:in|on|of|from)|loop (?:over|through)|one by one|for each of|each of (?:our|the|them)',
      lists:
        '(?:to )?(?:all|every|everyone on)(?: of)?(?: our| my| the)? (?:subscribers?|customers?|contacts?|clients?|participants?|attendees?|members?|leads?|guests?|users?|newsletter list|mailing list)|(?:the |our |my )(?:mailing|newsletter|subscriber|contact|customer|distribution|email|e-mail) list|(?:the |our )?(?:newsletter )?subscribers|add (?:them|him|her|the \\w{1,30}|it) to (?:the |our |my |a )?[\\w -]{0,20}list|tag (?:the |them|him|her)[\\w ]{0,30}|unsubscribe (?:them|him|her)',
      payment:
        '(?:charge|refund|bill)(?: (?:the|their|his|her|them|him))?(?: [\\w-]{1,30})?|take (?:a )?payment|credit card|direct debit|pay (?:the )?(?:invoice|bill)|transfer (?:the )?money',
      media:
        '(?:an?|the|some)? ?(?:[\\w-]{1,30} )?(?:image|picture|photo|video|podcast|illustration|logo|banner|audio|song|presentation|slides?)(?:s)?',
      database:
        '(?:our |the |a |my )?(?:[\\w-]{1,30} )?(?:database|sql(?: query)?|mysql|postgres(?:ql)?|data warehouse|mongodb)',
      sheet:
        '(?:a|the|our|my)? ?(?:new )?(?:row|line|entry)? ?(?:to|in|into|of|from|on) (?:a|an|the|our|my) (?:[\\w-]{1,30} )?(?:spread ?sheet|sheet|excel(?: file| sheet| list)?|table)|(?:spread ?sheet|excel(?: file| sheet| list)?)',
      crm: '(?:in|to|into|from|with|our|the|a|my) (?:our |the |a |my )?crm(?: system)?',
      tasks:
        '(?:a |an |the |new ){0,4}(?:task|to-?do|ticket|issue|card)(?: item)? (?:in|on|for|to)|(?:create|open|add|make) (?:a |an |the |new ){0,4}(?:task|to-?do|ticket|issue|card)',
      calendar:
        '(?:in |to |into |on |from )?(?:my |our |the |a |an )?(?:calendar(?: entry| event| invitation| invite)?|meeting invite|ics)|(?:schedule|book|arrange|set up) (?:a |an |the )?(?:[\\w-]{1,30} )?(?:meeting|call|appointment|demo|slot|room)',
      files:
        '(?:save|store|upload|put|archive|download|export)(?: (?:it|them|the|a|this|that|everything|all))?(?: [\\w-]{1,30}){0,3} (?:to|in|into|on|as|from) (?:the |a |our |my |an )?(?:[\\w-]{1,30} )?(?:folder|file|drive|disk|server|cloud|ftp|csv|bucket|archive|document|word document)|as a csv|csv file|csv export',
      publish:
        '(?:publish|post|release)(?:es|ed)?(?: (?:it|them|the [\\w -]{2,20}))? (?:on|to) (?:our |the |my )?(?:website|blog|homepage|site|web ?page|cms)|publish(?:es)?(?: it| them)?',
      feed: '(?:the |our |an? )?(?:rss(?: feed)?|news feed|atom feed)s?',
      browse:
        "(?:search|scrape|crawl|browse|google|look up|research)(?: (?:the|on|for|their|its|his|it|them|a)){0,4}(?: (?:web|internet|website|news|company|online|google|prices?|competitors?)){1,4}|search the web|from the (?:internet|web)|latest news|today's news|current news|competitor (?:websites?|prices?)|the weather|stock prices?",
      before_event:
        "<num> (?:days?|hours?|weeks?|minutes?|months?) (?:before|prior to|ahead of)(?: (?:the|their|each|every|an?|it))?(?: [\\w-]{1,30}){0,2}|the (?:day|week|evening) before(?: (?:the|their|each|every|an?))?(?: [\\w-]{1,30})?|on (?:their|his|her|the customer's|each \\w{1,30}'s) birthday|birthday",
      code: '(?:run|execute) (?:a |an |the |my |our |some )?(?:[\\w-]{1,30} )?(?:script|code|program|command|python|javascript)',
    },
  },
};
