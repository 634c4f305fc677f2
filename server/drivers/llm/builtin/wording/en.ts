import type { Wording } from './types.ts';

const units = { seconds: 'second', minutes: 'minute', hours: 'hour', days: 'day', weeks: 'week' } as const;

export const en: Wording = {
  weekdays: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  titles: {
    manual: 'Start by hand',
    webhook: 'Incoming call',
    form: 'Form submitted',
    mailTo: (who) => `Send e-mail to ${who}`,
    reminder: (who) => `Send reminder to ${who}`,
    wait: (amount, unit) => `Wait ${amount} ${units[unit]}${amount === 1 ? '' : 's'}`,
    waitUntil: (when) => `Wait until ${when}`,
    http: (host) => `Call ${host}`,
    branch: 'Which case?',
    set: (name) => `Set ${name}`,
    merge: 'Bring together',
    respond: 'Answer the call',
    stop: 'Stop',
    approval: 'Ask for approval',
    classify: 'Classify',
    customer: 'customer',
    me: 'me',
  },
  summary: {
    start: (trigger) => `Starts: ${trigger}.`,
    steps: 'Then:',
    nothing: 'nothing more',
    missing: (count) =>
      count === 1
        ? 'One part of the request is not possible yet.'
        : `${count} parts of the request are not possible yet.`,
  },
  approval: { question: 'Please approve' },
  assume: {
    manual: 'Nothing was said about when it starts, so it is started by hand.',
    webhookForMail:
      'Incoming mail cannot start a workflow yet. It starts when something calls its webhook address; the call should carry email, subject and message.',
    webhook: 'It starts when your system calls the webhook address of this workflow with the data as JSON.',
    time: (time) => `No exact time was given: ${time} is used.`,
    weekday: (name) => `No weekday was given: ${name} is used.`,
    weekdays: (names) => `No weekdays were given: ${names} are used.`,
    dayOfMonth: (day) => `No day was given: day ${day} of the month is used.`,
    times: (times) => `No times were given: ${times} are used.`,
    countsFrom: (date) => `It is counted from ${date}.`,
    repeatsYearly:
      'A single date is not possible: it would run on this date every year. Switch the workflow off afterwards.',
    repeatsWeekly: 'It repeats every week on this day.',
    startDate: (date) => `The weeks are counted from ${date}.`,
    secondTime: (time) => `Only times with the same minute fit into one schedule: ${time} was left out.`,
    timezone: (zone) => `Times are in the time zone ${zone}.`,
    formFields: (fields) => `The form asks for ${fields}.`,
    formFieldAdded: (field) => `The form got the field “${field}”, because a later step needs it.`,
    contactField: (expression) => `The address of the person is taken from ${expression}.`,
    addressMissing: (who) => `The address of “${who}” is not known: fill it in before publishing.`,
    text: 'The text of the mail is a suggestion: read it before publishing.',
    classifyAdded: (choices) => `An AI step was added that decides between ${choices}, because a condition needs it.`,
    choices: (choices) => `The classes are ${choices}.`,
    urlMissing: (words) => `The address for “${words}” is not known: fill it in.`,
    webhookField: (field) => `The incoming data is expected to have the field “${field}”.`,
    noReplyCheck:
      'It cannot see yet whether somebody has replied or opened a mail: the following steps run in any case.',
    fallback: 'No step could be read from the request.',
    until: (when) => `“${when}” must be a date and time: fill it in.`,
    stepLimit: (limit) => `Only the first ${limit} steps were made.`,
  },
  unsupported: {
    reason: {
      chat: 'Messages to chat services are not available yet.',
      phone: 'Phone calls, SMS and fax are not available.',
      social: 'Posting to or reading from social networks is not available.',
      sheet: 'Spreadsheets cannot be read or written yet.',
      crm: 'There is no connection to this CRM or business system yet.',
      tasks: 'There is no connection to task and ticket systems yet.',
      calendar: 'Calendars and appointments are not available yet.',
      files: 'Files cannot be stored or read yet.',
      print: 'Printing and paper mail are not available.',
      attachment: 'Mails cannot carry attachments or PDFs yet.',
      inbox: 'Reading incoming mail is not available yet.',
      reply_wait: 'Whether somebody has replied cannot be checked yet.',
      tracking: 'Opens, clicks and unsubscribes cannot be checked yet.',
      loop: 'Repeating steps for each entry of a list is not available yet.',
      lists: 'Contact lists are not available yet.',
      payment: 'Payments are not available.',
      media: 'Images, audio, video and slides cannot be made.',
      database: 'Databases cannot be queried directly yet.',
      publish: 'Publishing to websites is not available.',
      feed: 'A feed cannot start a workflow.',
      browse: 'Searching or reading the web is not available.',
      before_event: 'Times before a date in the data are not available yet.',
      code: 'Running code is not available yet.',
    },
    brand: (reason, brand) => `${reason} (${brand})`,
    suggestion: {
      chat: 'If the service has an incoming webhook, an HTTP request step can call it.',
      phone: 'If your provider has an HTTP API, an HTTP request step can call it.',
      social: 'If the network has an HTTP API, an HTTP request step can call it.',
      sheet: 'An HTTP request step can call the API of the spreadsheet service.',
      crm: 'An HTTP request step can call its API.',
      tasks: 'An HTTP request step can call its API, or send the ticket by mail.',
      calendar: 'An HTTP request step can call the API of the calendar.',
      files: 'An HTTP request step can call the API of the storage.',
      attachment: 'Put the content into the mail itself, or a link to it.',
      inbox: 'Let your mail provider call the webhook of this workflow when a mail arrives.',
      reply_wait: 'Use a fixed delay.',
      loop: 'Start the workflow once for each entry through its webhook.',
      lists: 'Enter the addresses, separated by commas.',
      payment: 'An HTTP request step can call the API of the payment provider.',
      media: 'An HTTP request step can call an API that makes them.',
      database: 'Put an HTTP API in front of it and call that.',
      publish: 'An HTTP request step can call the API of the website.',
      feed: 'Start at fixed times, and let an HTTP request step read the feed (RSS, Atom): “Every Monday at 9, send a digest from the RSS feed https://…”.',
      browse: 'If you know the address, an HTTP request step can fetch it.',
      before_event: 'Use “Wait until” with the date from the data.',
    },
    unmapped: 'This could not be mapped to a step.',
    unmappedSuggestion: 'Say it in other words, or add the step by hand.',
    secondTrigger: 'A workflow made from a request has one trigger; this second one was left out.',
  },
  ai: {
    system: {
      write:
        'You write texts for a small business. Write clearly, warmly and to the point, in the language of the task. Use only facts that are given; invent nothing. Answer with the finished text only, without remarks about it.',
      reply:
        'You answer messages for a small business. Be polite, helpful and brief, in the language of the message. Use only facts that are given; promise nothing that is not. Answer with the text of the reply only.',
      summarise:
        'You summarise for busy people. Keep the facts, figures, names and dates that matter, leave out the rest, invent nothing. Answer with the summary only.',
      classify:
        'You classify data for a small business. Decide by the content only and choose exactly one of the allowed values.',
      extract:
        'You extract facts from data. Copy what is there, exactly; leave a field empty when the data does not say it.',
      translate:
        'You translate. Keep meaning, tone and formatting; leave names, numbers and addresses as they are. Answer with the translation only.',
      score:
        'You rate data for a small business. Judge by the content only, use the whole scale, and give a short reason.',
    },
    task: 'Task',
    data: 'Data',
    scoreField: (range) => `The score, ${range}`,
    categoryField: 'The class that fits best',
    reasonField: 'The reason in one sentence',
    extractField: (label) => `${label}, as the data says it`,
    yesNoField: (question) => `True when this holds: ${question}`,
    other: 'other',
  },
  form: {
    title: 'Contact',
    submit: 'Send',
    thanks: 'Thank you. We have received your message.',
    name: 'Name',
    email: 'E-mail',
    message: 'Message',
  },
  mails: {
    reply: {
      subject: 'Your message',
      text: 'Hello,\n\nthank you for your message. We have read it and will come back to you.\n\nKind regards',
    },
    reminder: {
      subject: 'A short reminder',
      text: 'Hello,\n\nthis is a short reminder of our last message. If you have any questions, just reply to this mail.\n\nKind regards',
    },
    thanks: {
      subject: 'Thank you',
      text: 'Hello,\n\nthank you very much. If you have any questions, just reply to this mail.\n\nKind regards',
    },
    welcome: {
      subject: 'Welcome',
      text: 'Hello,\n\nwelcome! We are glad to have you with us. If you have any questions, just reply to this mail.\n\nKind regards',
    },
    confirmation: {
      subject: 'Confirmation',
      text: 'Hello,\n\nwe confirm that we have received your message. If something is not right, just reply to this mail.\n\nKind regards',
    },
    invitation: {
      subject: 'Invitation',
      text: 'Hello,\n\nyou are warmly invited. Please reply to this mail to tell us whether you will come.\n\nKind regards',
    },
    alert: { subject: 'New entry', text: 'Hello,\n\nthis is what has come in:' },
    apology: {
      subject: 'Our apologies',
      text: 'Hello,\n\nwe are sorry for the trouble. We are looking into it and will come back to you.\n\nKind regards',
    },
    offer: {
      subject: 'Our offer',
      text: 'Hello,\n\nthank you for your interest. Here is our offer.\n\nIf you have any questions, just reply to this mail.\n\nKind regards',
    },
    feedback: {
      subject: 'How was it?',
      text: 'Hello,\n\nhow satisfied were you? A short reply to this mail helps us to improve.\n\nKind regards',
    },
    plain: {
      subject: 'A message for you',
      text: 'Hello,\n\nthank you for being in touch with us. If you have any questions, just reply to this mail.\n\nKind regards',
    },
  },
};
