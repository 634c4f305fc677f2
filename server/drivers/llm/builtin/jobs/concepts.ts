/**
 * What classes mean, as words in the four languages: `names` recognises a class by its name, `cues` are its signs in a text. Folded; sources
 * of regular expressions. Data only.
 */
export interface Concept {
  id: string;
  names: string;
  cues: string;
  /** Fits when nothing speaks for another. */
  neutral?: boolean;
}

export const concepts: readonly Concept[] = [
  {
    id: 'urgent',
    names: 'urgen\\w*|dringend\\w*|eilig\\w*|high|hoch|hohe|haute?|alta?|critical|kritisch\\w*|critique|critic[oa]',
    cues: "urgen\\w*|asap|immediate\\w*|right away|at once|as soon as possible|emergency|critical|today|deadline|outage|down|blocked|cannot work|dringend\\w*|eilt|eilig\\w*|sofort\\w*|umgehend|unverzuglich|noch heute|notfall|so schnell wie moglich|steht still|immediatement|au plus vite|des que possible|aujourd'hui|en panne|bloque\\w*|lo antes posible|inmediat\\w*|cuanto antes|hoy mismo|emergencia|bloquead\\w*",
  },
  { id: 'normal', names: 'normal\\w*|medium|mittel|moyen\\w*|medi[oa]|regular|standard', cues: '(?!)', neutral: true },
  {
    id: 'low',
    names: 'low|niedrig\\w*|gering\\w*|basse?|faible|baja?|not urgent|nicht dringend|pas urgent\\w*|no urgente',
    cues: 'no rush|no hurry|whenever|when you have time|take your time|not urgent|some ?time|keine eile|nicht eilig|nicht dringend|irgendwann|bei gelegenheit|wenn (?:sie|ihr|du) zeit|pas presse|pas urgent\\w*|quand vous (?:aurez|avez) le temps|sin prisa|no (?:es )?urgente|cuando (?:pueda|puedas|tenga)',
  },
  {
    id: 'complaint',
    names:
      'complain\\w*|beschwerde\\w*|reklamation\\w*|reclamation\\w*|plainte\\w*|queja\\w*|reclamo\\w*|reclamacion\\w*',
    cues: 'complain\\w*|unacceptable|disappoint\\w*|terrible|awful|angry|annoyed|not satisfied|dissatisfied|unhappy|worst|never arrived|still waiting|broken|damaged|faulty|poor (?:quality|service)|rude|money back|beschwer\\w*|unzufrieden|enttausch\\w*|arger\\w*|unverschamt\\w*|inakzeptabel|kaputt|beschadigt|defekt|mangelhaft|nie angekommen|warte immer noch|schlecht\\w*|geld zuruck|plain\\w*|inacceptable|decu\\w*|mecontent\\w*|casse\\w*|abime\\w*|defectueu\\w*|jamais (?:arrive|recu)|toujours pas|remboursement|queja\\w*|inaceptable|decepcionad\\w*|insatisfech\\w*|enfadad\\w*|rot[oa]|danad[oa]|defectuos\\w*|nunca llego|pesim\\w*|mal servicio',
  },
  {
    id: 'praise',
    names:
      'praise\\w*|compliment\\w*|thank\\w*|lob|dank\\w*|eloge\\w*|felicitation\\w*|remerciement\\w*|elogio\\w*|agradecimiento\\w*',
    cues: 'great|excellent|wonderful|amazing|fantastic|love[ds]?|thank\\w*|perfect\\w*|happy with|very satisfied|toll\\w*|super|wunderbar\\w*|hervorragend\\w*|begeistert|ausgezeichnet\\w*|danke\\w*|zufrieden|excellent\\w*|formidable\\w*|merci|parfait\\w*|ravi\\w*|genial\\w*|magnifique\\w*|gracias|perfect[oa]|encantad[oa]|maravillos\\w*|estupend\\w*',
  },
  {
    id: 'question',
    names: 'question\\w*|frage\\w*|anfrage\\w*|pregunta\\w*|consulta\\w*|inquir\\w*|enquir\\w*|information',
    cues: '\\?|how (?:do|can|much|long|many)|what (?:is|are|does)|when (?:will|is|do)|could you (?:tell|explain)|i would like to know|wondering|question|wie (?:kann|viel|lange|geht)|was (?:ist|kostet)|wann|konnen sie|ich wurde gerne wissen|frage|comment|combien|quand|pouvez-vous|je voudrais savoir|question|como (?:puedo|se)|cuanto|cuando|puede[ns]?|me gustaria saber|pregunta|duda',
  },
  {
    id: 'request',
    names: 'request\\w*|anliegen|wunsch|demande\\w*|solicitud\\w*|peticion\\w*',
    cues: "please|i need|i would like|we would like|could you|can you|request|bitte|ich brauche|ich mochte|wir mochten|benotige\\w*|je voudrais|j'aimerais|pourriez-vous|merci de|besoin|por favor|necesito|quisiera|me gustaria|solicit\\w*",
  },
  {
    id: 'billing',
    names:
      'billing|invoice\\w*|payment\\w*|rechnung\\w*|zahlung\\w*|buchhaltung|factur\\w*|paiement\\w*|pago\\w*|finance|accounting',
    cues: 'invoice\\w*|bill(?:ed|ing)?|payment\\w*|paid|charge[ds]?|vat|receipt|rechnung\\w*|bezahl\\w*|zahlung\\w*|uberweis\\w*|mahnung\\w*|abgebucht|mwst|factur\\w*|paiement\\w*|paye\\w*|tva|pago\\w*|cobr\\w*|iva|recibo\\w*',
  },
  {
    id: 'technical',
    names:
      'technical\\w*|bug\\w*|tech|it|support|technisch\\w*|fehler\\w*|stor\\w*|technique\\w*|panne\\w*|tecnic\\w*|error\\w*|problem\\w*|incident\\w*',
    cues: "bug|errors?|crash\\w*|does(?:n't| not) work|not working|broken|login|log in|password|website|app|slow|fehler\\w*|absturz\\w*|sturzt ab|funktioniert nicht|geht nicht|anmeld\\w*|passwort|langsam|erreur\\w*|plante|ne (?:marche|fonctionne) pas|connexion|mot de passe|lent|error\\w*|no funciona|contrasena|iniciar sesion|lento|fallo\\w*",
  },
  {
    id: 'sales',
    names:
      'sales|lead|vertrieb|verkauf|offer\\w*|quote|angebot\\w*|vente\\w*|commercial\\w*|devis|venta\\w*|presupuesto\\w*|interest\\w*',
    cues: 'price\\w*|pricing|quote|offer|buy|purchase|order|demo|trial|interested|budget|preis\\w*|angebot\\w*|kauf\\w*|bestell\\w*|interess\\w*|testen|prix|devis|achet\\w*|commande\\w*|interesse\\w*|tarif\\w*|precio\\w*|presupuesto\\w*|comprar|pedido\\w*|interesad\\w*',
  },
  {
    id: 'cancellation',
    names: 'cancel\\w*|kundigung\\w*|storn\\w*|resiliation\\w*|annulation\\w*|cancelacion\\w*|baja\\w*|churn',
    cues: 'cancel\\w*|terminate|unsubscribe|quit|kundig\\w*|storn\\w*|abbestell\\w*|resili\\w*|annul\\w*|desabonn\\w*|cancel\\w*|darme de baja|dar de baja|anular',
  },
  {
    id: 'refund',
    names:
      'refund\\w*|return\\w*|erstattung\\w*|ruckerstattung\\w*|rucksendung\\w*|retoure\\w*|remboursement\\w*|retour\\w*|reembolso\\w*|devolucion\\w*',
    cues: 'refund\\w*|money back|return(?:ed|ing)?|send (?:it )?back|erstatt\\w*|ruckgabe|zuruck(?:schick|send|geb)\\w*|retour\\w*|geld zuruck|rembours\\w*|renvoyer|reembols\\w*|devol\\w*|devolver',
  },
  {
    id: 'delivery',
    names: 'deliver\\w*|shipping|shipment|lieferung\\w*|versand|livraison\\w*|envio\\w*|entrega\\w*|logisti\\w*',
    cues: 'deliver\\w*|shipp\\w*|parcel|package|tracking|arriv\\w*|liefer\\w*|versand\\w*|paket\\w*|sendung\\w*|angekommen|livr\\w*|colis|expedi\\w*|envi[oa]\\w*|paquete\\w*|entreg\\w*',
  },
  {
    id: 'application',
    names: 'application\\w*|job|bewerbung\\w*|candidature\\w*|candidatura\\w*|hr|personal',
    cues: 'apply|application|cv|resume|position|vacancy|bewerb\\w*|lebenslauf|stelle|candidature|poste|emploi|candidatura|puesto|empleo|curriculum',
  },
  {
    id: 'spam',
    names: 'spam|junk|advertis\\w*|werbung|publicite|publicidad',
    cues: 'seo|backlinks?|crypto|bitcoin|casino|lottery|viagra|click here|guest post|first page of google|gewinnspiel|klicken sie hier|cliquez ici|gagnez|haga clic|loteria|winner',
  },
  {
    id: 'positive',
    names: 'positiv\\w*|good|happy|satisfied|gut|zufrieden|content\\w*|bien|buen[oa]|satisfech\\w*',
    cues: 'great|good|excellent|wonderful|amazing|fantastic|love[ds]?|thank\\w*|perfect\\w*|happy|satisfied|recommend\\w*|friendly|helpful|fast|toll\\w*|gut\\w*|super|wunderbar\\w*|hervorragend\\w*|begeistert|danke\\w*|zufrieden|freundlich\\w*|schnell\\w*|empfehl\\w*|bien|bon(?:ne)?|formidable\\w*|merci|parfait\\w*|ravi\\w*|genial\\w*|recommand\\w*|rapide\\w*|bueno?|buena|gracias|perfect[oa]|encantad[oa]|maravillos\\w*|recomiend\\w*|rapid[oa]|amable',
  },
  {
    id: 'negative',
    names:
      'negativ\\w*|bad|unhappy|angry|schlecht|unzufrieden|mecontent\\w*|mauvais\\w*|mal[oa]?|enfadad\\w*|insatisfech\\w*',
    cues: 'bad|terrible|awful|poor|disappoint\\w*|angry|annoy\\w*|broken|damaged|slow|late|never|worst|not (?:happy|satisfied|good|working)|unhappy|problem|schlecht\\w*|furchtbar\\w*|enttausch\\w*|arger\\w*|kaputt|langsam|verspatet|nie|unzufrieden|nicht (?:zufrieden|gut)|problem\\w*|mauvais\\w*|nul\\w*|decu\\w*|casse\\w*|lent\\w*|en retard|jamais|mecontent\\w*|pas (?:content|satisfait|bon)\\w*|mal[oa]?|horrible|decepcion\\w*|rot[oa]|lent[oa]|tarde|nunca|no (?:estoy )?(?:contento|satisfecho|funciona)\\w*',
  },
  { id: 'neutral', names: 'neutral\\w*|neutre\\w*|mixed|gemischt', cues: '(?!)', neutral: true },
  {
    id: 'other',
    names:
      'other\\w*|else|misc\\w*|general|sonstige[sr]?|andere[sr]?|anderes|allgemein\\w*|autre\\w*|divers|otr[oa]s?|rest|none|unknown',
    cues: '(?!)',
    neutral: true,
  },
];
