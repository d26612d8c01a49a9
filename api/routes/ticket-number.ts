import { z } from 'zod';

/** A ticket's number in an address; PostgreSQL's integers end the range. */
export const TicketNumber = z.strictObject({
  number: z
    .string()
    .regex(/^[1-9]\d{0,9}$/, 'must be a ticket number')
    .transform(Number)
    .refine((number) => number <= 2_147_483_647, 'must be a ticket number'),
});
