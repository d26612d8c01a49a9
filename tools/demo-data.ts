import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { hashPassword } from '../api/passwords.ts';
import { calendarInForce, publishCalendar } from '../prisma/calendar-versions.ts';
import { createDatabase, type Database } from '../prisma/client.ts';
import { KYRGYZSTAN } from '../regulation/calendars/kyrgyzstan.ts';
import { CLIENTS, PRODUCTS, STAFF, VENDORS } from './demo-company.ts';
import { writeWhole } from './stack/write-whole.ts';

const INTAKE_TOKEN_NAME = 'demonstration';

/** The calendar that ships with the program becomes version 1 of a database that has none (§2.4). */
export async function ensureCalendar(databaseUrl: string): Promise<void> {
  await withDatabase(databaseUrl, async (db) => {
    if ((await calendarInForce(db)) !== null) return;
    await publishCalendar(db, { basedOn: 0, definition: KYRGYZSTAN, publishedById: null, at: Date.now() });
  });
}

/**
 * The demonstration company of demo-company.ts, once: what was changed or removed afterwards stays so. Its accounts get
 * random passwords, told in `demo-accounts.json`, and an integration token for intake, told in `demo-tokens.json`; both
 * files are for their owner's eyes alone. A lost file is written anew, with new secrets. True when anything was put in.
 */
export async function ensureDemoData(databaseUrl: string, dataFolder: string): Promise<boolean> {
  return withDatabase(databaseUrl, async (db) => {
    const isNew = await putCompanyIn(db);
    const accounts = await putAccountsIn(db, path.join(dataFolder, 'demo-accounts.json'));
    const tokens = await putTokenIn(db, path.join(dataFolder, 'demo-tokens.json'));
    return isNew || accounts || tokens;
  });
}

async function putCompanyIn(db: Database): Promise<boolean> {
  return db.$transaction(async (rows) => {
    const first = CLIENTS[0]?.id ?? '';
    if ((await rows.client.findUnique({ where: { id: first } })) !== null) return false;
    await rows.product.createMany({ data: PRODUCTS, skipDuplicates: true });
    await rows.vendor.createMany({ data: VENDORS, skipDuplicates: true });
    for (const { agreement, contacts, ...client } of CLIENTS) {
      const { products, validFrom, validTo, ...terms } = agreement;
      await rows.client.create({
        data: {
          ...client,
          contacts: { create: contacts },
          agreements: {
            create: {
              ...terms,
              validFrom: new Date(validFrom),
              validTo: validTo === null ? null : new Date(validTo),
              products: { connect: products.map((id) => ({ id })) },
            },
          },
        },
      });
    }
    return true;
  });
}

async function putAccountsIn(db: Database, file: string): Promise<boolean> {
  const told = readJson(file) as Record<string, { email: string; password: string }> | null;
  const accounts: Record<string, { email: string; password: string }> = {};
  let changed = false;
  for (const { account, ...person } of STAFF) {
    const known = told?.[account];
    const password = known?.password ?? randomBytes(12).toString('base64url');
    accounts[account] = { email: person.email, password };
    const present = await db.staff.findUnique({ where: { email: person.email } });
    if (known !== undefined && present !== null) continue;
    const passwordHash = await hashPassword(password);
    await db.staff.upsert({
      where: { email: person.email },
      create: { ...person, passwordHash },
      update: { passwordHash },
    });
    changed = true;
  }
  if (changed) writeWhole(file, accounts);
  return changed;
}

async function putTokenIn(db: Database, file: string): Promise<boolean> {
  const told = readJson(file) as { intake: string } | null;
  const intake = told?.intake ?? randomBytes(32).toString('base64url');
  const tokenHash = createHash('sha256').update(intake).digest('hex');
  const present = await db.integrationToken.findUnique({ where: { name: INTAKE_TOKEN_NAME } });
  if (told !== null && present !== null) return false;
  await db.integrationToken.upsert({
    where: { name: INTAKE_TOKEN_NAME },
    create: { name: INTAKE_TOKEN_NAME, tokenHash },
    update: { tokenHash },
  });
  writeWhole(file, { intake });
  return true;
}

function readJson(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

async function withDatabase<Result>(url: string, use: (db: Database) => Promise<Result>): Promise<Result> {
  const db = createDatabase(url, { connections: 2 });
  try {
    return await use(db);
  } finally {
    await db.$disconnect();
  }
}
