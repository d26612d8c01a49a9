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
  steps: 'көйгөй кайсы кадамдардан кийин пайда болот',
  screenshots: 'экрандын сүрөттөрү (JPG, GIF, PNG же PDF)',
  frequency: 'көйгөй канчалык көп кайталанат',
  phone: 'жооптуу адамдын телефон номери',
  email: 'жооптуу адамдын электрондук дареги',
  'full-name': 'жооптуу адамдын фамилиясы, аты жана атасынын аты',
};
const SEVERITIES: Readonly<Record<Severity, string>> = {
  1: '№ 1 (критикалык)',
  2: '№ 2 (жогорку)',
  3: '№ 3 (орто)',
  4: '№ 4 (төмөнкү)',
};
const POSTPONED: Readonly<Record<PostponeReason, string>> = {
  'not-enough-information': 'азырынча маалымат жетишсиз',
  'needs-development': 'терең диагностика, өркүндөтүү же программаны жаңыртуу керек',
  'technical-requirements-broken': 'программа техникалык талаптарды бузуу менен колдонулууда',
  'out-of-scope': 'маселе техникалык колдоонун алкагына кирбейт',
};
const POSTPONED_NEXT: Readonly<Record<PostponeReason, string>> = {
  'not-enough-information': 'Сураныч, жардам бере турган нерсенин баарын жөнөтүңүз, биз ишти улантабыз.',
  'needs-development': 'Эмнени жана качан кылууга болору белгилүү болгондо, адис сизге жазат.',
  'technical-requirements-broken': 'Сураныч, программаны талаптарга ылайык колдонуп, бизге жазыңыз.',
  'out-of-scope': 'Эгер биз сизди туура эмес түшүнсөк, бизге жазыңыз.',
};
const DECLINED: Readonly<Record<DeclineReason, string>> = {
  'no-valid-agreement':
    'Колдоо лицензиялык же сублицензиялык келишимдин негизинде көрсөтүлөт, ал эми кайрылган күнү уюмуңузда бул маселени камтыган күчүндөгү келишим болгон эмес.',
  'out-of-scope': 'Тилекке каршы, маселе техникалык колдоонун алкагына кирбейт.',
  'not-a-request': 'Билдирүүңүздөн техникалык колдоого тиешелүү суроо тапкан жокпуз.',
  'unknown-sender':
    'Кайрылуу кайсы уюмдан келгенин аныктай алган жокпуз, ал эми колдоо келишимдин негизинде көрсөтүлөт.',
};
const RENEWAL = `Келишим түзүү же узартуу үчүн бизге чалыңыз: ${OFFICIAL_CHANNELS.phones.join(' же ')}, же ${OFFICIAL_CHANNELS.email} дарегине жазыңыз.`;
const DECLINED_NEXT: Readonly<Record<DeclineReason, string>> = {
  'no-valid-agreement': RENEWAL,
  'out-of-scope': 'Эгер биз сизди туура эмес түшүнсөк, кайра жазыңыз: бул жаңы кайрылуу болот.',
  'not-a-request': 'Сурооңуз болсо, бизге кайра жазыңыз: бул жаңы кайрылуу болот.',
  'unknown-sender': `Бизге кайра жазып, уюмуңузду жана келишимдин номерин көрсөтүңүз. ${RENEWAL}`,
};
const SOLVED: Readonly<Record<CompletionOutcome, (releaseName: string | null) => string>> = {
  'information-provided': () => 'Кайрылууңузга жооп даярдадык.',
  'not-our-software': () =>
    'Текшердик: көйгөйдүн себеби биздин программада эмес — клиенттик бөлүгүндө да, сервердик бөлүгүндө да.',
  'coming-update': (releaseName) =>
    releaseName === null
      ? 'Көйгөй кийинки жаңыртуулардын биринде чечилет.'
      : `Көйгөй «${releaseName}» жаңыртуусунда чечилет.`,
};

/** `24-ноябрь, шейшемби, саат 18:00 (Бишкек убактысы боюнча)`; it stands alone, so that no ending has to follow a number. */
function moment(at: Instant, now: Instant): string {
  const { time, weekday } = momentOf(at, { language: 'ky', now });
  return `${date(at, now)}, ${weekday}, саат ${time} (Бишкек убактысы боюнча)`;
}

function date(at: Instant, now: Instant): string {
  const { day, month, year } = momentOf(at, { language: 'ky', now });
  return year === null ? `${day}-${month}` : `${year}-ж., ${day}-${month}`;
}

function open({ link: url }: ClientCase | StaffCase): Block {
  return link('Кайрылууну ачуу', url);
}

function closesAt(at: Instant, now: Instant): Block {
  return paragraph(`Бул убакытка чейин жооп болбосо, кайрылуу жабылат: ${moment(at, now)}.`);
}

function again({ number }: ClientCase): Block {
  return paragraph(
    `Маселе чечилбей калса же кайра пайда болсо, бизге жазыңыз: № ${number} менен байланышкан жаңы кайрылуу ачабыз.`,
  );
}

function vendorContacts(vendor: VendorContacts | null): Block[] {
  if (vendor === null) return [];
  const contacts = [
    ...(vendor.phone === null ? [] : [`телефон: ${vendor.phone}`]),
    ...(vendor.email === null ? [] : [`электрондук почта: ${vendor.email}`]),
    ...(vendor.website === null ? [] : [`сайт: ${vendor.website}`]),
  ];
  return [paragraph(`Сураныч, өндүрүүчүнүн колдоо кызматына кайрылыңыз: ${vendor.name}.`), ...list(contacts)];
}

/** A letter to staff that says one thing. */
function told(ticket: StaffCase, title: string, sentence: string) {
  return { subject: `№ ${ticket.number}: ${title}`, blocks: [paragraph(sentence), open(ticket)] };
}

export const KY: Texts = {
  moment,
  date,
  severities: SEVERITIES,
  greeting: (name) => (name === null ? 'Саламатсызбы!' : `Саламатсызбы, ${name}!`),
  topic: (topic) => `Сиздин кайрылууңуз: «${topic}».`,
  clientFooter: [
    '«Сирока Технолоджи» техникалык колдоо кызматы',
    `${OFFICIAL_CHANNELS.phones.join(', ')}, ${OFFICIAL_CHANNELS.email}, Telegram ${OFFICIAL_CHANNELS.telegram}`,
  ],
  staffFooter: ['Кат автоматтык түрдө жөнөтүлдү. Ага жооп берүүнүн кереги жок: кайрылуунун өзүндө иштеңиз.'],
  ticket: ({ topic, clientName, severity, assigneeName }) => [
    `тема: ${topic}`,
    `кардар: ${clientName ?? 'жөнөтүүчү аныкталган эмес'}`,
    `деңгээл: ${severity === null ? 'азырынча коюлган эмес' : SEVERITIES[severity]}`,
    `аткаруучу: ${assigneeName ?? 'дайындалган эмес'}`,
  ],

  client: {
    receipt: (ticket, { missing }) => ({
      subject: `№ ${ticket.number} кайрылуу катталды`,
      blocks: [
        paragraph(`Кайрылууңузду алдык жана № ${ticket.number} менен каттадык.`),
        paragraph('Адис күндүн каалаган убагында орточо эсеп менен 15 мүнөттө жооп берет.'),
        ...(missing.length === 0 ? [] : [paragraph('Маселени тезирээк чечүү үчүн, сураныч, төмөнкүлөрдү кошуңуз:')]),
        ...list(missing.map((part) => PARTS[part])),
        paragraph('Кайрылууну көзөмөлдөп, толуктап, бизге жооп жаза турган шилтеме:'),
        open(ticket),
        paragraph('Эгер сиз бизге жазбаган болсоңуз, бул катка жооп бербей эле коюңуз.'),
      ],
    }),
    classified: (ticket, { severity, dueAt }) => ({
      subject: `№ ${ticket.number} кайрылуу ишке алынды`,
      blocks: [
        paragraph(`№ ${ticket.number} кайрылуунун критикалуулук деңгээли: ${SEVERITIES[severity]}.`),
        paragraph(
          dueAt === null
            ? 'Чечүү мөөнөтүнүн эсеби азыр токтотулуп турат.'
            : `Чечүү мөөнөтү: ${moment(dueAt, ticket.now)}. Эгер бизге сиздин жообуңуз керек болсо, күтүү убактысы мөөнөткө кирбейт.`,
        ),
        open(ticket),
      ],
    }),
    reply: (ticket, facts) => ({
      subject: `№ ${ticket.number} кайрылуу: адистин жообу`,
      blocks: [
        paragraph(`Адис № ${ticket.number} кайрылууга жооп берди:`),
        ...words(facts.words),
        paragraph('Кошумчалагыңыз келсе, шилтеме аркылуу же ушул катка жооп жазыңыз.'),
        open(ticket),
      ],
    }),
    question: (ticket, { words: question, missing, waits }) => ({
      subject: `№ ${ticket.number} кайрылуу: жообуңуз керек`,
      blocks: [
        paragraph(`№ ${ticket.number} кайрылуу боюнча ишти улантуу үчүн жообуңуз керек:`),
        ...words(question),
        ...(missing.length === 0 ? [] : [paragraph('Сураныч, төмөнкүлөрдү жөнөтүңүз:')]),
        ...list(missing.map((part) => PARTS[part])),
        paragraph('Шилтеме аркылуу же ушул катка жооп жазыңыз.'),
        link('Жооп берүү', ticket.link),
        ...(waits
          ? [
              paragraph(
                'Жообуңузду күтүп жатканда чечүү мөөнөтү эсептелбейт. Үч жумуш күнүнүн ичинде жооп болбосо, кайрылуу жабылат.',
              ),
            ]
          : []),
      ],
    }),
    reminder: (ticket, facts) => ({
      subject: `№ ${ticket.number} кайрылуу: жообуңузду күтүп жатабыз`,
      blocks: [
        paragraph(`Эске салабыз: № ${ticket.number} кайрылуу боюнча ишти улантуу үчүн жообуңуз керек.`),
        ...words(facts.words),
        facts.closesAt === null
          ? paragraph('Суроодон кийин үч жумуш күнүнүн ичинде жооп болбосо, кайрылуу жабылат.')
          : closesAt(facts.closesAt, ticket.now),
        paragraph(
          'Шилтеме аркылуу же ушул катка жооп жазыңыз. Эгер жооп берип койгон болсоңуз, эч нерсе кылуунун кереги жок.',
        ),
        link('Жооп берүү', ticket.link),
      ],
    }),
    escalated: (ticket) => ({
      subject: `№ ${ticket.number} кайрылуу иштеп чыгуучуларга берилди`,
      blocks: [
        paragraph(
          `№ ${ticket.number} кайрылуу боюнча маселени программанын азыркы мүмкүнчүлүктөрү менен чечүүгө болбойт, ошондуктан аны иштеп чыгуу бөлүмүнө өткөрдүк.`,
        ),
        paragraph(
          'Иштеп чыгуучулар жаңыртуу чыгарууга болор-болбосун чечет. Анын мөөнөтү диагностикада жана жалпы иштеп чыгуу планы боюнча аныкталат (регламенттин 1.4-пункту); кадимки чечүү мөөнөтү азырынча эсептелбейт. Чечим кабыл алынганда адис сизге жазат.',
        ),
        open(ticket),
      ],
    }),
    postponed: (ticket, { reason, words: explanation }) => ({
      subject: `№ ${ticket.number} кайрылуу: чечүү кийинкиге калтырылды`,
      blocks: [
        paragraph(
          `№ ${ticket.number} кайрылууну чечүү кийинкиге калтырылды: ${POSTPONED[reason]} (регламенттин 3.4-пункту).`,
        ),
        ...words(explanation),
        paragraph(`Мындан чечүү мөөнөтү өзгөрбөйт. ${POSTPONED_NEXT[reason]}`),
        open(ticket),
      ],
    }),
    completion: (ticket, { outcome, words: answer, vendor, releaseName, answerBy }) => ({
      subject: `№ ${ticket.number} кайрылуу: чечим даяр, ырастап коюңуз`,
      blocks: [
        paragraph(SOLVED[outcome](releaseName)),
        ...words(answer),
        ...vendorContacts(vendor),
        paragraph(
          `№ ${ticket.number} кайрылуу боюнча маселе чечилгенин, сураныч, шилтеме аркылуу ырастаңыз. Макул болбосоңуз, ошол эле жерге себебин жазыңыз, биз ишти улантабыз.`,
        ),
        link('Ырастоо же каршы пикир жазуу', ticket.link),
        closesAt(answerBy, ticket.now),
      ],
    }),
    'reason-asked': (ticket, { answerBy }) => ({
      subject: `№ ${ticket.number} кайрылуу: эмнеге макул эмессиз?`,
      blocks: [
        paragraph(
          `Сиз № ${ticket.number} кайрылуу боюнча чечимге макул эмес экениңизди билдирдиңиз. Ишти улантышыбыз үчүн, сураныч, себебин жазыңыз.`,
        ),
        link('Себебин жазуу', ticket.link),
        ...(answerBy === null
          ? []
          : [
              paragraph(
                `Жооп берүү мөөнөтү мурункудай эле: ${moment(answerBy, ticket.now)}; андан кийин кайрылуу жабылат.`,
              ),
            ]),
      ],
    }),
    'back-to-work': (ticket) => ({
      subject: `№ ${ticket.number} кайрылуу кайрадан иште`,
      blocks: [
        paragraph(`Каршы пикириңизди алдык жана № ${ticket.number} кайрылуу боюнча ишти улантып жатабыз.`),
        paragraph('Чечүү мөөнөтүнүн эсеби уланат.'),
        open(ticket),
      ],
    }),
    declined: (ticket, { reason, words: explanation }) => ({
      subject: `№ ${ticket.number} кайрылуу: аны аткара албайбыз`,
      blocks: [
        paragraph(DECLINED[reason]),
        ...words(explanation),
        paragraph(`Ошондуктан № ${ticket.number} кайрылуу жабылды.`),
        paragraph(DECLINED_NEXT[reason]),
        open(ticket),
      ],
    }),
    'closed-confirmed': (ticket) => ({
      subject: `№ ${ticket.number} кайрылуу жабылды`,
      blocks: [
        paragraph(`Чечимди ырастаганыңыз үчүн рахмат. № ${ticket.number} кайрылуу жабылды.`),
        again(ticket),
        open(ticket),
      ],
    }),
    'closed-no-answer': (ticket) => ({
      subject: `№ ${ticket.number} кайрылуу жабылды`,
      blocks: [
        paragraph(`24 саат ичинде чечимге жооп алган жокпуз, ошондуктан № ${ticket.number} кайрылуу жабылды.`),
        again(ticket),
        open(ticket),
      ],
    }),
    'closed-silent': (ticket) => ({
      subject: `№ ${ticket.number} кайрылуу жабылды: жооп алган жокпуз`,
      blocks: [
        paragraph(
          `Үч жумуш күнүнүн ичинде суроолорубузга жооп алган жокпуз, ошондуктан № ${ticket.number} кайрылуу жабылды жана ал боюнча иш жүргүзүлбөйт (регламенттин 3.6-пункту).`,
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
        'критикалык болушу мүмкүн',
        `№ ${ticket.number} кайрылуу келди: кардардын айтымында, иш токтоп калган.`,
      ),
    assigned: (ticket) => told(ticket, 'сизге дайындалды', `Сизге № ${ticket.number} кайрылуу дайындалды.`),
    'client-wrote': (ticket, { words: message }) => ({
      subject: `№ ${ticket.number}: кардар жазды`,
      blocks: [
        paragraph(`№ ${ticket.number} кайрылуу боюнча кардардын жаңы билдирүүсү:`),
        ...words(message),
        open(ticket),
      ],
    }),
    'client-disagreed': (ticket, { words: reason }) => ({
      subject: `№ ${ticket.number}: кардар макул эмес`,
      blocks: [
        paragraph(`Кардар № ${ticket.number} кайрылуу боюнча чечимге макул эмес; кайрылуу кайрадан иште. Анын себеби:`),
        ...words(reason),
        open(ticket),
      ],
    }),
    'first-response-warning': (ticket, { dueAt }) =>
      told(
        ticket,
        'жооп берүү керек',
        `Кардар № ${ticket.number} кайрылуу боюнча азырынча адамдан жооп ала элек. Биринчи жооптун мөөнөтү: ${moment(dueAt, ticket.now)}.`,
      ),
    'first-response-breach': (ticket, { dueAt }) =>
      told(
        ticket,
        'биринчи жооп кечикти',
        `№ ${ticket.number} кайрылуу боюнча биринчи жооптун мөөнөтү өттү: ${moment(dueAt, ticket.now)}.`,
      ),
    'resolution-warning': (ticket, { dueAt }) =>
      told(
        ticket,
        'мөөнөттүн 75 пайызы колдонулду',
        `№ ${ticket.number} кайрылуу боюнча чечүү мөөнөтүнүн 75 пайызы колдонулду. Мөөнөтү: ${moment(dueAt, ticket.now)}.`,
      ),
    'resolution-alarm': (ticket, { dueAt }) =>
      told(
        ticket,
        'алдын ала мөөнөт өттү',
        `№ ${ticket.number} кайрылууга деңгээл азырынча коюлган эмес, ал эми алдын ала чечүү мөөнөтү өттү: ${moment(dueAt, ticket.now)}.`,
      ),
    'resolution-breach': (ticket, { dueAt }) =>
      told(
        ticket,
        'чечүү мөөнөтү бузулду',
        `№ ${ticket.number} кайрылууну чечүү мөөнөтү өттү: ${moment(dueAt, ticket.now)}.`,
      ),
    'question-undeliverable': (ticket) =>
      told(
        ticket,
        'суроо жеткирилген жок',
        `№ ${ticket.number} кайрылуу боюнча суроону кардарга жеткирүү мүмкүн болгон жок; кайрылуу кайрадан иште, мөөнөт эсептелүүдө. Кардарга чалыңыз же анын дарегин текшериңиз.`,
      ),
    'completion-undeliverable': (ticket) =>
      told(
        ticket,
        'чечим жеткирилген жок',
        `№ ${ticket.number} кайрылуу боюнча чечимди кардарга жеткирүү мүмкүн болгон жок; анын жообуна берилген 24 саат башталган жок. Телефон аркылуу билдириңиз, кайра жөнөтүңүз же кайрылууну ишке кайтарыңыз.`,
      ),
    'notice-undeliverable': (ticket) =>
      told(
        ticket,
        'билдирүү жеткирилген жок',
        `№ ${ticket.number} кайрылуу боюнча билдирүүлөрдүн бирин жеткирүү мүмкүн болгон жок. Кайсынысы экени кайрылуунун тарыхында көрүнөт.`,
      ),
    'not-told-alarm': (ticket) =>
      told(
        ticket,
        'кардар чечимди билбейт',
        `№ ${ticket.number} кайрылуу боюнча чечим даяр, бирок кардарга дагы эле жеткирилген жок. Телефон аркылуу билдириңиз, кайра жөнөтүңүз же кайрылууну ишке кайтарыңыз.`,
      ),
    'judgement-overdue': (ticket, { dueAt }) =>
      told(
        ticket,
        'кардардын жообун баалаңыз',
        `№ ${ticket.number} кайрылуу боюнча кардардын жообуна берилген 24 саат өттү: ${moment(dueAt, ticket.now)}. Анын билдирүүсү бааланган жок: ал чечимди ырастайбы же каршыбы?`,
      ),
    'development-decided': (ticket, { decision, words: text, targetDate }) => ({
      subject: `№ ${ticket.number}: иштеп чыгуучулардын чечими`,
      blocks: [
        paragraph(
          decision === 'declined'
            ? `Иштеп чыгуу бөлүмү № ${ticket.number} кайрылуу боюнча баш тартты; кайрылуу кайрадан иште, мөөнөт эсептелүүдө. Анын себеби:`
            : `Иштеп чыгуу бөлүмү № ${ticket.number} кайрылуу боюнча чечимди пландады${targetDate === null ? '' : ` (күнү: ${date(middleOf(targetDate), ticket.now)})`}:`,
        ),
        ...words(text),
        open(ticket),
      ],
    }),
    'development-target-warning': (ticket, { dueAt }) =>
      told(
        ticket,
        'иштеп чыгуучулардын мөөнөтү жакындады',
        `№ ${ticket.number} кайрылуу боюнча иштеп чыгуучулар айткан мөөнөт: ${moment(dueAt, ticket.now)}.`,
      ),
    'development-target-missed': (ticket, { dueAt }) =>
      told(
        ticket,
        'иштеп чыгуучулардын мөөнөтү өттү',
        `№ ${ticket.number} кайрылуу боюнча иштеп чыгуучулар айткан мөөнөт өттү: ${moment(dueAt, ticket.now)}.`,
      ),
  },
};
