import type { Beginning, LiveTicket } from './live-ticket.ts';
import {
  ask,
  classify,
  complete,
  confirm,
  decline,
  DEVELOPER,
  disagree,
  escalate,
  judge,
  linkClient,
  message,
  plan,
  postpone,
  putAhead,
  reply,
  returnToWork,
  take,
  toldByPhone,
} from './tickets.ts';
import { hoursOn } from './calendars.ts';

/** One path through the regulation's lifecycle, told to a live ticket. */
export interface TicketLife {
  beginning?: Beginning;
  live: (ticket: LiveTicket) => Promise<void>;
  /** Every recorded fact with the story's wall clock of its own instant, to the minute. */
  told: string[];
}

/** Every path of the lifecycle; told to the workflow in test/workflows, and kept as histories for replay. */
export const TICKET_LIVES: Readonly<Record<string, TicketLife>> = {
  'completed and confirmed': {
    async live(ticket) {
      await ticket.until('2026-03-02 09:04');
      await ticket.does(classify(3));
      await ticket.does(take());
      await ticket.until('2026-03-02 09:30');
      await ticket.does(reply());
      await ticket.does(complete());
      await ticket.waitsFor('client-told');
      await ticket.until('2026-03-02 15:00');
      await ticket.hears(confirm('confirm'));
      await ticket.ended();
    },
    told: [
      'ticket-received 2026-03-02 09:00',
      'classified 2026-03-02 09:04',
      'assigned 2026-03-02 09:04',
      'replied 2026-03-02 09:30',
      'completed 2026-03-02 09:30',
      'client-told 2026-03-02 09:30',
      'closed 2026-03-02 15:00',
    ],
  },
  'completed and left unanswered for 24 hours': {
    async live(ticket) {
      await ticket.does(classify(2));
      await ticket.does(complete());
      await ticket.waitsFor('client-told');
      await ticket.until('2026-03-03 09:01');
      await ticket.ended();
    },
    told: [
      'ticket-received 2026-03-02 09:00',
      'classified 2026-03-02 09:00',
      'completed 2026-03-02 09:00',
      'client-told 2026-03-02 09:00',
      'closed 2026-03-03 09:00',
    ],
  },
  'silent after a question': {
    beginning: { receivedAt: '2026-03-05 10:00' },
    async live(ticket) {
      await ticket.does(classify(4));
      await ticket.does(ask());
      await ticket.waitsFor('question-handed-over');
      await ticket.until('2026-03-10 10:01');
      await ticket.ended();
    },
    told: [
      'ticket-received 2026-03-05 10:00',
      'classified 2026-03-05 10:00',
      'client-asked 2026-03-05 10:00',
      'question-handed-over 2026-03-05 10:00',
      'client-reminded 2026-03-06 09:00',
      'question-handed-over 2026-03-06 09:00',
      'client-reminded 2026-03-09 09:00',
      'question-handed-over 2026-03-09 09:00',
      'client-reminded 2026-03-10 09:00',
      'question-handed-over 2026-03-10 09:00',
      'closed 2026-03-10 10:00',
    ],
  },
  'asked and answered': {
    async live(ticket) {
      await ticket.does(classify(3));
      await ticket.does(ask());
      await ticket.waitsFor('question-handed-over');
      await ticket.until('2026-03-03 11:00');
      await ticket.hears(message('answer'));
      await ticket.waitsFor('message-received');
      await ticket.does(complete());
      await ticket.waitsFor('client-told');
      await ticket.hears(confirm('confirm'));
      await ticket.ended();
    },
    told: [
      'ticket-received 2026-03-02 09:00',
      'classified 2026-03-02 09:00',
      'client-asked 2026-03-02 09:00',
      'question-handed-over 2026-03-02 09:00',
      'client-reminded 2026-03-03 09:00',
      'question-handed-over 2026-03-03 09:00',
      'message-received 2026-03-03 11:00',
      'completed 2026-03-03 11:00',
      'client-told 2026-03-03 11:00',
      'closed 2026-03-03 11:00',
    ],
  },
  'asked, then escalated, asked again, and solved all the same': {
    async live(ticket) {
      await ticket.does(classify(3));
      await ticket.does(ask());
      await ticket.waitsFor('question-handed-over');
      await ticket.does(escalate());
      await ticket.does(returnToWork());
      await ticket.does(ask({ byPhone: true }));
      ticket.channel = ({ kind }) =>
        kind === 'completion' ? { fate: 'failed', code: 'bounced' } : { fate: 'delivered', channel: 'email' };
      await ticket.does(complete());
      await ticket.waitsFor('telling-failed');
      await ticket.hears(confirm('confirm'));
      await ticket.ended();
    },
    told: [
      'ticket-received 2026-03-02 09:00',
      'classified 2026-03-02 09:00',
      'client-asked 2026-03-02 09:00',
      'question-handed-over 2026-03-02 09:00',
      'escalated 2026-03-02 09:00',
      'returned-to-work 2026-03-02 09:00',
      'client-asked 2026-03-02 09:00',
      'completed 2026-03-02 09:00',
      'telling-failed 2026-03-02 09:00',
      'closed 2026-03-02 09:00',
    ],
  },
  'asked where no letter arrives': {
    async live(ticket) {
      ticket.channel = ({ kind }) =>
        kind === 'question' ? { fate: 'failed', code: 'bounced' } : { fate: 'delivered', channel: 'email' };
      await ticket.does(classify(3));
      await ticket.does(ask());
      await ticket.waitsFor('question-undeliverable');
      await ticket.does(decline({ reason: 'out-of-scope' }));
      await ticket.ended();
    },
    told: [
      'ticket-received 2026-03-02 09:00',
      'classified 2026-03-02 09:00',
      'client-asked 2026-03-02 09:00',
      'question-undeliverable 2026-03-02 09:00',
      'declined 2026-03-02 09:00',
    ],
  },
  'declined in triage': {
    beginning: { agreements: [] },
    async live(ticket) {
      await ticket.until('2026-03-02 09:12');
      await ticket.does(decline({ reason: 'no-valid-agreement' }));
      await ticket.ended();
    },
    told: ['ticket-received 2026-03-02 09:00', 'first-response-warned 2026-03-02 09:10', 'declined 2026-03-02 09:12'],
  },
  'unknown sender, linked to a client late': {
    beginning: { clientId: null, contactId: null, agreements: [], impact: 'stopped' },
    async live(ticket) {
      await ticket.until('2026-03-02 14:30');
      await ticket.does(linkClient());
      await ticket.does(classify(1));
      await ticket.does(complete());
      await ticket.waitsFor('client-told');
      await ticket.hears(confirm('confirm'));
      await ticket.ended();
    },
    told: [
      'ticket-received 2026-03-02 09:00',
      'first-response-warned 2026-03-02 09:10',
      'first-response-breached 2026-03-02 09:15',
      'client-linked 2026-03-02 14:30',
      'resolution-alarmed 2026-03-02 14:30',
      'classified 2026-03-02 14:30',
      'resolution-breached 2026-03-02 14:30',
      'completed 2026-03-02 14:30',
      'client-told 2026-03-02 14:30',
      'closed 2026-03-02 14:30',
    ],
  },
  'late at every limit': {
    beginning: { impact: 'stopped' },
    async live(ticket) {
      await ticket.until('2026-03-02 09:20');
      await ticket.does(classify(1));
      await ticket.until('2026-03-02 14:10');
      await ticket.does(complete());
      await ticket.waitsFor('client-told');
      await ticket.hears(confirm('confirm'));
      await ticket.ended();
    },
    told: [
      'ticket-received 2026-03-02 09:00',
      'first-response-warned 2026-03-02 09:10',
      'first-response-breached 2026-03-02 09:15',
      'classified 2026-03-02 09:20',
      'resolution-warned 2026-03-02 12:45',
      'resolution-breached 2026-03-02 14:00',
      'completed 2026-03-02 14:10',
      'client-told 2026-03-02 14:10',
      'closed 2026-03-02 14:10',
    ],
  },
  'escalated, planned, and late there': {
    async live(ticket) {
      await ticket.does(classify(3));
      await ticket.does(escalate());
      await ticket.does(plan({ targetDate: '2026-03-10' }));
      await ticket.until('2026-03-11 09:00');
      await ticket.does(complete({ outcome: 'coming-update', releaseId: 'release-1' }));
      await ticket.waitsFor('client-told');
      await ticket.until('2026-03-12 09:01');
      await ticket.ended();
    },
    told: [
      'ticket-received 2026-03-02 09:00',
      'classified 2026-03-02 09:00',
      'escalated 2026-03-02 09:00',
      'development-decided 2026-03-02 09:00',
      'development-target-warned 2026-03-09 09:00',
      'development-target-missed 2026-03-10 18:00',
      'completed 2026-03-11 09:00',
      'client-told 2026-03-11 09:00',
      'closed 2026-03-12 09:00',
    ],
  },
  'escalated and declined by development': {
    async live(ticket) {
      await ticket.does(classify(4));
      await ticket.does(putAhead());
      await ticket.does(escalate());
      await ticket.until('2026-03-03 10:00');
      await ticket.does(plan({ decision: 'declined', releaseId: null, actor: DEVELOPER }));
      await ticket.does(postpone());
      await ticket.does(complete({ outcome: 'not-our-software', vendorId: 'vendor-1' }));
      await ticket.waitsFor('client-told');
      await ticket.hears(confirm('confirm'));
      await ticket.ended();
    },
    told: [
      'ticket-received 2026-03-02 09:00',
      'classified 2026-03-02 09:00',
      'put-ahead 2026-03-02 09:00',
      'escalated 2026-03-02 09:00',
      'development-decided 2026-03-03 10:00',
      'postponed 2026-03-03 10:00',
      'completed 2026-03-03 10:00',
      'client-told 2026-03-03 10:00',
      'closed 2026-03-03 10:00',
    ],
  },
  'disagreed, done again, confirmed': {
    async live(ticket) {
      await ticket.does(classify(3));
      await ticket.does(complete());
      await ticket.waitsFor('client-told');
      await ticket.hears(disagree('no', { hasReason: false }));
      await ticket.until('2026-03-02 17:00');
      await ticket.hears(disagree('no, because'));
      await ticket.waitsFor('disagreed');
      await ticket.does(complete());
      await ticket.waitsFor('client-told', 2);
      await ticket.hears(confirm('confirm'));
      await ticket.ended();
    },
    told: [
      'ticket-received 2026-03-02 09:00',
      'classified 2026-03-02 09:00',
      'completed 2026-03-02 09:00',
      'client-told 2026-03-02 09:00',
      'disagreed-without-reason 2026-03-02 09:00',
      'disagreed 2026-03-02 17:00',
      'completed 2026-03-02 17:00',
      'client-told 2026-03-02 17:00',
      'closed 2026-03-02 17:00',
    ],
  },
  'answered in words that are judged': {
    async live(ticket) {
      await ticket.does(classify(3));
      await ticket.does(complete());
      await ticket.waitsFor('client-told');
      await ticket.until('2026-03-02 12:00');
      await ticket.hears(message('thanks'));
      await ticket.until('2026-03-03 10:00');
      await ticket.does(judge('thanks', { verdict: 'neither' }));
      await ticket.ended();
    },
    told: [
      'ticket-received 2026-03-02 09:00',
      'classified 2026-03-02 09:00',
      'completed 2026-03-02 09:00',
      'client-told 2026-03-02 09:00',
      'message-received 2026-03-02 12:00',
      'confirmation-overdue 2026-03-03 09:00',
      'message-judged 2026-03-03 10:00',
      'closed 2026-03-03 10:00',
    ],
  },
  'completed where no letter arrives, told by telephone': {
    beginning: { receivedAt: '2026-03-05 16:00' },
    async live(ticket) {
      ticket.channel = ({ kind }) =>
        kind === 'completion' ? { fate: 'failed', code: 'bounced' } : { fate: 'delivered', channel: 'email' };
      await ticket.does(classify(3));
      await ticket.does(complete());
      await ticket.until('2026-03-09 09:30');
      await ticket.does(toldByPhone());
      await ticket.until('2026-03-10 09:31');
      await ticket.ended();
    },
    told: [
      'ticket-received 2026-03-05 16:00',
      'classified 2026-03-05 16:00',
      'completed 2026-03-05 16:00',
      'telling-failed 2026-03-05 16:00',
      'not-told-alarmed 2026-03-06 09:00',
      'not-told-alarmed 2026-03-09 09:00',
      'client-told 2026-03-09 09:30',
      'closed 2026-03-10 09:30',
    ],
  },
  'told by a letter that comes back': {
    async live(ticket) {
      await ticket.does(classify(3));
      await ticket.does(complete());
      await ticket.waitsFor('client-told');
      await ticket.until('2026-03-02 20:00');
      const { id } = await ticket.notice('completion');
      await ticket.worker.gateway.noticeFailed(ticket.number, { noticeId: id, at: await ticket.now() });
      await ticket.waitsFor('telling-failed');
      await ticket.does(returnToWork());
      await ticket.does(complete());
      await ticket.waitsFor('client-told', 2);
      await ticket.hears(confirm('confirm'));
      await ticket.ended();
    },
    told: [
      'ticket-received 2026-03-02 09:00',
      'classified 2026-03-02 09:00',
      'completed 2026-03-02 09:00',
      'client-told 2026-03-02 09:00',
      'telling-failed 2026-03-02 20:00',
      'returned-to-work 2026-03-02 20:00',
      'completed 2026-03-02 20:00',
      'client-told 2026-03-02 20:00',
      'closed 2026-03-02 20:00',
    ],
  },
  'made harder after its new limit has passed': {
    async live(ticket) {
      await ticket.does(classify(3));
      await ticket.until('2026-03-02 16:00');
      await ticket.does(classify(1));
      await ticket.does(complete());
      await ticket.waitsFor('client-told');
      await ticket.hears(confirm('confirm'));
      await ticket.ended();
    },
    told: [
      'ticket-received 2026-03-02 09:00',
      'classified 2026-03-02 09:00',
      'classified 2026-03-02 16:00',
      'resolution-breached 2026-03-02 16:00',
      'completed 2026-03-02 16:00',
      'client-told 2026-03-02 16:00',
      'closed 2026-03-02 16:00',
    ],
  },
  'overtaken by a new calendar': {
    async live(ticket) {
      await ticket.does(classify(3));
      await ticket.until('2026-03-02 12:00');
      const version = ticket.publish({
        overrides: [hoursOn('2026-03-03', []), hoursOn('2026-03-07', ['09:00-18:00'])],
      });
      await ticket.worker.gateway.calendarPublished(ticket.number, { version, publishedAt: await ticket.now() });
      await ticket.waitsFor('calendar-changed');
      await ticket.until('2026-03-04 18:00');
      await ticket.does(complete());
      await ticket.waitsFor('client-told');
      await ticket.hears(confirm('confirm'));
      await ticket.ended();
    },
    told: [
      'ticket-received 2026-03-02 09:00',
      'classified 2026-03-02 09:00',
      'calendar-changed 2026-03-02 12:00',
      'resolution-warned 2026-03-04 13:30',
      'resolution-breached 2026-03-04 18:00',
      'completed 2026-03-04 18:00',
      'client-told 2026-03-04 18:00',
      'closed 2026-03-04 18:00',
    ],
  },
  'moved by an engineer in the Temporal UI': {
    async live(ticket) {
      await ticket.does(classify(3));
      await ticket.does(complete());
      await ticket.waitsFor('client-told');
      await ticket.signal('return-to-work');
      await ticket.signal('assign', { staffId: '01930000-0000-7000-8000-000000000012' });
      await ticket.signal('resend-notice', { noticeId: 'none' });
      await ticket.signal('assign', 'agent-2');
      await ticket.waitsFor('act-refused', 2);
      await ticket.does(complete());
      await ticket.waitsFor('client-told', 2);
      await ticket.hears(confirm('confirm'));
      await ticket.ended();
    },
    told: [
      'ticket-received 2026-03-02 09:00',
      'classified 2026-03-02 09:00',
      'completed 2026-03-02 09:00',
      'client-told 2026-03-02 09:00',
      'returned-to-work 2026-03-02 09:00',
      'assigned 2026-03-02 09:00',
      'act-refused 2026-03-02 09:00',
      'act-refused 2026-03-02 09:00',
      'completed 2026-03-02 09:00',
      'client-told 2026-03-02 09:00',
      'closed 2026-03-02 09:00',
    ],
  },
};
