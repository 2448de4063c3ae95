/**
 * The company of an id, or `company-unknown`: the one way to ask what work is done for.
 * From: settings, fresh or remembered (`shared/ports/remembered-companies.ts`). Next: every piece.
 * What decides about money asks the store itself. A page or report may ask the memory: a read may then be up to
 * half a minute old, which can show yesterday's legal name or count a day by the zone before; mode and currency
 * cannot differ, since they stay as they are once a company has accounts.
 */
import { companyFrom } from '../contracts/company.ts';
import type { Company } from '../domain/company.ts';
import { done, refuse, type Outcome } from '../domain/outcome.ts';
import type { Scope } from '../domain/scope.ts';
import type { SettingsStore } from '../ports/settings-store.ts';

/** `company-unknown` when it was never set up, or lies outside the scope. */
export const readCompany = async (
  settings: Pick<SettingsStore, 'read'>,
  scope: Scope,
  companyId: string,
): Promise<Outcome<Company, 'company-unknown'>> => {
  const found = await settings.read(scope, { scope: `company:${companyId}`, name: 'company' });
  return found === undefined
    ? refuse('company-unknown', `There are no settings of company ${companyId}.`)
    : done(companyFrom(found.value));
};

/** The zone of a company's calendar day; undefined when there is no such company, or outside the scope. */
export type ZoneOf = (scope: Scope, companyId: string) => Promise<string | undefined>;

export const companyZones =
  (settings: Pick<SettingsStore, 'read'>): ZoneOf =>
  async (scope, companyId) => {
    const company = await readCompany(settings, scope, companyId);
    return company.ok ? company.value.zone : undefined;
  };
