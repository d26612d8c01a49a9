import { createTicketActivities } from '../../activities/create-ticket-activities.ts';
import type { TicketActivities } from '../../activities/ticket-activities.ts';
import { closeChannelSenders, createChannelSenders } from '../../channels/index.ts';
import { publishCalendar } from '../../prisma/calendar-versions.ts';
import { createDatabase } from '../../prisma/client.ts';
import type { Database } from '../../prisma/client.ts';
import { calendarDefinition } from './calendars.ts';
import { createTestDatabase } from './database.ts';
import { startMailServer } from './mail-server.ts';
import type { MailServer } from './mail-server.ts';
import { seedDirectories } from './recorded-ticket.ts';

export const LINK_SECRET = 'a secret of the tests, thirty-two characters';
export const PUBLIC_URL = 'https://support.siroca.com';

/** The worker's effects on a database and a mail server of a test's own. */
export interface RealEffects {
  databaseUrl: string;
  db: Database;
  mail: MailServer;
  activities: TicketActivities;
  /** What was logged, one object a line. */
  logged: object[];
  close(): Promise<void>;
}

export async function startRealEffects(): Promise<RealEffects> {
  const testDatabase = await createTestDatabase();
  const db = createDatabase(testDatabase.url);
  await seedDirectories(db);
  await publishCalendar(db, { basedOn: 0, definition: calendarDefinition(), publishedById: null, at: 0 });
  const mail = await startMailServer();
  const mailFrom = 'support@siroca.com';
  const senders = createChannelSenders({ email: { smtpUrl: mail.url, from: mailFrom } });
  const logged: object[] = [];
  const keep = (fields: object, message: string) => logged.push({ ...fields, message });
  const activities = createTicketActivities({
    db,
    senders,
    publicUrl: PUBLIC_URL,
    linkSecret: LINK_SECRET,
    mailFrom,
    log: { info: keep, warn: keep },
  });
  return {
    databaseUrl: testDatabase.url,
    db,
    mail,
    activities,
    logged,
    async close() {
      await closeChannelSenders(senders);
      await mail.stop();
      await db.$disconnect();
      await testDatabase.drop();
    },
  };
}
