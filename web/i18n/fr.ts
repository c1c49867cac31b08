import { plural } from './plural.ts'
import type { Sentences } from './sentences.ts'

const list = new Intl.ListFormat('fr', { type: 'conjunction' })
const conditions = plural('fr', { one: '# condition', many: '# de conditions', other: '# conditions' })

export const fr: Sentences = {
  signingIn: 'Connexion en cours…',
  loading: 'Chargement…',
  retry: 'Réessayer',
  list: (items) => list.format(items),

  place: { channel: 'ce canal', chat: 'cette conversation', named: (name) => name },

  outside: {
    title: 'Cette page s’ouvre dans Microsoft Teams',
    text: 'Cardwire se configure depuis le canal ou la conversation qui doit recevoir ses cartes.',
    steps:
      'Dans Teams, ajoutez un onglet (+) au canal ou à la conversation et choisissez Cardwire. Là où les connecteurs classiques fonctionnent encore, il est aussi parmi les connecteurs du canal.',
  },
  failed: {
    title: 'Le chargement a échoué',
    signInTitle: 'Accès à Cardwire impossible',
  },
  noSources: {
    title: 'Rien à écouter pour l’instant',
    text: 'Cardwire fonctionne, mais aucun système n’y est encore relié.',
    admin: 'Demandez à votre administrateur Cardwire d’ajouter une source, puis réessayez.',
  },
  signIn: {
    title: 'Connectez-vous pour continuer',
    text: 'Teams n’a pas indiqué à Cardwire qui vous êtes. Connectez-vous avec votre compte professionnel, dans une fenêtre à part.',
    button: 'Se connecter',
    asking: 'Terminez la connexion dans la fenêtre qui s’est ouverte…',
    closed: 'La fenêtre de connexion a été fermée avant la fin de la connexion.',
    blocked:
      'La fenêtre de connexion n’a pas pu s’ouvrir. Autorisez les fenêtres contextuelles pour Teams, puis réessayez.',
    notSignedIn: 'La connexion n’a pas abouti',
    lost: 'Cette fenêtre a perdu le contact avec Teams',
    back: 'Fermez cette fenêtre, revenez à Cardwire dans Teams et connectez-vous de là.',
    close: 'Fermer cette fenêtre',
  },

  form: {
    titleNew: (place) => `Choisir ce que ${place} reçoit`,
    titleEdit: (place) => `Modifier ce que ${place} reçoit`,
    name: 'Nom',
    namePlaceholder: 'Par exemple\u00A0: Tâches du lancement',
    nameHint: {
      connector: 'Tel qu’il apparaît dans les paramètres du canal.',
      tab: 'Le nom que portera l’onglet.',
    },
    source: 'Source',
    sourcePlaceholder: 'Choisir un système',
    approval: 'Un administrateur doit donner son accord avant l’envoi des cartes de cette source.',
    choices: 'Paramètres de cette source',
    events: 'Événements',
    allEvents: 'Tous les événements',
    chosen: (count, of) => `${count} sur ${of}`,
    conditions: 'Seulement si…',
    noConditions: 'Chaque événement ci-dessus est envoyé',
    conditionCount: conditions,
    include: 'Envoyer si tout ceci est vrai',
    includeHint: 'Sans condition, tout est envoyé.',
    exclude: 'Se taire si l’une de ces conditions est vraie',
    excludeHint: 'Sans condition, rien n’est retenu.',
    addInclude: 'Ajouter une condition d’envoi',
    addExclude: 'Ajouter une condition de silence',
    field: 'Champ',
    operator: 'Comparaison',
    value: 'Valeur',
    valueHintGlob: '* remplace n’importe quel texte',
    valueHintList: 'séparer par des virgules',
    yes: 'oui',
    no: 'non',
    removeCondition: (number) => `Supprimer la condition ${number}`,
    conditionLabel: (number) => `Condition ${number}`,
    operators: {
      is: 'est',
      'is not': 'n’est pas',
      contains: 'contient',
      matches: 'correspond à',
      exists: 'est présent',
      '>': 'est supérieur à',
      '<': 'est inférieur à',
      in: 'est parmi',
    },
    pause: 'Suspendre les cartes',
    pauseHint: 'Ce qui arrive entre-temps est gardé et envoyé à la reprise.',
    test: 'Envoyer une carte de test',
    testing: 'Envoi d’une carte de test…',
    tested: 'Une carte de test est en route.',
    optional: 'facultatif',
    chooseOne: 'Choisir',
  },

  missing: {
    ready: 'Prêt à enregistrer.',
    unchanged: 'Rien n’a encore changé.',
    url: 'une URL de flux de travail',
    name: 'un nom',
    source: 'une source',
    choices: 'les paramètres de la source',
    events: 'au moins un événement',
    conditions: 'une valeur pour chaque condition',
    lead: (wants) => `Pour enregistrer, indiquez ${wants}.`,
  },

  saving: 'Enregistrement…',
  saved: {
    title: 'Enregistré',
    text: (name, place) => `Les cartes de «\u00A0${name}\u00A0» arrivent désormais dans ${place}.`,
  },

  notes: {
    forgotten:
      'Cardwire n’a plus cette configuration\u00A0; un administrateur l’a peut-être supprimée. Refaites vos choix et enregistrez pour la rétablir.',
    sourceLost:
      'La source de cette configuration n’existe plus ou ne vous est pas ouverte. Choisissez-en une autre.',
    eventsLost: (names) => `La source n’envoie plus ${list.format(names)}. L’enregistrement l’omettra.`,
    conditionsLost: (fields, isLimitless) =>
      `La source n’a plus ${list.format(fields)}. L’enregistrement omettra les conditions qui en dépendent${isLimitless ? '\u00A0; il ne reste aucune condition d’envoi, et plus de cartes arriveront qu’avant.' : '.'}`,
    waiting:
      'Cette configuration attend l’approbation d’un administrateur. Aucune carte n’est envoyée d’ici là.',
  },

  trouble: {
    title: 'L’enregistrement a échoué',
    testTitle: 'La carte de test n’a pas été envoyée',
    incomplete: 'Complétez d’abord le formulaire, puis enregistrez.',
    refusedByTeams: 'Teams n’a pas accepté la configuration. Essayez d’enregistrer à nouveau.',
    noWebhookUrl:
      'Teams n’a donné aucune adresse où envoyer les cartes de ce canal. Essayez d’enregistrer à nouveau.',
    unreachable: 'Cardwire est injoignable. Vérifiez votre connexion et réessayez.',
    timedOut: 'Cardwire a mis trop de temps à répondre. Réessayez dans un instant.',
    signIn: 'Cardwire n’a pas pu vérifier qui vous êtes.',
    stale:
      'Quelqu’un d’autre a modifié cette configuration entre-temps. Chargez sa version, puis refaites vos changements.',
    reload: 'Charger sa version',
    server: (status) => `Cardwire rencontre un problème (${status}). Réessayez dans un instant.`,
    other: 'Cardwire n’a pas accepté cette demande.',
  },

  removal: {
    title: (name) =>
      name === undefined ? 'Arrêter ces cartes\u00A0?' : `Arrêter «\u00A0${name}\u00A0»\u00A0?`,
    cards: (source, place) =>
      source === undefined
        ? `Ses cartes n’arriveront plus dans ${place}.`
        : `Les cartes de ${source} n’arriveront plus dans ${place}.`,
    events: 'Événements envoyés jusqu’ici\u00A0:',
    kept: 'Les cartes déjà arrivées restent en place.',
    unknown: 'Cardwire n’a plus rien d’enregistré à ce sujet\u00A0: il n’y a plus rien à arrêter.',
    ready: 'Appuyez sur Supprimer pour confirmer.',
    removing: 'Suppression…',
    removed: 'Supprimé. Plus aucune carte n’arrivera.',
    failed: 'La suppression a échoué',
  },
}
