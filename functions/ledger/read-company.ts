/**
 * The company work is done for, and what its book allows.
 * From: settings. Next: posting, and every route that would change the book directly.
 */
import { companyFrom } from '../../shared/contracts/company.ts';
import type { Company } from '../../shared/domain/company.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';

/** `company-unknown` when it was never set up, or lies outside the scope. */
export const readCompany = async (
  settings: SettingsStore,
  scope: Scope,
  companyId: string,
): Promise<Outcome<Company, 'company-unknown'>> => {
  const found = await settings.read(scope, { scope: `company:${companyId}`, name: 'company' });
  return found === undefined
    ? refuse('company-unknown', `There are no settings of company ${companyId}.`)
    : done(companyFrom(found.value));
};

/**
 * Whether what is open may be changed here by hand: allocated, written off, credited. In an ERP-led company it is
 * proposed, exported and confirmed by the feed instead.
 */
export const mayChangeBook = ({ companyId, mode }: Company): Outcome<true, 'propose-instead'> =>
  mode === 'dunwellLed'
    ? done(true)
    : refuse('propose-instead', `The book of ${companyId} is kept in its ERP.`);
