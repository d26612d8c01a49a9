import { z } from 'zod';
import { phoneNumberOf } from '../../intake/addresses.ts';

/** A telephone number in its kept form, `+` and digits. */
export const PhoneNumber = z
  .string()
  .max(50)
  .refine((text) => phoneNumberOf(text) !== null, 'must be a telephone number, such as +996 555 123 456')
  .transform((text) => phoneNumberOf(text) ?? text);
