import { describe, expect, it } from '@jest/globals';
import { readApiSettings } from '../../api/settings.ts';

const LEAST = {
  DATABASE_URL: 'postgresql://localhost/support',
  LINK_SECRET: 'l'.repeat(32),
  SESSION_SECRET: 's'.repeat(32),
};

describe('the settings of the API', () => {
  it('are the address of the database and two secrets; everything else has a default', () => {
    expect(readApiSettings(LEAST)).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      publicUrl: 'http://127.0.0.1:8080',
      temporal: { address: '127.0.0.1:7233', namespace: 'default', taskQueue: 'tickets', uiUrl: null },
      rehearsal: false,
      trustedProxies: [],
      clientLinkDaysAfterClosing: 90,
    });
  });

  it('tells everything that is wrong at once, by name', () => {
    const wrong = {
      DATABASE_URL: 'mysql://x',
      LINK_SECRET: 'short',
      PORT: '70000',
      PUBLIC_URL: 'support',
      LOG_LEVEL: 'loud',
    };
    const read = () => readApiSettings(wrong);
    for (const name of [...Object.keys(wrong), 'SESSION_SECRET']) expect(read).toThrow(new RegExp(`^.*${name}: `, 'm'));
  });

  it('take an empty variable for one that is not set', () => {
    expect(readApiSettings({ ...LEAST, PORT: '', TRUSTED_PROXIES: '' }).port).toBe(8080);
  });

  it('refuse rehearsal in production, and there alone (S39)', () => {
    const on = { ...LEAST, REHEARSAL: 'on' };
    expect(() => readApiSettings({ ...on, NODE_ENV: 'production' })).toThrow(/REHEARSAL: must not be on/);
    expect(readApiSettings({ ...on, NODE_ENV: 'test' }).rehearsal).toBe(true);
  });

  it('trust proxies of the own network when the public address is https, since TLS ends there', () => {
    const https = { ...LEAST, PUBLIC_URL: 'https://support.siroca.com' };
    expect(readApiSettings(https).trustedProxies).toEqual(['loopback', 'linklocal', 'uniquelocal']);
    expect(readApiSettings({ ...https, TRUSTED_PROXIES: '10.0.0.5, 10.0.1.0/24' }).trustedProxies).toEqual([
      '10.0.0.5',
      '10.0.1.0/24',
    ]);
  });
});
