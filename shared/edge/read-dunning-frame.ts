/**
 * All that planner and gate need of a company, and of one account, so that both judge by the same.
 * From: settings and feeds, remembered for half a minute; the account as it was loaded. Next: the dunning and the
 * mail piece. A block, a stop or a policy is known everywhere 30 seconds after it was set.
 */
import {
  dunningPlaces,
  dunningSettingFrom,
  isStoppedBy,
  portfoliosStoppedBy,
  policySetFrom,
} from '../contracts/dunning-settings.ts';
import type { PolicySet } from '../contracts/dunning-settings.ts';
import { isRestoredAndOpen, restorePlace } from '../contracts/mail-restore.ts';
import type { AccountHead, AccountItem } from '../domain/account.ts';
import type { BusinessCalendar } from '../domain/business-days.ts';
import { dayAt, msOfInstant, type Day, type Instant } from '../domain/calendar.ts';
import type { Company } from '../domain/company.ts';
import type { PlanInput } from '../domain/planned-message.ts';
import type { HashText } from '../domain/document-ids.ts';
import { cashReaches, companyBlocks } from '../domain/dunning-blocks.ts';
import type { PayerHabit } from '../domain/dunning-position.ts';
import {
  dunningFrame,
  frameMemory,
  type CompanyNow,
  type DunningFrame,
  type FrameMemory,
} from '../domain/dunning-input.ts';
import type { LateCharge } from '../domain/late-charges.ts';
import type { Feed } from '../domain/feed.ts';
import type { MasterData } from '../domain/master-data.ts';
import { payerFacts } from '../domain/payer-facts.ts';
import { emailHashOf, mailProblemOf, type PersonState } from '../domain/person.ts';
import { choosePolicyOf } from '../domain/policy-in-force.ts';
import { addressesOf, type StateOfAddress } from '../domain/recipients.ts';
import { wholeCompany, type Scope } from '../domain/scope.ts';
import type { FeedStore } from '../ports/feed-store.ts';
import type { PeopleStore } from '../ports/people-store.ts';
import type { SettingsStore } from '../ports/settings-store.ts';
import { readCompany } from './read-company.ts';

/** A frame with what else accounts of its company are judged by. */
export type CompanyFrame = DunningFrame & {
  company: Company;
  set: PolicySet;
  setVersion: number;
  /** Ours, by which debits are announced. */
  creditorId?: string;
  /** Invoices posted from this day on are mailed from here. */
  mailInvoicesFrom?: Day;
  /** What is charged for paying late, by the payer's country. */
  lateCharges?: readonly LateCharge[];
  /** The last day up to which money that came is known; absent: no day. */
  cashReachesOn?: Day;
  /** Snapshots of the ERP, as they were taken last; none where no ERP leads. */
  feeds?: readonly Pick<Feed, 'accepted'>[];
};

export type FrameStores = {
  feeds: Pick<FeedStore, 'company' | 'load'>;
  settings: Pick<SettingsStore, 'read'>;
  calendarOf: (country: string, around: Day) => Promise<BusinessCalendar>;
  hashText: HashText;
};

/** Undefined when there is no such company. */
export type FrameOf = (companyId: string, now: Instant) => Promise<CompanyFrame | undefined>;

const rememberedMs = 30_000;
/** More companies than any deployment has; then all are forgotten. */
const mostRemembered = 1_000;

type Known = Omit<CompanyNow, 'now'> &
  Pick<CompanyFrame, 'company' | 'set' | 'setVersion' | 'cashReachesOn' | 'creditorId' | 'lateCharges'> &
  Pick<CompanyFrame, 'mailInvoicesFrom'>;

/** @returns `frameOf`, which remembers what it read of a company for half a minute of the business clock. */
export const dunningFrames = (stores: FrameStores): FrameOf => {
  const known = new Map<string, { at: number; facts: Known | undefined; memory: FrameMemory }>();
  return async (companyId, now) => {
    const found = known.get(companyId);
    const age = msOfInstant(now) - (found?.at ?? 0);
    const isFresh = found !== undefined && age >= 0 && age < rememberedMs;
    const facts = isFresh ? found.facts : await readFacts(stores, companyId, now);
    if (!isFresh) {
      if (known.size >= mostRemembered) known.clear();
      known.set(companyId, { at: msOfInstant(now), facts, memory: frameMemory() });
    }
    if (facts === undefined) return undefined;
    return dunningFrame({ ...facts, now }, known.get(companyId)?.memory);
  };
};

const readFacts = async (
  stores: FrameStores,
  companyId: string,
  now: Instant,
): Promise<Known | undefined> => {
  const { settings, calendarOf, hashText } = stores;
  const scope = wholeCompany(companyId);
  const found = await readCompany(settings, scope, companyId);
  if (!found.ok) return undefined;
  const company = found.value;
  const read = (name: string) => settings.read(scope, { scope: `company:${companyId}`, name });
  const [policies, dunning, stop, restored] = await Promise.all(
    [dunningPlaces.policies, dunningPlaces.dunning, dunningPlaces.stop, restorePlace].map(read),
  );
  const today = dayAt(now, company.zone);
  const calendar = await calendarOf(company.country, today);
  const set = policySetFrom(policies?.value);
  const {
    goLiveOn = today,
    disclosedFactors,
    limitFactors,
    mailInvoicesFrom,
    creditorId,
    lateCharges,
  } = dunningSettingFrom(dunning?.value);
  const isStopped = isStoppedBy(stop?.value) || isRestoredAndOpen(restored?.value);
  const stoppedFor = new Set(portfoliosStoppedBy(stop?.value));
  const fed = await feedsOf(stores, company);
  const blocks = companyBlocks({ ...fed, isStopped }, now, calendar);
  const cashReachesOn = cashReaches(company, fed.arrivals, today);
  return {
    ...{ company, set, setVersion: policies?.version ?? 0, rules: set.rules, zone: company.zone, calendar },
    ...{ feeds: fed.feeds.map(({ accepted }) => ({ ...(accepted && { accepted }) })) },
    ...{ goLiveOn, blocks, stoppedFor, disclosedFactors: new Set(disclosedFactors), hash: hashText },
    ...(limitFactors === undefined ? {} : { limitFactors }),
    ...(mailInvoicesFrom === undefined ? {} : { mailInvoicesFrom }),
    ...(creditorId === undefined ? {} : { creditorId }),
    ...(lateCharges === undefined ? {} : { lateCharges }),
    ...(cashReachesOn === undefined ? {} : { cashReachesOn }),
  };
};

const feedsOf = async ({ feeds }: FrameStores, company: Company) => {
  const { companyId } = company;
  if (company.mode !== 'erpLed') return { company, arrivals: [], feeds: [] };
  const scope = wholeCompany(companyId);
  const { arrivals, control, scopes } = await feeds.company(scope, companyId);
  const loaded = await Promise.all(
    Object.entries(scopes).map(([name, of]) => feeds.load(scope, companyId, { name, scope: of })),
  );
  return {
    ...{ company, arrivals, feeds: loaded.map(({ feed }) => feed) },
    ...(control === undefined ? {} : { control }),
  };
};

export type KnownOfAccount = {
  head: AccountHead;
  /** All that are open. */
  items: readonly AccountItem[];
  masterData: MasterData;
  /** What is known of its addresses; absent: nothing is in their way. */
  stateOf?: StateOfAddress;
  /** How it pays, where it was learned just now. */
  habit?: PayerHabit;
  trackDays?: readonly Day[];
};

/** What an account is judged by: its policy by the first rule that fits, its payer. */
export const inputOf = async (
  frame: CompanyFrame,
  { head, items, masterData, stateOf, habit, trackDays }: KnownOfAccount,
  calendarOf: FrameStores['calendarOf'],
): Promise<PlanInput> => {
  const { company, today } = frame;
  const calendar = await calendarOf(masterData.country ?? company.country, today);
  const learned = habit === undefined ? {} : { habit };
  const payer = payerFacts(masterData, head, {
    ...{ calendar, zone: company.zone, ...learned },
    ...(stateOf === undefined ? {} : { stateOf }),
  });
  const { policy, rule } = choosePolicyOf(head, masterData, items, {
    ...{ today, ...frame.set, ...learned },
    ...(frame.goLiveOn === undefined ? {} : { goLiveOn: frame.goLiveOn }),
  });
  const tracks = trackDays === undefined ? {} : { trackDays };
  return { head, items, payer, policy, rule, ...learned, ...tracks };
};

/** Reads what is known of all addresses of an account at once. @param salt of the deployment. */
export const statesOf = async (
  { people, salt, hashText }: { people: Pick<PeopleStore, 'readAll'>; salt: string; hashText: HashText },
  scope: Scope,
  companyId: string,
  masterData: MasterData,
): Promise<StateOfAddress> => {
  const hashes = new Map(addressesOf(masterData).map((email) => [email, emailHashOf(email, salt, hashText)]));
  const hashOf = (email: string): string => hashes.get(email) ?? emailHashOf(email, salt, hashText);
  const found: ReadonlyMap<string, PersonState> =
    hashes.size === 0 ? new Map() : await people.readAll(scope, [...hashes.values()]);
  return (email) => mailProblemOf(found.get(hashOf(email)), companyId, true);
};
