import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import {
  bindMigrationAwareSqlAdapterFactory,
  type ErrorRegistry,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';

/** What this project uses of the JavaScript interface to WebAssembly; TypeScript has it in its browser library alone. */
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: Record<string, Record<string, unknown>>,
  ): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>;
};

/**
 * Prisma's schema engine without the binary that Prisma would download: its WebAssembly build, over a driver adapter.
 * The package's own entry imports the `.wasm` file as a module, which Node cannot; so it is instantiated here.
 */
export async function withSchemaEngine<Result>(
  adapter: SqlMigrationAwareDriverAdapterFactory,
  use: (engine: bindings.SchemaEngine) => Promise<Result>,
): Promise<Result> {
  await instantiated();
  const bound = bindMigrationAwareSqlAdapterFactory(adapter);
  try {
    const engine = await bindings.SchemaEngine.new({ datamodels: undefined }, () => {}, bound);
    try {
      return await use(engine);
    } finally {
      engine.free();
    }
  } catch (error) {
    throw inWords(error, bound.errorRegistry);
  }
}

let instantiation: Promise<void> | undefined;

function instantiated(): Promise<void> {
  instantiation ??= instantiate();
  return instantiation;
}

async function instantiate(): Promise<void> {
  const require = createRequire(import.meta.url);
  const wasmPath = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg').replace(/\.js$/, '.wasm');
  const imports: Record<string, unknown> = { ...bindings };
  for (const name of Object.keys(imports)) {
    // The engine bounds its wait for the migration lock by a timer of ten seconds and never clears it.
    if (name.startsWith('__wbg_setTimeout_')) {
      imports[name] = (act: () => void, afterMs: number) => setTimeout(act, afterMs >>> 0).unref();
    }
  }
  const { instance } = await WebAssembly.instantiate(await readFile(wasmPath), {
    './schema_engine_bg.js': imports,
  });
  (imports['__wbg_set_wasm'] as (exports: object) => void)(instance.exports);
  instance.exports.__wbindgen_start();
}

/** The engine names what the adapter threw by a number: give the error itself. */
function inWords(error: unknown, registry: ErrorRegistry): Error {
  const told = error instanceof Error ? error.message : String(error);
  const number = /External error id#(\d+)/.exec(told)?.[1];
  const original = number === undefined ? undefined : registry.consumeError(Number(number))?.error;
  if (original === undefined) return error instanceof Error ? error : new Error(told);
  const reason = original instanceof Error ? original.message : JSON.stringify(original);
  return new Error(told.replace(/External error id#\d+/, reason), { cause: original });
}
