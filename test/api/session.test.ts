import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { hashPassword } from '../../api/passwords.ts';
import { buildApi, createStaff, STAFF_PASSWORD } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';

describe('the session of staff (§1.2)', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await buildApi();
    await createStaff(api.db, 'agent');
    await createStaff(api.db, 'head');
  });
  afterAll(() => api.close());
  afterEach(() => api.db.staff.updateMany({ data: { active: true } }));

  const signIn = (body: object, headers: Record<string, string> = {}) =>
    api.ask({ method: 'POST', url: '/v1/session', body, headers });
  const agent = { email: 'agent@siroca.example', password: STAFF_PASSWORD };
  const whoAmI = (cookie: string) => api.ask({ url: '/v1/session', headers: { cookie } });
  async function cookieOfAgent(headers: Record<string, string> = {}): Promise<string> {
    const { cookies } = await signIn(agent, headers);
    return `${cookies[0]!.name}=${cookies[0]!.value}`;
  }

  it('begins with e-mail and password and says who one is', async () => {
    const response = await signIn({ ...agent, email: ' Agent@Siroca.example' });
    expect([response.statusCode, response.json()]).toEqual([
      200,
      { id: expect.any(String), name: 'Staff agent', role: 'agent' },
    ]);
    const [cookie] = response.cookies;
    expect(cookie).toMatchObject({ name: 'session', httpOnly: true, sameSite: 'Lax', path: '/' });
    const again = await whoAmI(`${cookie!.name}=${cookie!.value}`);
    expect([again.statusCode, again.json()]).toEqual([200, response.json()]);
  });

  it('is carried only over https, by a name that binds it to the host, where the public address is https', async () => {
    const secure = await buildApi({
      databaseUrl: api.settings.databaseUrl,
      env: { PUBLIC_URL: 'https://support.example' },
    });
    const response = await secure.app.inject({
      method: 'POST',
      url: '/v1/session',
      payload: agent,
      headers: { 'x-forwarded-proto': 'https' },
    });
    expect(response.cookies[0]).toMatchObject({ name: '__Host-session', secure: true, httpOnly: true, path: '/' });
    await secure.close();
  });

  it('answers a wrong password, an unknown e-mail and a dismissed member of staff alike (S23)', async () => {
    await api.db.staff.update({ where: { email: 'head@siroca.example' }, data: { active: false } });
    const answers = [];
    for (const [email, password] of [
      ['agent@siroca.example', 'wrong'],
      ['nobody@siroca.example', STAFF_PASSWORD],
      ['head@siroca.example', STAFF_PASSWORD],
    ]) {
      const { statusCode, body, cookies } = await signIn({ email, password });
      expect(cookies).toEqual([]);
      answers.push([statusCode, body.replace(/urn:request:[\w-]+/, '')]);
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]![0]).toBe(401);
  });

  it('gets a new id at signing in, so that a planted one stays outside (S22)', async () => {
    const planted = await cookieOfAgent();
    const after = await cookieOfAgent({ cookie: planted });
    expect(after).not.toBe(planted);
    expect((await whoAmI(after)).statusCode).toBe(200);
    expect((await whoAmI(planted)).statusCode).toBe(401);
  });

  it('ends on the server when one signs out, whatever cookie is kept', async () => {
    const cookie = await cookieOfAgent();
    const response = await api.ask({ method: 'DELETE', url: '/v1/session', headers: { cookie } });
    expect(response.statusCode).toBe(204);
    expect((await whoAmI(cookie)).statusCode).toBe(401);
    expect((await api.ask({ method: 'DELETE', url: '/v1/session' })).statusCode).toBe(204);
  });

  it('ends at once for a dismissed member of staff', async () => {
    const cookie = await cookieOfAgent();
    await api.db.staff.update({ where: { email: agent.email }, data: { active: false } });
    expect((await whoAmI(cookie)).statusCode).toBe(401);
  });

  it('ends with a new password', async () => {
    const cookie = await cookieOfAgent();
    const { passwordHash } = await api.db.staff.findUniqueOrThrow({ where: { email: agent.email } });
    await api.db.staff.update({ where: { email: agent.email }, data: { passwordHash: await hashPassword('new') } });
    expect((await whoAmI(cookie)).statusCode).toBe(401);
    await api.db.staff.update({ where: { email: agent.email }, data: { passwordHash } });
  });

  it('follows a changed role at once', async () => {
    const cookie = await cookieOfAgent();
    await api.db.staff.update({ where: { email: agent.email }, data: { role: 'developer' } });
    expect((await whoAmI(cookie)).json().role).toBe('developer');
    await api.db.staff.update({ where: { email: agent.email }, data: { role: 'agent' } });
  });

  it('is refused with a cookie that is forged, cut or of nobody', async () => {
    const cookie = await cookieOfAgent();
    for (const other of [
      'session=',
      'session=x',
      cookie.slice(0, -4),
      `${cookie.slice(0, -4)}AAAA`,
      'session=%00',
      'session=%zz',
    ]) {
      const response = await whoAmI(other);
      expect([response.statusCode, response.json().code]).toEqual([401, 'not-signed-in']);
    }
  });

  describe('does not act for pages of other sites (S31)', () => {
    const logout = (cookie: string, headers: Record<string, string>) =>
      api.ask({ method: 'DELETE', url: '/v1/session', headers: { cookie, host: 'localhost:8080', ...headers } });

    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://localhost:8081' },
    ]) {
      it(`refuses ${JSON.stringify(headers)}`, async () => {
        const cookie = await cookieOfAgent();
        const response = await logout(cookie, headers);
        expect([response.statusCode, response.json().code]).toEqual([403, 'cross-site']);
        expect((await whoAmI(cookie)).statusCode).toBe(200);
        expect((await signIn(agent, { host: 'localhost:8080', ...headers })).statusCode).toBe(403);
      });
    }

    for (const headers of [
      { 'sec-fetch-site': 'same-origin', origin: 'http://localhost:8080' },
      { origin: 'http://support.example' },
      { 'sec-fetch-site': 'none' },
    ]) {
      it(`lets ${JSON.stringify(headers)} pass`, async () => {
        const cookie = await cookieOfAgent();
        expect((await logout(cookie, headers)).statusCode).toBe(204);
      });
    }
  });

  it('hears no more attempts for an account after ten wrong ones, right or not, and the others as before (S23)', async () => {
    await api.db.staff.create({
      data: { email: 'target@siroca.example', name: 'T', role: 'agent', passwordHash: await hashPassword('right') },
    });
    for (let i = 0; i < 10; i += 1) {
      expect((await signIn({ email: 'target@siroca.example', password: `wrong ${i}` })).statusCode).toBe(401);
    }
    const refused = await signIn({ email: 'target@siroca.example', password: 'right' });
    expect([refused.statusCode, refused.json().code]).toEqual([429, 'too-many-attempts']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await signIn(agent)).statusCode).toBe(200);
  });
});
