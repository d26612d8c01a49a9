import { randomUUID } from 'node:crypto';
import { NativeConnection, Worker } from '@temporalio/worker';
import type { LightMyRequestResponse } from 'fastify';
import { createTicketActivities } from '../../activities/create-ticket-activities.ts';
import type { TicketView } from '../../api/ticket-view.ts';
import { closeChannelSenders, createChannelSenders } from '../../channels/index.ts';
import { createTicketGateway } from '../../api/ticket-gateway.ts';
import { publishCalendar } from '../../prisma/calendar-versions.ts';
import { createDatabase } from '../../prisma/client.ts';
import type { Database } from '../../prisma/client.ts';
import { recordBatch } from '../../prisma/ticket-records.ts';
import type { RecordedBatch } from '../../prisma/ticket-records.ts';
import type { CalendarDefinition } from '../../regulation/calendar-definition.ts';
import type { Instant } from '../../regulation/instant.ts';
import type { Role } from '../../regulation/vocabulary.ts';
import { buildApi } from './api.ts';
import type { TestApi } from './api.ts';
import { calendarDefinition } from './calendars.ts';
import { createTestDatabase } from './database.ts';
import { startMailServer } from './mail-server.ts';
import type { MailServer } from './mail-server.ts';
import {
  AGENT_ID,
  batchOf,
  CLIENT_ID,
  CONTACT_ID,
  DEVELOPER_ID,
  HEAD_ID,
  OTHER_AGENT_ID,
  seedDirectories,
} from './recorded-ticket.ts';
import { instant } from './scenario.ts';
import type { Scenario, When } from './scenario.ts';
import { connectTemporal, uniqueTaskQueue } from './temporal.ts';
import { activitiesOver, ticketBundle } from './ticket-worker.ts';

/** The calendar of the scenarios, published as version 1 of a database. */
export async function seedCalendar(db: Database, overrides: Partial<CalendarDefinition> = {}): Promise<void> {
  await publishCalendar(db, {
    basedOn: 0,
    definition: calendarDefinition(overrides),
    publishedById: null,
    at: Date.parse('2026-01-01T00:00Z'),
  });
}

/**
 * Records a scenario as its workflow would, and gives its ticket a time of its own, so that reads say the same on every
 * day. The people of the scenarios become those of `seedDirectories`.
 */
export async function record(db: Database, scenario: Scenario, now: When): Promise<void> {
  const people: [string, string][] = [
    ['agent-1', AGENT_ID],
    ['agent-2', OTHER_AGENT_ID],
    ['head-1', HEAD_ID],
    ['developer-1', DEVELOPER_ID],
    ['contact-1', CONTACT_ID],
    ['client-1', CLIENT_ID],
  ];
  const batch = people.reduce(
    (text, [name, id]) => text.replaceAll(`"${name}"`, `"${id}"`),
    JSON.stringify(batchOf(scenario)),
  );
  await recordBatch(db, JSON.parse(batch) as RecordedBatch);
  await setOwnTime(db, scenario.ticket.number, instant(now));
}

/** From now on the ticket's own clock goes on from that instant. */
export async function setOwnTime(db: Database, number: number, now: Instant): Promise<void> {
  await db.ticketRequest.update({ where: { number }, data: { rehearsalOffsetMs: now - Date.now() } });
}

/** The API with real tickets behind it: the run's Temporal server, a worker, and a database of its own. */
export interface Desk extends TestApi {
  /** The letters that went out, and how the mail server behaves. */
  mail: MailServer;
  /** A request of the known client, whose workflow has recorded its first event; its number. */
  newTicket(overrides?: { impact?: string }): Promise<number>;
  /** Does something to a ticket, or asks to. */
  act(
    number: number,
    as: Role,
    body: object,
    more?: { key?: string; ifMatch?: string },
  ): Promise<LightMyRequestResponse>;
  /** The same, and it must succeed. */
  acts(number: number, as: Role, body: object): Promise<TicketView>;
  ticket(number: number, as?: Role): Promise<TicketView>;
  /** Waits until the ticket is so. */
  becomes(number: number, isSo: (ticket: TicketView) => boolean): Promise<TicketView>;
}

const LINK_SECRET = 'the secret of links in the tests of the desk';

/** Long enough for any clock of these tests, whatever day it is. */
const CALENDAR: Partial<CalendarDefinition> = { validFrom: '2020-01-01', validTo: '2035-01-01' };

export async function startDesk(): Promise<Desk> {
  const own = await createTestDatabase();
  const temporal = await connectTemporal();
  const native = await NativeConnection.connect({ address: temporal.address });
  const taskQueue = uniqueTaskQueue('desk');
  const workerDb = createDatabase(own.url);
  const mail = await startMailServer();
  const mailFrom = 'support@siroca.com';
  const senders = createChannelSenders({ email: { smtpUrl: mail.url, from: mailFrom } });
  const effects = createTicketActivities({
    db: workerDb,
    senders,
    publicUrl: 'http://support.example',
    linkSecret: LINK_SECRET,
    mailFrom,
    log: { info: () => undefined, warn: () => undefined },
  });
  const worker = await Worker.create({
    connection: native,
    taskQueue,
    workflowBundle: await ticketBundle(),
    activities: activitiesOver(effects),
    stickyQueueScheduleToStartTimeout: '1 second',
    shutdownGraceTime: '1 second',
  });
  const ended = worker.run();
  // Numbers of tickets are names of workflows, and the server of the run is shared.
  const first = (Date.now() % 1_000_000) * 1_000 + Math.floor(Math.random() * 1_000);
  await workerDb.$executeRawUnsafe(`ALTER SEQUENCE ticket_requests_number_seq RESTART WITH ${first + 1}`);
  const api = await buildApi({
    databaseUrl: own.url,
    gateway: createTicketGateway({ client: temporal.client, taskQueue }),
    env: { REHEARSAL: 'on', TEMPORAL_ADDRESS: temporal.address, LINK_SECRET },
    sweep: true,
  });
  await seedDirectories(api.db);
  await seedCalendar(api.db, CALENDAR);
  await api.db.agreement.create({
    data: {
      clientId: CLIENT_ID,
      number: 'Л-1',
      kind: 'licence',
      validFrom: new Date('2020-01-01'),
      allProducts: true,
    },
  });

  const ticket = async (number: number, as: Role = 'agent') =>
    (await api.ask({ url: `/v1/tickets/${number}`, as })).json<TicketView>();

  const becomes: Desk['becomes'] = async (number, isSo) => {
    for (let tries = 0; tries < 400; tries += 1) {
      const now = await ticket(number);
      if (isSo(now)) return now;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`ticket ${number} did not become so: ${JSON.stringify(await ticket(number))}`);
  };

  const act: Desk['act'] = (number, as, body, { key, ifMatch } = {}) =>
    api.ask({
      method: 'POST',
      url: `/v1/tickets/${number}/commands`,
      as,
      body,
      ...(key === undefined ? {} : { key }),
      ...(ifMatch === undefined ? {} : { headers: { 'if-match': ifMatch } }),
    });

  return {
    ...api,
    mail,
    ticket,
    becomes,
    act,
    async acts(number, as, body) {
      const response = await act(number, as, body);
      if (response.statusCode !== 200) throw new Error(`${JSON.stringify(body)}: ${response.body}`);
      return response.json<TicketView>();
    },
    async newTicket(overrides = {}) {
      const messageId = randomUUID();
      const receivedAt = new Date();
      const { number } = await api.db.ticketRequest.create({
        data: {
          edition: '2023-03-31',
          channel: 'email',
          receivedAt,
          clientId: CLIENT_ID,
          contactId: CONTACT_ID,
          productId: 'siroca-lis',
          agreements: [{ agreementId: randomUUID(), from: '2020-01-01', to: null, productIds: null }],
          subject: 'Не печатаются этикетки',
          senderAddress: 'aigul@ak-suu.example',
          firstMessageId: messageId,
          ...overrides,
          messages: {
            create: {
              id: messageId,
              act: 'message',
              channel: 'email',
              account: 'support@siroca.com',
              externalId: messageId,
              text: 'Принтер молчит.',
              receivedAt,
            },
          },
        },
      });
      api.dispatcher.soon(number);
      await becomes(number, (one) => one.version > 0);
      return number;
    },
    async close() {
      await api.close();
      worker.shutdown();
      await ended;
      await native.close();
      await closeChannelSenders(senders);
      await mail.stop();
      await temporal.connection.close();
      await workerDb.$disconnect();
      await own.drop();
    },
  };
}
