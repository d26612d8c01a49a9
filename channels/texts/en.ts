import type { Instant } from '../../regulation/instant.ts';
import type {
  CompletionOutcome,
  DeclineReason,
  PostponeReason,
  RequestPart,
  Severity,
} from '../../regulation/vocabulary.ts';
import { link, list, paragraph, words } from '../letter.ts';
import type { Block } from '../letter.ts';
import { OFFICIAL_CHANNELS } from '../official-channels.ts';
import { middleOf, momentOf } from './moment.ts';
import type { ClientCase, StaffCase, Texts, VendorContacts } from './texts.ts';

const PARTS: Readonly<Record<RequestPart, string>> = {
  steps: 'the steps after which the problem appears',
  screenshots: 'screenshots (JPG, GIF, PNG or PDF)',
  frequency: 'how often the problem appears',
  phone: "the responsible person's telephone number",
  email: "the responsible person's e-mail address",
  'full-name': "the responsible person's full name",
};
const SEVERITIES: Readonly<Record<Severity, string>> = {
  1: '1 (critical)',
  2: '2 (high)',
  3: '3 (medium)',
  4: '4 (low)',
};
const POSTPONED: Readonly<Record<PostponeReason, string>> = {
  'not-enough-information': 'there is not enough information yet',
  'needs-development': 'it needs detailed diagnosis, further work or an update of the software',
  'technical-requirements-broken': 'the software is used against its technical requirements',
  'out-of-scope': 'the question is beyond what technical support covers',
};
const POSTPONED_NEXT: Readonly<Record<PostponeReason, string>> = {
  'not-enough-information': 'Please send us whatever may help, and we will go on.',
  'needs-development': 'As soon as it is clear what can be done and when, a specialist will write to you.',
  'technical-requirements-broken':
    'Please bring the use of the software in line with the requirements and write to us.',
  'out-of-scope': 'If we have misunderstood you, please write to us.',
};
const DECLINED: Readonly<Record<DeclineReason, string>> = {
  'no-valid-agreement':
    'Support is given under a licence or sublicence agreement, and on the day of your request your organisation had no valid agreement that covers it.',
  'out-of-scope': 'Unfortunately the question is beyond what technical support covers.',
  'not-a-request': 'We have found no question to technical support in your message.',
  'unknown-sender':
    'We could not find out which organisation the request came from, and support is given under an agreement.',
};
const RENEWAL = `To conclude or renew an agreement, call us on ${OFFICIAL_CHANNELS.phones.join(' or ')}, or write to ${OFFICIAL_CHANNELS.email}.`;
const DECLINED_NEXT: Readonly<Record<DeclineReason, string>> = {
  'no-valid-agreement': RENEWAL,
  'out-of-scope': 'If we have misunderstood you, please write to us again: that will be a new request.',
  'not-a-request': 'If you do have a question, please write to us again: that will be a new request.',
  'unknown-sender': `Please write to us again and name your organisation and the number of your agreement. ${RENEWAL}`,
};
const SOLVED: Readonly<Record<CompletionOutcome, (releaseName: string | null) => string>> = {
  'information-provided': () => 'We have prepared an answer to your request.',
  'not-our-software': () =>
    'We have checked: the cause of the problem is not in our software, neither in its client nor in its server part.',
  'coming-update': (releaseName) =>
    releaseName === null
      ? 'The problem will be solved in one of the coming updates.'
      : `The problem will be solved in the update “${releaseName}”.`,
};

/** `18:00 on Tuesday, 24 November (Bishkek time)`. */
function moment(at: Instant, now: Instant): string {
  const { time, weekday } = momentOf(at, { language: 'en', now });
  return `${time} on ${weekday}, ${date(at, now)} (Bishkek time)`;
}

function date(at: Instant, now: Instant): string {
  const { day, month, year } = momentOf(at, { language: 'en', now });
  return year === null ? `${day} ${month}` : `${day} ${month} ${year}`;
}

function open({ link: url }: ClientCase | StaffCase): Block {
  return link('Open the request', url);
}

function again({ number }: ClientCase): Block {
  return paragraph(
    `If the problem remains or comes back, write to us: we will open a new request that is linked to no. ${number}.`,
  );
}

function vendorContacts(vendor: VendorContacts | null): Block[] {
  if (vendor === null) return [];
  const contacts = [
    ...(vendor.phone === null ? [] : [`telephone: ${vendor.phone}`]),
    ...(vendor.email === null ? [] : [`e-mail: ${vendor.email}`]),
    ...(vendor.website === null ? [] : [`website: ${vendor.website}`]),
  ];
  return [paragraph(`Please turn to the support of the vendor: ${vendor.name}.`), ...list(contacts)];
}

/** A letter to staff that says one thing. */
function told(ticket: StaffCase, title: string, sentence: string) {
  return { subject: `No. ${ticket.number}: ${title}`, blocks: [paragraph(sentence), open(ticket)] };
}

export const EN: Texts = {
  moment,
  date,
  severities: SEVERITIES,
  greeting: (name) => (name === null ? 'Hello,' : `Hello ${name},`),
  topic: (topic) => `Your request: “${topic}”.`,
  clientFooter: [
    'Siroca Technology, technical support',
    `${OFFICIAL_CHANNELS.phones.join(', ')}, ${OFFICIAL_CHANNELS.email}, Telegram ${OFFICIAL_CHANNELS.telegram}`,
  ],
  staffFooter: ['This letter was sent automatically. Do not answer it: act on the ticket itself.'],
  ticket: ({ topic, clientName, severity, assigneeName }) => [
    `subject: ${topic}`,
    `client: ${clientName ?? 'sender not verified'}`,
    `severity: ${severity === null ? 'not assigned yet' : SEVERITIES[severity]}`,
    `assignee: ${assigneeName ?? 'nobody'}`,
  ],

  client: {
    receipt: (ticket, { missing }) => ({
      subject: `Request no. ${ticket.number} is registered`,
      blocks: [
        paragraph(`We have received your request and registered it as no. ${ticket.number}.`),
        paragraph('A specialist answers within 15 minutes on average, at any time of day.'),
        ...(missing.length === 0 ? [] : [paragraph('To help us solve it sooner, please add:')]),
        ...list(missing.map((part) => PARTS[part])),
        paragraph('Here you can follow the request, add to it and answer us:'),
        open(ticket),
        paragraph('If you did not write to us, simply do not answer this letter.'),
      ],
    }),
    classified: (ticket, { severity, dueAt }) => ({
      subject: `Request no. ${ticket.number} is being worked on`,
      blocks: [
        paragraph(`Request no. ${ticket.number} has been given severity ${SEVERITIES[severity]}.`),
        paragraph(
          dueAt === null
            ? 'The time for its resolution is not running at the moment.'
            : `It is to be resolved by ${moment(dueAt, ticket.now)}. If we need an answer from you, the time of waiting for it does not count.`,
        ),
        open(ticket),
      ],
    }),
    reply: (ticket, facts) => ({
      subject: `Request no. ${ticket.number}: a specialist's answer`,
      blocks: [
        paragraph(`A specialist has answered your request no. ${ticket.number}:`),
        ...words(facts.words),
        paragraph('If you want to add something, answer by the link or simply reply to this letter.'),
        open(ticket),
      ],
    }),
    question: (ticket, { words: question, missing, waits }) => ({
      subject: `Request no. ${ticket.number}: we need your answer`,
      blocks: [
        paragraph(`To go on with your request no. ${ticket.number}, we need your answer:`),
        ...words(question),
        ...(missing.length === 0 ? [] : [paragraph('Please send us:')]),
        ...list(missing.map((part) => PARTS[part])),
        paragraph('Please answer by the link or simply reply to this letter.'),
        link('Answer', ticket.link),
        ...(waits
          ? [
              paragraph(
                'While we wait for your answer, the time for the resolution does not run. Without an answer within three working days the request will be closed.',
              ),
            ]
          : []),
      ],
    }),
    reminder: (ticket, { words: question, closesAt }) => ({
      subject: `Request no. ${ticket.number}: we are waiting for your answer`,
      blocks: [
        paragraph(`A reminder: to go on with your request no. ${ticket.number}, we need your answer.`),
        ...words(question),
        paragraph(
          closesAt === null
            ? 'Without an answer within three working days from the question the request will be closed.'
            : `Without an answer by ${moment(closesAt, ticket.now)} the request will be closed.`,
        ),
        paragraph(
          'Please answer by the link or simply reply to this letter. If you have answered already, there is nothing more to do.',
        ),
        link('Answer', ticket.link),
      ],
    }),
    escalated: (ticket) => ({
      subject: `Request no. ${ticket.number} has been passed to the developers`,
      blocks: [
        paragraph(
          `What your request no. ${ticket.number} asks cannot be solved with what the software does now, so we have passed it to the development department.`,
        ),
        paragraph(
          'The developers decide whether an update can be released. Its date follows from the diagnosis and the general development plan (clause 1.4 of the regulation); the usual time for the resolution does not run meanwhile. As soon as they have decided, a specialist will write to you.',
        ),
        open(ticket),
      ],
    }),
    postponed: (ticket, { reason, words: explanation }) => ({
      subject: `Request no. ${ticket.number}: the resolution is postponed`,
      blocks: [
        paragraph(
          `The resolution of your request no. ${ticket.number} is postponed: ${POSTPONED[reason]} (clause 3.4 of the regulation).`,
        ),
        ...words(explanation),
        paragraph(`This does not change the time limit. ${POSTPONED_NEXT[reason]}`),
        open(ticket),
      ],
    }),
    completion: (ticket, { outcome, words: answer, vendor, releaseName, answerBy }) => ({
      subject: `Request no. ${ticket.number}: the solution is ready, please confirm it`,
      blocks: [
        paragraph(SOLVED[outcome](releaseName)),
        ...words(answer),
        ...vendorContacts(vendor),
        paragraph(
          `Please confirm by the link that your request no. ${ticket.number} is solved. If you disagree, tell us the reason in the same place, and we will go on working.`,
        ),
        link('Confirm or disagree', ticket.link),
        paragraph(`Without an answer by ${moment(answerBy, ticket.now)} the request will be closed.`),
      ],
    }),
    'reason-asked': (ticket, { answerBy }) => ({
      subject: `Request no. ${ticket.number}: what do you disagree with?`,
      blocks: [
        paragraph(
          `You have told us that you disagree with the solution of request no. ${ticket.number}. So that we can go on working, please tell us the reason.`,
        ),
        link('Tell the reason', ticket.link),
        ...(answerBy === null
          ? []
          : [
              paragraph(
                `You can still answer by ${moment(answerBy, ticket.now)}; after that the request will be closed.`,
              ),
            ]),
      ],
    }),
    'back-to-work': (ticket) => ({
      subject: `Request no. ${ticket.number} is being worked on again`,
      blocks: [
        paragraph(`We have received your objection and go on working on request no. ${ticket.number}.`),
        paragraph('The time for the resolution runs on.'),
        open(ticket),
      ],
    }),
    declined: (ticket, { reason, words: explanation }) => ({
      subject: `Request no. ${ticket.number}: we cannot carry it out`,
      blocks: [
        paragraph(DECLINED[reason]),
        ...words(explanation),
        paragraph(`Request no. ${ticket.number} has therefore been closed.`),
        paragraph(DECLINED_NEXT[reason]),
        open(ticket),
      ],
    }),
    'closed-confirmed': (ticket) => ({
      subject: `Request no. ${ticket.number} is closed`,
      blocks: [
        paragraph(`Thank you for confirming the solution. Request no. ${ticket.number} is closed.`),
        again(ticket),
        open(ticket),
      ],
    }),
    'closed-no-answer': (ticket) => ({
      subject: `Request no. ${ticket.number} is closed`,
      blocks: [
        paragraph(
          `Within 24 hours we received no answer to the solution, so request no. ${ticket.number} has been closed.`,
        ),
        again(ticket),
        open(ticket),
      ],
    }),
    'closed-silent': (ticket) => ({
      subject: `Request no. ${ticket.number} is closed: we received no answer`,
      blocks: [
        paragraph(
          `Within three working days we received no answer to our questions, so request no. ${ticket.number} has been closed and no work goes on (clause 3.6 of the regulation).`,
        ),
        again(ticket),
        open(ticket),
      ],
    }),
  },

  staff: {
    'critical-received': (ticket) =>
      told(
        ticket,
        'perhaps critical',
        `Ticket no. ${ticket.number} has come in: the client says that work has stopped.`,
      ),
    assigned: (ticket) => told(ticket, 'assigned to you', `Ticket no. ${ticket.number} has been assigned to you.`),
    'client-wrote': (ticket, { words: message }) => ({
      subject: `No. ${ticket.number}: the client wrote`,
      blocks: [
        paragraph(`A new message of the client on ticket no. ${ticket.number}:`),
        ...words(message),
        open(ticket),
      ],
    }),
    'client-disagreed': (ticket, { words: reason }) => ({
      subject: `No. ${ticket.number}: the client disagrees`,
      blocks: [
        paragraph(
          `The client disagrees with the solution of ticket no. ${ticket.number}; it is in work again. The reason:`,
        ),
        ...words(reason),
        open(ticket),
      ],
    }),
    'first-response-warning': (ticket, { dueAt }) =>
      told(
        ticket,
        'time to answer',
        `The client has not yet heard from a person on ticket no. ${ticket.number}. The first response is due by ${moment(dueAt, ticket.now)}.`,
      ),
    'first-response-breach': (ticket, { dueAt }) =>
      told(
        ticket,
        'first response overdue',
        `The first response on ticket no. ${ticket.number} was due by ${moment(dueAt, ticket.now)}.`,
      ),
    'resolution-warning': (ticket, { dueAt }) =>
      told(
        ticket,
        '75 % of the time is used',
        `75 % of the time for the resolution of ticket no. ${ticket.number} is used. It is due by ${moment(dueAt, ticket.now)}.`,
      ),
    'resolution-alarm': (ticket, { dueAt }) =>
      told(
        ticket,
        'provisional time limit passed',
        `Ticket no. ${ticket.number} has no severity yet, and its provisional time limit passed at ${moment(dueAt, ticket.now)}.`,
      ),
    'resolution-breach': (ticket, { dueAt }) =>
      told(
        ticket,
        'resolution overdue',
        `Ticket no. ${ticket.number} was to be resolved by ${moment(dueAt, ticket.now)}.`,
      ),
    'question-undeliverable': (ticket) =>
      told(
        ticket,
        'question not delivered',
        `The question to the client on ticket no. ${ticket.number} could not be delivered; the ticket is in work again and its time runs. Call the client or check the address.`,
      ),
    'completion-undeliverable': (ticket) =>
      told(
        ticket,
        'solution not delivered',
        `The solution of ticket no. ${ticket.number} could not be delivered to the client; the 24 hours for an answer have not begun. Tell the client by telephone, send it again, or return the ticket to work.`,
      ),
    'notice-undeliverable': (ticket) =>
      told(
        ticket,
        'notice not delivered',
        `One of the notices on ticket no. ${ticket.number} could not be delivered. The ticket's history shows which.`,
      ),
    'not-told-alarm': (ticket) =>
      told(
        ticket,
        'the client does not know the solution',
        `The solution of ticket no. ${ticket.number} is ready, but still not delivered to the client. Tell the client by telephone, send it again, or return the ticket to work.`,
      ),
    'judgement-overdue': (ticket, { dueAt }) =>
      told(
        ticket,
        "judge the client's answer",
        `The client's 24 hours on ticket no. ${ticket.number} ended at ${moment(dueAt, ticket.now)}, and the message has not been judged: does it confirm the solution or disagree?`,
      ),
    'development-decided': (ticket, { decision, words: text, targetDate }) => ({
      subject: `No. ${ticket.number}: the developers have decided`,
      blocks: [
        paragraph(
          decision === 'declined'
            ? `The development department has declined ticket no. ${ticket.number}; it is in work again and its time runs. The reason:`
            : `The development department has planned the solution of ticket no. ${ticket.number}${targetDate === null ? '' : ` for ${date(middleOf(targetDate), ticket.now)}`}:`,
        ),
        ...words(text),
        open(ticket),
      ],
    }),
    'development-target-warning': (ticket, { dueAt }) =>
      told(
        ticket,
        "the developers' date is near",
        `The date that the developers named for ticket no. ${ticket.number} is ${moment(dueAt, ticket.now)}.`,
      ),
    'development-target-missed': (ticket, { dueAt }) =>
      told(
        ticket,
        "the developers' date has passed",
        `The date that the developers named for ticket no. ${ticket.number} has passed: ${moment(dueAt, ticket.now)}.`,
      ),
  },
};
