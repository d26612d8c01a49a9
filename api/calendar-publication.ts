import type { PublishedCalendar } from '../prisma/calendar-versions.ts';
import { hashOfDefinition } from '../prisma/calendar-versions.ts';
import { dateOfDay, dayOfDate } from '../regulation/calendar-date.ts';
import { validateCalendar } from '../regulation/calendar-definition.ts';
import type { CalendarDefinition } from '../regulation/calendar-definition.ts';
import type { Instant } from '../regulation/instant.ts';
import type { Fault } from './errors.ts';
import { companyDateOf } from './intake/local-date.ts';

/**
 * How long a published calendar must go on, in dates from today: half a year. The longest limit, five working days, takes
 * under four weeks even over the May holidays; the rest is time in which people publish the next calendar, since a
 * deadline that no calendar reaches cannot be counted, and nothing is guessed.
 */
const LEAST_DAYS_AHEAD = 183;

/** A call may be entered a week after it was taken (reading 4), so the calendar must cover that week. */
const LEAST_DAYS_BACK = 8;

/** More dates than this need no calendar, and compiling them would hold up everybody else. */
const MOST_DAYS = 20 * 366;

/** Why a definition may not become the calendar in force: every fault of it, by its place. */
export function faultsOfPublication({
  definition,
  inForce,
  oldestOpenReceipt,
  now,
}: {
  definition: CalendarDefinition;
  inForce: PublishedCalendar | null;
  /** The receipt of the oldest open ticket, or null without one. */
  oldestOpenReceipt: Instant | null;
  now: Instant;
}): Fault[] {
  const problems = validateCalendar(definition).map(({ code, path, sentence }) => fault(code, path, sentence));
  // What the dates must cover is asked only of dates that are dates.
  if (problems.length > 0) return problems;
  return [
    ...endsTooSoon(definition, inForce, now),
    ...dropsThePast(definition, oldestOpenReceipt, now),
    ...isTooLong(definition),
    ...changesPlace(definition, inForce),
    ...changesNothing(definition, inForce),
  ];
}

/** The deadlines that were counted under the present calendar stay within the next one. */
function* endsTooSoon({ validTo }: CalendarDefinition, inForce: PublishedCalendar | null, now: Instant) {
  const least = later(dateOfDay(dayOfDate(companyDateOf(now)) + LEAST_DAYS_AHEAD), inForce?.definition.validTo ?? '');
  if (validTo >= least) return;
  const why = `a calendar goes on for half a year from today at least, and as long as the one before`;
  yield fault('ends-too-soon', '/validTo', `${validTo} is too soon: ${why}; ${least} or later is allowed.`);
}

/** A new level is measured from receipt under the calendar in force (reading 1), so it reaches back to every open ticket. */
function* dropsThePast({ validFrom }: CalendarDefinition, oldestOpenReceipt: Instant | null, now: Instant) {
  const aWeekAgo = dateOfDay(dayOfDate(companyDateOf(now)) - LEAST_DAYS_BACK);
  const oldest = oldestOpenReceipt === null ? aWeekAgo : companyDateOf(oldestOpenReceipt);
  const latest = oldest < aWeekAgo ? oldest : aWeekAgo;
  if (validFrom <= latest) return;
  const why = 'open tickets, and calls that may still be entered, count from before';
  yield fault('drops-the-past', '/validFrom', `${validFrom} is too late: ${why}; ${latest} or earlier is allowed.`);
}

function* isTooLong({ validFrom, validTo }: CalendarDefinition) {
  if (dayOfDate(validTo) - dayOfDate(validFrom) <= MOST_DAYS) return;
  yield fault('too-long', '/validTo', `A calendar may cover 20 years; this one goes from ${validFrom} to ${validTo}.`);
}

/** §2.4 counts in Bishkek time, and so do the texts that name a deadline. */
function* changesPlace({ timeZone }: CalendarDefinition, inForce: PublishedCalendar | null) {
  if (inForce === null || inForce.definition.timeZone === timeZone) return;
  const sentence = `${timeZone} is another place: the regulation counts in ${inForce.definition.timeZone} (2.4).`;
  yield fault('other-time-zone', '/timeZone', sentence);
}

/** Every open ticket would be told of a change that there is not. */
function* changesNothing(definition: CalendarDefinition, inForce: PublishedCalendar | null) {
  if (inForce === null || inForce.hash !== hashOfDefinition(definition)) return;
  yield fault('nothing-changed', '', `This is version ${inForce.version}, the calendar in force, word by word.`);
}

function fault(code: string, path: string, message: string): Fault {
  return { code, path: `body/definition${path}`, message };
}

const later = (a: string, b: string): string => (a > b ? a : b);
