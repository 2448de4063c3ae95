/**
 * A company as its settings hold it, place `company:<id>` / `company`.
 * From: administration. Next: every workflow that decides for it; the routes that read and change it.
 */
import { z } from 'zod';
import { dayAt, instantFromMs } from '../domain/calendar.ts';
import type { Company } from '../domain/company.ts';
import { decimalsOf } from '../domain/currencies.ts';
import { platformCompany } from '../domain/parked-work.ts';
import { termsFromCode } from '../domain/terms.ts';

const isZone = (zone: string): boolean => {
  try {
    dayAt(instantFromMs(0), zone);
    return true;
  } catch {
    return false;
  }
};

export const companyId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/)
  .refine((id) => id !== platformCompany, 'this id is taken');

const termsCode = z
  .string()
  .max(60)
  .refine((code) => termsFromCode(code).ok, 'no code of payment terms');

/** What is said of a company beside its id. */
export const companyFields = {
  legalName: z.string().trim().min(1).max(200),
  mode: z.enum(['erpLed', 'dunwellLed']),
  zone: z.string().max(60).refine(isZone, 'no such time zone'),
  country: z.string().regex(/^[A-Z]{2}$/),
  currency: z.string().refine((code) => decimalsOf(code).ok, 'no such currency'),
  /** What new invoices are held against; nothing where it is absent. */
  invoices: z
    .strictObject({
      ...{ termsCode: termsCode.exactOptional(), publicTermsCode: termsCode.exactOptional() },
      wanted: z
        .array(z.enum(['purchaseOrder', 'attachment']))
        .max(2)
        .readonly(),
    })
    .exactOptional(),
  /** The ERP's name in uploads: its customers are the accounts. */
  leadingSource: z.string().trim().min(1).max(60).exactOptional(),
};

const companySetting: z.ZodType<Company> = z.strictObject({ companyId, ...companyFields });

/** @throws ZodError when the setting is no company: somebody saved what nobody can work by. */
export const companyFrom = (value: unknown): Company => companySetting.parse(value);
