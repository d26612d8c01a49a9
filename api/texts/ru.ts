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
  page: {
    company: 'Сирока Технолоджи',
    service: 'Техническая поддержка',
    chooseLanguage: 'Язык страницы',
    ticket: (number) => `Обращение № ${number}`,
    facts: { receivedAt: 'Получено', closedAt: 'Закрыто', severity: 'Уровень', outcome: 'Итог' },
    outcomes: OUTCOMES,
    units: { days: 'дн.', hours: 'ч', minutes: 'мин', lessThanAMinute: 'меньше минуты' },
    left: (duration) => `Осталось ${duration}`,
    waits: {
      soon: 'Специалист отвечает в среднем за 15 минут, в любое время суток.',
      firstResponse: (moment) => `Первый ответ специалиста — до ${moment}.`,
      firstResponseLate: (moment) => `Первый ответ ожидался до ${moment}. Он задерживается; приносим извинения.`,
      resolution: (moment) => `Срок решения — до ${moment}.`,
      resolutionProvisional: (moment) =>
        `Предварительный срок решения — до ${moment}. Точный станет известен, когда специалист определит уровень.`,
      resolutionLate: (moment) => `Срок решения истёк в ${moment}. Мы продолжаем работу.`,
      silence: (moment) => `Ждём вашего ответа до ${moment}. Без ответа обращение закроется.`,
      confirmation: (moment) => `Ждём вашего слова до ${moment}. Без него обращение закроется.`,
      confirmationHeldBack: 'Отведённые 24 часа прошли; обращение не закрыто, пока специалист читает ваше сообщение.',
      paused: 'Пока мы ждём вашего ответа, срок решения не идёт.',
      withDevelopment:
        'Срок определят разработчики при диагностике и по плану разработки (пункт 1.4 регламента); обычный срок решения сейчас не идёт.',
    },
    explanation: {
      title: 'Почему сроки такие',
      names: {
        'first-response-due': 'Первый ответ специалиста',
        'resolution-due': 'Решение',
        'silence-limit': 'Ожидание вашего ответа',
        'confirmation-limit': 'Ожидание вашего слова о решении',
      },
      dueAt: (moment) => `Срок — до ${moment}.`,
      measured: (limit, used) => `Отводится ${limit}, использовано ${used}.`,
      clause: (clause) => `пункт ${clause} регламента`,
      bishkekTime: 'Время везде бишкекское.',
    },
    acts: {
      title: 'Что вы можете сделать',
      question: 'Наш вопрос',
      solution: 'Наше решение',
      answer: { title: 'Написать нам', label: 'Ваше сообщение', button: 'Отправить' },
      confirm: { hint: 'Если вопрос решён, подтвердите это: обращение закроется сразу.', button: 'Да, вопрос решён' },
      disagree: {
        title: 'Вопрос не решён?',
        label: 'Напишите, что не так, и мы продолжим работу',
        button: 'Нет, продолжить работу',
      },
      writeOnly: 'Написать, не подтверждая и не возражая',
      closed: {
        title: 'Остался вопрос?',
        hint: 'Напишите нам: сообщение попадёт в новое обращение, связанное с этим, или в уже открытое.',
      },
      unjudged:
        'Ваше сообщение получено, специалист его читает. Закрыть обращение или продолжить работу можно и кнопками.',
      empty: 'Напишите, пожалуйста, текст сообщения.',
      tooLong: (most) => `Сообщение слишком длинное: помещается ${most} знаков. Сократите его, пожалуйста.`,
      reasonNeeded: 'Мы записали, что вы не согласны. Чтобы продолжить работу, нам нужна причина; срок ответа прежний.',
    },
    pending: {
      confirm: 'Подтверждение получено, обращение закрывается.',
      disagree: 'Возражение получено, обращение возвращается в работу.',
      reload: 'Обновить страницу',
    },
    news: {
      answered: 'Спасибо, сообщение получено.',
      confirmed: 'Спасибо, ваше подтверждение получено.',
      disagreed: 'Ваше возражение получено. Мы продолжаем работу.',
      'reason-needed': 'Напишите, пожалуйста, причину возражения.',
      'followed-up': 'Сообщение получено. Разговор продолжается в другом обращении, ссылка ниже.',
    },
    followUps: {
      of: 'Это продолжение обращения',
      by: 'Разговор продолжается в обращении',
      number: (number) => `№ ${number}`,
    },
    conversation: {
      title: 'Переписка',
      you: 'Вы',
      us: 'Поддержка',
      letter: 'Письмо целиком',
      inFollowUp: (number) => `Попало в обращение № ${number}`,
      said: {
        message: 'сообщение',
        confirm: 'решение подтверждено',
        disagree: 'несогласие с решением',
        receipt: 'обращение зарегистрировано',
        classified: 'уровень присвоен',
        reply: 'ответ специалиста',
        question: 'вопрос специалиста',
        reminder: 'напоминание о вопросе',
        escalated: 'передано разработчикам',
        postponed: 'решение откладывается',
        completion: 'решение',
        'reason-asked': 'просьба назвать причину',
        'back-to-work': 'обращение снова в работе',
        declined: 'обращение не принято',
        'closed-confirmed': 'обращение закрыто',
        'closed-no-answer': 'обращение закрыто',
        'closed-silent': 'обращение закрыто',
      },
    },
    contacts: {
      title: 'Как ещё с нами связаться',
      phones: 'Телефон',
      email: 'Электронная почта',
      telegram: 'Бот в Telegram',
      site: 'Сайт',
    },
    refusals: {
      'unknown-link': {
        title: 'По этой ссылке ничего нет',
        text: 'Возможно, ссылка скопирована не целиком. Откройте её прямо из письма или свяжитесь с нами.',
      },
      'link-revoked': {
        title: 'Эта ссылка больше не действует',
        text: 'Она была отозвана. Свяжитесь с нами, и мы пришлём новую.',
      },
      'link-expired': {
        title: 'Срок этой ссылки истёк',
        text: 'Обращение закрыто давно. Если вопрос остался или появился новый, свяжитесь с нами: мы откроем новое обращение.',
      },
      'other-site': {
        title: 'Мы это не приняли',
        text: 'Запрос пришёл с другого сайта. Откройте ссылку из письма и повторите действие на этой странице.',
      },
      'too-large': {
        title: 'Сообщение слишком большое',
        text: 'Мы его не получили. Вернитесь назад, сократите текст и отправьте ещё раз.',
      },
      'too-many': {
        title: 'Слишком много запросов',
        text: 'Подождите, пожалуйста, минуту и попробуйте ещё раз.',
      },
      'not-understood': {
        title: 'Мы не смогли это принять',
        text: 'Откройте ссылку из письма ещё раз и повторите действие.',
      },
      'not-available': {
        title: 'Страница сейчас недоступна',
        text: 'Это наша неполадка. Попробуйте через минуту; если дело срочное, позвоните нам.',
      },
      'our-failure': {
        title: 'Что-то пошло не так',
        text: 'Это наша неполадка, мы о ней уже знаем. Попробуйте ещё раз или свяжитесь с нами.',
      },
    },
  },
};
