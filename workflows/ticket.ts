import { continueAsNew, currentUpdateInfo, setCurrentDetails, setHandler } from '@temporalio/workflow';
import type { ReceivedRequest } from '../regulation/decide.ts';
import type { ClosingReason, LiveStatus, Outcome } from '../regulation/vocabulary.ts';
import type { CarriedTicket } from './carried-ticket.ts';
import { currentDetails } from './current-details.ts';
import { assignActOf, calendarNewsOf, failedNoticeOf, resendActOf } from './engineer-signals.ts';
import { refusalFailure } from './ticket-commands.ts';
import {
  assignSignal,
  calendarPublishedSignal,
  clientCommandSignal,
  noticeFailedSignal,
  resendNoticeSignal,
  returnToWorkSignal,
  staffCommandUpdate,
  tellTimeUpdate,
  ticketQuery,
} from './ticket-messages.ts';
import { TicketRun } from './ticket-run.ts';

/** What a finished workflow shows as its result. */
export interface TicketEnd {
  closedBecause: ClosingReason;
  outcome: Outcome | null;
  version: number;
}

/** A ticket from its receipt to its closing, in as many runs as its history needs. */
export async function ticket(intake: ReceivedRequest, carried?: CarriedTicket): Promise<TicketEnd> {
  const run = new TicketRun({ intake, carried, onChange: () => show(run) });
  listen(run);
  if ((await run.live()) === 'handed-on') return continueAsNew<typeof ticket>(intake, run.carried());
  return endOf(run);
}

/** Messages that came before the first task are handled right here, so the run must be ready for them. */
function listen(run: TicketRun): void {
  setHandler(staffCommandUpdate, (command) => run.staffCommand(command, updateId()), {
    description: 'An act of staff; answers once it is recorded.',
    validator: (command) => {
      const refusal = run.foreseeRefusal(command, updateId());
      if (refusal !== null) throw refusalFailure(refusal);
    },
  });
  setHandler(tellTimeUpdate, () => tellTime(run), {
    description: "The ticket's own time, once all due by it is recorded.",
  });
  setHandler(clientCommandSignal, (command) => run.clientCommand(command), {
    description: 'A message or an act of the client.',
  });
  setHandler(
    calendarPublishedSignal,
    (argument) => {
      const news = calendarNewsOf(argument, Date.now());
      if (news !== null) run.calendarPublished(news);
    },
    { description: 'A working calendar has been published: {"version": 7}.' },
  );
  setHandler(
    noticeFailedSignal,
    (argument) => {
      const failed = failedNoticeOf(argument);
      if (failed !== null) run.noticeFailed(failed.noticeId, failed.at);
    },
    { description: 'A notice has come back (a bounce).' },
  );
  setHandler(returnToWorkSignal, () => run.engineerAct({ type: 'return-to-work', reasonId: null }), {
    description: 'By an engineer: back to work.',
  });
  setHandler(
    assignSignal,
    (argument) => {
      const act = assignActOf(argument);
      if (act === null) run.engineerMistake('assign');
      else run.engineerAct(act);
    },
    { description: 'By an engineer: {"staffId": "…"}, or null for the queue.' },
  );
  setHandler(
    resendNoticeSignal,
    (argument) => {
      const act = resendActOf(argument);
      if (act === null) run.engineerMistake('resend-notice');
      else run.engineerAct(act);
    },
    { description: 'By an engineer: {"noticeId": "…"} of the question or the completion.' },
  );
  setHandler(
    ticketQuery,
    () => ({
      ticket: run.ticket,
      recordedVersion: run.recordedVersion,
      pendingNotices: run.pendingNotices,
    }),
    { description: 'The ticket as the workflow has it.' },
  );
}

async function tellTime(run: TicketRun): Promise<{ now: number; status: LiveStatus }> {
  await run.settled();
  return { now: Date.now(), status: run.ticket?.status ?? 'triage' };
}

function show(run: TicketRun): void {
  const { ticket, calendar, recordedVersion, pendingNotices } = run;
  if (ticket === null || calendar === null) return;
  setCurrentDetails(currentDetails({ ticket, calendar, recordedVersion, pendingNotices, now: Date.now() }));
}

function endOf({ ticket }: TicketRun): TicketEnd {
  if (ticket?.status !== 'closed') throw new Error('the ticket ended without having been closed');
  const { closedBecause, outcome, version } = ticket;
  return { closedBecause, outcome, version };
}

function updateId(): string {
  const id = currentUpdateInfo()?.id;
  if (id === undefined) throw new Error('an update has an id');
  return id;
}
