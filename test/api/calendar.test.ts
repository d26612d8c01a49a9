import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { faultsOfPublication } from '../../api/calendar-publication.ts';
import { hashOfDefinition } from '../../prisma/calendar-versions.ts';
import type { CalendarDefinition } from '../../regulation/calendar-definition.ts';
import { ROLES } from '../../regulation/vocabulary.ts';
import { buildApi, createStaff } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { bishkek, calendarDefinition, holidayOn, hoursOn } from '../support/calendars.ts';
import { seedCalendar } from '../support/desk.ts';
import { seedDirectories, seedRequest } from '../support/recorded-ticket.ts';

/** Long enough for whatever day it is. */
const LONG = { validFrom: '2020-01-01', validTo: '2035-01-01' };
const definition = (overrides: Partial<CalendarDefinition> = {}) => calendarDefinition({ ...LONG, ...overrides });

interface Published {
  version: number;
  hash: string;
  publishedAt: string;
  publishedBy: { id: string; name: string } | null;
  definition: CalendarDefinition;
}
interface Refused {
  code: string;
  detail: string;
  errors?: { path: string; message: string; code?: string }[];
}

describe('GET and POST /v1/calendar (§2.4)', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await buildApi();
    await seedDirectories(api.db);
  });

  afterAll(() => api.close());

  const publish = (basedOn: number, what: unknown, more: { as?: 'head' | 'administrator'; key?: string } = {}) =>
    api.ask({ method: 'POST', url: '/v1/calendar', as: 'head', body: { basedOn, definition: what }, ...more });

  it('says 404 while none has been published', async () => {
    expect((await api.ask({ url: '/v1/calendar', as: 'agent' })).statusCode).toBe(404);
  });

  it('shows all staff the one in force: its version, hash, author and instant', async () => {
    await seedCalendar(api.db, LONG);
    for (const as of ROLES) {
      const response = await api.ask({ url: '/v1/calendar', as });
      expect(response.json<Published>()).toEqual({
        version: 1,
        hash: hashOfDefinition(definition()),
        publishedAt: '2026-01-01T00:00:00.000Z',
        publishedBy: null,
        definition: definition(),
      });
    }
    expect((await api.ask({ url: '/v1/calendar' })).statusCode).toBe(401);
  });

  it('is published by the head and administrators alone', async () => {
    for (const as of ['agent', 'developer'] as const) {
      const response = await api.ask({ method: 'POST', url: '/v1/calendar', as, body: {} });
      expect([as, response.statusCode]).toEqual([as, 403]);
      const preview = await api.ask({ method: 'POST', url: '/v1/calendar/preview', as, body: {} });
      expect([as, preview.statusCode]).toEqual([as, 403]);
    }
    const headId = await createStaff(api.db, 'head');
    const next = definition({
      holidays: [holidayOn('2026-12-31')],
      overrides: [hoursOn('2027-01-09', ['09:00-18:00'])],
    });
    const before = Date.now();
    const response = await publish(1, next, { key: 'v2' });
    const published = response.json<Published>();
    expect([response.statusCode, published]).toEqual([
      201,
      {
        version: 2,
        hash: hashOfDefinition(next),
        publishedAt: expect.any(String),
        publishedBy: { id: headId, name: 'Staff head' },
        definition: next,
      },
    ]);
    expect(Date.parse(published.publishedAt)).toBeGreaterThanOrEqual(before);
    expect((await api.ask({ url: '/v1/calendar', as: 'agent' })).json()).toEqual(published);
    // The same key again publishes nothing more.
    const again = await publish(1, next, { key: 'v2' });
    expect([again.statusCode, again.json()]).toEqual([201, published]);
    expect(await api.db.calendarVersion.count()).toBe(2);
  });

  it('is refused when it is based on another one than that in force', async () => {
    const next = definition({ holidays: [holidayOn('2027-03-08')] });
    for (const basedOn of [0, 1, 3]) {
      const response = await publish(basedOn, next);
      expect([basedOn, response.statusCode, response.json<Refused>().code]).toEqual([basedOn, 409, 'stale-calendar']);
    }
    expect(await api.db.calendarVersion.count()).toBe(2);
  });

  it('is published once when several publish at the same instant', async () => {
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map((day) => publish(2, definition({ holidays: [holidayOn(`2027-03-0${day}`)] }))),
    );
    const statuses = answers.map(({ statusCode }) => statusCode).sort((a, b) => a - b);
    expect(statuses).toEqual([201, 409, 409, 409, 409]);
    expect(await api.db.calendarVersion.count()).toBe(3);
  });

  it('has an instant after that of the one before, whichever clock gave it (reading 10)', async () => {
    const inForce = await api.db.calendarVersion.findUniqueOrThrow({ where: { version: 3 } });
    const ahead = new Date(Date.now() + 5_000);
    await api.db.calendarVersion.create({
      data: { ...inForce, definition: inForce.definition ?? {}, version: 4, publishedAt: ahead },
    });
    const response = await publish(4, definition({ holidays: [holidayOn('2027-05-05')] }));
    expect(Date.parse(response.json<Published>().publishedAt)).toBe(ahead.getTime() + 1);
  });

  it('tells every fault at once, each with its place', async () => {
    const response = await publish(
      5,
      definition({
        weekly: { ...definition().weekly, monday: ['18:00-09:00'], tuesday: ['09:00-12:00', '11:00-18:00'] },
        holidays: [holidayOn('2026-02-30')],
      }),
    );
    const refused = response.json<Refused>();
    expect([response.statusCode, refused.code]).toEqual([422, 'invalid-calendar']);
    expect(refused.errors?.map(({ code, path }) => [code, path])).toEqual([
      ['bad-date', 'body/definition/holidays/0/date'],
      ['reversed-hours', 'body/definition/weekly/monday/0'],
      ['overlapping-hours', 'body/definition/weekly/tuesday/1'],
    ]);
    for (const { message } of refused.errors ?? []) expect(message.length).toBeGreaterThan(20);
  });

  it('is previewed under the same rules, and nothing is published', async () => {
    const preview = (what: object) =>
      api.ask({ method: 'POST', url: '/v1/calendar/preview', as: 'head', body: { definition: what } });
    const refused = await preview(definition({ timeZone: 'Asia/Almaty' }));
    expect([refused.statusCode, refused.json<Refused>().code]).toEqual([422, 'invalid-calendar']);
    const shown = await preview(definition({ holidays: [holidayOn('2027-03-21')] }));
    expect(shown.json()).toEqual({ basedOn: 5, openTickets: 0, movedTickets: 0, items: [] });
    expect(await api.db.calendarVersion.count()).toBe(5);
  });

  it('reaches back to the oldest open ticket (reading 1)', async () => {
    const { number } = await seedRequest(api.db);
    const later = definition({ validFrom: '2026-03-03' });
    const refused = (await publish(5, later)).json<Refused>();
    expect(refused.errors?.map(({ code }) => code)).toEqual(['drops-the-past']);
    expect(refused.detail).toContain('2026-03-02 or earlier is allowed');
    await api.db.ticketRequest.update({
      where: { number },
      data: { receivedAt: new Date(bishkek('2026-03-03 00:00')) },
    });
    expect((await publish(5, later)).statusCode).toBe(201);
  });

  const badBodies: [what: string, body: unknown][] = [
    ['no basedOn', { definition: definition() }],
    ['a basedOn that is a text', { basedOn: '6', definition: definition() }],
    ['no definition', { basedOn: 6 }],
    ['an unknown key', { basedOn: 6, definition: { ...definition(), version: 9 } }],
    [
      'an unknown weekday',
      { basedOn: 6, definition: { ...definition(), weekly: { ...definition().weekly, funday: [] } } },
    ],
    ['a missing weekday', { basedOn: 6, definition: { ...definition(), weekly: { monday: [] } } }],
    [
      'hours that are no list',
      { basedOn: 6, definition: { ...definition(), weekly: { ...definition().weekly, monday: '9-18' } } },
    ],
    [
      'a holiday without source',
      {
        basedOn: 6,
        definition: { ...definition(), holidays: [{ date: '2026-03-08', name: 'x', status: 'confirmed' }] },
      },
    ],
    [
      'an unknown status',
      { basedOn: 6, definition: { ...definition(), holidays: [{ ...holidayOn('2026-03-08'), status: 'maybe' }] } },
    ],
    [
      'an override without hours',
      { basedOn: 6, definition: { ...definition(), overrides: [holidayOn('2026-03-08')] } },
    ],
  ];
  for (const [what, body] of badBodies) {
    it(`is refused with ${what}`, async () => {
      const response = await api.ask({ method: 'POST', url: '/v1/calendar', as: 'administrator', body });
      expect([response.statusCode, response.json<Refused>().code]).toEqual([400, 'invalid-request']);
      expect(await api.db.calendarVersion.count()).toBe(6);
    });
  }
});

describe('a calendar that may be published', () => {
  const NOW = bishkek('2026-03-02 12:00');
  const inForce = (overrides: Partial<CalendarDefinition> = {}) => {
    const known = calendarDefinition({ validFrom: '2025-01-01', validTo: '2026-12-31', ...overrides });
    return { version: 1, definition: known, hash: hashOfDefinition(known), publishedAt: 0, publishedById: null };
  };
  const codesOf = (
    overrides: Partial<CalendarDefinition>,
    more: Partial<Parameters<typeof faultsOfPublication>[0]> = {},
  ) =>
    faultsOfPublication({
      definition: calendarDefinition({ validFrom: '2025-01-01', validTo: '2027-01-01', ...overrides }),
      inForce: inForce(),
      oldestOpenReceipt: null,
      now: NOW,
      ...more,
    }).map(({ code }) => code);

  const cases: [what: string, codes: () => (string | undefined)[], expected: string[]][] = [
    ['goes on for half a year', () => codesOf({ validTo: '2026-09-01' }, { inForce: null }), []],
    ['goes on for one day less', () => codesOf({ validTo: '2026-08-31' }, { inForce: null }), ['ends-too-soon']],
    ['ends with the one in force', () => codesOf({ validTo: '2026-12-31' }, { inForce: inForce({ id: 'other' }) }), []],
    ['ends a day before the one in force', () => codesOf({ validTo: '2026-12-30' }), ['ends-too-soon']],
    ['begins eight days back', () => codesOf({ validFrom: '2026-02-22' }), []],
    ['begins seven days back', () => codesOf({ validFrom: '2026-02-23' }), ['drops-the-past']],
    [
      'begins on the date of the oldest open receipt',
      () => codesOf({ validFrom: '2026-01-15' }, { oldestOpenReceipt: bishkek('2026-01-15 00:00') }),
      [],
    ],
    [
      'begins a millisecond after the oldest open receipt, on the next date',
      () => codesOf({ validFrom: '2026-01-15' }, { oldestOpenReceipt: bishkek('2026-01-14 23:59:59.999') }),
      ['drops-the-past'],
    ],
    ['covers 20 years', () => codesOf({ validFrom: '2020-01-01', validTo: '2040-01-01' }), []],
    ['covers a century', () => codesOf({ validFrom: '2000-01-01', validTo: '2100-01-01' }), ['too-long']],
    ['is of another place', () => codesOf({ timeZone: 'Asia/Almaty' }), ['other-time-zone']],
    ['is the one in force, word by word', () => codesOf({ validTo: '2026-12-31' }), ['nothing-changed']],
  ];
  for (const [what, codes, expected] of cases) {
    it(`${what}: ${expected[0] ?? 'yes'}`, () => {
      expect(codes()).toEqual(expected);
    });
  }
});
