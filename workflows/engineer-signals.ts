import type { StaffAct } from '../regulation/commands.ts';
import type { Instant } from '../regulation/instant.ts';
import type { CalendarNews } from './carried-ticket.ts';

/*
 * What an engineer types into the Temporal UI is JSON that no compiler has seen. These read it, or say null.
 */

export function assignActOf(argument: unknown): StaffAct | null {
  const { staffId } = fieldsOf(argument);
  if (staffId !== null && !isStaffId(staffId)) return null;
  return { type: 'assign', staffId, reasonId: null };
}

export function resendActOf(argument: unknown): StaffAct | null {
  const { noticeId } = fieldsOf(argument);
  return typeof noticeId === 'string' ? { type: 'resend-notice', noticeId } : null;
}

/** By hand the instant may be left out: then it is now. */
export function calendarNewsOf(argument: unknown, now: Instant): CalendarNews | null {
  const { version, publishedAt = now } = fieldsOf(argument);
  if (!isWholeNumber(version) || !isWholeNumber(publishedAt)) return null;
  return { version, publishedAt };
}

export function failedNoticeOf(argument: unknown): { noticeId: string; at: Instant } | null {
  const { noticeId, at } = fieldsOf(argument);
  return typeof noticeId === 'string' && isWholeNumber(at) ? { noticeId, at } : null;
}

function fieldsOf(argument: unknown): Record<string, unknown> {
  return typeof argument === 'object' && argument !== null ? { ...argument } : {};
}

/** What is no id of that form the records cannot take, and a ticket that cannot be recorded stands still. */
function isStaffId(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
}

function isWholeNumber(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
