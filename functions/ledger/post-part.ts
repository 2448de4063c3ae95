/**
 * Posts one part of an import: many accounts, at most 500 rows, by reference.
 * From: queue `account-postings`, the part's file. Next: entries of the accounts, rows refused at them, and what the
 * part came to. May come twice, late, or again after a crash anywhere: what is there is compared, not what was done.
 */
import type { AccountPostingsMessage } from '../../shared/contracts/messages.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { parseAccountWork } from '../../shared/contracts/account-work.ts';
import type { AccountWork } from '../../shared/domain/account-work.ts';
import { instantFromText, textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import type { Entry } from '../../shared/domain/entry.ts';
import type { PartResult, RejectedRow } from '../../shared/domain/imports.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { RefusedRow } from '../../shared/domain/posting-steps.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { OutgoingMessage } from '../../shared/ports/message-sender.ts';
import { announce, sayPosted } from './announce-numbers.ts';
import { decideElsewhere, freshIdsOf } from './find-elsewhere.ts';
import { isToAppend, postAccount, readyAccount, type ReadyAccount } from './post-account.ts';
import { inTurns } from './in-turns.ts';
import { lookAgain } from './look-again-customers.ts';
import { matchCustomers, type Matched } from './match-customers.ts';
import { entriesOfPart, rememberVersions, versionsBefore, versionsOf } from './post-again.ts';
import type { PartCall, PostingParts } from './post-parts.ts';
import { resultOf, type PostedAccount } from './post-result.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import { touchAccounts } from './touch-accounts.ts';

/** Accounts worked on at once. */
const accountsAtOnce = 8;
/** Rejected rows kept in one call. */
const rejectedAtOnce = 90;

/** @throws when an account could not be posted: the part comes back, what is posted stays. */
export const postPart = async (
  { companyId, importId, part, isLast, awaitedBy }: AccountPostingsMessage,
  { now, scope }: { now: Instant; scope: Scope },
  parts: PostingParts,
): Promise<Outcome<PartResult, ProblemCode>> => {
  const company = await readCompany(parts.settings, scope, companyId);
  if (!company.ok) return company;
  const call: PartCall = { company: company.value, importId, part, now, scope, parts };
  const lines = await readLines(call);
  if (!lines.ok) return lines;
  if (company.value.mode === 'dunwellLed' && lines.value.some((work) => work.do === 'reconcile'))
    return refuse('book-kept-here', `${companyId} keeps its own book; ${part} is of a snapshot.`);
  const { lines: work, waiting } = await matchCustomers(lines.value, call);
  const { posted, newAccounts } = await postAccounts(work, call);
  await lookAgain(work, call, newAccounts);
  const refused = posted.flatMap(({ work, decided }) => decided.refused.map((row) => ({ work, ...row })));
  for (let from = 0; from < refused.length; from += rejectedAtOnce)
    await parts.imports.reject(
      scope,
      { companyId, importId },
      refused.slice(from, from + rejectedAtOnce).map(rejectedRow),
    );
  const result = resultOf(part, [...posted, ...waiting.map(waitingOf)], parts.hashText);
  await parts.imports.record(scope, { companyId, importId }, result);
  if (isLast === true) await tellSnapshot(call);
  if (awaitedBy !== undefined)
    await parts.sender.send('imports', [lookMessage({ companyId, importId, part }, awaitedBy)]);
  if (company.value.mode === 'erpLed' && result.entries > 0) await tellOfChanges(call, lines.value);
  return done(result);
};

/** The import looks whether all that others wait for is posted, when one of them is. */
export const lookMessage = (
  { companyId, importId, part }: { companyId: string; importId: string; part: string },
  step: number,
): OutgoingMessage => ({
  id: `import:${importId}:wait:${step}:${part}`,
  body: { v: 1, companyId, importId, phase: 'wait', step },
});

/** The snapshot looks at once whether all of it is posted, instead of after its next rest. */
const tellSnapshot = ({ company: { companyId }, importId, parts }: PartCall): Promise<void> => {
  const id = `posted:${parts.hashText(`${companyId} ${importId}`).slice(0, 40)}`;
  const body = { v: 1, companyId, importId, step: 'finish', bucket: 0, look: 0 };
  return parts.sender.send('snapshots', [{ id, body }]);
};

/** Money and proposals that wait for the ERP hear of a file of changes; of a snapshot they hear when it is accepted. */
const tellOfChanges = async (
  { company: { companyId }, importId, part, now, parts }: PartCall,
  lines: readonly AccountWork[],
): Promise<void> => {
  const news = lines.flatMap((work) =>
    work.do === 'update' ? work.rows.map((row) => row.news.changedAt) : [],
  );
  if (news.length === 0 && !lines.some((work) => work.do === 'journal')) return;
  const asOf = textOfInstant(news.length === 0 ? now : instantFromText(news.toSorted().at(-1) ?? ''));
  const id = `feed-news:${parts.hashText(`${companyId} ${importId} ${part}`).slice(0, 40)}`;
  const body = { v: 1, companyId, feedId: importId, asOf, ofPart: part };
  await parts.sender.send('received-payments', [{ id, body }]);
};

/** The lines of the part, or why it cannot be read. */
const readLines = async ({
  company: { companyId },
  importId,
  part,
  scope,
  parts,
}: PartCall): Promise<Outcome<AccountWork[], 'part-not-found' | 'part-not-readable'>> => {
  const name = `${importId}/parts/${part}.ndjson`;
  const bytes = await parts.files.read(scope, { companyId, name });
  if (bytes === undefined) return refuse('part-not-found', `There is no file ${name}.`);
  try {
    return done(parseAccountWork(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch (fault) {
    return refuse('part-not-readable', `${name}: ${String(fault).slice(0, 300)}`);
  }
};

/**
 * All lines of one account one after the other, accounts side by side. The note of versions is looked for after
 * loading: what another run of this part appended before that, it noted before. Where there is a note, another run
 * may have touched and appended what this one finds done: then all accounts are touched, and none is forgotten.
 */
const postAccounts = async (
  lines: readonly AccountWork[],
  call: PartCall,
): Promise<{ posted: PostedAccount[]; newAccounts: string[] }> => {
  const accounts = [...Map.groupBy(lines, ({ accountId }) => accountId).values()];
  const readied = await inTurns(accounts, accountsAtOnce, ([work]) => readyAccount(work!, call));
  const fresh = accounts.filter((own, index) => own.length > 1 || isToPost(readied[index]!, call));
  const beingPosted = await announce(fresh.flat(), call);
  const firsts = await decideElsewhere(readied, beingPosted, call);
  const known = await versionsBefore(call);
  const versions = known ?? versionsOf(firsts);
  const hasWork = lines.length > accounts.length || firsts.some(isToAppend);
  if (known === undefined && hasWork) await rememberVersions(versions, call);
  if (hasWork) await touchAccounts(known === undefined ? changingOf(accounts, firsts) : lines, call);
  const indexed = accounts.map((own, index) => ({ own, first: firsts[index]! }));
  const posted = await inTurns(indexed, accountsAtOnce, async ({ own, first }) => {
    const done: PostedAccount[] = [];
    let wasAlone = known === undefined;
    for (const [index, work] of own.entries()) {
      const ready =
        index === 0
          ? first
          : (await decideElsewhere([await readyAccount(work, call)], beingPosted, call))[0]!;
      const { tries, ...made } = await postAccount(ready, call);
      wasAlone &&= tries === 1;
      done.push({ work, ...made });
    }
    return wasAlone ? done : withAllEntries(done, await entriesOfPart(first.work.accountId, versions, call));
  });
  if (fresh.length > 0) await sayPosted(call);
  const newAccounts = [...versions].flatMap(([accountId, version]) => (version === 0 ? [accountId] : []));
  return { posted: posted.flat(), newAccounts };
};

/** Whether there is a document that its account does not have. */
const isToPost = (ready: ReadyAccount, { parts }: PartCall): boolean =>
  freshIdsOf(ready, parts.hashText).length > 0;

/** Lines that may append; an account of several lines may with any of them. */
const changingOf = (accounts: readonly AccountWork[][], firsts: readonly ReadyAccount[]): AccountWork[] =>
  accounts.flatMap((own, index) => (own.length > 1 || isToAppend(firsts[index]!) ? own : []));

/** Entries are told by the part, not by the line: the first line of an account counts them all. */
const withAllEntries = (posted: readonly PostedAccount[], entries: readonly Entry[]): PostedAccount[] =>
  posted.map((one, index) => ({ ...one, entries: index === 0 ? entries : [] }));

/** Counted with its reason and not refused for good: it waits in the queue of open matches. */
const waitingOf = ({ work, match: { state } }: Matched['waiting'][number]): PostedAccount => {
  const code = state === 'separate' ? 'customer-separate' : 'customer-waits';
  const refusal = refuse(code, 'No account of the company is this customer, as far as is known.');
  const refused = work.rows.map(({ row }) => ({ row: { row, number: work.accountId }, refusal }));
  return { work, decided: { steps: [], refused, texts: new Map() }, entries: [] };
};

const rejectedRow = ({ work, row, refusal }: RefusedRow & { work: AccountWork }): RejectedRow => ({
  row: row.row,
  reasons: [{ column: 'number', value: row.number, code: refusal.code, detail: refusal.detail }],
  cells: {
    account: work.accountId,
    number: row.number,
    ...(row.currency === undefined ? {} : { currency: row.currency }),
    ...(row.open === undefined ? {} : { openMinor: String(row.open) }),
  },
  state: 'open',
});
