/**
 * What holds for all rows of a company on a day: its day, its calendar, rates for other currencies, orders that wait.
 * From: settings, figures beside the accounts. Next: rows, pages, call cards. Remembered for a minute.
 */
import { dunningPlaces, dunningSettingFrom } from '../../shared/contracts/dunning-settings.ts';
import { ceilingsFrom, ceilingsPlace } from '../../shared/contracts/team-settings.ts';
import { worklistRulesFrom, worklistPlace } from '../../shared/contracts/worklist-settings.ts';
import type { BusinessCalendar } from '../../shared/domain/business-days.ts';
import { addDays, dayAt, type Day, type Instant } from '../../shared/domain/calendar.ts';
import type { Company } from '../../shared/domain/company.ts';
import { mostDaysOfRate } from '../../shared/domain/exchange.ts';
import type { OrderHoldRow } from '../../shared/domain/other-rows.ts';
import { owedIn, type OwedBy, type Owed } from '../../shared/domain/owed-by-collector.ts';
import type { Reference } from '../../shared/domain/reference.ts';
import { wholeCompany } from '../../shared/domain/scope.ts';
import type { BlockedOrder } from '../../shared/domain/worklist-of-account.ts';
import type { RowFrame } from '../../shared/domain/worklist-row.ts';
import { worthIn } from '../../shared/domain/worth.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import type { ReferenceStore } from '../../shared/ports/reference-store.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';

export type FrameStores = {
  settings: Pick<SettingsStore, 'read'>;
  references: Pick<ReferenceStore, 'newest'>;
  calendarOf: (country: string, around: Day) => Promise<BusinessCalendar>;
  owedBy: OwedBy;
};

export type CompanyRows = RowFrame & {
  company: Company;
  today: Day;
  ordersOf: (accountId: string) => readonly BlockedOrder[];
  /** As the file tells them, whoever may see which. */
  orders: ReadonlyMap<string, readonly OrderHoldRow[]>;
  /** Of the setting; 0 as delivered. */
  rulesVersion: number;
  /** Collectors whose customers owe more than the target set for them. */
  above: readonly string[];
  frameOf: (collectorId: string) => string;
};

/** Undefined when there is no such company. `fresh`: nothing remembered will do. */
export type RowsOf = (companyId: string, now: Instant, how?: 'fresh') => Promise<CompanyRows | undefined>;

const rememberedMs = 60_000;
const mostRemembered = 1_000;
/** An order held longer ago is no reason to call any more. */
const ordersTellDays = 90;

type Known = { at: number; today: Day; rows: CompanyRows | undefined };

export const worklistFrames = (stores: FrameStores): RowsOf => {
  const known = new Map<string, Known>();
  return async (companyId, now, how) => {
    const found = how === 'fresh' ? undefined : known.get(companyId);
    const age = now.epochMilliseconds - (found?.at ?? 0);
    const isSameDay = found?.rows === undefined || dayAt(now, found.rows.company.zone) === found.today;
    if (found !== undefined && age >= 0 && age < rememberedMs && isSameDay) return found.rows;
    const rows = await readRows(stores, companyId, now);
    if (known.size >= mostRemembered) known.clear();
    known.set(companyId, { at: now.epochMilliseconds, today: rows?.today ?? ('' as Day), rows });
    return rows;
  };
};

const readRows = async (
  { settings, references, calendarOf, owedBy }: FrameStores,
  companyId: string,
  now: Instant,
): Promise<CompanyRows | undefined> => {
  const scope = wholeCompany(companyId);
  const found = await readCompany(settings, scope, companyId);
  if (!found.ok) return undefined;
  const company = found.value;
  const today = dayAt(now, company.zone);
  const place = { scope: `company:${companyId}`, name: dunningPlaces.dunning };
  const [dunning, rules, targets, rates, told, calendar] = await Promise.all([
    settings.read(scope, place),
    settings.read(scope, worklistPlace(companyId)),
    settings.read(scope, ceilingsPlace(companyId)),
    references.newest(scope, companyId, 'exchangeRate', {
      fromOn: addDays(today, -mostDaysOfRate),
      toOn: today,
    }),
    references.newest(scope, companyId, 'orderHold', {
      fromOn: addDays(today, -ordersTellDays),
      toOn: today,
    }),
    calendarOf(company.country, today),
  ]);
  const { disclosedFactors } = dunningSettingFrom(dunning?.value);
  const worth = worthIn(company.currency, today, rates);
  const orders = waitingIn(told);
  const ordersOf = (accountId: string): BlockedOrder[] =>
    (orders.get(accountId) ?? []).map(({ orderNumber, heldOn, amount, currency }) => ({
      ...{ orderNumber, heldOn, amount: worth(amount, currency) },
    }));
  const { ceilings } = ceilingsFrom(targets?.value);
  const owed = ceilings.length === 0 ? noneOwed : owedIn(await owedBy(companyId, today), today, worth);
  const above = ceilings
    .filter(({ collector, amount }) => (owed.get(collector)?.open ?? 0) > amount)
    .map(({ collector }) => collector);
  const isAboveCeiling = (collectorId: string): boolean => above.includes(collectorId);
  const rulesVersion = rules?.version ?? 0;
  const frameOf = (collectorId: string): string => frameMark(rulesVersion, isAboveCeiling(collectorId));
  return {
    ...{ company, today, calendar, worth, ordersOf, orders, above, isAboveCeiling, frameOf, rulesVersion },
    currency: company.currency,
    ...{ disclosedFactors: new Set(disclosedFactors), rules: worklistRulesFrom(rules?.value) },
  };
};

const noneOwed: ReadonlyMap<string, Owed> = new Map();

/** What rows are made by besides their accounts: the version of the rules, and a target that is missed. */
export const frameMark = (rulesVersion: number, isAbove: boolean): string =>
  `${rulesVersion}${isAbove ? '^' : ''}`;

/** Of each account; one whose amount came down to nothing waits no more. */
const waitingIn = (told: readonly Reference[]): ReadonlyMap<string, readonly OrderHoldRow[]> => {
  const held = told.flatMap((one) => (one.kind === 'orderHold' && one.row.amount > 0 ? [one.row] : []));
  return Map.groupBy(held, ({ accountId }) => accountId);
};
