import { z } from 'zod';
import { isDate } from '../../regulation/calendar-date.ts';
import type { StaffActType } from '../../regulation/commands.ts';
import {
  COMPLETION_OUTCOMES,
  DECLINE_REASONS,
  DEVELOPMENT_DECISIONS,
  IMPACTS,
  POSTPONE_REASONS,
  REQUEST_PARTS,
  SEVERITIES,
  VERDICTS,
} from '../../regulation/vocabulary.ts';

const notBlank = (text: string): boolean => text.trim() !== '';

/** Words to the client or to colleagues. */
const words = z.string().max(20_000).refine(notBlank, 'must not be blank');
/** Why something is done; asked for where the regulation wants it stated. */
const reason = z.string().max(2_000).refine(notBlank, 'must not be blank');
const name = z.string().max(200).refine(notBlank, 'must not be blank');
const id = z.uuid();
const date = z.string().refine(isDate, 'must be a date YYYY-MM-DD');
/** Files come with the channels; until then a list must be empty. */
const attachmentIds = z.array(z.string()).max(20);

/** The body of `POST /v1/tickets/{number}/commands`, one shape for each type. */
export const CommandBody = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('link-client'), clientId: id, contactId: id.nullable().optional() }),
    z.strictObject({ type: z.literal('decline'), reason: z.enum(DECLINE_REASONS), text: words }),
    z.strictObject({
      type: z.literal('classify'),
      severity: z.literal(SEVERITIES),
      impact: z.enum(IMPACTS).optional(),
      affectedUsers: z.int().min(0).max(1_000_000).optional(),
      productId: z.string().min(1).max(100).optional(),
      reason: reason.optional(),
    }),
    z.strictObject({ type: z.literal('take') }),
    z.strictObject({ type: z.literal('assign'), staffId: id.nullable(), reason: reason.optional() }),
    z.strictObject({ type: z.literal('reply'), text: words, attachmentIds: attachmentIds.optional() }),
    z.strictObject({ type: z.literal('note'), text: words }),
    z.strictObject({
      type: z.literal('ask-client'),
      text: words,
      missing: z.array(z.enum(REQUEST_PARTS)).max(REQUEST_PARTS.length).optional(),
      byPhone: z.boolean().optional(),
    }),
    z.strictObject({ type: z.literal('return-to-work'), reason: reason.optional() }),
    z.strictObject({ type: z.literal('escalate'), diagnosis: words }),
    z.strictObject({
      type: z.literal('record-development-decision'),
      decision: z.enum(DEVELOPMENT_DECISIONS),
      text: words,
      releaseName: name.optional(),
      targetDate: date.optional(),
    }),
    z.strictObject({ type: z.literal('postpone'), reason: z.enum(POSTPONE_REASONS), text: words }),
    z.strictObject({
      type: z.literal('complete'),
      outcome: z.enum(COMPLETION_OUTCOMES),
      text: words,
      vendorId: id.optional(),
      releaseName: name.optional(),
    }),
    z.strictObject({ type: z.literal('resend-notice'), noticeId: z.string().min(1).max(200) }),
    z.strictObject({ type: z.literal('told-by-phone'), note: words }),
    z.strictObject({
      type: z.literal('judge-message'),
      messageId: id,
      verdict: z.enum(VERDICTS),
      reason: reason.optional(),
    }),
    z.strictObject({ type: z.literal('put-ahead'), reason }),
    z.strictObject({ type: z.literal('mark-abusive'), messageId: id, reason }),
    z.strictObject({ type: z.literal('merge'), into: z.int().min(1) }),
    z.strictObject({ type: z.literal('tie-update'), updateId: id }),
  ])
  .superRefine((body, context) => {
    const refuse = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
    if (body.type === 'complete') {
      if (body.vendorId !== undefined && body.outcome !== 'not-our-software') {
        refuse('vendorId', 'goes with the outcome not-our-software alone (§3.5)');
      }
      if (body.releaseName !== undefined && body.outcome !== 'coming-update') {
        refuse('releaseName', 'goes with the outcome coming-update alone (§3.6)');
      }
    }
    if (body.type === 'record-development-decision' && body.decision === 'declined') {
      if (body.releaseName !== undefined) refuse('releaseName', 'goes with the decision planned alone (§1.4)');
      if (body.targetDate !== undefined) refuse('targetDate', 'goes with the decision planned alone (§1.4)');
    }
  })
  .meta({ id: 'Command' });
export type CommandBody = z.infer<typeof CommandBody>;
export type CommandOf<T extends StaffActType> = Extract<CommandBody, { type: T }>;
