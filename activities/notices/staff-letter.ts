import type { Letter } from '../../channels/letter.ts';
import { staffLetter } from '../../channels/texts/in-language.ts';
import type { StaffCase, StaffNotice } from '../../channels/texts/texts.ts';
import type { NoticeContext } from '../../prisma/notices.ts';
import { assertNever } from '../../regulation/errors.ts';
import type { Instant } from '../../regulation/instant.ts';
import type { Notice } from '../../regulation/notices.ts';
import type { Language } from '../../regulation/vocabulary.ts';
import { temporary } from '../failures.ts';

/** The words of a notice to staff in the language of one of them, put together when it is sent. */
export function writeToStaff(
  kind: StaffNotice,
  notice: Notice,
  { context, language, now, link }: { context: NoticeContext; language: Language; now: Instant; link: string },
): Letter {
  const ticket: StaffCase = {
    number: notice.ticketNumber,
    topic: context.request.subject,
    clientName: context.clientName,
    severity: context.ticket.severity,
    assigneeName: context.assigneeName,
    link,
    now,
  };
  switch (kind) {
    case 'client-wrote':
    case 'client-disagreed':
      return staffLetter(language, kind, { ticket, facts: { words: context.words } });
    case 'first-response-warning':
    case 'first-response-breach':
    case 'resolution-warning':
    case 'resolution-alarm':
    case 'resolution-breach':
    case 'judgement-overdue':
    case 'development-target-warning':
    case 'development-target-missed': {
      if (notice.dueAt === null) throw temporary(`a notice of ${kind} came without its deadline`, 'NoticeMalformed');
      return staffLetter(language, kind, { ticket, facts: { dueAt: notice.dueAt } });
    }
    case 'development-decided': {
      if (context.event.type !== 'development-decided') {
        throw temporary(`a notice of ${kind} came with ${context.event.type}`, 'NoticeMalformed');
      }
      const { decision, targetDate } = context.event;
      return staffLetter(language, kind, { ticket, facts: { words: context.words, decision, targetDate } });
    }
    case 'critical-received':
    case 'assigned':
    case 'question-undeliverable':
    case 'completion-undeliverable':
    case 'notice-undeliverable':
    case 'not-told-alarm':
      return staffLetter(language, kind, { ticket, facts: {} });
    default:
      return assertNever(kind);
  }
}
