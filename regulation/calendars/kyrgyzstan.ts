import type { CalendarDefinition, DateStatus, Holiday } from '../calendar-definition.ts';

const CODE = 'Labour Code of the Kyrgyz Republic of 23 January 2025, cbd.minjust.gov.kg 3-45/edition/25298';
const OLD_CODE = 'Labour Code of the Kyrgyz Republic of 4 August 2004, article 113, in force in January 2025';
const ESTIMATE = 'estimate by the Umm al-Qura calendar; announced about 10 days ahead and may move by a day';

/**
 * The working calendar of OsOO «Сирока Технолоджи», 2025 to 2027 (§2.4, readings 10 and 15).
 *
 * Our reading of what the sources leave open:
 * - The code of 23 January 2025 decides from its date on. It does not move a holiday that falls on a weekend, and made
 *   23 February, 7 April and 7-8 November ordinary working days. The days before it (1 to 22 January 2025) are under the
 *   old code, which knew 1 and 7 January alone; 2, 3 and 6 January 2025 are therefore working days here.
 * - Cabinet decrees that move days off bind state-financed bodies and are only recommended to a private company, which
 *   decides for itself. None is applied: not that of December 2024 (2, 3, 6 January 2025 off against 11 January; it was
 *   repealed in February 2025), not that of December 2025 (8-9 January 2026 off). The company enters an override when
 *   it follows one.
 * - Eves of holidays are worked whole (reading 15).
 * - Orozo Ait and Kurman Ait follow the moon: confirmed as they were held in 2025 and 2026, expected in 2027.
 */
export const KYRGYZSTAN: CalendarDefinition = {
  id: 'kyrgyzstan',
  timeZone: 'Asia/Bishkek',
  validFrom: '2025-01-01',
  validTo: '2028-01-01',
  weekly: {
    monday: ['09:00-18:00'],
    tuesday: ['09:00-18:00'],
    wednesday: ['09:00-18:00'],
    thursday: ['09:00-18:00'],
    friday: ['09:00-18:00'],
    saturday: [],
    sunday: [],
  },
  holidays: [
    holiday('2025-01-01', 'New Year', OLD_CODE),
    holiday('2025-01-07', 'Christmas', OLD_CODE),
    ...springToAutumn(2025),
    moon('2025-03-30', 'Orozo Ait', 'as held', 'confirmed'),
    moon('2025-06-06', 'Kurman Ait', 'as held', 'confirmed'),

    ...newYear(2026),
    ...springToAutumn(2026),
    moon('2026-03-20', 'Orozo Ait', 'announced by the Ministry of Labour on 10 March 2026', 'confirmed'),
    moon('2026-05-27', 'Kurman Ait', 'as held (vacanza/holidays, confirmed range)', 'confirmed'),

    ...newYear(2027),
    ...springToAutumn(2027),
    moon('2027-03-09', 'Orozo Ait', ESTIMATE, 'expected'),
    moon('2027-05-16', 'Kurman Ait', ESTIMATE, 'expected'),
  ],
  overrides: [],
};

/** 1-6 January are New Year holidays and 7 January is Christmas, since the code of 2025. */
function newYear(year: number): Holiday[] {
  return [
    ...[1, 2, 3, 4, 5, 6].map((day) => holiday(`${year}-01-0${day}`, 'New Year', CODE)),
    holiday(`${year}-01-07`, 'Christmas', CODE),
  ];
}

function springToAutumn(year: number): Holiday[] {
  return [
    holiday(`${year}-03-08`, "International Women's Day", CODE),
    holiday(`${year}-03-21`, 'Nooruz', CODE),
    holiday(`${year}-05-01`, 'Labour Day', CODE),
    ...[2, 3, 4].map((day) => holiday(`${year}-05-0${day}`, 'May holidays', CODE)),
    holiday(`${year}-05-05`, 'Constitution Day', CODE),
    ...[6, 7, 8].map((day) => holiday(`${year}-05-0${day}`, 'May holidays', CODE)),
    holiday(`${year}-05-09`, 'Victory Day', CODE),
    holiday(`${year}-08-31`, 'Independence Day', CODE),
  ];
}

function holiday(date: string, name: string, source: string): Holiday {
  return { date, name, source, status: 'confirmed' };
}

function moon(date: string, name: string, held: string, status: DateStatus): Holiday {
  return { date, name, source: `${CODE}; ${held}`, status };
}
