/**
 * Messages and calls of an account within thirty days, per invoice too, beside the ceilings in force (R25).
 * From: `GET api/companies/{company}/accounts/{account}/contacts`. Next: a credit manager, who sets ceilings with the
 * policies. Reads the journal backwards as far as it is needed and no further.
 */
import type { ContactsAnswer } from '../../shared/contracts/dunning-account.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import { addDays, type Day, type Instant } from '../../shared/domain/calendar.ts';
import { countContacts, countedDays } from '../../shared/domain/contacts-counted.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { DunningParts } from './parts.ts';

const entriesPerRead = 200;
const mostEntries = 2_000;
/** A reminder may have waited so long for whoever released it. */
const plannedBeforeDays = 30;
const mostItemsShown = 200;

export const readContacts = async (
  parts: DunningParts,
  key: AccountKey,
  { scope, now }: { scope: Scope; now: Instant },
): Promise<Outcome<ContactsAnswer, ProblemCode>> => {
  const { account } = await parts.accounts.load(scope, key);
  const frame = account.head.version === 0 ? undefined : await parts.frameOf(key.companyId, now);
  if (frame === undefined) return refuse('not-found', 'There is no such account.');
  const { today, set } = frame;
  const since = addDays(today, 1 - countedDays - plannedBeforeDays);
  const { facts, isWhole } = await factsSince(parts, scope, key, account.head.version, since);
  const { contacts = [] } = account.head.dunning;
  const counted = countContacts(facts, { contacts, today, rules: set.rules });
  return done({
    ...{ account: key.accountId, to: today, isWhole, ...counted },
    ceilings: counted.ceilings.map((one) => ({ ...one })),
    items: counted.items.slice(0, mostItemsShown).map((one) => ({ ...one })),
    cappedOn: [...counted.cappedOn],
  });
};

/** The newest entries down to a day; not whole where there are more of them than one answer reads. */
const factsSince = async (
  { accounts }: Pick<DunningParts, 'accounts'>,
  scope: Scope,
  key: AccountKey,
  version: number,
  since: Day,
): Promise<{ facts: Fact[]; isWhole: boolean }> => {
  let facts: Fact[] = [];
  let upTo = version;
  while (upTo > 0 && version - upTo < mostEntries) {
    const afterVersion = Math.max(0, upTo - entriesPerRead);
    const page = await accounts.entries(scope, key, { afterVersion, limit: upTo - afterVersion });
    facts = [...page.flatMap((entry) => entry.facts), ...facts];
    if (page[0] === undefined || page[0].at.slice(0, 10) < since) return { facts, isWhole: true };
    upTo = afterVersion;
  }
  return { facts, isWhole: upTo === 0 };
};
