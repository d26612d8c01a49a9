import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { publishCalendar } from '../../prisma/calendar-versions.ts';
import { createDatabase } from '../../prisma/client.ts';
import type { Database, Queries } from '../../prisma/client.ts';
import { activeAdministrators, lockAdministrators } from '../../prisma/staff-accounts.ts';
import { calendarDefinition, holidayOn } from '../support/calendars.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

let own: TestDatabase;
let db: Database;

beforeAll(async () => {
  own = await createTestDatabase();
  db = createDatabase(own.url);
});

afterAll(async () => {
  await db.$disconnect();
  await own.drop();
});

/** Lets a second transaction run into an open first one, which ends only once the second waits for it. */
async function oneInTheWayOfTheOther<A, B>(first: (tx: Queries) => Promise<A>, second: (tx: Queries) => Promise<B>) {
  let begun = (): void => undefined;
  const hasBegun = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const firstEnds = db.$transaction(async (tx) => {
    const done = await first(tx);
    begun();
    await someoneWaits();
    return done;
  });
  await Promise.race([hasBegun, firstEnds]);
  return Promise.all([firstEnds, db.$transaction(second)]);
}

async function someoneWaits(): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const [row] = await db.$queryRaw<{ waiting: bigint }[]>`
      SELECT count(*) AS waiting FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    if (row !== undefined && row.waiting > 0n) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('the second transaction did not wait for the first');
}

describe('two changes at once', () => {
  it('of administrators: the second sees that the first has left one', async () => {
    const [anna, boris] = await Promise.all(
      ['anna', 'boris'].map((name) =>
        db.staff.create({
          data: { email: `${name}@siroca.example`, name, role: 'administrator', passwordHash: '' },
        }),
      ),
    );
    const remove = (id: string) => async (tx: Queries) => {
      await lockAdministrators(tx);
      await tx.staff.update({ where: { id }, data: { active: false } });
      return activeAdministrators(tx);
    };
    expect(await oneInTheWayOfTheOther(remove(anna!.id), remove(boris!.id))).toEqual([1, 0]);
  });

  it('of the calendar: one is published, and the other is told that its basis is no longer in force', async () => {
    const publish = (date: string) => (tx: Queries) =>
      publishCalendar(tx, {
        basedOn: 0,
        definition: calendarDefinition({ holidays: [holidayOn(date)] }),
        publishedById: null,
        at: Date.parse('2026-03-02T00:00Z'),
      });
    const [first, second] = await oneInTheWayOfTheOther(publish('2026-03-03'), publish('2026-03-04'));
    expect(first).toMatchObject({ version: 1, definition: { holidays: [{ date: '2026-03-03' }] } });
    expect(second).toBeNull();
    expect(await db.calendarVersion.count()).toBe(1);
  });
});
