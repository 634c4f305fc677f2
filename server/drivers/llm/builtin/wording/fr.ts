import type { DelayUnit, Wording } from './types.ts';

const units: Readonly<Record<DelayUnit, readonly [string, string]>> = {
  seconds: ['seconde', 'secondes'],
  minutes: ['minute', 'minutes'],
  hours: ['heure', 'heures'],
  days: ['jour', 'jours'],
  weeks: ['semaine', 'semaines'],
};

export const fr: Wording = {
  weekdays: ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'],
  titles: {
    manual: 'Démarrer à la main',
    webhook: 'Appel entrant',
    form: 'Formulaire envoyé',
    mailTo: (who) => `E-mail : ${who}`,
    reminder: (who) => `Relance : ${who}`,
    wait: (amount, unit) => `Attendre ${amount} ${units[unit][amount === 1 ? 0 : 1]}`,
    waitUntil: (when) => `Attendre jusqu’à ${when}`,
    http: (host) => `Appeler ${host}`,
    branch: 'Quel cas ?',
    set: (name) => `Définir ${name}`,
    merge: 'Rassembler',
    respond: 'Répondre à l’appel',
    stop: 'Terminer',
    approval: 'Demander l’accord',
    classify: 'Classer',
    customer: 'client',
    me: 'moi',
  },
  summary: {
    start: (trigger) => `Démarre : ${trigger}.`,
    steps: 'Ensuite :',
    nothing: 'rien de plus',
    missing: (count) =>
      count === 1
        ? 'Une partie de la demande n’est pas encore possible.'
        : `${count} parties de la demande ne sont pas encore possibles.`,
  },
  approval: { question: 'Merci de valider' },
  assume: {
    manual: 'Rien n’a été dit sur le démarrage : il se fait à la main.',
    webhookForMail:
      'Un e-mail entrant ne peut pas encore démarrer un workflow. Il démarre quand son adresse webhook est appelée ; l’appel doit contenir email, subject et message.',
    webhook: 'Il démarre quand votre système appelle l’adresse webhook de ce workflow avec les données en JSON.',
    time: (time) => `Aucune heure précise : ${time} est utilisé.`,
    weekday: (name) => `Aucun jour de la semaine : ${name} est utilisé.`,
    weekdays: (names) => `Aucun jour de la semaine : ${names} sont utilisés.`,
    dayOfMonth: (day) => `Aucun jour indiqué : le ${day} du mois est utilisé.`,
    times: (times) => `Aucune heure indiquée : ${times} sont utilisées.`,
    countsFrom: (date) => `Le compte part du ${date}.`,
    repeatsYearly:
      'Une date unique n’est pas possible : il se répéterait chaque année à cette date. Désactivez-le ensuite.',
    repeatsWeekly: 'Il se répète chaque semaine ce jour-là.',
    startDate: (date) => `Les semaines sont comptées à partir du ${date}.`,
    secondTime: (time) => `Un horaire n’accepte que des heures avec la même minute : ${time} a été laissé de côté.`,
    timezone: (zone) => `Les heures sont dans le fuseau ${zone}.`,
    formFields: (fields) => `Le formulaire demande : ${fields}.`,
    formFieldAdded: (field) => `Le formulaire a reçu le champ « ${field} », car une étape en a besoin.`,
    contactField: (expression) => `L’adresse de la personne vient de ${expression}.`,
    addressMissing: (who) => `L’adresse de « ${who} » n’est pas connue : à remplir avant de publier.`,
    text: 'Le texte de l’e-mail est une proposition : à lire avant de publier.',
    classifyAdded: (choices) =>
      `Une étape IA qui décide entre ${choices} a été ajoutée, car une condition en a besoin.`,
    choices: (choices) => `Les classes sont ${choices}.`,
    urlMissing: (words) => `L’adresse pour « ${words} » n’est pas connue : à remplir.`,
    webhookField: (field) => `Le champ « ${field} » est attendu dans les données entrantes.`,
    noReplyCheck:
      'On ne peut pas encore voir si quelqu’un a répondu ou ouvert un e-mail : les étapes suivantes se font dans tous les cas.',
    fallback: 'Aucune étape n’a pu être lue dans la demande.',
    until: (when) => `« ${when} » doit être une date et une heure : à remplir.`,
    stepLimit: (limit) => `Seules les ${limit} premières étapes ont été créées.`,
  },
  unsupported: {
    reason: {
      chat: 'Les messages vers des messageries ne sont pas encore possibles.',
      phone: 'Les appels, SMS et fax ne sont pas possibles.',
      social: 'Les réseaux sociaux ne peuvent être ni lus ni alimentés.',
      sheet: 'Les tableurs ne peuvent pas encore être lus ou écrits.',
      crm: 'Il n’y a pas encore de connexion à ce CRM ou logiciel.',
      tasks: 'Il n’y a pas encore de connexion aux outils de tâches et de tickets.',
      calendar: 'Les agendas et rendez-vous ne sont pas encore possibles.',
      files: 'Les fichiers ne peuvent pas encore être stockés ou lus.',
      print: 'L’impression et le courrier papier ne sont pas possibles.',
      attachment: 'Les e-mails ne peuvent pas encore porter de pièces jointes ou de PDF.',
      inbox: 'La lecture des e-mails entrants n’est pas encore possible.',
      reply_wait: 'On ne peut pas encore vérifier si quelqu’un a répondu.',
      tracking: 'Les ouvertures, clics et désabonnements ne peuvent pas encore être vérifiés.',
      loop: 'Répéter des étapes pour chaque élément d’une liste n’est pas encore possible.',
      lists: 'Les listes de contacts n’existent pas encore.',
      payment: 'Les paiements ne sont pas possibles.',
      media: 'Images, sons, vidéos et diapositives ne peuvent pas être créés.',
      database: 'Les bases de données ne peuvent pas encore être interrogées directement.',
      publish: 'La publication sur des sites n’est pas possible.',
      feed: 'Un flux ne peut pas démarrer un workflow.',
      browse: 'Chercher ou lire sur le web n’est pas possible.',
      before_event: 'Les moments avant une date des données ne sont pas encore possibles.',
      code: 'Exécuter du code n’est pas encore possible.',
    },
    brand: (reason, brand) => `${reason} (${brand})`,
    suggestion: {
      chat: 'Si le service a un webhook entrant, une étape HTTP peut l’appeler.',
      phone: 'Si votre fournisseur a une API HTTP, une étape HTTP peut l’appeler.',
      social: 'Si le réseau a une API HTTP, une étape HTTP peut l’appeler.',
      sheet: 'Une étape HTTP peut appeler l’API du tableur.',
      crm: 'Une étape HTTP peut appeler son API.',
      tasks: 'Une étape HTTP peut appeler son API, ou le ticket part par e-mail.',
      calendar: 'Une étape HTTP peut appeler l’API de l’agenda.',
      files: 'Une étape HTTP peut appeler l’API du stockage.',
      attachment: 'Mettre le contenu dans l’e-mail, ou un lien.',
      inbox: 'Faites appeler le webhook de ce workflow par votre messagerie à chaque e-mail.',
      reply_wait: 'Utiliser une attente fixe.',
      loop: 'Démarrer le workflow une fois par élément par son webhook.',
      lists: 'Saisir les adresses, séparées par des virgules.',
      payment: 'Une étape HTTP peut appeler l’API du prestataire de paiement.',
      media: 'Une étape HTTP peut appeler une API qui les crée.',
      database: 'Mettre une API HTTP devant et l’appeler.',
      publish: 'Une étape HTTP peut appeler l’API du site.',
      feed: 'Commencez à heures fixes et laissez une étape HTTP lire le flux (RSS, Atom).',
      browse: 'Si l’adresse est connue, une étape HTTP peut la lire.',
      before_event: 'Utiliser « Attendre jusqu’à » avec la date des données.',
    },
    unmapped: 'Cela n’a pu être rattaché à aucune étape.',
    unmappedSuggestion: 'Reformuler, ou ajouter l’étape à la main.',
    secondTrigger: 'Un workflow fait d’une demande a un déclencheur ; ce second a été laissé de côté.',
  },
  ai: {
    system: {
      write:
        'Tu rédiges des textes pour une petite entreprise. Écris clairement, chaleureusement et brièvement, dans la langue de la tâche. N’utilise que les faits donnés et n’invente rien. Réponds uniquement par le texte fini, sans commentaire.',
      reply:
        'Tu réponds à des messages pour une petite entreprise. Sois poli, utile et bref, dans la langue du message. N’utilise que les faits donnés et ne promets rien d’autre. Réponds uniquement par le texte de la réponse.',
      summarise:
        'Tu résumes pour des personnes pressées. Garde les faits, chiffres, noms et dates importants, laisse le reste, n’invente rien. Réponds uniquement par le résumé.',
      classify:
        'Tu classes des données pour une petite entreprise. Décide d’après le contenu seul et choisis exactement une des valeurs permises.',
      extract:
        'Tu extrais des faits de données. Recopie exactement ce qui s’y trouve ; laisse un champ vide si les données ne le disent pas.',
      translate:
        'Tu traduis. Garde le sens, le ton et la forme ; laisse noms, chiffres et adresses tels quels. Réponds uniquement par la traduction.',
      score:
        'Tu notes des données pour une petite entreprise. Juge d’après le contenu seul, utilise toute l’échelle et justifie brièvement.',
    },
    task: 'Tâche',
    data: 'Données',
    scoreField: (range) => `Le score, ${range}`,
    categoryField: 'La classe qui convient le mieux',
    reasonField: 'La raison en une phrase',
    extractField: (label) => `${label}, comme dans les données`,
    yesNoField: (question) => `Vrai si ceci est le cas : ${question}`,
    other: 'autre',
  },
  form: {
    title: 'Contact',
    submit: 'Envoyer',
    thanks: 'Merci. Nous avons bien reçu votre message.',
    name: 'Nom',
    email: 'E-mail',
    message: 'Message',
  },
  mails: {
    reply: {
      subject: 'Votre message',
      text: 'Bonjour,\n\nmerci pour votre message. Nous l’avons lu et reviendrons vers vous.\n\nCordialement',
    },
    reminder: {
      subject: 'Petit rappel',
      text: 'Bonjour,\n\nnous nous permettons de rappeler notre dernier message. Pour toute question, répondez simplement à cet e-mail.\n\nCordialement',
    },
    thanks: {
      subject: 'Merci',
      text: 'Bonjour,\n\nun grand merci. Pour toute question, répondez simplement à cet e-mail.\n\nCordialement',
    },
    welcome: {
      subject: 'Bienvenue',
      text: 'Bonjour,\n\nbienvenue ! Nous sommes heureux de vous compter parmi nous. Pour toute question, répondez simplement à cet e-mail.\n\nCordialement',
    },
    confirmation: {
      subject: 'Confirmation',
      text: 'Bonjour,\n\nnous confirmons la réception de votre message. Si quelque chose ne convient pas, répondez simplement à cet e-mail.\n\nCordialement',
    },
    invitation: {
      subject: 'Invitation',
      text: 'Bonjour,\n\nvous êtes chaleureusement invité. Merci de répondre à cet e-mail pour dire si vous viendrez.\n\nCordialement',
    },
    alert: { subject: 'Nouvelle entrée', text: 'Bonjour,\n\nvoici ce qui est arrivé :' },
    apology: {
      subject: 'Toutes nos excuses',
      text: 'Bonjour,\n\nnous vous prions d’accepter nos excuses. Nous nous en occupons et reviendrons vers vous.\n\nCordialement',
    },
    offer: {
      subject: 'Notre offre',
      text: 'Bonjour,\n\nmerci de votre intérêt. Voici notre offre.\n\nPour toute question, répondez simplement à cet e-mail.\n\nCordialement',
    },
    feedback: {
      subject: 'Votre avis',
      text: 'Bonjour,\n\nêtes-vous satisfait ? Une courte réponse à cet e-mail nous aide à progresser.\n\nCordialement',
    },
    plain: {
      subject: 'Un message pour vous',
      text: 'Bonjour,\n\nmerci d’être en contact avec nous. Pour toute question, répondez simplement à cet e-mail.\n\nCordialement',
    },
  },
};
