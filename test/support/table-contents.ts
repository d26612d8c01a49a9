import type { Database } from '../../prisma/client.ts';

/** A fingerprint of every row of every table but the sessions, to see that nothing has changed. */
export async function tableContents(db: Database): Promise<Record<string, string>> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT table_name::text AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT IN ('sessions', '_prisma_migrations')
    ORDER BY 1`;
  const contents: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await db.$queryRawUnsafe<{ rows: string }[]>(
      `SELECT count(*) || ' ' || md5(COALESCE(string_agg(t::text, '|' ORDER BY t::text), '')) AS rows FROM "${name}" AS t`,
    );
    contents[name] = row?.rows ?? '';
  }
  return contents;
}
