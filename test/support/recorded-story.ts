import type { Database } from '../../prisma/client.ts';
import { recordBatch } from '../../prisma/ticket-records.ts';
import { batchOf } from './recorded-ticket.ts';
import { receive } from './scenario.ts';
import type { Scenario } from './scenario.ts';

/** A ticket that came in by the API and whose life a test tells: what is told is recorded, as its workflow would. */
export interface RecordedStory {
  tell(what: (scenario: Scenario) => Scenario): Promise<Scenario>;
}

export async function recordedStory(
  db: Database,
  number: number,
  { clientId, contactId }: { clientId: string; contactId: string },
): Promise<RecordedStory> {
  const row = await db.ticketRequest.findUniqueOrThrow({ where: { number } });
  const scenario = receive({ number, messageId: row.firstMessageId, clientId, contactId });
  let recorded = 0;
  return {
    async tell(what) {
      what(scenario);
      await recordBatch(db, batchOf(scenario, recorded + 1));
      recorded = scenario.ticket.version;
      return scenario;
    },
  };
}
