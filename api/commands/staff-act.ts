import { isMailAddress } from '../../channels/email/mail-address.ts';
import {
  clientOfContact,
  isClient,
  isMessageOf,
  isNoticeOf,
  isProduct,
  isVendor,
  worksOnTickets,
} from '../../prisma/act-references.ts';
import { agreementFactsOf } from '../../prisma/agreements.ts';
import type { Queries } from '../../prisma/client.ts';
import { releaseNamed } from '../../prisma/staff-texts.ts';
import type { TicketRow } from '../../prisma/ticket-reads.ts';
import type { StaffAct } from '../../regulation/commands.ts';
import { assertNever } from '../../regulation/errors.ts';
import { Problem } from '../errors.ts';
import type { CommandBody, CommandOf } from './command-body.ts';
import { textIdOf } from './derived-ids.ts';
import type { Occasion } from './derived-ids.ts';

/** The words of an act, still to be written, and the act that speaks of them by their ids. */
export interface PreparedAct {
  act: StaffAct;
  texts: { id: string; field: string; body: string }[];
}

export interface Preparing {
  db: Queries;
  row: TicketRow;
  occasion: Occasion;
}

/**
 * Turns a body into the regulation's act: looks up what it names, adds the facts that the records know, and puts ids in
 * the place of words. Whether the act may be done is `decide`'s question alone.
 * @throws Problem `unknown-reference`, `unknown-product` or `not-yet-available`
 */
export async function prepareAct(body: CommandBody, preparing: Preparing): Promise<PreparedAct> {
  const texts: PreparedAct['texts'] = [];
  const say = (field: string, words: string): string => {
    const id = textIdOf(preparing.occasion, field);
    texts.push({ id, field, body: words });
    return id;
  };
  const sayIfGiven = (field: string, words: string | undefined): string | null =>
    words === undefined ? null : say(field, words);
  return { act: await actOf(body, preparing, { say, sayIfGiven }), texts };
}

interface Saying {
  say: (field: string, words: string) => string;
  sayIfGiven: (field: string, words: string | undefined) => string | null;
}

async function actOf(body: CommandBody, preparing: Preparing, { say, sayIfGiven }: Saying): Promise<StaffAct> {
  const { db, row } = preparing;
  const { type } = body;
  switch (type) {
    case 'link-client':
      return linkClient(body, preparing);
    case 'decline':
      return { type, reason: body.reason, textId: say('text', body.text) };
    case 'classify': {
      const { severity, impact = null, affectedUsers = null, productId = null } = body;
      if (productId !== null) await mustBe(isProduct(db, productId), 'unknown-product', `no product "${productId}"`);
      const agreements = await agreementFactsOf(db, row.ticket?.clientId ?? null);
      const reasonId = sayIfGiven('reason', body.reason);
      return { type, severity, impact, affectedUsers, productId, reasonId, agreements };
    }
    case 'take':
      return { type };
    case 'assign':
      if (body.staffId !== null) {
        const detail = `staffId ${body.staffId} is no active agent or head of support: tickets are assigned to them alone`;
        await mustBe(worksOnTickets(db, body.staffId), 'unknown-reference', detail);
      }
      return { type, staffId: body.staffId, reasonId: sayIfGiven('reason', body.reason) };
    case 'reply':
      if (body.attachmentIds !== undefined && body.attachmentIds.length > 0) {
        throw new Problem('not-yet-available', 'attachments are not taken yet; send the reply without attachmentIds');
      }
      return { type, textId: say('text', body.text) };
    case 'note':
      return { type, textId: say('text', body.text) };
    case 'ask-client':
      return {
        type,
        textId: say('text', body.text),
        missing: [...new Set(body.missing)],
        byPhone: body.byPhone ?? false,
        reachable: await isReachable(preparing),
      };
    case 'return-to-work':
      return { type, reasonId: sayIfGiven('reason', body.reason) };
    case 'escalate':
      return { type, diagnosisId: say('diagnosis', body.diagnosis) };
    case 'record-development-decision': {
      const { decision, releaseName, targetDate = null } = body;
      const releaseId = releaseName === undefined ? null : await releaseNamed(db, releaseName.trim());
      return { type, decision, textId: say('text', body.text), releaseId, targetDate };
    }
    case 'postpone':
      return { type, reason: body.reason, textId: say('text', body.text) };
    case 'complete': {
      const { outcome, vendorId = null, releaseName } = body;
      if (vendorId !== null) await mustBe(isVendor(db, vendorId), 'unknown-reference', `no vendor ${vendorId}`);
      const releaseId = releaseName === undefined ? null : await releaseNamed(db, releaseName.trim());
      return { type, outcome, textId: say('text', body.text), vendorId, releaseId };
    }
    case 'resend-notice': {
      const detail = `ticket ${row.number} has no notice of this id; GET /tickets/${row.number} lists them as resendable`;
      await mustBe(isNoticeOf(db, row.number, body.noticeId), 'unknown-reference', detail);
      return { type, noticeId: body.noticeId };
    }
    case 'told-by-phone':
      return { type, noteId: say('note', body.note) };
    case 'judge-message':
      await mustBeMessage(preparing, body.messageId);
      return { type, messageId: body.messageId, verdict: body.verdict, reasonId: sayIfGiven('reason', body.reason) };
    case 'put-ahead':
      return { type, reasonId: say('reason', body.reason) };
    case 'mark-abusive':
      await mustBeMessage(preparing, body.messageId);
      return { type, messageId: body.messageId, reasonId: say('reason', body.reason) };
    case 'merge':
    case 'tie-update':
      throw new Problem('not-yet-available', `${type} is not available yet`);
    default:
      return assertNever(body);
  }
}

/** A contact of another client's cannot come with this client. Without one, who wrote stays known. */
async function linkClient({ type, ...body }: CommandOf<'link-client'>, { db }: Preparing): Promise<StaffAct> {
  const { clientId, contactId = null } = body;
  await mustBe(isClient(db, clientId), 'unknown-reference', `no client ${clientId}`);
  if (contactId !== null && (await clientOfContact(db, contactId)) !== clientId) {
    const detail = `contactId ${contactId} is no contact of client ${clientId}; change the contact first, or name another`;
    throw new Problem('unknown-reference', detail);
  }
  return { type, clientId, contactId, agreements: await agreementFactsOf(db, clientId) };
}

/**
 * Whether there is an address to ask at (reading 5): the contact's, else one that the sender came from or gave. Channels
 * that can send are asked; that is e-mail.
 */
async function isReachable({ db, row }: Preparing): Promise<boolean> {
  const contactId = row.ticket === null ? row.contactId : row.ticket.contactId;
  const contact = contactId === null ? null : await db.contact.findUnique({ where: { id: contactId } });
  const addresses = contact === null ? [row.senderAddress, row.contactEmail] : [contact.email];
  return addresses.some((address) => address !== null && isMailAddress(address));
}

async function mustBeMessage({ db, row }: Preparing, messageId: string): Promise<void> {
  const detail = `ticket ${row.number} has no message ${messageId}; GET /tickets/${row.number}/messages lists them`;
  await mustBe(isMessageOf(db, row.number, messageId), 'unknown-reference', detail);
}

async function mustBe(
  isThere: Promise<boolean>,
  code: 'unknown-reference' | 'unknown-product',
  detail: string,
): Promise<void> {
  if (!(await isThere)) throw new Problem(code, detail);
}
