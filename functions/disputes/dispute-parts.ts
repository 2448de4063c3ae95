/**
 * What work on cases needs, and what holds for all cases of a company on a day.
 * From: `functions/parts.ts`, settings. Next: the workflows beside this file.
 */
import { disputeSettings, type DisputeSettings } from '../../shared/contracts/dispute-settings.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { BusinessCalendar } from '../../shared/domain/business-days.ts';
import { dayAt, type Day, type Instant } from '../../shared/domain/calendar.ts';
import type { Company } from '../../shared/domain/company.ts';
import type { DecisionRole, DisputeCode } from '../../shared/domain/dispute-codes.ts';
import { holdsUntil, standingOf } from '../../shared/domain/dispute-deadlines.ts';
import type { Dispute } from '../../shared/domain/dispute.ts';
import type { HashText } from '../../shared/domain/document-ids.ts';
import type { Actor, Cause } from '../../shared/domain/entry.ts';
import type { DisputeDays } from '../../shared/domain/note-dispute.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import type { AlertStore } from '../../shared/ports/alert-store.ts';
import type { CaseIndex } from '../../shared/ports/case-index.ts';
import type { FileStore } from '../../shared/ports/file-store.ts';
import type { ProposalStore } from '../../shared/ports/proposal-store.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';
import type { TokenStore } from '../../shared/ports/token-store.ts';

export type DisputeParts = {
  /** The system's own: for the list of cases, papers kept by company, and who was judged by the case itself. */
  ownScope: Scope;
  accounts: AccountStore;
  cases: CaseIndex;
  alerts: AlertStore;
  proposals: ProposalStore;
  tokens: TokenStore;
  settings: SettingsStore;
  /** Container `documents`. */
  documents: FileStore;
  hashText: HashText;
  /** A word nobody can guess, new with each call. */
  newSecret: () => string;
  /** Business days of a country, about a day. */
  calendarOf: (country: string, around: Day) => Promise<BusinessCalendar>;
};

/** Who does it, on what occasion, when. */
export type DisputeCall = { scope: Scope; now: Instant; actor: Actor; cause: Cause };

export type DisputeFrame = {
  company: Company;
  today: Day;
  calendar: BusinessCalendar;
  settings: DisputeSettings;
  /** Of the settings; 0 where nobody set any. */
  version: number;
};

export const settingsPlace = (companyId: string) => ({ scope: `company:${companyId}`, name: 'disputes' });

/** Read with every call: who is named now decides now. */
export const disputeFrame = async (
  { settings, calendarOf }: Pick<DisputeParts, 'settings' | 'calendarOf'>,
  { scope, now }: Pick<DisputeCall, 'scope' | 'now'>,
  companyId: string,
): Promise<Outcome<DisputeFrame, ProblemCode>> => {
  const company = await readCompany(settings, scope, companyId);
  if (!company.ok) return refuse('not-found', 'There is no such account.');
  const today = dayAt(now, company.value.zone);
  const kept = await settings.read(scope, settingsPlace(companyId));
  return done({
    ...{ company: company.value, today, version: kept?.version ?? 0 },
    calendar: await calendarOf(company.value.country, today),
    settings: disputeSettings.parse(kept?.value ?? {}),
  });
};

export const codeNamed = (
  { settings }: Pick<DisputeFrame, 'settings'>,
  code: string,
): Outcome<DisputeCode, 'code-unknown'> => {
  const found = settings.codes.find((one) => one.code === code);
  return found === undefined ? refuse('code-unknown', `${code} is no code`) : done(found);
};

/** Who has the cases of a department; where nobody is named the case waits under the department's own name. */
export const ownerOf =
  ({ settings }: Pick<DisputeFrame, 'settings'>) =>
  (department: string): string =>
    settings.departments[department]?.owner ?? `department:${department}`;

/** Days of a case that its facts alone do not tell. */
export const daysOfCase =
  ({ today, calendar, settings }: DisputeFrame) =>
  (dispute: Dispute): DisputeDays => ({
    dueOn: standingOf(dispute, today, calendar, settings.rules)?.dueOn,
    holdsUntilOn: holdsUntil(dispute, calendar, settings.rules),
  });

/** Whether a person has the case: as its owner, in their stead, or above them. */
export const handOf = (
  { settings }: Pick<DisputeFrame, 'settings'>,
  dispute: Pick<Dispute, 'hands'>,
  person: string,
): DecisionRole | undefined => {
  const hand = dispute.hands.at(-1);
  const department = settings.departments[hand?.department ?? ''];
  if (person === settings.cfo) return 'cfo';
  if (person === settings.creditManager) return 'creditManager';
  if (person === department?.head) return 'head';
  const isOwner = person === hand?.owner || person === department?.owner || person === department?.deputy;
  return isOwner ? 'owner' : undefined;
};
