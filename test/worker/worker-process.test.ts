import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { createTicketGateway } from '../../api/ticket-gateway.ts';
import type { TicketGateway } from '../../api/ticket-gateway.ts';
import type { StaffAct } from '../../regulation/commands.ts';
import { LINK_SECRET, PUBLIC_URL, startRealEffects } from '../support/real-effects.ts';
import type { RealEffects } from '../support/real-effects.ts';
import {
  AGENT_ID,
  CLIENT_ID,
  CONTACT_ID,
  seedMessage,
  seedRequest,
  seedText,
  wordsId,
} from '../support/recorded-ticket.ts';
import { switchablePort } from '../support/switchable-port.ts';
import type { SwitchablePort } from '../support/switchable-port.ts';
import { connectTemporal, uniqueTaskQueue } from '../support/temporal.ts';
import type { TestTemporal } from '../support/temporal.ts';
import { startWorkerProcess } from '../support/worker-process.ts';
import type { WorkerProcess } from '../support/worker-process.ts';

const CANARY = 'КАНАРЕЙКА';
const AGREEMENTS = [{ agreementId: 'agreement-1', from: '2020-01-01', to: null, productIds: null }];

let effects: RealEffects;
let temporal: TestTemporal;
let temporalPort: SwitchablePort;
let databasePort: SwitchablePort;
let gateway: TicketGateway;
let env: Record<string, string>;
const workers: WorkerProcess[] = [];

beforeAll(async () => {
  effects = await startRealEffects();
  temporal = await connectTemporal();
  temporalPort = await switchablePort(temporal.address);
  const database = new URL(effects.databaseUrl);
  databasePort = await switchablePort(database.host);
  database.host = databasePort.address;
  // Numbers of tickets are names of workflows, and the server of the run is shared.
  const first = (Date.now() % 1_000_000) * 1_000;
  await effects.db.$executeRawUnsafe(`ALTER SEQUENCE ticket_requests_number_seq RESTART WITH ${first + 500}`);
  await effects.db.contact.update({ where: { id: CONTACT_ID }, data: { fullName: CANARY } });
  env = {
    DATABASE_URL: database.href,
    TEMPORAL_ADDRESS: temporalPort.address,
    PUBLIC_URL,
    LINK_SECRET,
    SMTP_URL: effects.mail.url,
  };
});
beforeEach(() => {
  const taskQueue = uniqueTaskQueue('worker');
  env = { ...env, TEMPORAL_TASK_QUEUE: taskQueue };
  gateway = createTicketGateway({ client: temporal.client, taskQueue });
});
afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  await temporalPort.off();
  await databasePort.off();
  await temporal.connection.close();
  await effects.close();
});

function start(overrides: Record<string, string> = {}): WorkerProcess {
  const worker = startWorkerProcess({ ...env, ...overrides });
  workers.push(worker);
  return worker;
}

async function until<T>(what: () => Promise<T | null>): Promise<T> {
  for (let tries = 0; tries < 600; tries += 1) {
    const found = await what();
    if (found !== null) return found;
    await pause(50);
  }
  throw new Error(`it did not become so: ${what.toString()}`);
}

async function register(): Promise<number> {
  const { number, messageId } = await seedRequest(effects.db, { subject: CANARY, text: CANARY });
  await gateway.start({
    number,
    edition: '2023-03-31',
    channel: 'email',
    receivedAt: Date.now(),
    clientId: CLIENT_ID,
    contactId: CONTACT_ID,
    productId: 'siroca-lis',
    agreements: AGREEMENTS,
    impact: null,
    affectedUsers: null,
    messageId,
    followUpOf: null,
  });
  return number;
}

function act(number: number, staffAct: StaffAct) {
  const actor = { kind: 'staff', staffId: AGENT_ID, role: 'agent' } as const;
  return gateway.staffCommand(number, { act: staffAct, actor, expectedRevision: null }, wordsId());
}

function status(number: number, wanted: string): Promise<true> {
  return until(async () => {
    const row = await effects.db.ticket.findUnique({ where: { number } });
    return row?.status === wanted ? true : null;
  });
}

const lettersAbout = (number: number) =>
  effects.mail.received.map(({ mail }) => mail.subject ?? '').filter((subject) => subject.includes(`№ ${number}`));

it('brings a ticket from its receipt to its closing, says nothing of it in its log, and stops when told to', async () => {
  const worker = start();
  await worker.ready;
  const number = await register();
  await status(number, 'triage');
  const { db } = effects;
  const classified = { impact: null, affectedUsers: null, productId: null, reasonId: null, agreements: AGREEMENTS };
  expect(await act(number, { type: 'classify', severity: 3, ...classified })).toMatchObject({ outcome: 'done' });
  expect(await act(number, { type: 'reply', textId: await seedText(db, number, CANARY) })).toMatchObject({
    outcome: 'done',
  });
  const textId = await seedText(db, number, CANARY);
  const solved = { outcome: 'information-provided', textId, vendorId: null, releaseId: null } as const;
  expect(await act(number, { type: 'complete', ...solved })).toMatchObject({ outcome: 'done' });
  await status(number, 'awaiting-confirmation');
  const [messageId, receivedAt] = [wordsId(), Date.now()];
  await seedMessage(db, {
    id: messageId,
    ticketNumber: number,
    text: CANARY,
    receivedAt: new Date(receivedAt),
    act: 'confirm',
  });
  await gateway.clientCommand(number, { act: { type: 'confirm', messageId }, contactId: CONTACT_ID, receivedAt });
  await status(number, 'closed');
  const subjects = await until(async () => (lettersAbout(number).length >= 5 ? lettersAbout(number) : null));
  expect(subjects.toSorted()).toEqual(
    [
      `Обращение № ${number} зарегистрировано`,
      `Обращение № ${number} принято в работу`,
      `Обращение № ${number}: ответ специалиста`,
      `Обращение № ${number}: решение готово, подтвердите, пожалуйста`,
      `Обращение № ${number} закрыто`,
    ].toSorted(),
  );
  worker.kill('SIGTERM');
  expect(await worker.ended).toBe(0);
  expect(worker.output()).not.toMatch(new RegExp(`${CANARY}|ak-suu|siroca\\.example|${LINK_SECRET}`));
  expect(worker.logged().filter(({ msg }) => msg === 'notice sent')).toHaveLength(5);
});

it('waits for a Temporal and a database that come later than it does', async () => {
  await temporalPort.off();
  await databasePort.off();
  const worker = start();
  await until(async () => (worker.output().includes('waiting for Temporal') ? true : null));
  await temporalPort.on();
  await worker.ready;
  const number = await register();
  await until(async () => (worker.output().includes('the database is not there') ? true : null));
  await databasePort.on();
  await status(number, 'triage');
  await until(async () => (lettersAbout(number).length === 1 ? true : null));
  worker.kill('SIGTERM');
  expect(await worker.ended).toBe(0);
});

it('stops when told to while it still waits', async () => {
  const nobody = await switchablePort(temporal.address);
  await nobody.off();
  const worker = start({ TEMPORAL_ADDRESS: nobody.address });
  await until(async () => (worker.output().includes('waiting for Temporal') ? true : null));
  worker.kill('SIGTERM');
  expect(await worker.ended).toBe(0);
});

it('goes on with the tickets of a worker that was killed', async () => {
  const killed = start();
  await killed.ready;
  const number = await register();
  await status(number, 'triage');
  killed.kill('SIGKILL');
  expect(await killed.ended).toBe('SIGKILL');
  await start().ready;
  expect(await act(number, { type: 'take' })).toMatchObject({ outcome: 'done' });
});

it('begins anew in seconds what a killed worker was sending', async () => {
  const killed = start();
  await killed.ready;
  const address = 'aigul@ak-suu.example';
  effects.mail.treat(address, 'hang');
  const number = await register();
  await until(async () => (effects.mail.hanging.length > 0 ? true : null));
  killed.kill('SIGKILL');
  expect(await killed.ended).toBe('SIGKILL');
  effects.mail.treat(address, 'accept');
  await start().ready;
  // Without a sign of life it would take two minutes, and this waits half a minute.
  await until(async () => (lettersAbout(number).length === 1 ? true : null));
});

it('says in one go which settings are wrong, and ends', async () => {
  const worker = start({ DATABASE_URL: '', SMTP_URL: 'nonsense' });
  expect(await worker.ended).toBe(1);
  expect(worker.output()).toContain('The worker cannot start with these settings:');
  for (const name of ['DATABASE_URL', 'SMTP_URL']) expect(worker.output()).toContain(name);
});
