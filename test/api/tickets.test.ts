import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NOT_YET_AVAILABLE } from '../../api/ticket-view.ts';
import type { TicketView } from '../../api/ticket-view.ts';
import { readToken } from '../../channels/client-link.ts';
import { allowedActs } from '../../regulation/decide.ts';
import type { Role } from '../../regulation/vocabulary.ts';
import { ROLES } from '../../regulation/vocabulary.ts';
import { buildApi, createStaff } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { record, seedCalendar } from '../support/desk.ts';
import { CLIENT_ID, CONTACT_ID, receiveRecorded, seedDirectories, seedRequest } from '../support/recorded-ticket.ts';
import { ask, classify, complete, decline, escalate, putAhead, take } from '../support/tickets.ts';

// Temporal is down in this whole file: reads come from PostgreSQL alone.
let api: TestApi;

beforeAll(async () => {
  api = await buildApi();
  await seedDirectories(api.db);
  await seedCalendar(api.db);
  await createStaff(api.db, 'agent');
});

afterAll(() => api.close());

async function ticket(number: number, as: Role = 'agent'): Promise<TicketView> {
  const response = await api.ask({ url: `/v1/tickets/${number}`, as });
  expect(response.statusCode).toBe(200);
  return response.json<TicketView>();
}

describe('GET /v1/tickets/{number}', () => {
  it('shows a ticket in work as the contract has it', async () => {
    const request = await seedRequest(api.db, { subject: 'Нет связи с анализатором' });
    const inWork = receiveRecorded(request, { impact: 'degraded', affectedUsers: 12 })
      .when('2026-03-02 09:04', classify(3))
      .when('2026-03-02 09:05', putAhead());
    await record(api.db, inWork, '2026-03-02 12:00');
    const shown = await ticket(request.number);
    expect(shown).toMatchObject({
      number: request.number,
      status: 'work',
      version: 3,
      revision: 3,
      severity: 3,
      proposedSeverity: 2,
      channel: 'email',
      receivedAt: '2026-03-02T03:00:00.000Z',
      clientId: CLIENT_ID,
      contactId: CONTACT_ID,
      productId: 'siroca-lis',
      subject: 'Нет связи с анализатором',
      assigneeId: null,
      outcome: null,
      closedBecause: null,
      closedAt: null,
      putAheadAt: '2026-03-02T03:05:00.000Z',
      agreementStanding: 'valid',
      impact: 'degraded',
      affectedUsers: 12,
      edition: '2023-03-31',
      clocks: {
        firstResponse: { dueAt: '2026-03-02T03:15:00.000Z', state: 'stopped', elapsedMs: 4 * 60_000 },
        resolution: { dueAt: '2026-03-03T12:00:00.000Z', provisional: false, state: 'running' },
      },
      // 75 % of 18 business hours.
      nextDeadline: { kind: 'resolution-warning', at: '2026-03-03T07:30:00.000Z' },
    });
    expect(shown.now.slice(0, 16)).toBe('2026-03-02T06:00');
    const { elapsedMs, remainingMs } = shown.clocks!.resolution;
    expect(elapsedMs).toBe(Date.parse(shown.now) - Date.parse('2026-03-02T03:00:00Z'));
    expect(elapsedMs + remainingMs).toBe(18 * 3_600_000);
  });

  it('shows a request whose workflow has recorded nothing as received, version 0', async () => {
    const { number } = await seedRequest(api.db);
    expect(await ticket(number)).toMatchObject({
      status: 'received',
      version: 0,
      revision: 0,
      clocks: null,
      nextDeadline: null,
      allowed: [],
      clientId: CLIENT_ID,
    });
  });

  it('tells when a breach fell due, and how a closed ticket ended', async () => {
    const request = await seedRequest(api.db);
    await record(
      api.db,
      receiveRecorded(request, { receivedAt: '2026-03-02 09:00' })
        .until('2026-03-02 09:20')
        .when('2026-03-02 09:30', decline()),
      '2026-03-02 10:00',
    );
    expect(await ticket(request.number)).toMatchObject({
      status: 'closed',
      closedBecause: 'declined',
      outcome: null,
      closedAt: '2026-03-02T03:30:00.000Z',
      clocks: { firstResponse: { breachedAt: '2026-03-02T03:15:00.000Z', elapsedMs: 30 * 60_000 } },
      nextDeadline: null,
    });
  });

  it('allows to each role what decide allows it, without what is not available yet', async () => {
    const request = await seedRequest(api.db);
    const inWork = receiveRecorded(request).when('2026-03-02 09:04', classify(3)).when('2026-03-02 09:05', escalate());
    await record(api.db, inWork, '2026-03-02 12:00');
    for (const role of ROLES) {
      const { allowed } = await ticket(request.number, role);
      const decided = allowedActs(inWork.ticket, { kind: 'staff', staffId: 'someone', role });
      expect(allowed).toEqual(decided.filter(({ type }) => !NOT_YET_AVAILABLE.has(type)));
    }
    expect((await ticket(request.number, 'developer')).allowed).toEqual([
      { type: 'note', needs: ['text'] },
      { type: 'return-to-work', needs: [] },
      { type: 'record-development-decision', needs: ['decision', 'text'] },
    ]);
  });

  it('allows a remark alone on a closed ticket', async () => {
    const request = await seedRequest(api.db);
    await record(api.db, receiveRecorded(request).when('2026-03-02 09:30', decline()), '2026-03-02 10:00');
    expect((await ticket(request.number)).allowed).toEqual([{ type: 'note', needs: ['text'] }]);
  });

  it('names the notices that may be sent again', async () => {
    const request = await seedRequest(api.db);
    const asked = receiveRecorded(request).when('2026-03-02 09:04', classify(3)).when('2026-03-02 09:10', ask());
    await record(api.db, asked, '2026-03-02 10:00');
    expect((await ticket(request.number)).resendable).toEqual([asked.notice('question')]);
  });

  it("links the client's page, follow-ups both ways and other open tickets of the sender (readings 12 and 21)", async () => {
    const sender = { known: false, senderAddress: 'stranger@mail.example' };
    const first = await seedRequest(api.db, sender);
    const second = await seedRequest(api.db, sender);
    const closed = await seedRequest(api.db, sender);
    await record(
      api.db,
      receiveRecorded(closed, { clientId: null, contactId: null }).when('2026-03-02 09:30', decline()),
      '2026-03-02 10:00',
    );
    await record(api.db, receiveRecorded(second, { clientId: null, contactId: null }), '2026-03-02 10:00');
    const followUp = await seedRequest(api.db, { known: false, senderAddress: null });
    await api.db.ticketRequest.update({ where: { number: followUp.number }, data: { followUpOf: closed.number } });

    const { links } = await ticket(first.number);
    expect(links).toMatchObject({ followUpOf: null, followUps: [], mergedInto: null, mayBelongTo: [second.number] });
    const token = links.client.split('/').at(-1);
    expect(readToken(api.settings.linkSecret, 'client-link', token)).toEqual({
      ticketNumber: first.number,
      keyVersion: 1,
    });
    expect(links.client).toBe(`http://support.example/client/${token}`);
    expect((await ticket(closed.number)).links).toMatchObject({ followUps: [followUp.number], mayBelongTo: [] });
    expect((await ticket(followUp.number)).links).toMatchObject({ followUpOf: closed.number, mayBelongTo: [] });
  });

  it('says 404 for an unknown number and 400 for what is none', async () => {
    for (const end of ['', '/events', '/messages', '/deadlines']) {
      const unknown = await api.ask({ url: `/v1/tickets/2147483647${end}`, as: 'agent' });
      expect([unknown.statusCode, unknown.json<{ code: string }>().code]).toEqual([404, 'not-found']);
      for (const number of ['0', '-1', '1.5', '1e3', '0x10', 'one', '2147483648', '99999999999999999999']) {
        const none = await api.ask({ url: `/v1/tickets/${number}${end}`, as: 'agent' });
        expect([number, none.statusCode, none.json<{ code: string }>().code]).toEqual([number, 400, 'invalid-request']);
      }
    }
  });

  it('is for staff of every role, and for nobody else', async () => {
    const { number } = await seedRequest(api.db);
    for (const url of ['', `/${number}`, `/${number}/events`, `/${number}/messages`, `/${number}/deadlines`]) {
      const stranger = await api.ask({ url: `/v1/tickets${url}` });
      expect([url, stranger.statusCode, stranger.json<{ code: string }>().code]).toEqual([url, 401, 'not-signed-in']);
      for (const as of ROLES) {
        const response = await api.ask({ url: `/v1/tickets${url}`, as });
        expect([url, as, response.statusCode]).toEqual([url, as, 200]);
      }
    }
  });
});

describe('a ticket whose working calendar has ended', () => {
  it('stays in lists without clocks, and says why its deadlines cannot be explained', async () => {
    const request = await seedRequest(api.db);
    const inWork = receiveRecorded(request).when('2026-03-02 09:04', classify(3));
    await record(api.db, inWork, '2027-02-01 10:00');
    expect((await ticket(request.number)).clocks).toBeNull();
    const response = await api.ask({ url: `/v1/tickets/${request.number}/deadlines`, as: 'agent' });
    expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([503, 'unavailable']);
    expect(response.json<{ detail: string }>().detail).toContain('publish one that goes on');
  });
});

describe('the state that acts need', () => {
  it('shows an outcome from completion on and an assignee once taken', async () => {
    const request = await seedRequest(api.db);
    const completed = receiveRecorded(request)
      .when('2026-03-02 09:04', classify(3))
      .when('2026-03-02 09:05', take())
      .when('2026-03-02 09:30', complete({ outcome: 'not-our-software' }));
    await record(api.db, completed, '2026-03-02 10:00');
    expect(await ticket(request.number)).toMatchObject({
      status: 'awaiting-confirmation',
      outcome: 'not-our-software',
      assigneeId: '01930000-0000-7000-8000-000000000011',
      clocks: { resolution: { state: 'stopped', elapsedMs: 30 * 60_000 } },
      nextDeadline: { kind: 'confirmation-limit', at: '2026-03-03T03:30:00.000Z' },
    });
  });
});
