import { fr as schedule } from '../../../../../shared/schedule/words/fr.ts';
import type { Lexicon } from './types.ts';

const article =
  "(?:le |la |les |l'|un |une |des |du |de la |de l'|au |aux |notre |nos |mon |ma |mes |leur |leurs |son |sa |ses |chaque |ce |cette |cet |ces )";
const mailWord = '(?:e-?mails?|mails?|courriels?|messages?)';
const go = '(?:envoie|envoies|envoyer|envoyez|envoyons|envoye|envoyee|envoyes|envoient)';

export const fr: Lexicon = {
  code: 'fr',
  schedule,
  clauses: {
    connectors:
      ', et ensuite|, puis|, ensuite|, et|, mais|, sinon| et ensuite| et puis| puis| ensuite| et enfin| et|, dans le cas contraire| sinon| mais',
    conditional:
      "(?<!verifie|verifier|verifiez|determine|determiner|savoir|detecte|meme) (?:s'il|s'ils|si)| (?:quand|lorsque|des que|lorsqu'|quand un)(?= (?:le|la|les|un|une|quelqu|on|je|nous|il|elle|notre|mon|l'))| lorsqu'(?=\\w)",
    lead: "et|puis|ensuite|apres|alors|aussi|egalement|enfin|finalement|d'abord|mais|automatiquement|immediatement|directement|tout de suite|aussitot|s'il vous plait|s'il te plait|merci de|veuillez|je veux que tu|je veux|je voudrais que|je voudrais|j'aimerais que|j'aimerais|nous voulons|nous voudrions|nous aimerions|il faut|peux-tu|pouvez-vous|pourrais-tu|pourriez-vous|tu dois|l'ia|une ia|ia|avec l'ia|claude|gpt|chatgpt|mailweave|le systeme|un workflow qui|cree un workflow qui|creer un workflow qui|fais un workflow qui|dans ce cas|dans ces cas|seulement|simplement|en plus|de plus|on|nous|il|elle|tu|vous|je|doit|demande a l'ia de|fais|faire|utilise l'ia pour|utiliser l'ia pour",
    filler:
      "(?:s'il (?:vous|te) plait|merci|bonjour|salut|(?:je|nous) (?:veux|voulons|voudrais|voudrions) (?:un|le|ce) (?:workflow|automatisme)|(?:cree|creer|creez|fais) (?:moi )?(?:un|le|ce) (?:workflow|automatisme)|voici ce qu'il me faut|c'est tout|comme suit)",
    afterOrdinal: '(?!)',
    abbreviations: 'p\\. ?ex|ex|etc|m|mme|mlle|dr|env|no|tel|cf|c\\.-a-d',
    parallel: 'en meme temps|en parallele|simultanement',
    rejoin: 'dans les deux cas|dans tous les cas|quoi qu.il arrive|de toute facon|enfin|a la fin|pour finir|toujours',
    afterwards: 'puis|ensuite|apres|alors|plus tard',
  },
  events: {
    when: "quand|lorsque|lorsqu'|lorsqu|des que|des qu'|des qu|chaque fois que|chaque fois qu'|chaque fois qu|a chaque fois qu[e']?|si|s'il|apres chaque|a chaque|pour chaque|pour toute|pour tout|a la reception d[e']|en cas de|apres",
    form: "(?:rempli(?:t|s|ssent|r)?|remplit|soumet(?:tent)?|envoie|complete|utilise|valide|repond(?:ent)? a)(?: \\w{1,30}){0,1} (?:le |la |notre |mon |un |une |ce |l'|au )?[\\w ]{0,20}(?:formulaire|questionnaire|sondage|enquete)(?: de contact| d'inscription)?|(?:formulaire|questionnaire|sondage|enquete)[\\w ',-]{0,40} (?:est|soit|arrive|a ete) ?(?:rempli|envoye|soumis|complete|recu)?e?|(?:via|par|depuis|du|au moyen du|dans) (?:le |notre |un |l')?formulaire|formulaire(?: de contact| d'inscription)?|s'inscri(?:t|vent)|reponse au (?:formulaire|sondage)|nouvelle inscription",
    each: 'apres chaque|a chaque|pour chaque|pour toute|pour tout|lors de chaque',
    somebody: "quelqu'un|on",
    indefinite: "(?:une?|quelqu'un|nouveau|nouvelle|on)",
    mail: `(?:recoi[st]|recevons|recoivent|recevoir|reception d'un)(?: (?:un|une|des|l'|nouveau|nouvel|nouveaux|chaque)){0,2} ?${mailWord}|(?:un |une |chaque |nouveau |nouvel |l'){0,4}${mailWord}(?: (?:de|d'un) [\\w@. ]{1,20})? (?:arrive|est recu|entre|parvient)|(?:quelqu'un|un client|une cliente|un prospect|les clients)(?: \\w{1,30})? (?:nous |m'|m |)?(?:ecrit|ecrivent)|ecrit (?:a|un e-?mail a) E+|(?:e-?mails?|mails?|courriels?) (?:a|sur) E+|${mailWord} entrants?|(?:nos|mes|les) ${mailWord} (?:entrants|recus)`,
    webhook:
      'webhooks?|(?:boutique|systeme|crm|site|site web|application|appli|serveur|api|erp)(?: \\w{1,30}){0,4} (?:appelle|envoie|signale|notifie|declenche)|appel http|notre (?:boutique|systeme|crm|application|serveur|site)',
    manual:
      "(?:je|on|nous) (?:clique|cliquons|appuie|lance|lancons|demarre|demarrons)|manuellement|a la main|a la demande|d'un clic",
    noun: '(?:chaque|nouveau|nouvelle|nouvel|un|une|toute|tout) (?:nouveau |nouvelle |nouvel )?(?:commande|prospect|lead|client|cliente|ticket|demande|candidature|reservation|reclamation|plainte|paiement|facture|message|abonne|utilisateur|avis|commentaire|contact|inscription|membre|achat|retour|question|devis|candidat|resiliation|rendez-vous)s?',
    happens:
      'arrive|entre|est (?:\\w{1,30}e|\\w{1,30}ee|recu|recue|cree|creee|passee|payee|annulee|ajoutee?|en retard|impayee|echue)|a ete \\w{1,30}|commande|achete|paie|reserve|annule|demande|passe|cree|rejoint|laisse|telecharge|abandonne|appelle|envoie|signale|echoue|change|souhaite|veut|retourne|expire|se plaint|postule|pose|depasse|resilie|parvient|tombe',
  },
  verbs: {
    anywhere: {
      send: `${go}(?:-\\w{1,30})?|expedie(?:r|z)?|transmet(?:s|tre|tez)?|transfere(?:r|z)?|fais suivre|faire suivre|adresse(?:r|z)? (?:un|une|le|la|lui|au|aux)|fait suivre`,
      reply: 'repond(?:s|re|ez|ons)?|repond(?:s|re|ez)? (?:au|a la|aux|lui)',
      notify:
        "previen(?:s|t|dre)|prevenir|prevenez|confirme(?:r|z)?|informe(?:r|z)?|avertis|avertir|avertissez|alerte(?:r|z)? (?:le|la|l'|les|notre|E+|moi)|notifie(?:r|z)?|remercie(?:r|z|-le|-la)?|felicite(?:r|z)?|invite(?:r|z)? (?:le|la|les|l'|-)|accueille|souhaite(?:r|z)? la bienvenue|signale(?:r|z)? (?:le|la|a|au)|demande(?:r|z)?(?:-lui| au client| a la cliente| un avis| lui)|escalade",
      remind: 'relance(?:r|z)?|rappelle(?:r|z)?(?!-moi)|rappeler (?:au|a la|aux|le client)|rappel au',
      write:
        'ecri(?:s|re|vez|t)|redige(?:r|z)?|prepare(?:r|z)?|genere(?:r|z)?|compose(?:r|z)?|formule(?:r|z)?|reformule(?:r|z)?|cree(?:r|z)?|produi(?:s|re)|propose(?:r|z)?|personnalise(?:r|z)?|imagine(?:r|z)?',
      summarise:
        "resume(?:r|z)?(?= (?:le|la|les|l'|ce|cette|ces|nos|mes|tout|en|son|leur|-|sa|ses|du|toutes|tous|brievement|$))|resume(?:r|z)?-?l[ea]s?|resumer|synthetise(?:r|z)?|un (?:court |bref )?resume (?:de|des|du)|une synthese|fais (?:un |une )(?:resume|synthese)",
      classify:
        "classe(?:r|z)?|classifie(?:r|z)?|categorise(?:r|z)?|trie(?:r|z)?|determine(?:r|z)?|detecte(?:r|z)?|identifie(?:r|z)?|analyse(?:r|z)|analyse (?:le|la|les|l'|ce|cette|son)|verifie(?:r|z)? (?:si|le ton|l'urgence)|decide(?:r|z)? si",
      extract:
        "extrai(?:s|re|t|ez)|recupere(?:r|z)? (?:le nom|l'adresse|les coordonnees)|releve(?:r|z)? (?:le|la|les)|extraire",
      translate: 'tradui(?:s|re|sez|t)|en (?:anglais|francais|allemand|espagnol)(?= |$|,|\\.)(?! avec)',
      score:
        "note(?:r|z)? (?:le|la|les|l'|de|sur|chaque|ce|cette)|note-l[ea]|evalue(?:r|z)?|attribue(?:r|z)? (?:un score|une note)|qualifie(?:r|z)?|donne(?:r|z)? (?:un score|une note)",
      http: 'U+',
      wait: 'atten(?:ds|dre|dez|d)|patiente(?:r|z)?|D+',
      merge: 'fusionne(?:r|z)?|rassemble(?:r|z)? (?:les|tout)|combine(?:r|z)? (?:les|tout)|reuni(?:s|r) les',
      stop: 'arrete(?:r|z)?|termine(?:r|z)?(?: le| la| ici|$)|ne (?:rien faire|fais rien|fait rien|faites rien)|stop(?:pe|per)?|abandonner|rien faire|fin du workflow|mets fin|ignore(?:r|z)?(?:-le|-la| le| la)?',
      respond:
        "repond(?:s|re|ez)? (?:au|a|a la|a l') ?(?:webhook|appel|requete|api|l'appel|la requete|appelant)(?: http)?|repond(?:s|re|ez)? (?:avec|par) (?:un |le )?(?:statut|status|json|code|\\d{3})|renvoie(?:r|z)? (?:un |le |la |du )?(?:statut|status|json|code|\\d{3}|resultat|Q+)|renvoyer (?:un |le )?(?:statut|json|code)|retourne(?:r|z)? (?:un |le )?(?:statut|json|code|resultat|\\d{3})",
      set: 'defini(?:s|r) (?:le|la) (?:champ|statut|variable)|mets? (?:le|la) (?:champ|statut|variable)|mettre (?:le|la) (?:champ|statut|variable)|calcule(?:r|z)?|stocke(?:r|z)? (?:le|la|comme)',
      other:
        'demande(?:r|z)?|archive(?:r|z)?|supprime(?:r|z)?|telecharge(?:r|z)?|publie(?:r|z)?|planifie(?:r|z)?|reserve(?:r|z)?|imprime(?:r|z)?|enregistre(?:r|z)?|sauvegarde(?:r|z)?|ajoute(?:r|z)?|mets?(?= )|mettre|insere(?:r|z)?|poste(?:r|z)?|appelle(?:r|z)?|telephone(?:r|z)?|rembourse(?:r|z)?|facture(?:r|z)? (?:le|la)|joins|joindre|joignez|cherche(?:r|z)?|recherche(?:r|z)|ouvre|ouvrir|ferme(?:r|z)?|marque(?:r|z)?|desabonne(?:r|z)?|valide(?:r|z)?|approuve(?:r|z)?|exporte(?:r|z)?|importe(?:r|z)?|synchronise(?:r|z)?|lis|lire|consulte(?:r|z)?|organise(?:r|z)?|partage(?:r|z)?|depose(?:r|z)?|range(?:r|z)?|met a jour|assigne(?:r|z)?|convertis|execute(?:r|z)?|lance(?:r|z)? (?:le|la|un|une)',
    },
    start: {
      http: 'appelle(?:r|z)?|recupere(?:r|z)?|interroge(?:r|z)?|get|post|put|patch|delete|charge(?:r|z)?|va chercher',
      summarise: 'resume(?:r|z)?|fais un resume',
      score: 'note(?:r|z)?|score',
      classify: 'analyse(?:r|z)?|verifie(?:r|z)?',
      notify: 'alerte(?:r|z)?|invite(?:r|z)?|signale(?:r|z)?',
      remind: 'rappelle(?:r|z)?|rappeler',
      send: 'mail|adresse(?:r|z)?',
    },
  },
  people: {
    contact: `${article}?(?:nouveau |nouvelle |nouvel )?(?:client|cliente|prospect|lead|personne|visiteur|expediteur|candidat|candidate|abonne|utilisateur|invite|participant|contact|acheteur|demandeur|eleve|patient|membre|fournisseur|locataire|donateur|interesse|inscrit|auteur|employe|salarie|interlocuteur)`,
    pronoun: '-lui|-leur|lui|leur',
    me: "moi|-moi|m'|me|a moi-meme|mon adresse(?: e-?mail)?",
    team: "(?:l'|le |la |les |notre |nos |mon |ma |mes |au |aux |a l'|a la ){0,4}(?:equipe(?: (?:commerciale|support|marketing|technique|de vente|des ventes|produit|comptable|rh|projet|de support|finance))?|service (?:commercial|client|comptable|comptabilite|support|technique|marketing|juridique|rh|apres-vente|achats|communication)|support(?: technique)?|commerciaux|comptabilite|compta|direction|chef|patron|patronne|responsable(?: \\w{1,30})?|manager|collegues|collegue|equipe|comptable|redaction|rh|ressources humaines|marketing|assistante?|conseil|ventes|technicien|gerant|directeur|directrice|equipes|entrepot|sav)",
    list: "(?:tous (?:les |nos |mes )|toutes (?:les |nos |mes )|nos |les |aux |a nos |mes |la |notre |a notre ){0,4}(?:abonnes|clients|contacts|participants|membres|prospects|invites|utilisateurs|inscrits|liste (?:de diffusion|d'abonnes|de contacts|d'envoi|des clients|clients)|destinataires|mailing list)",
    to: "a|au|aux|pour|a l'attention de|vers",
    cc: 'cc|cc a|en copie(?: a)?|copie a|avec copie a|et copie a|avec .{1,5}en copie|mets? en copie|en mettant en copie',
    bcc: 'bcc|cci|cci a|en copie cachee(?: a)?|copie cachee a|avec copie cachee a',
    subject: "(?:avec )?(?:pour |comme |l'|le |un )?(?:objet|sujet)(?: de l'e-?mail)?(?: est)?:?|intitulee?s?",
    subjectEnd: ' et (?:le )?(?:texte|corps|contenu)| a E| avec le texte|,|$',
    body: '(?:et |avec )?(?:le |pour )?(?:texte|corps|message|contenu):?|disant|qui dit|avec les mots',
    from: 'de|depuis',
    replyTo: 'reponses a|repondre a',
  },
  conditions: {
    if: "si|s'il|s'ils|s'il s'agit|en cas de|dans le cas ou|au cas ou|a condition que",
    unless: "sauf si|a moins que|a moins qu'",
    when: "quand|lorsque|lorsqu'|si",
    else: "sinon|autrement|dans le cas contraire|dans les autres cas|dans tous les autres cas|pour (?:les|tous les|toutes les) autres|les autres|le reste|tout le reste|tous les autres|toutes les autres|a defaut|si ce n'est pas le cas|si non|pour le reste|les autres demandes",
    elseIf: "sinon,? si|sinon,? s'il|ou si|et si|sinon si",
    thenWord: 'alors',
    and: ' et (?:que )?| et ',
    or: ' ou (?!plus|moins|au-dessus|en dessous|egal|mieux)',
    comparisons: [
      [
        'greater_equal',
        '(?:de |est de )?(?<value>\\d[\\d.,]{0,12}) ?(?:euros?|points?|%)? ?(?:ou|et) (?:plus|au-dessus|mieux)',
      ],
      [
        'less_equal',
        '(?:de |est de )?(?<value>\\d[\\d.,]{0,12}) ?(?:euros?|points?|%)? ?(?:ou|et) (?:moins|en dessous)',
      ],
      [
        'is_not_empty',
        "(?:n'est pas|ne sont pas) vides?|est (?:renseignee?|remplie?|indiquee?|presente?|connue?|fournie?)",
      ],
      [
        'is_empty',
        "est (?:vide|absente?|manquante?)|n'est pas (?:renseignee?|remplie?|indiquee?|connue?|fournie?)|manque|n'a pas ete (?:renseignee?|remplie?|indiquee?)",
      ],
      ['not_contains', 'ne (?:contient|mentionne|comporte) pas(?: le mot| les mots)?'],
      [
        'contains',
        "contient(?: le mot| les mots)?|contiennent|mentionne(?:nt)?(?: le mot)?|comporte|parle(?: d'un| d'une| de| du| des)|inclut|porte sur",
      ],
      ['starts_with', 'commence par'],
      ['ends_with', '(?:finit|se termine) par'],
      [
        'greater_equal',
        "(?:est |sont |a )?(?:au moins|superieure?s? ou egale?s? a|d'au moins|au minimum|minimum)|>=|≥",
      ],
      [
        'less_equal',
        "(?:est |sont )?(?:au plus|inferieure?s? ou egale?s? a|au maximum|d'au plus|maximum|ne depasse pas)|<=|≤",
      ],
      [
        'greater',
        '(?:est |sont |est de )?(?:superieure?s? a|plus de|plus (?:grande?|elevee?|haute?) que|au-dessus de|au dessus de|de plus de)|depasse(?:nt)?|excede|>',
      ],
      [
        'less',
        '(?:est |sont |est de )?(?:inferieure?s? a|moins de|plus (?:petite?|basse?) que|au-dessous de|en dessous de|sous|de moins de)|<',
      ],
      ['not_equals', "(?:n'est|ne sont|n'etait) pas|!=|ne vient pas"],
      [
        'equals',
        "est (?:egale? a|classee? comme|marquee? comme|classee?|jugee?|notee?)|(?:est|sont|etait|soit|=|==)(?= \\S)|s'agit (?:d'une?|de|du)|vient (?:de|d'|du|des)|est originaire d[eu']|habite en|semble|parait|vaut|provient (?:de|d'|du)",
      ],
    ],
    for: 'pour|avec|en cas de',
    yes: 'oui|vrai|coche|cochee|accepte|acceptee|confirme',
    articles: "(?:le|la|les|l'|un|une|des|du|de|d'|son|sa|ses|leur|notre|nos|mon|ma|ce|cette|cet)",
    copula: "(?:est|sont|etait|c'|il|elle|ils|a|ont|que|qu')",
  },
  nouns: {
    content:
      "resume|synthese|newsletter|infolettre|lettre d'information|bulletin|rapport|compte rendu|compte-rendu|article|billet|billet de blog|texte|histoire|message|reponse|brouillon|offre|proposition|devis|e-?mail|mail|courriel|courrier|lettre|invitation|description|titres?|idees|analyse|agenda|plan|slogan|annonce|communique|conseils?|traduction|mot|poeme|blague|publication|post|objets?|campagne|explication|contenus?|questions?|remerciement|calendrier|bilan|recapitulatif|point",
    mail: '\\w{0,30}e-?mails?|mails?|courriels?|courriers?|messages?|newsletters?|infolettre|lettres?|confirmations?|notifications?|alertes?|rappels?|relances?|invitations?|reponses?|remerciements?|excuses|offres?|bons? de reduction|code promo|lien|mot de remerciement',
    about: "sur|au sujet de|concernant|a propos de|de|des|du|pour|avec|d'",
    topic: 'sur|au sujet de|concernant|a propos de|avec (?:des|les) (?:conseils|nouvelles|nouveautes|idees)',
    goes: '(?:doivent |doit )?(?:va|vont|aller|vers|sont envoyees?|sont envoyes|est envoyee?|partent)',
    report: 'resume|synthese|rapport|compte rendu|bilan|recapitulatif|newsletter|analyse|point',
    asks: 'demande(?:r|z)?(?:-lui|-leur| au client| a la cliente| aux clients)',
    reminder:
      'rappels?|relances?|relance(?:r|z)?|rappelle(?:r|z)?|suivi|deuxieme (?:e-?mail|mail|message)|second (?:e-?mail|mail)',
    beforehand: "d'abord|prealablement|avant(?= (?:d'envoy|de l'envoy|de les envoy|l'envoi|envoi)|$)",
    refuses: "ne|n'|pas|refuse[rsz]?|rejette|refuse|rejet",
    aiAdjective: "(?:redigee?|generee?|ecrite?|creee?)s? par (?:l'|une )?ia|personnalisee?s?|individuelle?s?",
    fields: [
      {
        name: 'email',
        source: '(?:adresse )?(?:e-?mail|mail|courriel)|adresse (?:e-?mail|mail|electronique)',
        type: 'email',
      },
      { name: 'phone', source: '(?:numero de )?(?:telephone|portable|mobile)|numero de telephone', type: 'text' },
      { name: 'company', source: "(?:nom de l')?entreprise|societe|organisation", type: 'text' },
      { name: 'first_name', source: 'prenom', type: 'text' },
      { name: 'last_name', source: 'nom de famille', type: 'text' },
      { name: 'name', source: 'nom(?: complet)?', type: 'text' },
      { name: 'order_number', source: 'numero de commande', type: 'text' },
      { name: 'invoice_number', source: 'numero de facture', type: 'text' },
      {
        name: 'employees',
        source: "(?:nombre d')?(?:employes|salaries)|nombre de (?:salaries|collaborateurs)|effectif",
        type: 'number',
      },
      { name: 'guests', source: "(?:nombre d[e'] ?)?(?:personnes|invites|participants|convives)", type: 'number' },
      { name: 'budget', source: 'budget', type: 'number' },
      {
        name: 'amount',
        source: '(?:montant|total|somme|prix|valeur)(?: (?:de la|du|total)(?: \\w{1,30})?)?',
        type: 'number',
      },
      { name: 'quantity', source: 'quantite', type: 'number' },
      { name: 'age', source: 'age', type: 'number' },
      { name: 'rating', source: 'evaluation|etoiles|satisfaction', type: 'number' },
      { name: 'score', source: 'score|note|points', type: 'number' },
      { name: 'date', source: 'date(?: souhaitee)?|jour', type: 'text' },
      { name: 'due_date', source: 'echeance|date limite', type: 'text' },
      { name: 'subject', source: 'objet|sujet', type: 'text' },
      { name: 'topic', source: 'theme', type: 'text' },
      { name: 'country', source: 'pays', type: 'text' },
      { name: 'city', source: 'ville', type: 'text' },
      { name: 'address', source: 'adresse(?: postale)?', type: 'text' },
      { name: 'website', source: 'site(?: web| internet)?|url', type: 'text' },
      { name: 'category', source: 'categorie|type', type: 'text' },
      { name: 'sentiment', source: 'sentiment|ton|humeur', type: 'text' },
      { name: 'urgency', source: 'urgence|priorite', type: 'text' },
      { name: 'language', source: 'langue', type: 'text' },
      { name: 'status', source: 'statut', type: 'text' },
      {
        name: 'message',
        source: 'message|commentaire|demande|question|avis|remarque|description|texte|souhaits|probleme|besoin',
        type: 'textarea',
      },
      { name: 'consent', source: 'consentement|newsletter', type: 'checkbox' },
    ],
    withFields:
      "(?:formulaire|questionnaire|sondage)[\\w ']{0,30}? (?:avec|qui demande|demandant|contenant|comprenant)(?: les champs)?:? |champs?:? |(?:demande|demandant)(?: les champs)? (?=(?:le |la |les |l'|son |leur )?(?:nom|prenom|e-?mail))",
    listEnd:
      '\\)|\\.|;| -|, (?:puis|envoie|envoyer|envoyez|ecris|classe|resume|note|extrais|previens|si|reponds|remercie|attends|traduis|ensuite|et (?:envoie|puis|ensuite))| et (?:envoie|envoyer|puis|ensuite|previens|reponds|remercie|classe|resume|note) | (?:est|sont|soit|quand|lorsque) |\n',
    form: 'formulaire|questionnaire|sondage|enquete',
    choicesAfter: "(?:comme|en|selon|si (?:c'est|elle est|il est)|s'il s'agit d'une?|soit|categories?|parmi|entre|:)",
    categories: {
      sentiment: ['positif', 'neutre', 'négatif'],
      urgency: ['haute', 'normale', 'basse'],
      category: ['question', 'demande', 'réclamation', 'autre'],
    },
    delays: [
      '(?:atten(?:ds|dre|dez|d)|patiente(?:r|z)?)(?: encore| ensuite| pendant)? <num> (?:\\w{1,30} )?<unit>',
      "(?:apres|dans|au bout de|d'ici)(?: encore)? <num> (?:autres )?<unit>",
      "<num> <unit> (?:plus tard|apres(?: (?:l'|la |le |son |sa )?\\w{1,30})?|ensuite|d'attente)",
      "(?:sous|pendant|en l'espace de) <num> <unit>",
      'avec un delai de <num> <unit>',
      'le (?<nextday>jour) suivant|la (?<dayafter>semaine) suivante|le lendemain',
    ],
    until: "(?:atten(?:ds|dre|dez)) jusqu'(?:a|au) (?<when>[^,;.]{2,40}?)(?= et | puis |[,;.]|$)",
    anonymous:
      "-le|-la|-les|le tout|cela|ca|le resultat|le texte|le brouillon|la reponse|le resume|la traduction|le rapport|la newsletter|le mail|ce texte|cette reponse|le|la|les|l'",
    intents: {
      reply: 'repond\\w{0,30}|reponses?',
      reminder: 'rappels?|relanc\\w{0,30}|rappelle\\w{0,30}|rappeler|suivi|deuxieme (?:e-?mail|mail)',
      thanks: 'remerci\\w{0,30}|merci(?! de)',
      welcome: 'bienvenue|accueil\\w{0,30}',
      confirmation: 'confirm\\w{0,30}|accuse de reception|recu de',
      invitation: 'invit(?:e|er|ation|ations|ez)|evenement|webinaire',
      alert:
        'alert\\w{0,30}|notifi\\w{0,30}|previen\\w{0,30}|prevenir|prevenez|inform\\w{0,30}|averti\\w{0,30}|signal\\w{0,30}',
      apology: 'excus\\w{0,30}|desole',
      offer: 'offre|devis|remise|bon de reduction|code promo|brochure|catalogue|tarifs',
      feedback: "avis|sondage|satisfaction|evaluation|retour d'experience",
    },
    failure: 'erreurs?|echec|echoue',
    assign:
      '(?:defini(?:s|r)|mets?|mettre|stocke(?:r|z)?)(?: le| la)?(?: champ| variable)? (?<name>[\\w ]{2,30}?) (?:a|sur|=|comme) (?<value>[^,;]{1,80})',
    writings:
      "message|texte|mail|e-?mail|courriel|demande|question|avis|commentaire|retour|ticket|reponse|contenu|ton|client|cliente|lead|prospect|commande|probleme|il|elle|c'|ce|plainte",
    comesFrom: "(?:vient|provient|est originaire|est) (?:de|d'|du|des)|habite en",
  },
  limits: {
    via: '(?:sur|a|dans|via|par|avec|au|en|vers|de|depuis|du|dans notre|sur notre)',
    words: {
      phone:
        '(?:par |un |envoie un |envoyer un ){0,4}(?:sms|texto|fax|appel telephonique|coup de fil|message vocal)|(?:appelle|appeler|appelez|telephone|telephoner)(?:-\\w{1,30}| (?:le|la|les|au|a|moi|mon|nos) ?(?:\\w{1,30})?)|par telephone',
      chat: 'notification push',
      print:
        'imprime(?:r|z|-le|-la|-les)?(?: \\S{1,60}){0,3}|sur papier|par (?:courrier postal|la poste)|lettre postale',
      attachment:
        '(?:en |avec |une |un |la |le |au ){0,4}(?:piece jointe|pieces jointes|pdf|fichier pdf|format pdf)(?: \\w{1,30})?|(?:joins|joindre|joignez|attache)(?: \\S{1,60}){1,4}|en pdf',
      inbox:
        '(?:lis|lire|surveille|surveiller|verifie|verifier|consulte|consulter|parcours|parcourir)(?: \\S{1,60})? ?(?:ma|mes|notre|nos|la) (?:boite(?: mail| de reception| aux lettres)?|e-?mails?|mails?|messagerie|gmail)',
      reply_wait:
        "(?:personne|aucun|pas|ne|n'a|n'ont|sans|il|elle|le client|s'il)(?: \\S{1,60}){0,4} (?:repond\\w{0,30}|repondu|reponse|reagi\\w{0,30})|(?:sans|aucune|pas de) reponse",
      tracking:
        "(?:n'a pas |n'ont pas |a |ont )?(?:ouvert|clique|lu)(?: (?:sur|le|la|l'))?(?: \\S{1,60}){0,2}|ouvre (?:le|l')(?: ?\\w{1,30})|clique sur|taux d'ouverture|se desabonne",
      approval:
        '(?:demande(?:r|z)?|attend(?:s|re|ez))(?:-moi)?(?: \\S{1,60}){0,3} (?:validation|approbation|accord|confirmation|autorisation|feu vert|avis avant)(?: \\S{1,60}){0,3}|(?:ma|mon|une|la|notre|sa) (?:validation|approbation|accord)|(?:apres|une fois|quand|si|lorsque)(?: \\S{1,60}){0,3} (?:valide|approuve|validation|approbation|approuvee?)|(?:fais|faire|faites)(?:-moi)? (?:valider|approuver|relire)(?: \\S{1,60}){0,3}|demande-moi avant(?: \\S{1,60}){0,3}|je (?:ne )?(?:(?:le|la|les|l.) ?)?(?:refuse|rejette)(?: pas)?|me (?:demander|faire valider)(?: \\S{1,60}){0,3}',
      loop: '(?:pour )?(?:chaque|toutes les|chacune? des?) (?:ligne|entree|client|contact|article|facture|produit|element|lignes|participant|abonne)(?: (?:du|de|des|dans|sur) \\S{1,60}| de la \\S{1,60})|un par un|pour chacun',
      lists:
        "(?:a |aux )?(?:tous|toutes) (?:les |nos |mes )(?:abonnes|clients|contacts|participants|membres|prospects|invites|utilisateurs|inscrits|destinataires|clientes)|(?:notre|la|nos|a la|a notre|ma) (?:liste (?:de diffusion|d'abonnes|de contacts|d'envoi|clients|des clients|newsletter)|mailing list|liste)|(?:a |aux |a nos |nos )abonnes|(?:ajoute(?:r|z)?)(?:-\\w{1,30}| \\S{1,60}){0,3} (?:a|dans) (?:la|une|notre|ma) liste(?: \\S{1,60}){0,2}|desabonne\\w{0,30}",
      payment:
        '(?:debite(?:r|z)?|preleve(?:r|z)?|rembourse(?:r|z)?|encaisse(?:r|z)?|paie|payer|vire|virement)(?:-\\w{1,30}| (?:le|la|les|du|au|un) ?\\w{0,30})?|prelevement(?: bancaire| automatique)?|carte (?:bancaire|de credit)',
      media:
        "(?:une |un |des |l'|avec (?:une |un |des )?)?(?:image|photo|video|podcast|illustration|logo|banniere|audio|presentation|diapositives|visuel|infographie)s?",
      database: '(?:dans |de |notre |la |une |en ){0,4}(?:base de donnees|bdd|requete sql|mysql|postgres(?:ql)?)',
      sheet:
        '(?:dans |a |au |notre |un |une |le |la |du |en ){0,4}(?:feuille de calcul|tableur|fichier excel|tableau excel|excel|tableau|feuille google)',
      crm: '(?:dans |a |au |notre |le |du |vers ){1,4}crm',
      tasks:
        '(?:cree(?:r|z)?|ouvre|ouvrir|ajoute(?:r|z)?) (?:une |un |la |le )(?:tache|ticket|carte)(?: \\S{1,60}){0,4}',
      calendar:
        "(?:dans |a |mon |notre |un |au |l'|le |l){0,4}(?:agenda|calendrier google|google calendar|evenement de calendrier)(?: \\w{1,30})?|(?:planifie(?:r|z)?|reserve(?:r|z)?|fixe(?:r|z)?|organise(?:r|z)?|prends|prendre) (?:un |une |le )?(?:rendez-vous|reunion|creneau|appel|demo|salle|rdv)(?: \\S{1,60}){0,3}|(?:dans|a) (?:mon|notre|le|l') ?calendrier",
      files:
        "(?:enregistre(?:r|z)?|sauvegarde(?:r|z)?|stocke(?:r|z)?|archive(?:r|z)?|depose(?:r|z)?|telecharge(?:r|z)?|range(?:r|z)?|exporte(?:r|z)?)(?:-\\w{1,30})?(?: \\S{1,60}){0,4} (?:dans|sur|en|vers) (?:le |un |une |notre |mon |l')?(?:\\S{1,60} )?(?:dossier|disque|serveur|cloud|drive|csv|fichier|archive|partage)|en csv|fichier csv",
      publish:
        '(?:publie(?:r|z)?|poste(?:r|z)?|mets? en ligne|mettre en ligne)(?:-\\w{1,30})?(?: \\S{1,60}){0,4} (?:sur|dans) (?:notre|le|mon|la|nos) (?:site|blog|page)(?: web)?|publie(?:r|z)?(?:-le|-la)?',
      feed: "(?:le |notre |un |du )?flux rss|(?:le |un )?fil d'actualite",
      browse:
        '(?:cherche(?:r|z)?|recherche(?:r|z)?|navigue(?:r)?)(?: \\S{1,60}){0,4} (?:sur|dans) (?:internet|le web|google)|sur (?:internet|le web)|(?:les )?(?:dernieres )?(?:actualites|nouvelles du jour)|la meteo|cours de bourse|(?:sites?|prix) (?:de la concurrence|des concurrents)',
      before_event:
        "<num> (?:jours?|heures?|semaines?|minutes?|mois) avant(?: (?:le|la|l'|les|chaque|son|leur|un|une))? ?(?:[\\w-]{1,30})?|la veille(?: (?:de|du|d')(?: ?\\w{1,30})?)?|(?:pour |a |le jour de )?(?:son|leur|l')? ?anniversaire",
      code: '(?:execute(?:r|z)?|lance(?:r|z)?)(?: \\S{1,60}){0,2} (?:script|programme|code)(?: \\S{1,60})?',
    },
  },
};
