import type {
  Channel,
  ClosingReason,
  DeclineReason,
  Outcome,
  PostponeReason,
  Verdict,
} from '../../regulation/vocabulary.ts';
import type { Texts } from './texts.ts';

const CHANNELS: Readonly<Record<Channel, string>> = {
  email: 'электронная почта',
  telegram: 'Telegram',
  'web-form': 'форма на сайте',
  'web-chat': 'чат на сайте',
  phone: 'телефон',
};
const DECLINED: Readonly<Record<DeclineReason, string>> = {
  'no-valid-agreement': 'нет действующего договора',
  'out-of-scope': 'вне рамок поддержки',
  'not-a-request': 'это не обращение в поддержку',
  'unknown-sender': 'отправитель неизвестен',
};
const POSTPONED: Readonly<Record<PostponeReason, string>> = {
  'not-enough-information': 'не хватает сведений',
  'needs-development': 'нужна диагностика, доработка или обновление',
  'technical-requirements-broken': 'нарушены технические требования',
  'out-of-scope': 'вне рамок поддержки',
};
const OUTCOMES: Readonly<Record<Outcome, string>> = {
  'information-provided': 'дана информация',
  'not-our-software': 'причина не в нашем программном обеспечении',
  'coming-update': 'исправление войдёт в обновление',
  'client-unresponsive': 'клиент не отвечает',
};
const CLOSED: Readonly<Record<ClosingReason, string>> = {
  confirmed: 'клиент подтвердил решение',
  'no-answer': 'за 24 часа ответа не было',
  'client-silent': 'клиент не ответил в течение трёх рабочих дней',
  declined: 'обращение отклонено',
  merged: 'объединено с другим обращением',
};
const VERDICTS: Readonly<Record<Verdict, string>> = {
  confirms: 'клиент подтверждает решение',
  disagrees: 'клиент не согласен',
  neither: 'это не подтверждение и не возражение',
};
const ASKED = {
  'begins-waiting': 'Клиенту задан вопрос; ждём ответа.',
  'asks-again': 'Клиенту задан ещё один вопрос; ожидание продолжается.',
  'asks-only': 'Клиенту задан вопрос; до присвоения уровня срок не останавливается.',
} as const;
const RECEIVED = {
  'ends-waiting': 'Клиент ответил; ожидание закончено.',
  'to-be-judged': 'Клиент написал после решения; сообщение нужно оценить.',
  none: 'Сообщение клиента.',
} as const;

export const RU: Texts = {
  intervals: {
    'counted-around-the-clock': 'Считается: этот срок идёт круглосуточно.',
    'counted-working-hours': 'Считается: рабочее время.',
    'outside-working-hours': 'Не считается: нерабочее время.',
    'waiting-on-client': 'Не считается: ждали ответа клиента.',
    'escalated-to-development': 'Не считается: вопрос был передан разработчикам.',
    completed: 'Не считается: решение было дано, ждали слова клиента.',
    update: 'Не считается: устанавливалось обновление.',
  },
  events: {
    'ticket-received': (fact) => `Обращение зарегистрировано (канал: ${CHANNELS[fact.channel]}).`,
    'client-linked': (fact, names) => `Обращение привязано к клиенту: ${names.client(fact.clientId)}.`,
    classified: (fact, names) =>
      fact.previousSeverity === null || fact.previousSeverity === fact.severity
        ? `Присвоен уровень ${fact.severity}; продукт: ${names.product(fact.productId)}.`
        : `Уровень изменён с ${fact.previousSeverity} на ${fact.severity}; продукт: ${names.product(fact.productId)}.`,
    declined: (fact) => `Обращение отклонено: ${DECLINED[fact.reason]}.`,
    assigned: (fact, names) => {
      if (fact.staffId === null) return 'Обращение возвращено в очередь.';
      const how = fact.how === 'taken' ? 'взято из очереди' : 'назначено';
      return `Исполнитель: ${names.staff(fact.staffId)} (${how}).`;
    },
    replied: () => 'Клиенту дан ответ.',
    noted: () => 'Внутренняя заметка.',
    'client-asked': (fact) => (fact.byPhone ? `По телефону. ${ASKED[fact.effect]}` : ASKED[fact.effect]),
    'question-handed-over': (fact) =>
      fact.noticeId === null ? 'Вопрос передан клиенту по телефону.' : 'Вопрос передан клиенту.',
    'question-undeliverable': () => 'Вопрос не удалось доставить; обращение снова в работе.',
    'message-received': (fact) =>
      fact.automatic ? 'Пришло автоматическое сообщение; подшито.' : RECEIVED[fact.effect],
    'disagreed-without-reason': () => 'Клиент не согласен, но причины не назвал; её спросили.',
    disagreed: () => 'Клиент не согласен с решением; обращение снова в работе.',
    'message-judged': (fact) => `Сообщение оценено: ${VERDICTS[fact.verdict]}.`,
    'returned-to-work': () => 'Обращение возвращено в работу.',
    escalated: () => 'Вопрос передан разработчикам.',
    'development-decided': (fact, names) => {
      if (fact.decision === 'declined') return 'Разработчики отказались; обращение снова в работе.';
      const release = fact.releaseId === null ? '' : `; обновление: ${names.release(fact.releaseId)}`;
      const target = fact.targetDate === null ? '' : `; к ${fact.targetDate}`;
      return `Разработчики запланировали исправление${release}${target}.`;
    },
    postponed: (fact) => `Решение отложено: ${POSTPONED[fact.reason]}.`,
    completed: (fact, names) => {
      const vendor = fact.vendorId === null ? '' : `; поддержка производителя: ${names.vendor(fact.vendorId)}`;
      const release = fact.releaseId === null ? '' : `; обновление: ${names.release(fact.releaseId)}`;
      return `Решение дано: ${OUTCOMES[fact.outcome]}${vendor}${release}.`;
    },
    'client-told': (fact) =>
      fact.noticeId === null
        ? 'Решение сообщено клиенту по телефону; идут 24 часа на его слово.'
        : 'Решение передано клиенту; идут 24 часа на его слово.',
    'telling-failed': () => 'Решение не удалось доставить клиенту.',
    'notice-resent': (fact) => (fact.of === 'question' ? 'Вопрос отправлен ещё раз.' : 'Решение отправлено ещё раз.'),
    'notice-undeliverable': () => 'Уведомление не удалось доставить.',
    closed: (fact) =>
      fact.mergedInto === null
        ? `Обращение закрыто: ${CLOSED[fact.because]}.`
        : `Обращение закрыто: объединено с № ${fact.mergedInto}.`,
    'put-ahead': () => 'Обращение поставлено вперёд в своём уровне.',
    'marked-abusive': () => 'Сообщение клиента отмечено как оскорбительное.',
    absorbed: (fact) => `Сюда присоединено обращение № ${fact.from}.`,
    'tied-to-update': () => 'Обращение связано с внеплановым обновлением.',
    'update-started': () => 'Установка обновления началась.',
    'update-ended': () => 'Установка обновления закончилась.',
    'calendar-changed': (fact) =>
      `Рабочий календарь изменён (версия ${fact.previousVersion} → ${fact.calendarVersion}); сроки пересчитаны.`,
    'first-response-warned': () => 'Скоро истекут 15 минут на первый ответ.',
    'first-response-breached': () => 'Первый ответ не дан за 15 минут.',
    'resolution-warned': () => 'Использовано 75 % срока решения.',
    'resolution-alarmed': () => 'Предварительный срок решения истёк: уровень ещё не присвоен.',
    'resolution-breached': (fact) =>
      fact.cause === 'reclassification' ? 'Срок решения нарушен при смене уровня.' : 'Срок решения нарушен.',
    'client-reminded': () => 'Клиенту напомнили о вопросе.',
    'confirmation-overdue': () => '24 часа прошли, а сообщение клиента не оценено.',
    'not-told-alarmed': () => 'Решение всё ещё не доставлено клиенту.',
    'development-target-warned': () => 'Приближается дата, названная разработчиками.',
    'development-target-missed': () => 'Дата, названная разработчиками, прошла.',
    'act-refused': (fact) => `Действие «${fact.act}» отклонено: ${fact.code}.`,
  },
  afterClosing: {
    remark: 'Пометка после закрытия.',
    'late-message': 'Клиент написал после закрытия.',
    'late-confirm': 'Клиент подтвердил решение после закрытия; это ничего не меняет.',
    'late-disagree': 'Клиент не согласился после закрытия.',
    'late-automatic': 'После закрытия пришло автоматическое сообщение; подшито.',
    'late-bounce': 'После закрытия пришло известие, что уведомление не доставлено.',
  },
  standing: {
    received: 'Обращение принято. Специалист скоро ответит.',
    triage: 'Обращение принято; специалист определяет его уровень.',
    work: 'Специалист работает над обращением.',
    'waiting-on-client': 'Мы задали вам вопрос и ждём ответа.',
    'escalated-to-development': 'Обращение передано в отдел разработки.',
    completed: 'Решение готово; мы вам его отправляем.',
    'awaiting-confirmation': 'Решение отправлено. Подтвердите его, пожалуйста, или напишите, что не так.',
    confirmed: 'Обращение закрыто: вы подтвердили решение.',
    'no-answer': 'Обращение закрыто: за 24 часа после решения ответа не было.',
    'client-silent': 'Обращение закрыто: в течение трёх рабочих дней на вопрос не ответили.',
    declined: 'Обращение закрыто: принять его в работу не получилось. Причина — в переписке.',
    merged: 'Обращение объединено с другим вашим обращением.',
  },
};
