import type { Instant } from '../../regulation/instant.ts';
import type {
  CompletionOutcome,
  DeclineReason,
  PostponeReason,
  RequestPart,
  Severity,
} from '../../regulation/vocabulary.ts';
import { link, list, paragraph, words } from '../letter.ts';
import type { Block } from '../letter.ts';
import { OFFICIAL_CHANNELS } from '../official-channels.ts';
import { middleOf, momentOf } from './moment.ts';
import type { ClientCase, StaffCase, Texts, VendorContacts } from './texts.ts';

const PARTS: Readonly<Record<RequestPart, string>> = {
  steps: 'шаги, после которых возникает проблема',
  screenshots: 'снимки экрана (JPG, GIF, PNG или PDF)',
  frequency: 'как часто возникает проблема',
  phone: 'номер телефона ответственного лица',
  email: 'адрес электронной почты ответственного лица',
  'full-name': 'фамилия, имя и отчество ответственного лица',
};
const SEVERITIES: Readonly<Record<Severity, string>> = {
  1: '№ 1 (критический)',
  2: '№ 2 (высокий)',
  3: '№ 3 (средний)',
  4: '№ 4 (низкий)',
};
const POSTPONED: Readonly<Record<PostponeReason, string>> = {
  'not-enough-information': 'пока недостаточно сведений',
  'needs-development': 'нужна подробная диагностика, доработка или обновление программы',
  'technical-requirements-broken': 'программа используется с нарушением технических требований',
  'out-of-scope': 'вопрос выходит за рамки услуг технической поддержки',
};
const POSTPONED_NEXT: Readonly<Record<PostponeReason, string>> = {
  'not-enough-information': 'Пришлите, пожалуйста, всё, что может помочь, и мы продолжим.',
  'needs-development': 'Когда станет ясно, что и когда можно сделать, специалист вам напишет.',
  'technical-requirements-broken':
    'Приведите, пожалуйста, использование программы в соответствие с требованиями и напишите нам.',
  'out-of-scope': 'Если мы поняли вас неверно, напишите нам.',
};
const DECLINED: Readonly<Record<DeclineReason, string>> = {
  'no-valid-agreement':
    'Поддержка оказывается по лицензионному или сублицензионному договору, а на день обращения действующего договора, который охватывает этот вопрос, у вашей организации не было.',
  'out-of-scope': 'К сожалению, вопрос выходит за рамки услуг технической поддержки.',
  'not-a-request': 'В вашем сообщении мы не нашли вопроса к технической поддержке.',
  'unknown-sender':
    'Мы не смогли установить, от какой организации пришло обращение, а поддержка оказывается по договору.',
};
const RENEWAL = `Чтобы заключить или продлить договор, позвоните нам: ${OFFICIAL_CHANNELS.phones.join(' или ')}, или напишите на ${OFFICIAL_CHANNELS.email}.`;
const DECLINED_NEXT: Readonly<Record<DeclineReason, string>> = {
  'no-valid-agreement': RENEWAL,
  'out-of-scope': 'Если мы поняли вас неверно, напишите нам ещё раз: это будет новое обращение.',
  'not-a-request': 'Если вопрос у вас есть, напишите нам ещё раз: это будет новое обращение.',
  'unknown-sender': `Напишите нам ещё раз и назовите организацию и номер договора. ${RENEWAL}`,
};
const SOLVED: Readonly<Record<CompletionOutcome, (releaseName: string | null) => string>> = {
  'information-provided': () => 'Мы подготовили ответ на ваше обращение.',
  'not-our-software': () =>
    'Мы проверили: причина проблемы не в нашей программе — ни в клиентской, ни в серверной части.',
  'coming-update': (releaseName) =>
    releaseName === null
      ? 'Проблема будет решена в одном из следующих обновлений.'
      : `Проблема будет решена в обновлении «${releaseName}».`,
};

/** Intl names a weekday as a dictionary does; after a time Russian wants the genitive. */
const WEEKDAYS_GENITIVE: Readonly<Record<string, string>> = {
  понедельник: 'понедельника',
  вторник: 'вторника',
  среда: 'среды',
  четверг: 'четверга',
  пятница: 'пятницы',
  суббота: 'субботы',
  воскресенье: 'воскресенья',
};

/** `18:00 вторника, 24 ноября (время Бишкека)`. */
function moment(at: Instant, now: Instant): string {
  const { time, weekday } = momentOf(at, { language: 'ru', now });
  return `${time} ${WEEKDAYS_GENITIVE[weekday] ?? weekday}, ${date(at, now)} (время Бишкека)`;
}

function date(at: Instant, now: Instant): string {
  const { day, month, year } = momentOf(at, { language: 'ru', now });
  return year === null ? `${day} ${month}` : `${day} ${month} ${year} года`;
}

function open({ link: url }: ClientCase | StaffCase): Block {
  return link('Открыть обращение', url);
}

function again({ number }: ClientCase): Block {
  return paragraph(
    `Если вопрос останется или возникнет снова, напишите нам: мы откроем новое обращение, связанное с № ${number}.`,
  );
}

function vendorContacts(vendor: VendorContacts | null): Block[] {
  if (vendor === null) return [];
  const contacts = [
    ...(vendor.phone === null ? [] : [`телефон: ${vendor.phone}`]),
    ...(vendor.email === null ? [] : [`электронная почта: ${vendor.email}`]),
    ...(vendor.website === null ? [] : [`сайт: ${vendor.website}`]),
  ];
  return [paragraph(`Пожалуйста, обратитесь в поддержку производителя: ${vendor.name}.`), ...list(contacts)];
}

/** A letter to staff that says one thing. */
function told(ticket: StaffCase, title: string, sentence: string) {
  return { subject: `№ ${ticket.number}: ${title}`, blocks: [paragraph(sentence), open(ticket)] };
}

export const RU: Texts = {
  moment,
  date,
  severities: SEVERITIES,
  greeting: (name) => (name === null ? 'Здравствуйте!' : `Здравствуйте, ${name}!`),
  topic: (topic) => `Ваше обращение: «${topic}».`,
  clientFooter: [
    'Служба технической поддержки «Сирока Технолоджи»',
    `${OFFICIAL_CHANNELS.phones.join(', ')}, ${OFFICIAL_CHANNELS.email}, Telegram ${OFFICIAL_CHANNELS.telegram}`,
  ],
  staffFooter: ['Письмо отправлено автоматически. Отвечать на него не нужно: действуйте в карточке обращения.'],
  ticket: ({ topic, clientName, severity, assigneeName }) => [
    `тема: ${topic}`,
    `клиент: ${clientName ?? 'отправитель не установлен'}`,
    `уровень: ${severity === null ? 'ещё не присвоен' : SEVERITIES[severity]}`,
    `исполнитель: ${assigneeName ?? 'не назначен'}`,
  ],

  client: {
    receipt: (ticket, { missing }) => ({
      subject: `Обращение № ${ticket.number} зарегистрировано`,
      blocks: [
        paragraph(`Мы получили ваше обращение и зарегистрировали его под № ${ticket.number}.`),
        paragraph('Специалист отвечает в среднем за 15 минут, в любое время суток.'),
        ...(missing.length === 0 ? [] : [paragraph('Чтобы решить вопрос быстрее, добавьте, пожалуйста:')]),
        ...list(missing.map((part) => PARTS[part])),
        paragraph('Следить за обращением, дополнить его и ответить нам можно по этой ссылке:'),
        open(ticket),
        paragraph('Если вы нам не писали, просто не отвечайте на это письмо.'),
      ],
    }),
    classified: (ticket, { severity, dueAt }) => ({
      subject: `Обращение № ${ticket.number} принято в работу`,
      blocks: [
        paragraph(`Обращению № ${ticket.number} присвоен уровень критичности ${SEVERITIES[severity]}.`),
        paragraph(
          dueAt === null
            ? 'Отсчёт срока решения сейчас приостановлен.'
            : `Срок решения — до ${moment(dueAt, ticket.now)}. Если нам понадобится ваш ответ, время ожидания в срок не войдёт.`,
        ),
        open(ticket),
      ],
    }),
    reply: (ticket, facts) => ({
      subject: `Обращение № ${ticket.number}: ответ специалиста`,
      blocks: [
        paragraph(`Специалист ответил на обращение № ${ticket.number}:`),
        ...words(facts.words),
        paragraph('Если хотите что-то добавить, ответьте по ссылке или прямо на это письмо.'),
        open(ticket),
      ],
    }),
    question: (ticket, { words: question, missing, waits }) => ({
      subject: `Обращение № ${ticket.number}: нужен ваш ответ`,
      blocks: [
        paragraph(`Чтобы продолжить работу по обращению № ${ticket.number}, нам нужен ваш ответ:`),
        ...words(question),
        ...(missing.length === 0 ? [] : [paragraph('Пришлите, пожалуйста:')]),
        ...list(missing.map((part) => PARTS[part])),
        paragraph('Ответьте, пожалуйста, по ссылке или прямо на это письмо.'),
        link('Ответить', ticket.link),
        ...(waits
          ? [
              paragraph(
                'Пока мы ждём ответа, срок решения не идёт. Если ответа не будет в течение трёх рабочих дней, обращение закроется.',
              ),
            ]
          : []),
      ],
    }),
    reminder: (ticket, { words: question, closesAt }) => ({
      subject: `Обращение № ${ticket.number}: мы ждём вашего ответа`,
      blocks: [
        paragraph(`Напоминаем: чтобы продолжить работу по обращению № ${ticket.number}, нам нужен ваш ответ.`),
        ...words(question),
        paragraph(
          closesAt === null
            ? 'Если ответа не будет в течение трёх рабочих дней после вопроса, обращение закроется.'
            : `Если ответа не будет до ${moment(closesAt, ticket.now)}, обращение закроется.`,
        ),
        paragraph(
          'Ответьте, пожалуйста, по ссылке или прямо на это письмо. Если вы уже ответили, больше ничего делать не нужно.',
        ),
        link('Ответить', ticket.link),
      ],
    }),
    escalated: (ticket) => ({
      subject: `Обращение № ${ticket.number} передано разработчикам`,
      blocks: [
        paragraph(
          `Существующими средствами программы вопрос по обращению № ${ticket.number} решить нельзя, поэтому мы передали его в отдел разработки.`,
        ),
        paragraph(
          'Разработчики решат, можно ли выпустить обновление. Его срок определяется при диагностике и по общему плану разработки (пункт 1.4 регламента); обычный срок решения пока не идёт. Когда решение будет принято, специалист вам напишет.',
        ),
        open(ticket),
      ],
    }),
    postponed: (ticket, { reason, words: explanation }) => ({
      subject: `Обращение № ${ticket.number}: решение откладывается`,
      blocks: [
        paragraph(
          `Решение по обращению № ${ticket.number} откладывается: ${POSTPONED[reason]} (пункт 3.4 регламента).`,
        ),
        ...words(explanation),
        paragraph(`Срок решения от этого не меняется. ${POSTPONED_NEXT[reason]}`),
        open(ticket),
      ],
    }),
    completion: (ticket, { outcome, words: answer, vendor, releaseName, answerBy }) => ({
      subject: `Обращение № ${ticket.number}: решение готово, подтвердите, пожалуйста`,
      blocks: [
        paragraph(SOLVED[outcome](releaseName)),
        ...words(answer),
        ...vendorContacts(vendor),
        paragraph(
          `Подтвердите, пожалуйста, по ссылке, что вопрос по обращению № ${ticket.number} решён. Если вы не согласны, напишите там же причину, и мы продолжим работу.`,
        ),
        link('Подтвердить или возразить', ticket.link),
        paragraph(`Если до ${moment(answerBy, ticket.now)} ответа не будет, обращение закроется.`),
      ],
    }),
    'reason-asked': (ticket, { answerBy }) => ({
      subject: `Обращение № ${ticket.number}: с чем вы не согласны?`,
      blocks: [
        paragraph(
          `Вы сообщили, что не согласны с решением по обращению № ${ticket.number}. Чтобы мы могли продолжить работу, напишите, пожалуйста, причину.`,
        ),
        link('Написать причину', ticket.link),
        ...(answerBy === null
          ? []
          : [paragraph(`Срок ответа прежний — до ${moment(answerBy, ticket.now)}; после него обращение закроется.`)]),
      ],
    }),
    'back-to-work': (ticket) => ({
      subject: `Обращение № ${ticket.number} снова в работе`,
      blocks: [
        paragraph(`Мы получили ваше возражение и продолжаем работу по обращению № ${ticket.number}.`),
        paragraph('Отсчёт срока решения продолжается.'),
        open(ticket),
      ],
    }),
    declined: (ticket, { reason, words: explanation }) => ({
      subject: `Обращение № ${ticket.number}: мы не можем его выполнить`,
      blocks: [
        paragraph(DECLINED[reason]),
        ...words(explanation),
        paragraph(`Поэтому обращение № ${ticket.number} закрыто.`),
        paragraph(DECLINED_NEXT[reason]),
        open(ticket),
      ],
    }),
    'closed-confirmed': (ticket) => ({
      subject: `Обращение № ${ticket.number} закрыто`,
      blocks: [
        paragraph(`Спасибо, что подтвердили решение. Обращение № ${ticket.number} закрыто.`),
        again(ticket),
        open(ticket),
      ],
    }),
    'closed-no-answer': (ticket) => ({
      subject: `Обращение № ${ticket.number} закрыто`,
      blocks: [
        paragraph(`За 24 часа мы не получили ответа на решение, поэтому обращение № ${ticket.number} закрыто.`),
        again(ticket),
        open(ticket),
      ],
    }),
    'closed-silent': (ticket) => ({
      subject: `Обращение № ${ticket.number} закрыто: мы не получили ответа`,
      blocks: [
        paragraph(
          `В течение трёх рабочих дней мы не получили ответа на наши вопросы, поэтому обращение № ${ticket.number} закрыто и работа по нему не ведётся (пункт 3.6 регламента).`,
        ),
        again(ticket),
        open(ticket),
      ],
    }),
  },

  staff: {
    'critical-received': (ticket) =>
      told(
        ticket,
        'возможно, критическое',
        `Поступило обращение № ${ticket.number}: по словам клиента, работа остановлена.`,
      ),
    assigned: (ticket) => told(ticket, 'назначено вам', `Вам назначено обращение № ${ticket.number}.`),
    'client-wrote': (ticket, { words: message }) => ({
      subject: `№ ${ticket.number}: клиент написал`,
      blocks: [paragraph(`Новое сообщение клиента по обращению № ${ticket.number}:`), ...words(message), open(ticket)],
    }),
    'client-disagreed': (ticket, { words: reason }) => ({
      subject: `№ ${ticket.number}: клиент не согласен`,
      blocks: [
        paragraph(`Клиент не согласен с решением по обращению № ${ticket.number}; оно снова в работе. Причина:`),
        ...words(reason),
        open(ticket),
      ],
    }),
    'first-response-warning': (ticket, { dueAt }) =>
      told(
        ticket,
        'пора ответить',
        `Клиент ещё не получил ответа человека по обращению № ${ticket.number}. Срок первого ответа — до ${moment(dueAt, ticket.now)}.`,
      ),
    'first-response-breach': (ticket, { dueAt }) =>
      told(
        ticket,
        'первый ответ просрочен',
        `Срок первого ответа по обращению № ${ticket.number} истёк в ${moment(dueAt, ticket.now)}.`,
      ),
    'resolution-warning': (ticket, { dueAt }) =>
      told(
        ticket,
        'использовано 75 % срока',
        `По обращению № ${ticket.number} использовано 75 % срока решения. Срок — до ${moment(dueAt, ticket.now)}.`,
      ),
    'resolution-alarm': (ticket, { dueAt }) =>
      told(
        ticket,
        'предварительный срок истёк',
        `Обращению № ${ticket.number} ещё не присвоен уровень, а предварительный срок решения истёк в ${moment(dueAt, ticket.now)}.`,
      ),
    'resolution-breach': (ticket, { dueAt }) =>
      told(
        ticket,
        'срок решения нарушен',
        `Срок решения обращения № ${ticket.number} истёк в ${moment(dueAt, ticket.now)}.`,
      ),
    'question-undeliverable': (ticket) =>
      told(
        ticket,
        'вопрос не доставлен',
        `Вопрос клиенту по обращению № ${ticket.number} доставить не удалось; оно снова в работе, срок идёт. Позвоните клиенту или проверьте его адрес.`,
      ),
    'completion-undeliverable': (ticket) =>
      told(
        ticket,
        'решение не доставлено',
        `Решение по обращению № ${ticket.number} доставить клиенту не удалось; 24 часа на его ответ не начались. Сообщите по телефону, отправьте ещё раз или верните обращение в работу.`,
      ),
    'notice-undeliverable': (ticket) =>
      told(
        ticket,
        'уведомление не доставлено',
        `Одно из уведомлений по обращению № ${ticket.number} доставить не удалось. Какое именно, видно в истории обращения.`,
      ),
    'not-told-alarm': (ticket) =>
      told(
        ticket,
        'клиент не знает о решении',
        `Решение по обращению № ${ticket.number} готово, но клиенту всё ещё не доставлено. Сообщите по телефону, отправьте ещё раз или верните обращение в работу.`,
      ),
    'judgement-overdue': (ticket, { dueAt }) =>
      told(
        ticket,
        'оцените ответ клиента',
        `24 часа на ответ клиента по обращению № ${ticket.number} истекли в ${moment(dueAt, ticket.now)}, а его сообщение не оценено: подтверждает он решение или возражает?`,
      ),
    'development-decided': (ticket, { decision, words: text, targetDate }) => ({
      subject: `№ ${ticket.number}: решение разработчиков`,
      blocks: [
        paragraph(
          decision === 'declined'
            ? `Отдел разработки отказал по обращению № ${ticket.number}; оно снова в работе, срок идёт. Причина:`
            : `Отдел разработки запланировал решение по обращению № ${ticket.number}${targetDate === null ? '' : ` к ${date(middleOf(targetDate), ticket.now)}`}:`,
        ),
        ...words(text),
        open(ticket),
      ],
    }),
    'development-target-warning': (ticket, { dueAt }) =>
      told(
        ticket,
        'близится срок разработчиков',
        `Срок, названный разработчиками по обращению № ${ticket.number}, — ${moment(dueAt, ticket.now)}.`,
      ),
    'development-target-missed': (ticket, { dueAt }) =>
      told(
        ticket,
        'срок разработчиков прошёл',
        `Срок, названный разработчиками по обращению № ${ticket.number}, прошёл: ${moment(dueAt, ticket.now)}.`,
      ),
  },
};
