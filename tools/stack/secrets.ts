import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { writeWhole } from './write-whole.ts';

export interface StackSecrets {
  databasePassword: string;
  linkSecret: string;
  sessionSecret: string;
}

/** The secrets of this installation: made at random once, kept in the data folder for its owner's eyes alone. */
export function keepSecrets(dataFolder: string): StackSecrets {
  const file = path.join(dataFolder, 'secrets.json');
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<StackSecrets>) : {};
  const secrets = {
    databasePassword: kept.databasePassword ?? random(),
    linkSecret: kept.linkSecret ?? random(),
    sessionSecret: kept.sessionSecret ?? random(),
  };
  writeWhole(file, secrets);
  return secrets;
}

/** 256 bits that need no quoting in an address. */
function random(): string {
  return randomBytes(32).toString('base64url');
}
