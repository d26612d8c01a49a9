import type {
  ClientCase,
  ClientFacts,
  ClientNotice,
  StaffCase,
  StaffFacts,
  StaffNotice,
} from '../../channels/texts/texts.ts';
import { bishkek } from './calendars.ts';

/** Tuesday noon. */
const NOW = bishkek('2026-11-24 12:00');
export const DUE_AT = bishkek('2026-11-24 18:00');

export const CLIENT_CASE: ClientCase = {
  number: 1024,
  name: 'Асанова Айгуль',
  topic: 'Не печатаются этикетки',
  link: 'https://support.siroca.com/client/token',
  now: NOW,
};

export const STAFF_CASE: StaffCase = {
  number: 1024,
  topic: 'Не печатаются этикетки',
  clientName: 'Лаборатория «Ак-Суу»',
  severity: 3,
  assigneeName: 'Бакыт',
  link: 'https://support.siroca.com/v1/tickets/1024',
  now: NOW,
};

/** What each letter to a client may have to say, with a deadline wherever one can be. */
export const CLIENT_FACTS: { [K in ClientNotice]: ClientFacts[K] } = {
  receipt: { missing: ['steps', 'screenshots', 'frequency', 'phone', 'email', 'full-name'] },
  classified: { severity: 3, dueAt: DUE_AT },
  reply: { words: 'Проверьте кабель.' },
  question: { words: 'Какая у вас версия?', missing: ['screenshots'], waits: true },
  reminder: { words: 'Какая у вас версия?', closesAt: DUE_AT },
  escalated: {},
  postponed: { reason: 'needs-development', words: 'Ждём стенда.' },
  completion: {
    outcome: 'information-provided',
    words: 'Обновите драйвер.',
    vendor: null,
    releaseName: null,
    answerBy: DUE_AT,
  },
  'reason-asked': { answerBy: DUE_AT },
  'back-to-work': {},
  declined: { reason: 'out-of-scope', words: 'Это вопрос к бухгалтерии.' },
  'closed-confirmed': {},
  'closed-no-answer': {},
  'closed-silent': {},
};

export const STAFF_FACTS: { [K in StaffNotice]: StaffFacts[K] } = {
  'critical-received': {},
  assigned: {},
  'client-wrote': { words: 'Всё ещё не печатает.' },
  'client-disagreed': { words: 'Не помогло.' },
  'first-response-warning': { dueAt: DUE_AT },
  'first-response-breach': { dueAt: DUE_AT },
  'resolution-warning': { dueAt: DUE_AT },
  'resolution-alarm': { dueAt: DUE_AT },
  'resolution-breach': { dueAt: DUE_AT },
  'question-undeliverable': {},
  'completion-undeliverable': {},
  'notice-undeliverable': {},
  'not-told-alarm': {},
  'judgement-overdue': { dueAt: DUE_AT },
  'development-decided': { words: 'Сделаем в версии 5.', decision: 'planned', targetDate: '2026-11-24' },
  'development-target-warning': { dueAt: DUE_AT },
  'development-target-missed': { dueAt: DUE_AT },
};
