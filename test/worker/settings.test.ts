import { describe, expect, it } from '@jest/globals';
import { InvalidSetting } from '../../regulation/errors.ts';
import { readWorkerSettings } from '../../worker/settings.ts';

const NEEDED = {
  DATABASE_URL: 'postgresql://postgres:secret@127.0.0.1:54329/support',
  LINK_SECRET: 'x'.repeat(32),
  SMTP_URL: 'smtp://127.0.0.1:1025',
};

describe('the worker’s settings', () => {
  it('need a database, a secret and a mail server, and have defaults for the rest', () => {
    expect(readWorkerSettings(NEEDED)).toEqual({
      databaseUrl: NEEDED.DATABASE_URL,
      temporal: { address: '127.0.0.1:7233', namespace: 'default', taskQueue: 'tickets' },
      publicUrl: 'http://127.0.0.1:8080',
      linkSecret: NEEDED.LINK_SECRET,
      smtpUrl: NEEDED.SMTP_URL,
      mailFrom: 'support@siroca.com',
      logLevel: 'info',
    });
  });

  it('take an empty value for none', () => {
    expect(readWorkerSettings({ ...NEEDED, TEMPORAL_ADDRESS: '' }).temporal.address).toBe('127.0.0.1:7233');
  });

  it('tell every fault at once, and no value of any', () => {
    const wrong = { DATABASE_URL: 'mysql://hidden', LINK_SECRET: 'hidden', SMTP_URL: 'hidden', MAIL_FROM: 'hidden' };
    const reading = () => readWorkerSettings(wrong);
    expect(reading).toThrow(InvalidSetting);
    for (const name of Object.keys(wrong)) expect(reading).toThrow(name);
    expect(reading).not.toThrow('hidden');
  });
});
