import { z } from 'zod';
import { explainDeadlines, INTERVAL_REASONS } from '../regulation/explain.ts';
import type { Explanation } from '../regulation/explain.ts';
import type { Instant } from '../regulation/instant.ts';
import type { Ticket } from '../regulation/ticket.ts';
import type { Language } from '../regulation/vocabulary.ts';
import type { WorkingCalendar } from '../regulation/working-calendar.ts';
import { textsIn } from './texts/in-language.ts';
import type { Texts } from './texts/texts.ts';

/** One deadline explained (§1.5): its counted intervals add up to `elapsedMs` exactly. Staff and client read the same. */
export const DeadlineView = z.object({
  kind: z.enum(['first-response-due', 'resolution-due', 'silence-limit', 'confirmation-limit']),
  dueAt: z.iso.datetime().nullable(),
  limitMs: z.int(),
  elapsedMs: z.int(),
  intervals: z.array(
    z.object({
      from: z.iso.datetime(),
      to: z.iso.datetime(),
      counted: z.boolean(),
      clause: z.string(),
      /** The reason as a stable word. */
      reason: z.enum(INTERVAL_REASONS),
      /** The reason as a sentence in the reader's language. */
      why: z.string(),
    }),
  ),
});
export type DeadlineView = z.infer<typeof DeadlineView>;

/**
 * Every deadline of a ticket that a person may ask about, as of an instant of the ticket's own time.
 * @throws HorizonExceeded when the calendar ends before the answer
 */
export function deadlineViews(asked: {
  ticket: Ticket;
  calendar: WorkingCalendar;
  now: Instant;
  language: Language;
}): DeadlineView[] {
  const texts = textsIn(asked.language);
  return explainDeadlines(asked.ticket, asked.calendar, asked.now).map((one) => deadlineView(one, texts));
}

function deadlineView({ kind, dueAt, limitMs, elapsedMs, intervals }: Explanation, texts: Texts): DeadlineView {
  return {
    kind,
    dueAt: dueAt === null ? null : new Date(dueAt).toISOString(),
    limitMs,
    elapsedMs,
    intervals: intervals.map(({ from, to, counted, clause, why }) => ({
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      counted,
      clause,
      reason: why,
      why: texts.intervals[why],
    })),
  };
}
