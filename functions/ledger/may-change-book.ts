/**
 * Whether the book of a company may be changed here by hand.
 * From: its setting, read afresh. Next: every route that would change the book directly.
 */
import type { Company } from '../../shared/domain/company.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';

/**
 * Whether what is open may be changed here by hand: allocated, written off, credited. In an ERP-led company it is
 * proposed, exported and confirmed by the feed instead.
 */
export const mayChangeBook = ({ companyId, mode }: Company): Outcome<true, 'propose-instead'> =>
  mode === 'dunwellLed'
    ? done(true)
    : refuse('propose-instead', `The book of ${companyId} is kept in its ERP.`);
