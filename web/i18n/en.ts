import { plural } from './plural.ts'
import type { Sentences } from './sentences.ts'

const list = new Intl.ListFormat('en', { type: 'conjunction' })
const conditions = plural('en', { one: '# condition', other: '# conditions' })

export const en: Sentences = {
  signingIn: 'Signing you in…',
  loading: 'Loading…',
  retry: 'Try again',
  list: (items) => list.format(items),

  place: { channel: 'this channel', chat: 'this chat', named: (name) => name },

  outside: {
    title: 'This page lives in Microsoft Teams',
    text: 'Cardwire is set up from the channel or chat that should get its cards.',
    steps:
      'In Teams, add a tab (+) to the channel or chat and choose Cardwire. Where classic connectors still work, it is among the channel’s connectors, too.',
  },
  failed: {
    title: 'This did not load',
    signInTitle: 'Cardwire could not let you in',
  },
  noSources: {
    title: 'Nothing to listen to yet',
    text: 'Cardwire is running, but no system has been connected to it.',
    admin: 'Ask your Cardwire administrator to add a source, then try again.',
  },
  signIn: {
    title: 'Sign in to go on',
    text: 'Teams did not tell Cardwire who you are. Sign in with your work account, in a window of its own.',
    button: 'Sign in',
    asking: 'Finish in the window that opened…',
    closed: 'The sign-in window was closed before you were signed in.',
    blocked: 'The sign-in window could not open. Allow pop-ups for Teams, then try again.',
    notSignedIn: 'You are not signed in',
    lost: 'This window lost touch with Teams',
    back: 'Close this window, go back to Cardwire in Teams, and sign in there.',
    close: 'Close this window',
  },

  form: {
    titleNew: (place) => `Choose what ${place} hears about`,
    titleEdit: (place) => `Change what ${place} hears about`,
    name: 'Name',
    namePlaceholder: 'For example: Launch tasks',
    nameHint: {
      connector: 'How this shows up in the channel’s settings.',
      tab: 'What the tab is called.',
    },
    source: 'Source',
    sourcePlaceholder: 'Choose a system',
    approval: 'An administrator has to approve this before cards of this source are sent.',
    choices: 'Settings of this source',
    events: 'Events',
    allEvents: 'All events',
    chosen: (count, of) => `${count} of ${of}`,
    conditions: 'Only when…',
    noConditions: 'Every event above is sent',
    conditionCount: conditions,
    include: 'Send when all of these hold',
    includeHint: 'With none, everything is sent.',
    exclude: 'Stay silent when any of these holds',
    excludeHint: 'With none, nothing is held back.',
    addInclude: 'Add a condition to send',
    addExclude: 'Add a condition to stay silent',
    field: 'Field',
    operator: 'Comparison',
    value: 'Value',
    valueHintGlob: '* stands for any text',
    valueHintList: 'separate with commas',
    yes: 'yes',
    no: 'no',
    removeCondition: (number) => `Remove condition ${number}`,
    conditionLabel: (number) => `Condition ${number}`,
    operators: {
      is: 'is',
      'is not': 'is not',
      contains: 'contains',
      matches: 'matches',
      exists: 'is present',
      '>': 'is more than',
      '<': 'is less than',
      in: 'is one of',
    },
    pause: 'Pause cards',
    pauseHint: 'What happens meanwhile is kept and sent when you resume.',
    test: 'Send a test card',
    testing: 'Sending a test card…',
    tested: 'A test card is on its way.',
    optional: 'optional',
    chooseOne: 'Choose one',
  },

  missing: {
    ready: 'Ready to save.',
    unchanged: 'Nothing has changed yet.',
    url: 'a workflow URL',
    name: 'a name',
    source: 'a source',
    choices: 'the source’s settings',
    events: 'at least one event',
    conditions: 'a value for every condition',
    lead: (wants) => `To save, give ${wants}.`,
  },

  saving: 'Saving…',
  saved: {
    title: 'Saved',
    text: (name, place) => `Cards from “${name}” now come to ${place}.`,
  },

  notes: {
    forgotten:
      'Cardwire no longer has this configuration; it may have been removed by an administrator. Choose again and save to bring it back.',
    sourceLost: 'The source of this configuration is gone or not open to you. Choose another one.',
    eventsLost: (names) => `The source no longer sends ${list.format(names)}. Saving leaves it out.`,
    conditionsLost: (fields, isLimitless) =>
      `The source no longer has ${list.format(fields)}. Saving leaves out the conditions that ask for it${isLimitless ? '; no condition to send is left, so more cards will come than before.' : '.'}`,
    waiting: 'This configuration waits for an administrator to approve it. No cards are sent until then.',
  },

  trouble: {
    title: 'This was not saved',
    testTitle: 'The test card was not sent',
    incomplete: 'Finish the form first, then save.',
    refusedByTeams: 'Teams did not take the configuration. Try to save again.',
    noWebhookUrl: 'Teams gave no address to send this channel’s cards to. Try to save again.',
    unreachable: 'Cardwire cannot be reached. Check your connection and try again.',
    timedOut: 'Cardwire took too long to answer. Try again in a moment.',
    signIn: 'Cardwire could not verify who you are.',
    stale: 'Someone else changed this configuration meanwhile. Load their version, then make your changes.',
    reload: 'Load their version',
    server: (status) => `Cardwire has a problem of its own (${status}). Try again in a moment.`,
    other: 'Cardwire did not accept this.',
  },

  removal: {
    title: (name) => (name === undefined ? 'Stop these cards?' : `Stop “${name}”?`),
    cards: (source, place) =>
      source === undefined
        ? `No more of its cards will come to ${place}.`
        : `No more cards from ${source} will come to ${place}.`,
    events: 'It has been sending:',
    kept: 'Cards that have already come stay where they are.',
    unknown: 'Cardwire has nothing saved for it any more, so there is nothing left to stop.',
    ready: 'Press Remove to confirm.',
    removing: 'Removing…',
    removed: 'Removed. No more cards will come.',
    failed: 'This was not removed',
  },
}
