import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TICKET_SORTS } from '../../prisma/ticket-reads.ts';
import { buildApi, createStaff } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { record, seedCalendar } from '../support/desk.ts';
import { AGENT_ID, CLIENT_ID, receiveRecorded, seedDirectories, seedRequest } from '../support/recorded-ticket.ts';
import { assign, classify, decline, putAhead } from '../support/tickets.ts';

let api: TestApi;
/** The tickets of this file, by what sets them apart. */
const numbers: Record<string, number> = {};

interface Page {
  items: { number: number }[];
  nextCursor: string | null;
}

beforeAll(async () => {
  api = await buildApi();
  await seedDirectories(api.db);
  await seedCalendar(api.db);
  const agentId = await createStaff(api.db, 'agent');
  await api.db.product.create({ data: { id: 'e-school', name: 'E-School' } });

  const later = await seedRequest(api.db, { subject: 'Отчёт за март' });
  numbers['level 3, late'] = later.number;
  await record(
    api.db,
    receiveRecorded(later, { receivedAt: '2026-03-02 12:00' }).when('2026-03-02 12:01', classify(3)),
    '2026-03-03 10:00',
  );
  const early = await seedRequest(api.db);
  numbers['level 3, early'] = early.number;
  await record(
    api.db,
    receiveRecorded(early, { receivedAt: '2026-03-02 09:00' }).when('2026-03-02 09:01', classify(3)),
    '2026-03-03 10:00',
  );
  const ahead = await seedRequest(api.db, { channel: 'phone' });
  numbers['level 3, put ahead'] = ahead.number;
  await record(
    api.db,
    receiveRecorded(ahead, { receivedAt: '2026-03-02 15:00', channel: 'phone' })
      .when('2026-03-02 15:01', classify(3))
      .when('2026-03-02 15:02', putAhead()),
    '2026-03-03 10:00',
  );
  const breached = await seedRequest(api.db, { known: false, subject: 'Скидка 100% _срочно_' });
  numbers['unverified, breached'] = breached.number;
  await record(
    api.db,
    receiveRecorded(breached, { receivedAt: '2026-03-02 10:00', clientId: null, contactId: null }).until(
      '2026-03-02 11:00',
    ),
    '2026-03-03 10:00',
  );
  const taken = await seedRequest(api.db);
  numbers['level 4, assigned'] = taken.number;
  await record(
    api.db,
    receiveRecorded(taken, { receivedAt: '2026-03-02 09:30', productId: 'e-school' })
      .when('2026-03-02 09:31', classify(4))
      .when('2026-03-02 09:32', assign(AGENT_ID)),
    '2026-03-03 10:00',
  );
  const closed = await seedRequest(api.db);
  numbers['closed'] = closed.number;
  await record(
    api.db,
    receiveRecorded(closed, { receivedAt: '2026-03-02 08:00' })
      .when('2026-03-02 08:05', assign(agentId))
      .when('2026-03-02 08:10', decline()),
    '2026-03-03 10:00',
  );
  const stopped = await seedRequest(api.db);
  numbers['received, everything stopped'] = stopped.number;
  await api.db.ticketRequest.update({ where: { number: stopped.number }, data: { impact: 'stopped' } });
  const received = await seedRequest(api.db, { channel: 'telegram', senderAddress: '777' });
  numbers['received'] = received.number;
});

afterAll(() => api.close());

async function page(query: string): Promise<Page> {
  const response = await api.ask({ url: `/v1/tickets?${query}`, as: 'agent' });
  expect([query, response.statusCode]).toEqual([query, 200]);
  return response.json<Page>();
}

function named({ items }: Page): string[] {
  return items.map(
    ({ number }) => Object.entries(numbers).find(([, known]) => known === number)?.[0] ?? String(number),
  );
}

describe('the order of a list', () => {
  it('is that of the queue: severity, put ahead within it, receipt (reading 14)', async () => {
    expect(named(await page('sort=queue'))).toEqual([
      'received, everything stopped',
      // Without a proposal triage counts as level 2; receipt decides among equals.
      'closed',
      'received',
      'unverified, breached',
      'level 3, put ahead',
      'level 3, early',
      'level 3, late',
      'level 4, assigned',
    ]);
  });

  it('is that of the next deadline, those without one last', async () => {
    const ordered = named(await page('sort=deadline&status=triage,work,closed'));
    expect(ordered).toEqual([
      'level 3, early',
      'level 3, late',
      'level 3, put ahead',
      'level 4, assigned',
      // Nothing falls due for a stranger whose first response is breached already.
      'unverified, breached',
      'closed',
    ]);
  });

  it('is the newest number first when nothing is asked', async () => {
    const { items } = await page('');
    expect(items.map(({ number }) => number)).toEqual(Object.values(numbers).sort((a, b) => b - a));
  });

  for (const sort of TICKET_SORTS) {
    it(`by ${sort} is the same in pages of one, of three and of all`, async () => {
      const whole = named(await page(`sort=${sort}`));
      expect(whole).toHaveLength(Object.keys(numbers).length);
      for (const limit of [1, 3]) {
        const walked: string[] = [];
        let cursor: string | null = '';
        while (cursor !== null) {
          const next: Page = await page(`sort=${sort}&limit=${limit}${cursor === '' ? '' : `&cursor=${cursor}`}`);
          expect(next.items.length).toBeLessThanOrEqual(limit);
          walked.push(...named(next));
          cursor = next.nextCursor;
        }
        expect(walked).toEqual(whole);
      }
    });
  }

  it('has no next page after one that ends exactly at its limit', async () => {
    const { items, nextCursor } = await page(`sort=number&limit=${Object.keys(numbers).length}`);
    expect([items.length, nextCursor]).toEqual([8, null]);
  });
});

describe('the filters of a list', () => {
  const cases: [query: string, found: string[]][] = [
    ['status=triage', ['unverified, breached']],
    ['status=received,closed', ['closed', 'received', 'received, everything stopped']],
    ['severity=3', ['level 3, early', 'level 3, late', 'level 3, put ahead']],
    ['severity=1,4', ['level 4, assigned']],
    ['channel=phone,telegram', ['level 3, put ahead', 'received']],
    [`assignee=${AGENT_ID}`, ['level 4, assigned']],
    ['assignee=me', ['closed']],
    ['assignee=none&status=work', ['level 3, early', 'level 3, late', 'level 3, put ahead']],
    ['client=none', ['unverified, breached']],
    [`client=${CLIENT_ID}&status=closed`, ['closed']],
    ['product=e-school', ['level 4, assigned']],
    ['product=no-such-product', []],
    ['breached=true', ['unverified, breached']],
    ['breached=false&status=triage', []],
    [`q=${encodeURIComponent('отчёт ЗА')}`, ['level 3, late']],
    [`q=${encodeURIComponent('100%')}`, ['unverified, breached']],
    [`q=${encodeURIComponent('100_')}`, []],
    [`q=${encodeURIComponent('%')}`, ['unverified, breached']],
    [`q=${encodeURIComponent('\\')}`, []],
    ['q=777', ['received']],
    [`q=${encodeURIComponent('Ак-Суу')}&severity=4`, ['level 4, assigned']],
    [`q=${encodeURIComponent("' OR 1=1 --")}`, []],
  ];
  for (const [query, found] of cases) {
    it(`${decodeURIComponent(query)} finds ${found.length === 0 ? 'nothing' : found.join(' and ')}`, async () => {
      expect(named(await page(query)).sort()).toEqual(found);
    });
  }

  it('finds a ticket by its number', async () => {
    expect(named(await page(`q=${numbers['closed']}`))).toContain('closed');
  });
});

describe('what a list does not take', () => {
  const refused = [
    'unknown=1',
    'limit=0',
    'limit=101',
    'limit=1.5',
    'limit=ten',
    'sort=severity',
    'sort=number;drop table tickets',
    'status=open',
    'status=',
    'severity=5',
    'channel=whatsapp',
    'breached=yes',
    'assignee=someone',
    'client=1',
    'q=',
    `q=${'x'.repeat(101)}`,
    'assignee[not]=none',
    'status=work&status=triage',
  ];
  for (const query of refused) {
    it(`refuses ${query.slice(0, 40)}`, async () => {
      const response = await api.ask({ url: `/v1/tickets?${query}`, as: 'agent' });
      const problem = response.json<{ code: string; detail: string }>();
      expect([response.statusCode, problem.code]).toEqual([400, 'invalid-request']);
      expect(problem.detail.length).toBeGreaterThan(10);
    });
  }

  it('refuses a cursor that this list did not give', async () => {
    const { nextCursor } = await page('sort=queue&limit=1');
    const [mark, place] = JSON.parse(Buffer.from(nextCursor!, 'base64url').toString()) as [string, object];
    const forged = (content: unknown) => Buffer.from(JSON.stringify(content)).toString('base64url');
    const cursors = [
      ['of another order', `sort=received&cursor=${nextCursor}`],
      ['of other filters', `sort=queue&status=work&cursor=${nextCursor}`],
      ['that is no text of ours', 'sort=queue&cursor=garbage'],
      ['that is empty', 'sort=queue&cursor='],
      ['with a longer end', `sort=queue&cursor=${nextCursor}AA`],
      ['with another severity', `sort=queue&cursor=${forged([mark, { ...place, severity: "1' OR 1=1" }])}`],
      ['with an instant out of range', `sort=queue&cursor=${forged([mark, { ...place, receivedAt: 1e300 }])}`],
      ['with a key more', `sort=queue&cursor=${forged([mark, { ...place, more: 1 }])}`],
      ['that is null', `sort=queue&cursor=${forged(null)}`],
    ];
    for (const [what, query] of cursors) {
      const response = await api.ask({ url: `/v1/tickets?${query}`, as: 'agent' });
      expect([what, response.statusCode, response.json<{ code: string }>().code]).toEqual([what, 400, 'bad-cursor']);
    }
  });
});
