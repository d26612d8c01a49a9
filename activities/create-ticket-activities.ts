import type { Database } from '../prisma/client.ts';
import { unnamedMessages } from '../prisma/messages-on-the-way.ts';
import { recordBatch } from '../prisma/ticket-records.ts';
import { DAY_MS } from '../regulation/instant.ts';
import { loadCalendar } from '../regulation/working-calendar.ts';
import { withSafeFailures } from './failures.ts';
import { withHeartbeat } from './heartbeat.ts';
import { createCalendarLoader } from './load-calendar.ts';
import { createNoticeSender } from './send-notice.ts';
import type { NoticeSending } from './send-notice.ts';
import type { TicketActivities } from './ticket-activities.ts';

export type TicketEffects = { db: Database } & Omit<NoticeSending, 'calendarOf'>;

/** The effects of a ticket on real parts: PostgreSQL and the channels. */
export function createTicketActivities(effects: TicketEffects): TicketActivities {
  const { db } = effects;
  const load = createCalendarLoader(db);
  const sendNotice = createNoticeSender({
    ...effects,
    // A silence of 27 business hours ends well within two months.
    calendarOf: async (version, around) =>
      loadCalendar(await load({ version, from: around - 60 * DAY_MS, to: around + 60 * DAY_MS })),
  });
  return {
    recordTicket: withSafeFailures('recordTicket', (record) => recordBatch(db, record)),
    sendNotice: withHeartbeat(withSafeFailures('sendNotice', sendNotice)),
    loadCalendar: withSafeFailures('loadCalendar', load),
    messagesOnTheWay: withSafeFailures('messagesOnTheWay', async (request) => {
      const messages = await unnamedMessages(db, request);
      return messages.map(({ id, act, ...known }) => ({ ...known, messageId: id, kind: act, automatic: false }));
    }),
  };
}
