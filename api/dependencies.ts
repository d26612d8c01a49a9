import type { Database } from '../prisma/client.ts';
import type { ApiSettings } from './settings.ts';
import type { TicketGateway } from './ticket-gateway.ts';

/** What the routes stand on; every route plugin gets it as its options. */
export interface ApiDependencies {
  db: Database;
  gateway: TicketGateway;
  settings: ApiSettings;
  /** Has a ticket's facts brought to its workflow soon, and returns at once; the sweep does it in any case. */
  dispatchSoon: (ticketNumber: number) => void;
}
