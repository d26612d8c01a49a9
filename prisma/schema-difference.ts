import {
  ColumnTypeEnum,
  mockMigrationAwareAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import { withSchemaEngine } from './schema-engine.ts';

/** The SQL that leads from one schema.prisma (null: an empty database) to another. Asks no database. */
export async function schemaDifference(from: string | null, to: string): Promise<string> {
  return withSchemaEngine(noDatabase(), async (engine) => {
    const { stdout } = await engine.diff({
      from: from === null ? { tag: 'empty' } : datamodel(from),
      to: datamodel(to),
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return stdout ?? '';
  });
}

function datamodel(content: string) {
  return { tag: 'schemaDatamodel' as const, files: [{ path: 'schema.prisma', content }] };
}

/** The engine greets its database by asking who it is, even where it then compares two texts. */
function noDatabase(): SqlMigrationAwareDriverAdapterFactory {
  const factory = mockMigrationAwareAdapterFactory('postgres');
  const connect = async () => ({
    ...(await factory.connect()),
    queryRaw: async () => ({
      columnNames: ['exists', 'version', 'numeric_version'],
      columnTypes: [ColumnTypeEnum.Boolean, ColumnTypeEnum.Text, ColumnTypeEnum.Int32],
      rows: [[true, 'PostgreSQL 18.4', 180_004]],
    }),
    executeRaw: async () => 0,
    executeScript: async () => {},
    dispose: async () => {},
  });
  return { ...factory, connect, connectToShadowDb: connect };
}
