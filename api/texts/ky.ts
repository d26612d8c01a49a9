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
  page: {
    company: 'Сирока Технолоджи',
    service: 'Техникалык колдоо',
    chooseLanguage: 'Барактын тили',
    ticket: (number) => `№ ${number} кайрылуу`,
    facts: { receivedAt: 'Кабыл алынды', closedAt: 'Жабылды', severity: 'Деңгээли', outcome: 'Жыйынтыгы' },
    outcomes: OUTCOMES,
    units: { days: 'күн', hours: 'саат', minutes: 'мүнөт', lessThanAMinute: 'бир мүнөткө жетпейт' },
    left: (duration) => `Калган убакыт: ${duration}`,
    waits: {
      soon: 'Адис күндүн каалаган убагында орточо эсеп менен 15 мүнөттө жооп берет.',
      firstResponse: (moment) => `Адистин биринчи жообунун мөөнөтү: ${moment}.`,
      firstResponseLate: (moment) =>
        `Адистин биринчи жообунун мөөнөтү өтүп кетти: ${moment}. Жооп кечигип жатат; кечирим сурайбыз.`,
      resolution: (moment) => `Чечүү мөөнөтү: ${moment}.`,
      resolutionProvisional: (moment) =>
        `Чечүүнүн алдын ала мөөнөтү: ${moment}. Так мөөнөт адис деңгээлди аныктаганда белгилүү болот.`,
      resolutionLate: (moment) => `Чечүү мөөнөтү өтүп кетти: ${moment}. Биз ишти улантып жатабыз.`,
      silence: (moment) => `Жообуңузду ушул убакытка чейин күтөбүз: ${moment}. Жооп болбосо, кайрылуу жабылат.`,
      confirmation: (moment) => `Сөзүңүздү ушул убакытка чейин күтөбүз: ${moment}. Жооп болбосо, кайрылуу жабылат.`,
      confirmationHeldBack: 'Берилген 24 саат өттү; адис билдирүүңүздү окуп жатканда кайрылуу жабылбайт.',
      paused: 'Жообуңузду күтүп турганда чечүү мөөнөтү эсептелбейт.',
      withDevelopment:
        'Мөөнөттү иштеп чыгуучулар диагностикада жана иштеп чыгуу планы боюнча аныкташат (регламенттин 1.4-пункту); кадимки чечүү мөөнөтү азыр эсептелбейт.',
    },
    explanation: {
      title: 'Мөөнөттөр эмне үчүн ушундай',
      names: {
        'first-response-due': 'Адистин биринчи жообу',
        'resolution-due': 'Чечүү',
        'silence-limit': 'Жообуңузду күтүү',
        'confirmation-limit': 'Чечим боюнча сөзүңүздү күтүү',
      },
      dueAt: (moment) => `Мөөнөтү: ${moment}.`,
      measured: (limit, used) => `Бөлүнгөн убакыт: ${limit}; колдонулганы: ${used}.`,
      clause: (clause) => `регламенттин ${clause}-пункту`,
      bishkekTime: 'Бардык убакыт Бишкек боюнча.',
    },
    acts: {
      title: 'Эмне кыла аласыз',
      question: 'Биздин суроо',
      solution: 'Биздин чечим',
      answer: { title: 'Бизге жазуу', label: 'Билдирүүңүз', button: 'Жөнөтүү' },
      confirm: {
        hint: 'Маселе чечилсе, муну ырастаңыз: кайрылуу дароо жабылат.',
        button: 'Ооба, маселе чечилди',
      },
      disagree: {
        title: 'Маселе чечилген жокпу?',
        label: 'Эмне туура эмес экенин жазыңыз, биз ишти улантабыз',
        button: 'Жок, ишти улантуу',
      },
      writeOnly: 'Ырастабай, каршы болбой эле жазуу',
      closed: {
        title: 'Суроо калдыбы?',
        hint: 'Бизге жазыңыз: билдирүү ушул кайрылууга байланышкан жаңы кайрылууга же ачык турганына түшөт.',
      },
      unjudged:
        'Билдирүүңүз алынды, адис аны окуп жатат. Кайрылууну жабууга же ишти улантууга баскычтар менен да болот.',
      empty: 'Сураныч, билдирүүнүн текстин жазыңыз.',
      tooLong: (most) => `Билдирүү өтө узун: ${most} белги гана батат. Сураныч, кыскартыңыз.`,
      reasonNeeded:
        'Макул эмес экениңизди жазып алдык. Ишти улантуу үчүн себеби керек; жооп берүү мөөнөтү мурункудай эле.',
    },
    pending: {
      confirm: 'Ырастоо алынды, кайрылуу жабылып жатат.',
      disagree: 'Каршы пикир алынды, кайрылуу кайра ишке кайтарылып жатат.',
      reload: 'Баракты жаңылоо',
    },
    news: {
      answered: 'Рахмат, билдирүү алынды.',
      confirmed: 'Рахмат, ырастооңуз алынды.',
      disagreed: 'Каршы пикириңиз алынды. Биз ишти улантабыз.',
      'reason-needed': 'Сураныч, макул эмес болгонуңуздун себебин жазыңыз.',
      'followed-up': 'Билдирүү алынды. Сүйлөшүү башка кайрылууда уланат, шилтемеси төмөндө.',
    },
    followUps: {
      of: 'Бул мурунку кайрылуунун уландысы:',
      by: 'Сүйлөшүү ушул кайрылууда уланат:',
      number: (number) => `№ ${number}`,
    },
    conversation: {
      title: 'Кат алышуу',
      you: 'Сиз',
      us: 'Колдоо кызматы',
      letter: 'Каттын толук тексти',
      inFollowUp: (number) => `№ ${number} кайрылууга түштү`,
      said: {
        message: 'билдирүү',
        confirm: 'чечим ырасталды',
        disagree: 'чечимге макул эмес',
        receipt: 'кайрылуу катталды',
        classified: 'деңгээл коюлду',
        reply: 'адистин жообу',
        question: 'адистин суроосу',
        reminder: 'суроо боюнча эскертүү',
        escalated: 'иштеп чыгуучуларга берилди',
        postponed: 'чечим кийинкиге калтырылды',
        completion: 'чечим',
        'reason-asked': 'себебин жазуу өтүнүчү',
        'back-to-work': 'кайрылуу кайра иште',
        declined: 'кайрылуу кабыл алынган жок',
        'closed-confirmed': 'кайрылуу жабылды',
        'closed-no-answer': 'кайрылуу жабылды',
        'closed-silent': 'кайрылуу жабылды',
      },
    },
    contacts: {
      title: 'Биз менен дагы кантип байланышса болот',
      phones: 'Телефон',
      email: 'Электрондук почта',
      telegram: 'Telegram боту',
      site: 'Сайт',
    },
    refusals: {
      'unknown-link': {
        title: 'Бул шилтемеде эч нерсе жок',
        text: 'Шилтеме толук көчүрүлбөй калса керек. Аны каттын өзүнөн ачыңыз же биз менен байланышыңыз.',
      },
      'link-revoked': {
        title: 'Бул шилтеме мындан ары иштебейт',
        text: 'Ал жокко чыгарылган. Биз менен байланышыңыз, жаңысын жөнөтөбүз.',
      },
      'link-expired': {
        title: 'Бул шилтеменин мөөнөтү бүттү',
        text: 'Кайрылуу көптөн бери жабык. Суроо калса же жаңысы пайда болсо, биз менен байланышыңыз: жаңы кайрылуу ачабыз.',
      },
      'other-site': {
        title: 'Биз муну кабыл алган жокпуз',
        text: 'Суроо-талап башка сайттан келди. Каттагы шилтемени ачып, аракетти ушул барактан кайталаңыз.',
      },
      'too-large': {
        title: 'Билдирүү өтө чоң',
        text: 'Биз аны алган жокпуз. Артка кайтып, текстти кыскартып, кайра жөнөтүңүз.',
      },
      'too-many': {
        title: 'Суроо-талаптар өтө көп',
        text: 'Сураныч, бир мүнөт күтүп, кайра аракет кылыңыз.',
      },
      'not-understood': {
        title: 'Биз муну кабыл ала алган жокпуз',
        text: 'Каттагы шилтемени кайра ачып, аракетти кайталаңыз.',
      },
      'not-available': {
        title: 'Барак азыр жеткиликсиз',
        text: 'Бул биздин кемчилик. Бир мүнөттөн кийин аракет кылыңыз; шашылыш болсо, бизге чалыңыз.',
      },
      'our-failure': {
        title: 'Бир нерсе туура эмес болуп калды',
        text: 'Бул биздин кемчилик, ал тууралуу билебиз. Кайра аракет кылыңыз же биз менен байланышыңыз.',
      },
    },
  },
};
