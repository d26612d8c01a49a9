import type {
  Channel,
  ClosingReason,
  DeclineReason,
  Outcome,
  PostponeReason,
  Verdict,
} from '../../regulation/vocabulary.ts';
import type { Texts } from './texts.ts';

const CHANNELS: Readonly<Record<Channel, string>> = {
  email: 'e-mail',
  telegram: 'Telegram',
  'web-form': 'form on the site',
  'web-chat': 'chat on the site',
  phone: 'telephone',
};
const DECLINED: Readonly<Record<DeclineReason, string>> = {
  'no-valid-agreement': 'there is no valid agreement',
  'out-of-scope': 'it is outside the scope of support',
  'not-a-request': 'it is not a support request',
  'unknown-sender': 'the sender is unknown',
};
const POSTPONED: Readonly<Record<PostponeReason, string>> = {
  'not-enough-information': 'there is not enough information',
  'needs-development': 'it needs diagnosis, rework or an update',
  'technical-requirements-broken': 'the technical requirements are not met',
  'out-of-scope': 'it is outside the scope of support',
};
const OUTCOMES: Readonly<Record<Outcome, string>> = {
  'information-provided': 'information provided',
  'not-our-software': 'our software is not the cause',
  'coming-update': 'fixed in a coming update',
  'client-unresponsive': 'the client does not answer',
};
const CLOSED: Readonly<Record<ClosingReason, string>> = {
  confirmed: 'the client confirmed the solution',
  'no-answer': 'there was no answer in 24 hours',
  'client-silent': 'the client was silent for three working days',
  declined: 'it was declined',
  merged: 'it was merged into another ticket',
};
const VERDICTS: Readonly<Record<Verdict, string>> = {
  confirms: 'the client confirms',
  disagrees: 'the client disagrees',
  neither: 'neither a confirmation nor a disagreement',
};
const ASKED = {
  'begins-waiting': 'The client was asked; we wait for the answer.',
  'asks-again': 'The client was asked once more; the waiting goes on.',
  'asks-only': 'The client was asked; until the severity is assigned the clock does not stop.',
} as const;
const RECEIVED = {
  'ends-waiting': 'The client answered; the waiting is over.',
  'to-be-judged': 'The client wrote after the completion; the message has to be judged.',
  none: 'A message of the client.',
} as const;

export const EN: Texts = {
  intervals: {
    'counted-around-the-clock': 'Counts: this limit runs around the clock.',
    'counted-working-hours': 'Counts: working hours.',
    'outside-working-hours': 'Does not count: outside working hours.',
    'waiting-on-client': 'Does not count: we waited for the client’s answer.',
    'escalated-to-development': 'Does not count: the question was with development.',
    completed: 'Does not count: the solution was given, we waited for the client’s word.',
    update: 'Does not count: an update was being installed.',
  },
  events: {
    'ticket-received': (fact) => `The ticket was registered (channel: ${CHANNELS[fact.channel]}).`,
    'client-linked': (fact, names) => `The ticket was linked to the client ${names.client(fact.clientId)}.`,
    classified: (fact, names) =>
      fact.previousSeverity === null || fact.previousSeverity === fact.severity
        ? `Severity ${fact.severity} was assigned; product: ${names.product(fact.productId)}.`
        : `Severity was changed from ${fact.previousSeverity} to ${fact.severity}; product: ${names.product(fact.productId)}.`,
    declined: (fact) => `The ticket was declined: ${DECLINED[fact.reason]}.`,
    assigned: (fact, names) => {
      if (fact.staffId === null) return 'The ticket went back to the queue.';
      const how = fact.how === 'taken' ? 'taken from the queue' : 'assigned';
      return `Assignee: ${names.staff(fact.staffId)} (${how}).`;
    },
    replied: () => 'The client was given a reply.',
    noted: () => 'A note of staff.',
    'client-asked': (fact) => (fact.byPhone ? `By telephone. ${ASKED[fact.effect]}` : ASKED[fact.effect]),
    'question-handed-over': (fact) =>
      fact.noticeId === null
        ? 'The question was given to the client by telephone.'
        : 'The question was handed over to the client.',
    'question-undeliverable': () => 'The question could not be delivered; the ticket is back in work.',
    'message-received': (fact) =>
      fact.automatic ? 'An automatic message came in; it was filed.' : RECEIVED[fact.effect],
    'disagreed-without-reason': () => 'The client disagrees without a reason; he was asked for it.',
    disagreed: () => 'The client disagrees with the solution; the ticket is back in work.',
    'message-judged': (fact) => `The message was judged: ${VERDICTS[fact.verdict]}.`,
    'returned-to-work': () => 'The ticket was returned to work.',
    escalated: () => 'The question was escalated to development.',
    'development-decided': (fact, names) => {
      if (fact.decision === 'declined') return 'Development declined; the ticket is back in work.';
      const release = fact.releaseId === null ? '' : `; release: ${names.release(fact.releaseId)}`;
      const target = fact.targetDate === null ? '' : `; by ${fact.targetDate}`;
      return `Development planned the correction${release}${target}.`;
    },
    postponed: (fact) => `The solution was postponed: ${POSTPONED[fact.reason]}.`,
    completed: (fact, names) => {
      const vendor = fact.vendorId === null ? '' : `; the vendor’s support: ${names.vendor(fact.vendorId)}`;
      const release = fact.releaseId === null ? '' : `; release: ${names.release(fact.releaseId)}`;
      return `The solution was given: ${OUTCOMES[fact.outcome]}${vendor}${release}.`;
    },
    'client-told': (fact) =>
      fact.noticeId === null
        ? 'The client was told of the solution by telephone; he has 24 hours to answer.'
        : 'The solution was handed over to the client; he has 24 hours to answer.',
    'telling-failed': () => 'The solution could not be delivered to the client.',
    'notice-resent': (fact) =>
      fact.of === 'question' ? 'The question was sent again.' : 'The solution was sent again.',
    'notice-undeliverable': () => 'A notice could not be delivered.',
    closed: (fact) =>
      fact.mergedInto === null
        ? `The ticket was closed: ${CLOSED[fact.because]}.`
        : `The ticket was closed: merged into ticket ${fact.mergedInto}.`,
    'put-ahead': () => 'The ticket was put ahead within its severity.',
    'marked-abusive': () => 'A message of the client was marked as abusive.',
    absorbed: (fact) => `Ticket ${fact.from} was merged into this one.`,
    'tied-to-update': () => 'The ticket was tied to an unplanned update.',
    'update-started': () => 'The installation of the update began.',
    'update-ended': () => 'The installation of the update ended.',
    'calendar-changed': (fact) =>
      `The working calendar changed (version ${fact.previousVersion} → ${fact.calendarVersion}); the deadlines were counted anew.`,
    'first-response-warned': () => 'The 15 minutes for the first response are nearly over.',
    'first-response-breached': () => 'There was no first response within 15 minutes.',
    'resolution-warned': () => '75 % of the resolution limit is used.',
    'resolution-alarmed': () => 'The provisional resolution limit has passed: no severity is assigned yet.',
    'resolution-breached': (fact) =>
      fact.cause === 'reclassification'
        ? 'The resolution limit was breached by a change of severity.'
        : 'The resolution limit was breached.',
    'client-reminded': () => 'The client was reminded of the question.',
    'confirmation-overdue': () => 'The 24 hours are over and a message of the client is not judged.',
    'not-told-alarmed': () => 'The solution is still not delivered to the client.',
    'development-target-warned': () => 'The date that development named is near.',
    'development-target-missed': () => 'The date that development named has passed.',
    'act-refused': (fact) => `The act “${fact.act}” was refused: ${fact.code}.`,
  },
  afterClosing: {
    remark: 'A remark after closing.',
    'late-message': 'The client wrote after closing.',
    'late-confirm': 'The client confirmed after closing; it changes nothing.',
    'late-disagree': 'The client disagreed after closing.',
    'late-automatic': 'An automatic message came in after closing; it was filed.',
    'late-bounce': 'After closing it became known that a notice was not delivered.',
  },
  standing: {
    received: 'Your request has been received. A specialist will answer soon.',
    triage: 'Your request has been received; a specialist is determining its level.',
    work: 'A specialist is working on your request.',
    'waiting-on-client': 'We have asked you a question and are waiting for your answer.',
    'escalated-to-development': 'Your request has been passed to the development department.',
    completed: 'The solution is ready; we are sending it to you.',
    'awaiting-confirmation': 'The solution has been sent. Please confirm it, or write what is wrong.',
    confirmed: 'The request is closed: you confirmed the solution.',
    'no-answer': 'The request is closed: there was no answer within 24 hours of the solution.',
    'client-silent': 'The request is closed: our question was not answered within three working days.',
    declined: 'The request is closed: we could not take it on. The reason is in the conversation.',
    merged: 'The request has been joined with another one of yours.',
  },
  page: {
    company: 'Siroca Technology',
    service: 'Technical support',
    chooseLanguage: 'Language of the page',
    ticket: (number) => `Request no. ${number}`,
    facts: { receivedAt: 'Received', closedAt: 'Closed', severity: 'Level', outcome: 'Result' },
    outcomes: OUTCOMES,
    units: { days: 'd', hours: 'h', minutes: 'min', lessThanAMinute: 'less than a minute' },
    left: (duration) => `${duration} left`,
    waits: {
      soon: 'A specialist answers within 15 minutes on average, at any hour.',
      firstResponse: (moment) => `A specialist’s first answer is due by ${moment}.`,
      firstResponseLate: (moment) => `A specialist’s first answer was due by ${moment}. It is late; we apologise.`,
      resolution: (moment) => `To be resolved by ${moment}.`,
      resolutionProvisional: (moment) =>
        `Provisionally to be resolved by ${moment}. The exact time follows once a specialist has determined the level.`,
      resolutionLate: (moment) => `It was to be resolved by ${moment}. We go on working on it.`,
      silence: (moment) => `We wait for your answer until ${moment}. Without an answer the request will be closed.`,
      confirmation: (moment) => `We wait for your word until ${moment}. Without it the request will be closed.`,
      confirmationHeldBack: 'The 24 hours are over; the request stays open while a specialist reads your message.',
      paused: 'While we wait for your answer, the time for the resolution does not run.',
      withDevelopment:
        'Its time follows from the developers’ diagnosis and plan (clause 1.4 of the regulation); the usual time for the resolution does not run now.',
    },
    explanation: {
      title: 'Why these times',
      names: {
        'first-response-due': 'A specialist’s first answer',
        'resolution-due': 'The resolution',
        'silence-limit': 'Waiting for your answer',
        'confirmation-limit': 'Waiting for your word on the solution',
      },
      dueAt: (moment) => `Due by ${moment}.`,
      measured: (limit, used) => `The limit is ${limit}; ${used} used.`,
      clause: (clause) => `clause ${clause} of the regulation`,
      bishkekTime: 'All times are those of Bishkek.',
    },
    acts: {
      title: 'What you can do',
      question: 'Our question',
      solution: 'Our solution',
      answer: { title: 'Write to us', label: 'Your message', button: 'Send' },
      confirm: {
        hint: 'If the problem is solved, please confirm it: the request is closed at once.',
        button: 'Yes, it is solved',
      },
      disagree: {
        title: 'Not solved?',
        label: 'Tell us what is wrong, and we will go on working',
        button: 'No, go on working',
      },
      writeOnly: 'Write without confirming or disagreeing',
      closed: {
        title: 'Still a question?',
        hint: 'Write to us: your message goes to a new request that is linked to this one, or to the one already open.',
      },
      unjudged:
        'Your message has been received and a specialist is reading it. You can also close the request or have us go on with the buttons.',
      empty: 'Please write the text of your message.',
      tooLong: (most) => `The message is too long: ${most} characters fit. Please make it shorter.`,
      reasonNeeded:
        'We have noted that you disagree. To go on working we need the reason; the time for your answer is unchanged.',
    },
    pending: {
      confirm: 'Your confirmation has been received; the request is being closed.',
      disagree: 'Your disagreement has been received; the request is going back to work.',
      reload: 'Reload the page',
    },
    news: {
      answered: 'Thank you, your message has been received.',
      confirmed: 'Thank you, your confirmation has been received.',
      disagreed: 'Your disagreement has been received. We go on working.',
      'reason-needed': 'Please write why you disagree.',
      'followed-up': 'Your message has been received. The matter continues in another request, linked below.',
    },
    followUps: {
      of: 'This continues request',
      by: 'The matter continues in request',
      number: (number) => `no. ${number}`,
    },
    conversation: {
      title: 'Conversation',
      you: 'You',
      us: 'Support',
      letter: 'The whole letter',
      inFollowUp: (number) => `Went to request no. ${number}`,
      said: {
        message: 'message',
        confirm: 'solution confirmed',
        disagree: 'disagreement with the solution',
        receipt: 'request registered',
        classified: 'level assigned',
        reply: 'a specialist’s answer',
        question: 'a specialist’s question',
        reminder: 'reminder of the question',
        escalated: 'passed to the developers',
        postponed: 'solution postponed',
        completion: 'solution',
        'reason-asked': 'asked for the reason',
        'back-to-work': 'work goes on',
        declined: 'request not taken on',
        'closed-confirmed': 'request closed',
        'closed-no-answer': 'request closed',
        'closed-silent': 'request closed',
      },
    },
    contacts: {
      title: 'Other ways to reach us',
      phones: 'Telephone',
      email: 'E-mail',
      telegram: 'Telegram bot',
      site: 'Website',
    },
    refusals: {
      'unknown-link': {
        title: 'There is nothing at this link',
        text: 'Perhaps a part of it is missing. Open it from the letter itself, or get in touch with us.',
      },
      'link-revoked': {
        title: 'This link no longer works',
        text: 'It has been revoked. Get in touch with us and we will send a new one.',
      },
      'link-expired': {
        title: 'This link has expired',
        text: 'The request was closed long ago. If a question remains or a new one has come up, get in touch: we will open a new request.',
      },
      'other-site': {
        title: 'We did not accept this',
        text: 'It came from another website. Open the link from the letter and repeat the act on this page.',
      },
      'too-large': {
        title: 'The message is too large',
        text: 'We have not received it. Go back, make the text shorter and send it again.',
      },
      'too-many': {
        title: 'Too many requests',
        text: 'Please wait a minute and try again.',
      },
      'not-understood': {
        title: 'We could not accept this',
        text: 'Open the link from the letter again and repeat the act.',
      },
      'not-available': {
        title: 'The page is not available now',
        text: 'This is our fault. Try again in a minute; if it is urgent, call us.',
      },
      'our-failure': {
        title: 'Something went wrong',
        text: 'This is our fault, and we know of it. Try again, or get in touch with us.',
      },
    },
  },
};
