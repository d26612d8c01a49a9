import type { Language, Role } from '../regulation/vocabulary.ts';

/**
 * A small company's real life to learn with: three clients (the agreement of one has ended), their people, the products
 * that the company sells, and its staff. Names and numbers are made up; addresses end in `.example`, which no mail server
 * in the world serves. The ids are fixed, so that the data is put in once.
 */

/** As the company's site names them. */
export const PRODUCTS = [
  { id: 'siroca-lis', name: 'Siroca LIS' },
  { id: 'siroca-mis', name: 'Siroca MIS' },
  { id: 'call-center', name: 'Call-Center' },
  { id: 'e-school', name: 'E-School' },
  { id: 'corporate-sites', name: 'Корпоративные сайты' },
  { id: 'mobile-applications', name: 'Мобильные приложения' },
  { id: 'electronic-library', name: 'Электронная библиотека' },
  { id: 'online-testing', name: 'Онлайн-тестирование' },
  { id: 'middleware', name: 'MiddleWare (лабораторное оборудование)' },
  { id: 'integration-module', name: 'Модуль интеграции' },
  { id: 'qr-code', name: 'QR-Code' },
];

export const VENDORS = [
  {
    id: '01900000-0000-7000-8000-000000000301',
    name: 'Microsoft (Windows, Office)',
    phone: null,
    email: null,
    website: 'https://support.microsoft.com',
  },
  {
    id: '01900000-0000-7000-8000-000000000302',
    name: 'ОсОО «Лабтехника» (анализаторы)',
    phone: '+996312000302',
    email: 'service@labtehnika.example',
    website: null,
  },
];

export interface DemoStaff {
  /** The key of the account in demo-accounts.json. */
  account: string;
  role: Role;
  email: string;
  name: string;
  language: Language;
}

export const STAFF: DemoStaff[] = [
  { account: 'agent', role: 'agent', email: 'aizada@siroca.example', name: 'Айзада Токтогулова', language: 'ru' },
  { account: 'agent2', role: 'agent', email: 'bakyt@siroca.example', name: 'Бакыт Асанов', language: 'ky' },
  { account: 'head', role: 'head', email: 'elena@siroca.example', name: 'Елена Ким', language: 'ru' },
  { account: 'developer', role: 'developer', email: 'timur@siroca.example', name: 'Тимур Сыдыков', language: 'ru' },
  {
    account: 'administrator',
    role: 'administrator',
    email: 'admin@siroca.example',
    name: 'Нурлан Абдиев',
    language: 'en',
  },
];

export interface DemoContact {
  id: string;
  fullName: string;
  email: string;
  phone: string;
  telegramChatId: string | null;
  language: Language;
  authorised: boolean;
}

export interface DemoClient {
  id: string;
  name: string;
  agreement: {
    id: string;
    number: string;
    kind: 'licence' | 'sublicence';
    validFrom: string;
    validTo: string | null;
    products: string[];
  };
  contacts: DemoContact[];
}

export const CLIENTS: DemoClient[] = [
  {
    id: '01900000-0000-7000-8000-000000000001',
    name: 'Клиника «Ак-Суу»',
    agreement: {
      id: '01900000-0000-7000-8000-000000000101',
      number: 'Л-2024/17',
      kind: 'licence',
      validFrom: '2024-02-01',
      validTo: null,
      products: ['siroca-lis', 'siroca-mis', 'middleware', 'qr-code'],
    },
    contacts: [
      {
        id: '01900000-0000-7000-8000-000000000201',
        fullName: 'Гульмира Садыкова',
        email: 'gulmira@ak-suu.example',
        phone: '+996700000201',
        telegramChatId: '700000201',
        language: 'ru',
        authorised: true,
      },
      {
        id: '01900000-0000-7000-8000-000000000202',
        fullName: 'Daniel Weber',
        email: 'daniel@ak-suu.example',
        phone: '+996700000202',
        telegramChatId: null,
        language: 'en',
        authorised: false,
      },
    ],
  },
  {
    id: '01900000-0000-7000-8000-000000000002',
    name: 'Школа-гимназия «Билим»',
    agreement: {
      id: '01900000-0000-7000-8000-000000000102',
      number: 'С-2025/04',
      kind: 'sublicence',
      validFrom: '2025-09-01',
      validTo: '2035-08-31',
      products: ['e-school', 'electronic-library', 'online-testing'],
    },
    contacts: [
      {
        id: '01900000-0000-7000-8000-000000000203',
        fullName: 'Жылдыз Мамбетова',
        email: 'jyldyz@bilim.example',
        phone: '+996700000203',
        telegramChatId: '700000203',
        language: 'ky',
        authorised: true,
      },
    ],
  },
  {
    id: '01900000-0000-7000-8000-000000000003',
    name: 'ОсОО «Алло-Сервис»',
    agreement: {
      id: '01900000-0000-7000-8000-000000000103',
      number: 'Л-2023/09',
      kind: 'licence',
      validFrom: '2023-06-01',
      validTo: '2025-12-31',
      products: ['call-center'],
    },
    contacts: [
      {
        id: '01900000-0000-7000-8000-000000000204',
        fullName: 'Павел Орлов',
        email: 'pavel@allo-service.example',
        phone: '+996700000204',
        telegramChatId: '700000204',
        language: 'ru',
        authorised: true,
      },
    ],
  },
];
