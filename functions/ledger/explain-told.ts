/**
 * What the ERP's journal says its money settled, where it names no account: told to the account that has the item.
 * From: `receive-part.ts`, allocations of an ERP-led company. Next: why the item went down is known, or waits for the
 * snapshot that shows it; nothing is moved. Rows that name an account go to it with the postings.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { idOfAllocation } from '../../shared/domain/allocation-rows.ts';
import { dayAt } from '../../shared/domain/calendar.ts';
import type { Company } from '../../shared/domain/company.ts';
import type { Entry } from '../../shared/domain/entry.ts';
import type { AllocationRow } from '../../shared/domain/feed-rows.ts';
import type { ImportDocument } from '../../shared/domain/imports.ts';
import { explainAccount } from '../../shared/domain/journal-work.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { changeAccount, type CashCall, type CashParts } from './cash-parts.ts';
import { idsOfWork } from './post-load.ts';
import type { ReceivedRow } from './receive-row.ts';

type ToExplain = { company: Company; imported: ImportDocument; rows: readonly AllocationRow[] };

/** One result for each row. */
export const explainTold = async (
  parts: CashParts,
  call: CashCall,
  { company, imported, rows }: ToExplain,
): Promise<ReceivedRow[]> => {
  const results: ReceivedRow[] = [];
  for (const row of rows) results.push(await explainOne(parts, call, { company, imported, row }));
  return results;
};

type One = Omit<ToExplain, 'rows'> & { row: AllocationRow };

const explainOne = async (
  parts: CashParts,
  call: CashCall,
  { company, imported, row }: One,
): Promise<ReceivedRow> => {
  const { companyId, mode, zone } = company;
  const found = await holderOf(parts, call, companyId, row);
  if (!found.ok) return { is: 'refused', code: found.code, entries: 0 };
  const accountId = found.value;
  const { source, importId } = imported;
  const work = { accountId, do: 'journal', source, documents: [], allocations: [row] } as const;
  const frame = { importId, on: dayAt(call.now, zone), zone, hashText: parts.hashText };
  const account = { companyId, accountId };
  const ids = idsOfWork(work, parts.hashText);
  const explained = await changeAccount<boolean, ProblemCode>(parts, call, account, ids, (now) => {
    const { steps, refused } = explainAccount(now, work, frame, mode);
    const [first] = refused;
    if (first !== undefined) return first.refusal as { ok: false; code: ProblemCode; detail: string };
    const facts = steps.flatMap((step) => [...step.facts]);
    return done({ facts, value: facts.length > 0 });
  });
  if (!explained.ok) return { is: 'refused', code: explained.code, entries: 0 };
  const isOurs = explained.value || (await isToldBefore(parts, call, account, ids[0]));
  return isOurs ? { is: 'posted', entries: 1 } : { is: 'unchanged', entries: 0 };
};

const holderOf = async (
  { accounts, hashText }: CashParts,
  { scope }: CashCall,
  companyId: string,
  row: AllocationRow,
): Promise<Outcome<string, ProblemCode>> => {
  const itemId = idOfAllocation(row, { hashText });
  const [only, ...others] = await accounts.holders(scope, companyId, [itemId]);
  if (only === undefined) return refuse('item-not-found', `nobody has ${itemId}`);
  return others.length === 0
    ? done(only.accountId)
    : refuse('number-on-other-account', `${itemId} is on several accounts`);
};

/** A run of this part that died afterwards told it: counted the same. */
const newestEntries = 100;

const isToldBefore = async (
  { accounts }: CashParts,
  { scope, cause }: CashCall,
  key: { companyId: string; accountId: string },
  itemId: string | undefined,
): Promise<boolean> => {
  const { version } = (await accounts.load(scope, key)).account.head;
  const page = { afterVersion: Math.max(0, version - newestEntries), limit: newestEntries };
  const isOurs = (entry: Entry): boolean =>
    entry.cause.kind === cause.kind &&
    entry.cause.id === cause.id &&
    entry.facts.some((fact) => fact.kind === 'explanationKnown' && fact.itemId === itemId);
  return (await accounts.entries(scope, key, page)).some(isOurs);
};
