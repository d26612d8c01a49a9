import { proxySinks } from '@temporalio/workflow';
import type { Sinks, WorkflowInterceptors } from '@temporalio/workflow';
import type { TicketRecord } from '../../activities/ticket-activities.ts';

/** Where a replayed workflow says what it would record now. */
export interface ReplaySinks extends Sinks {
  replay: { recorded(record: TicketRecord): void };
}

/** Runs inside the workflow's sandbox: shows the arguments of recordTicket, which replaying alone does not look at. */
export function interceptors(): WorkflowInterceptors {
  const { replay } = proxySinks<ReplaySinks>();
  return {
    outbound: [
      {
        scheduleActivity(input, next) {
          if (input.activityType === 'recordTicket') replay.recorded(input.args[0] as TicketRecord);
          return next(input);
        },
      },
    ],
  };
}
