/**
 * Keeps the companies: who owns the book, which zone, country and currency hold for all their accounts.
 * From: `api/companies`. Next: settings, place `company:<id>` / `company`; every version stays.
 * The deployment's list is written after the company, and again with each repetition, so that none is missing.
 */
import type { CompaniesAnswer, CompanyAnswer, CompanyBody } from '../../shared/contracts/administration.ts';
import { companyFrom } from '../../shared/contracts/company.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import type { Company } from '../../shared/domain/company.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { isSameJson } from '../../shared/domain/same-json.ts';
import { isInScope, type Scope } from '../../shared/domain/scope.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import type { SettingsStore, SettingVersion } from '../../shared/ports/settings-store.ts';

const placeOf = (companyId: string) => ({ scope: `company:${companyId}`, name: 'company' });
const listed = (companyId: string) => ({ scope: 'deployment', name: `company:${companyId}` });

const answerOf = ({ value, ...change }: SettingVersion): CompanyAnswer => ({
  ...companyFrom(value),
  ...change,
});

export const readCompany = async (
  companyId: string,
  scope: Scope,
  settings: SettingsStore,
): Promise<Outcome<CompanyAnswer, 'not-found'>> => {
  const kept = isInScope(scope, companyId) ? await settings.read(scope, placeOf(companyId)) : undefined;
  return kept ? done(answerOf(kept)) : refuse('not-found', 'There is no such company.');
};

/** Those in scope, by id. */
export const listCompanies = async (
  scope: Scope,
  settings: SettingsStore,
): Promise<Outcome<CompaniesAnswer, never>> => {
  const all = await settings.list(scope, 'deployment', 'company:');
  const inScope = all.map(({ name }) => name.slice('company:'.length)).filter((id) => isInScope(scope, id));
  const kept = await Promise.all(inScope.map((id) => settings.read(scope, placeOf(id))));
  return done({ companies: kept.filter((one) => one !== undefined).map(answerOf) });
};

const isOtherBook = (
  before: Pick<Company, 'mode' | 'currency'>,
  after: Pick<Company, 'mode' | 'currency'>,
): boolean => before.mode !== after.mode || before.currency !== after.currency;

export type CompanyUse = (companyId: string) => Promise<boolean>;

/** Whether anything was ever posted; a page of heads may be empty and not be the last. */
export const companyUse =
  (system: Scope, accounts: AccountStore): CompanyUse =>
  async (companyId) => {
    const { heads, after } = await accounts.heads(system, companyId, { limit: 1 });
    return heads.length > 0 || after !== undefined;
  };

/** The same again changes nothing; what accounts are kept by stays once there are any. */
export const saveCompany = async (
  companyId: string,
  { after, reason, ...fields }: CompanyBody,
  { by, now, scope }: { by: string; now: Instant; scope: Scope },
  { settings, isInUse }: { settings: SettingsStore; isInUse: CompanyUse },
): Promise<Outcome<CompanyAnswer, 'setting-changed' | 'company-in-use'>> => {
  const change = { by, at: textOfInstant(now), reason };
  const value = { companyId, ...fields };
  const before = await settings.read(scope, placeOf(companyId));
  if (before && isOtherBook(companyFrom(before.value), fields) && (await isInUse(companyId)))
    return refuse('company-in-use', 'It has accounts, kept in the mode and currency it has now.');
  if (!isSameJson(before?.value, value)) {
    const saved =
      (before?.version ?? 0) === after
        ? await settings.save(scope, placeOf(companyId), after, { value, ...change })
        : 'version-conflict';
    if (saved === 'version-conflict')
      return refuse('setting-changed', `It is at version ${before?.version}.`);
  }
  const list = await settings.read(scope, listed(companyId));
  // whoever is second here finds it listed by the first
  if (!list) await settings.save(scope, listed(companyId), 0, { value: { companyId }, ...change });
  const kept = await settings.read(scope, placeOf(companyId));
  return done(answerOf(kept ?? { version: after + 1, value, ...change }));
};
