import type { Database } from '../../prisma/client.ts';
import { publishCalendar } from '../../prisma/calendar-versions.ts';
import { KYRGYZSTAN } from '../../regulation/calendars/kyrgyzstan.ts';

/** A small company's records: products, the calendar, a client with a valid agreement and its contact. */
export interface TestCompany {
  clientId: string;
  contactId: string;
}

export const CONTACT = { email: 'aida@clinic.example', phone: '+996555123456', telegramChatId: '700100' } as const;

export async function createCompany(db: Database): Promise<TestCompany> {
  await db.product.createMany({
    data: [
      { id: 'siroca-lis', name: 'Siroca LIS' },
      { id: 'e-school', name: 'E-School' },
    ],
  });
  await publishCalendar(db, {
    basedOn: 0,
    definition: KYRGYZSTAN,
    publishedById: null,
    at: Date.parse('2023-03-31T00:00:00Z'),
  });
  const client = await db.client.create({
    data: {
      name: 'Клиника «Ала-Тоо»',
      contacts: { create: { fullName: 'Аида Асанова', ...CONTACT, language: 'ky' } },
      agreements: {
        create: {
          number: 'L-1',
          kind: 'licence',
          validFrom: new Date('2024-01-01'),
          validTo: null,
          products: { connect: { id: 'siroca-lis' } },
        },
      },
    },
    include: { contacts: true },
  });
  return { clientId: client.id, contactId: client.contacts[0]!.id };
}
