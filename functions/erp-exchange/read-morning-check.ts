/**
 * The morning check of a company: every scope's figures, judged against the ERP's control account where given.
 * From: `GET api/companies/{company}/morning-check`; the stored figures, no scan of accounts. Next: staff see
 * the colour and where it comes from; red stops automated dunning (B4).
 */
import type { MorningCheckAnswer } from '../../shared/contracts/erp-exchange.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { dayAt, instantFromText } from '../../shared/domain/calendar.ts';
import type { Company } from '../../shared/domain/company.ts';
import type { Feed } from '../../shared/domain/feed.ts';
import { sum, zero, type AmountMinor } from '../../shared/domain/money.ts';
import { judgeLine, worse, type Colour, type Control } from '../../shared/domain/morning-check.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { PostingLine } from '../../shared/domain/posting-export.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { CompanyFeeds, FeedStore } from '../../shared/ports/feed-store.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import type { ErpExchangeParts } from './parts.ts';

type CheckParts = Pick<ErpExchangeParts, 'feeds' | 'settings' | 'postings'>;

export const readMorningCheck = async (
  { feeds, settings, postings }: CheckParts,
  scope: Scope,
  companyId: string,
): Promise<Outcome<MorningCheckAnswer, ProblemCode>> => {
  const found = await readCompany(settings, scope, companyId);
  if (!found.ok) return refuse('not-found', 'There is no such company.');
  const company = found.value;
  const known = await feeds.company(scope, companyId);
  const provisional = provisionalOf(await postings(scope, companyId));
  const scopes = await feedsOf(feeds, scope, known);
  const checks = scopes.flatMap((feed) => checkOf(feed, known, company, provisional));
  const colour = checks.reduce<Colour>((worst, check) => worse(worst, check.colour), 'green');
  const isDunningStopped = checks.some((check) => check.colour === 'red' && check.released === null);
  return done({ colour, isDunningStopped, checks });
};

/** The feeds of all scopes a company has had snapshots for. */
export const feedsOf = (
  feeds: FeedStore,
  scope: Scope,
  { companyId, scopes }: CompanyFeeds,
): Promise<Feed[]> =>
  Promise.all(
    Object.entries(scopes).map(
      async ([name, feedScope]) => (await feeds.load(scope, companyId, { name, scope: feedScope })).feed,
    ),
  );

type Check = MorningCheckAnswer['checks'][number];

const checkOf = (
  { scopeName, scope, check }: Feed,
  { control }: CompanyFeeds,
  { zone }: Company,
  provisional: Readonly<Record<string, AmountMinor>>,
): Check[] => {
  if (check === undefined) return [];
  const isWhole = Object.keys(scope).length === 0;
  const isThatDay = control !== undefined && control.on === dayAt(instantFromText(check.asOf), zone);
  const balances: Control | undefined = isWhole && isThatDay ? control.balances : undefined;
  const lines = check.lines.map((line) => ({
    ...line,
    ...judge(line, check.isExplained, balances),
    control: balances?.[line.currency] ?? null,
    provisional: provisional[line.currency] ?? zero,
  }));
  const { importId, asOf, differences, differenceCount, released = null } = check;
  const colour = lines.reduce<Colour>((worst, line) => worse(worst, line.colour), 'green');
  return [
    {
      ...{ scope: scopeName, importId, asOf, colour, lines },
      ...{ differences: [...differences], differenceCount, released },
    },
  ];
};

const judge = (...given: Parameters<typeof judgeLine>): { colour: Colour; reasons: string[] } => {
  const { colour, reasons } = judgeLine(...given);
  return { colour, reasons: [...reasons] };
};

const provisionalOf = (lines: readonly PostingLine[]): Record<string, AmountMinor> => {
  const sums: Record<string, AmountMinor> = {};
  for (const { kind, currency, amount } of lines)
    if (kind === 'receipt') sums[currency] = sum(sums[currency] ?? zero, amount);
  return sums;
};
