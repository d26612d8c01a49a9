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
  email: 'электрондук почта',
  telegram: 'Telegram',
  'web-form': 'сайттагы форма',
  'web-chat': 'сайттагы чат',
  phone: 'телефон',
};
const DECLINED: Readonly<Record<DeclineReason, string>> = {
  'no-valid-agreement': 'күчүндөгү келишим жок',
  'out-of-scope': 'колдоо көрсөтүү алкагына кирбейт',
  'not-a-request': 'бул колдоо кызматына кайрылуу эмес',
  'unknown-sender': 'жөнөтүүчү белгисиз',
};
const POSTPONED: Readonly<Record<PostponeReason, string>> = {
  'not-enough-information': 'маалымат жетишсиз',
  'needs-development': 'диагностика, өркүндөтүү же жаңыртуу керек',
  'technical-requirements-broken': 'техникалык талаптар бузулган',
  'out-of-scope': 'колдоо көрсөтүү алкагына кирбейт',
};
const OUTCOMES: Readonly<Record<Outcome, string>> = {
  'information-provided': 'маалымат берилди',
  'not-our-software': 'себеби биздин программада эмес',
  'coming-update': 'оңдоо кийинки жаңыртууда болот',
  'client-unresponsive': 'кардар жооп бербейт',
};
const CLOSED: Readonly<Record<ClosingReason, string>> = {
  confirmed: 'кардар чечимди ырастады',
  'no-answer': '24 саат ичинде жооп болгон жок',
  'client-silent': 'кардар үч жумуш күнү ичинде жооп берген жок',
  declined: 'кайрылуу четке кагылды',
  merged: 'башка кайрылуу менен бириктирилди',
};
const VERDICTS: Readonly<Record<Verdict, string>> = {
  confirms: 'кардар чечимди ырастайт',
  disagrees: 'кардар макул эмес',
  neither: 'бул ырастоо да, каршылык да эмес',
};
const ASKED = {
  'begins-waiting': 'Кардарга суроо берилди; жообун күтүп жатабыз.',
  'asks-again': 'Кардарга дагы бир суроо берилди; күтүү уланууда.',
  'asks-only': 'Кардарга суроо берилди; деңгээл коюлганга чейин мөөнөт токтобойт.',
} as const;
const RECEIVED = {
  'ends-waiting': 'Кардар жооп берди; күтүү бүттү.',
  'to-be-judged': 'Кардар чечимден кийин жазды; билдирүүнү баалоо керек.',
  none: 'Кардардын билдирүүсү.',
} as const;

export const KY: Texts = {
  intervals: {
    'counted-around-the-clock': 'Эсептелет: бул мөөнөт күнү-түнү жүрөт.',
    'counted-working-hours': 'Эсептелет: жумуш убактысы.',
    'outside-working-hours': 'Эсептелбейт: жумуш эмес убакыт.',
    'waiting-on-client': 'Эсептелбейт: кардардын жообу күтүлдү.',
    'escalated-to-development': 'Эсептелбейт: суроо иштеп чыгуучуларга берилген.',
    completed: 'Эсептелбейт: чечим берилген, кардардын сөзү күтүлдү.',
    update: 'Эсептелбейт: жаңыртуу орнотулуп жаткан.',
  },
  events: {
    'ticket-received': (fact) => `Кайрылуу катталды (канал: ${CHANNELS[fact.channel]}).`,
    'client-linked': (fact, names) => `Кайрылуу кардарга байланыштырылды: ${names.client(fact.clientId)}.`,
    classified: (fact, names) =>
      fact.previousSeverity === null || fact.previousSeverity === fact.severity
        ? `${fact.severity}-деңгээл коюлду; продукт: ${names.product(fact.productId)}.`
        : `Деңгээл өзгөрдү: ${fact.previousSeverity} → ${fact.severity}; продукт: ${names.product(fact.productId)}.`,
    declined: (fact) => `Кайрылуу четке кагылды: ${DECLINED[fact.reason]}.`,
    assigned: (fact, names) => {
      if (fact.staffId === null) return 'Кайрылуу кезекке кайтарылды.';
      const how = fact.how === 'taken' ? 'кезектен алынды' : 'дайындалды';
      return `Аткаруучу: ${names.staff(fact.staffId)} (${how}).`;
    },
    replied: () => 'Кардарга жооп берилди.',
    noted: () => 'Ички эскертме.',
    'client-asked': (fact) => (fact.byPhone ? `Телефон аркылуу. ${ASKED[fact.effect]}` : ASKED[fact.effect]),
    'question-handed-over': (fact) =>
      fact.noticeId === null ? 'Суроо кардарга телефон аркылуу берилди.' : 'Суроо кардарга жеткирилди.',
    'question-undeliverable': () => 'Суроону жеткирүү мүмкүн болгон жок; кайрылуу кайра иште.',
    'message-received': (fact) => (fact.automatic ? 'Автоматтык билдирүү келди; тиркелди.' : RECEIVED[fact.effect]),
    'disagreed-without-reason': () => 'Кардар макул эмес, бирок себебин айткан жок; себеби суралды.',
    disagreed: () => 'Кардар чечимге макул эмес; кайрылуу кайра иште.',
    'message-judged': (fact) => `Билдирүү бааланды: ${VERDICTS[fact.verdict]}.`,
    'returned-to-work': () => 'Кайрылуу ишке кайтарылды.',
    escalated: () => 'Суроо иштеп чыгуучуларга берилди.',
    'development-decided': (fact, names) => {
      if (fact.decision === 'declined') return 'Иштеп чыгуучулар баш тартты; кайрылуу кайра иште.';
      const release = fact.releaseId === null ? '' : `; жаңыртуу: ${names.release(fact.releaseId)}`;
      const target = fact.targetDate === null ? '' : `; мөөнөтү: ${fact.targetDate}`;
      return `Иштеп чыгуучулар оңдоону пландашты${release}${target}.`;
    },
    postponed: (fact) => `Чечим кийинкиге калтырылды: ${POSTPONED[fact.reason]}.`,
    completed: (fact, names) => {
      const vendor = fact.vendorId === null ? '' : `; өндүрүүчүнүн колдоо кызматы: ${names.vendor(fact.vendorId)}`;
      const release = fact.releaseId === null ? '' : `; жаңыртуу: ${names.release(fact.releaseId)}`;
      return `Чечим берилди: ${OUTCOMES[fact.outcome]}${vendor}${release}.`;
    },
    'client-told': (fact) =>
      fact.noticeId === null
        ? 'Чечим кардарга телефон аркылуу айтылды; анын жообуна 24 саат бар.'
        : 'Чечим кардарга жеткирилди; анын жообуна 24 саат бар.',
    'telling-failed': () => 'Чечимди кардарга жеткирүү мүмкүн болгон жок.',
    'notice-resent': (fact) => (fact.of === 'question' ? 'Суроо кайра жөнөтүлдү.' : 'Чечим кайра жөнөтүлдү.'),
    'notice-undeliverable': () => 'Билдирмени жеткирүү мүмкүн болгон жок.',
    closed: (fact) =>
      fact.mergedInto === null
        ? `Кайрылуу жабылды: ${CLOSED[fact.because]}.`
        : `Кайрылуу жабылды: № ${fact.mergedInto} менен бириктирилди.`,
    'put-ahead': () => 'Кайрылуу өз деңгээлинде алдыга коюлду.',
    'marked-abusive': () => 'Кардардын билдирүүсү адепсиз деп белгиленди.',
    absorbed: (fact) => `Бул кайрылууга № ${fact.from} кошулду.`,
    'tied-to-update': () => 'Кайрылуу пландан тышкары жаңыртууга байланыштырылды.',
    'update-started': () => 'Жаңыртууну орнотуу башталды.',
    'update-ended': () => 'Жаңыртууну орнотуу бүттү.',
    'calendar-changed': (fact) =>
      `Жумуш календары өзгөрдү (версия ${fact.previousVersion} → ${fact.calendarVersion}); мөөнөттөр кайра эсептелди.`,
    'first-response-warned': () => 'Биринчи жооп үчүн 15 мүнөт бүтүп баратат.',
    'first-response-breached': () => 'Биринчи жооп 15 мүнөттө берилген жок.',
    'resolution-warned': () => 'Чечүү мөөнөтүнүн 75 % колдонулду.',
    'resolution-alarmed': () => 'Чечүүнүн алдын ала мөөнөтү өттү: деңгээл коюла элек.',
    'resolution-breached': (fact) =>
      fact.cause === 'reclassification' ? 'Деңгээл өзгөргөндө чечүү мөөнөтү бузулду.' : 'Чечүү мөөнөтү бузулду.',
    'client-reminded': () => 'Кардарга суроо эскертилди.',
    'confirmation-overdue': () => '24 саат өттү, кардардын билдирүүсү бааланган жок.',
    'not-told-alarmed': () => 'Чечим кардарга дагы эле жеткирилген жок.',
    'development-target-warned': () => 'Иштеп чыгуучулар айткан күн жакындады.',
    'development-target-missed': () => 'Иштеп чыгуучулар айткан күн өтүп кетти.',
    'act-refused': (fact) => `«${fact.act}» аракети четке кагылды: ${fact.code}.`,
  },
  afterClosing: {
    remark: 'Жабылгандан кийинки белги.',
    'late-message': 'Кардар жабылгандан кийин жазды.',
    'late-confirm': 'Кардар чечимди жабылгандан кийин ырастады; бул эч нерсени өзгөртпөйт.',
    'late-disagree': 'Кардар жабылгандан кийин макул болгон жок.',
    'late-automatic': 'Жабылгандан кийин автоматтык билдирүү келди; тиркелди.',
    'late-bounce': 'Жабылгандан кийин билдирменин жетпей калганы белгилүү болду.',
  },
  standing: {
    received: 'Кайрылуу кабыл алынды. Адис жакында жооп берет.',
    triage: 'Кайрылуу кабыл алынды; адис анын деңгээлин аныктап жатат.',
    work: 'Адис кайрылуунун үстүндө иштеп жатат.',
    'waiting-on-client': 'Биз сизге суроо бердик, жообуңузду күтүп жатабыз.',
    'escalated-to-development': 'Кайрылуу иштеп чыгуу бөлүмүнө берилди.',
    completed: 'Чечим даяр; аны сизге жөнөтүп жатабыз.',
    'awaiting-confirmation': 'Чечим жөнөтүлдү. Сураныч, аны ырастаңыз же эмне туура эмес экенин жазыңыз.',
    confirmed: 'Кайрылуу жабылды: сиз чечимди ырастадыңыз.',
    'no-answer': 'Кайрылуу жабылды: чечимден кийин 24 сааттын ичинде жооп болгон жок.',
    'client-silent': 'Кайрылуу жабылды: үч жумуш күнүнүн ичинде суроого жооп болгон жок.',
    declined: 'Кайрылуу жабылды: аны ишке кабыл алуу мүмкүн болгон жок. Себеби кат алышууда.',
    merged: 'Кайрылуу сиздин башка кайрылууңуз менен бириктирилди.',
  },
};
