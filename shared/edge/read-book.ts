/**
 * How the book of a company stands to its ERP, remembered for half a minute: it is shown beside every balance.
 * From: the company's setting and its feeds, the frame dunning judges by. Next: account page, aging, exports. Whoever reaches some accounts alone
 * is not told the difference: it is of all accounts.
 */
import { standingOf, type BookStanding } from '../domain/book-standing.ts';
import type { Instant } from '../domain/calendar.ts';
import { reachInto, wholeCompany, type Scope } from '../domain/scope.ts';
import type { FeedStore } from '../ports/feed-store.ts';
import type { SettingsStore } from '../ports/settings-store.ts';
import { readCompany } from './read-company.ts';
import type { CompanyFrame } from './read-dunning-frame.ts';

/** Undefined when there is no such company, or outside the scope. */
export type BookOf = (scope: Scope, companyId: string) => Promise<BookStanding | undefined>;

const rememberedSeconds = 30;
/** More companies than any deployment has; then all are forgotten. */
const mostRemembered = 1_000;

export const rememberedBooks = (
  feeds: Pick<FeedStore, 'company'>,
  settings: Pick<SettingsStore, 'read'>,
  now: () => Instant,
  frameOf: (companyId: string, now: Instant) => Promise<Pick<CompanyFrame, 'blocks'> | undefined>,
): BookOf => {
  const known = new Map<string, { standing: BookStanding; until: Instant }>();
  const read = async (companyId: string): Promise<BookStanding | undefined> => {
    const company = await readCompany(settings, wholeCompany(companyId), companyId);
    if (!company.ok) return undefined;
    const [fed, frame] = await Promise.all([
      feeds.company(wholeCompany(companyId), companyId),
      frameOf(companyId, now()),
    ]);
    const standing = standingOf(company.value, fed, frame?.blocks ?? []);
    if (known.size >= mostRemembered) known.clear();
    known.set(companyId, { standing, until: now().add({ seconds: rememberedSeconds }) });
    return standing;
  };
  return async (scope, companyId) => {
    const reach = reachInto(scope, companyId);
    if (reach === 'none') return undefined;
    const found = known.get(companyId);
    const isFresh = found !== undefined && now().epochMilliseconds < found.until.epochMilliseconds;
    const standing = isFresh ? found.standing : await read(companyId);
    return reach === 'all' || standing === undefined ? standing : { ...standing, control: null };
  };
};
