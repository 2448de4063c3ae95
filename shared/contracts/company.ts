/**
 * A company as its settings hold it.
 * From: place {scope `company:<id>`, name `company`} of the settings. Next: every workflow that decides for it.
 */
import { z } from 'zod';
import type { Company } from '../domain/company.ts';

export const companySetting = z.looseObject({
  companyId: z.string().min(1),
  legalName: z.string().min(1),
  mode: z.enum(['erpLed', 'dunwellLed']),
  zone: z.string().min(1),
  country: z.string().length(2),
  currency: z.string().length(3),
});

/** @throws ZodError when the setting is no company: somebody saved what nobody can work by. */
export const companyFrom = (value: unknown): Company => companySetting.parse(value);
