import type { TicketEvent } from '../../../regulation/events.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../regulation/instant.ts';
import { SlowAuditor } from '../slow-auditor.ts';
import type { Evidence, KeptTicket } from './evidence.ts';

/** Every deadline stands at its own instant, whatever was dead then, and none that has passed is missing (reading 20, invariants 6 to 8). */
export function* wrongDeadlines(
  { number, events, now, nextDeadlineAt }: KeptTicket,
  evidence: Evidence,
): Generator<string> {
  const [receipt] = events;
  if (receipt === undefined) return;
  const wrong = (event: TicketEvent, at: number | null | undefined): string[] =>
    event.at === at
      ? []
      : [
          `${event.type} of ticket ${number} stands at ${iso(event.at)}, not at its own instant ${at == null ? 'none' : iso(at)}`,
        ];
  for (const [index, event] of events.entries()) {
    if (event.at > event.knownAt) yield `event ${event.version} of ticket ${number} was known before it happened`;
    const before = new SlowAuditor(events.slice(0, index), evidence.definitions);
    switch (event.type) {
      case 'first-response-warned':
        yield* wrong(event, receipt.at + 10 * MINUTE_MS);
        break;
      case 'first-response-breached':
        yield* wrong(event, receipt.at + 15 * MINUTE_MS);
        break;
      case 'resolution-warned':
        if (before.elapsedMs(event.at) * 4 !== before.limitMs() * 3) {
          yield `the resolution warning of ticket ${number} stands at ${iso(event.at)}, where another part is used up`;
        }
        break;
      case 'resolution-breached':
      case 'resolution-alarmed':
        yield* wrong(event, before.dueAt());
        break;
      case 'closed':
        if (event.because === 'client-silent') {
          const handedOver = events.find(({ type }) => type === 'question-handed-over');
          if (before.businessMs(handedOver?.at ?? 0, event.at) !== 27 * HOUR_MS) {
            yield `ticket ${number} was closed as silent at ${iso(event.at)}, not after 27 working hours`;
          }
        }
        if (event.because === 'no-answer') {
          yield* wrong(event, (events.findLast(({ type }) => type === 'client-told')?.at ?? 0) + DAY_MS);
        }
        break;
      default:
    }
  }
  const responded = events.find(({ type }) => ['classified', 'declined', 'replied', 'client-asked'].includes(type));
  const isCall = receipt.type === 'ticket-received' && receipt.channel === 'phone';
  const dueAt = receipt.at + 15 * MINUTE_MS;
  const isBreached = events.some(({ type }) => type === 'first-response-breached');
  if (!isCall && dueAt < now && (responded?.at ?? Infinity) > dueAt && !isBreached) {
    yield `ticket ${number} had no first response by ${iso(dueAt)} and no breach is recorded`;
  }
  if (isBreached && (isCall || (responded?.at ?? Infinity) <= dueAt)) {
    yield `ticket ${number} was answered in time and has a breach`;
  }
  if (nextDeadlineAt !== null && nextDeadlineAt < now - MINUTE_MS) {
    yield `ticket ${number} waits for a deadline that has passed at ${iso(nextDeadlineAt)}`;
  }
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
