import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isPassword } from '../../api/passwords.ts';
import { createDatabase, type Database } from '../../prisma/client.ts';
import { calendarInForce } from '../../prisma/calendar-versions.ts';
import { KYRGYZSTAN } from '../../regulation/calendars/kyrgyzstan.ts';
import { LANGUAGES, ROLES } from '../../regulation/vocabulary.ts';
import { ensureCalendar, ensureDemoData } from '../../tools/demo-data.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

interface Account {
  email: string;
  password: string;
}

describe('the demonstration data', () => {
  let database: TestDatabase;
  let db: Database;
  let folder: string;
  const put = () => ensureDemoData(database.url, folder);
  const told = (name: string): unknown => JSON.parse(readFileSync(path.join(folder, name), 'utf8'));

  beforeEach(async () => {
    database = await createTestDatabase();
    db = createDatabase(database.url);
    folder = mkdtempSync(path.join(tmpdir(), 'siroca-demo-'));
  });
  afterEach(async () => {
    await db.$disconnect();
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  it('is put in once, and what people changed afterwards stays as they left it', async () => {
    expect(await put()).toBe(true);
    const client = await db.client.findFirstOrThrow();
    await db.client.update({ where: { id: client.id }, data: { name: 'Другое имя' } });
    await db.vendor.deleteMany();
    const accounts = told('demo-accounts.json');
    expect(await put()).toBe(false);
    expect(await db.client.findUniqueOrThrow({ where: { id: client.id } })).toMatchObject({ name: 'Другое имя' });
    expect(await db.vendor.count()).toBe(0);
    expect(told('demo-accounts.json')).toEqual(accounts);
  });

  it('has staff of every role, each with the password that the accounts tell', async () => {
    await put();
    const accounts = told('demo-accounts.json') as Record<string, Account>;
    expect(Object.keys(accounts)).toEqual(['agent', 'agent2', 'head', 'developer', 'administrator']);
    const staff = await db.staff.findMany();
    expect(new Set(staff.map(({ role }) => role))).toEqual(new Set(ROLES));
    for (const { email, password } of Object.values(accounts)) {
      const person = staff.find((one) => one.email === email);
      expect(await isPassword(password, person?.passwordHash ?? null)).toBe(true);
    }
    expect(statSync(path.join(folder, 'demo-accounts.json')).mode & 0o777).toBe(0o600);
  });

  it('has three clients, one of whose agreements has ended, and contacts in every language (§1.3)', async () => {
    await put();
    const clients = await db.client.findMany({
      include: { agreements: { include: { products: true } }, contacts: true },
    });
    expect(clients).toHaveLength(3);
    const ended = clients.filter(({ agreements }) =>
      agreements.every(({ validTo }) => (validTo?.getTime() ?? Infinity) < Date.now()),
    );
    expect(ended).toHaveLength(1);
    const contacts = clients.flatMap((client) => client.contacts);
    expect(new Set(contacts.map(({ language }) => language))).toEqual(new Set(LANGUAGES));
    expect(contacts.some(({ email, phone, telegramChatId }) => email && phone && telegramChatId)).toBe(true);
    expect(clients.every(({ agreements }) => agreements.every(({ products }) => products.length > 0))).toBe(true);
  });

  it('tells the token of intake, of which the database keeps the hash alone', async () => {
    await put();
    const { intake } = told('demo-tokens.json') as { intake: string };
    const [row] = await db.integrationToken.findMany();
    expect(row?.tokenHash).toBe(createHash('sha256').update(intake).digest('hex'));
  });

  it('gives new passwords when the file that tells them was lost, and changes no other account', async () => {
    await put();
    const before = told('demo-accounts.json') as Record<string, Account>;
    rmSync(path.join(folder, 'demo-accounts.json'));
    expect(await put()).toBe(true);
    const after = told('demo-accounts.json') as Record<string, Account>;
    expect(after['head']?.email).toBe(before['head']?.email);
    expect(after['head']?.password).not.toBe(before['head']?.password);
    const head = await db.staff.findUniqueOrThrow({ where: { email: after['head']?.email ?? '' } });
    expect(await isPassword(after['head']?.password ?? '', head.passwordHash)).toBe(true);
    expect(await db.staff.count()).toBe(5);
  });
});

describe('the calendar that ships', () => {
  it('becomes version 1 of a database that has none, and replaces none (§2.4)', async () => {
    const database = await createTestDatabase();
    const db = createDatabase(database.url);
    await ensureCalendar(database.url);
    const first = await calendarInForce(db);
    expect(first).toMatchObject({ version: 1, definition: KYRGYZSTAN, publishedById: null });
    await ensureCalendar(database.url);
    expect(await calendarInForce(db)).toEqual(first);
    await db.$disconnect();
    await database.drop();
  });
});
