/**
 * Divides money again whose designation names an item that was not here when it was divided: what is idle on account
 * goes where its payer said.
 * From: `look-again.ts`, some times a day for a month. Next: the ladder's division is dropped, and `settle-receipt.ts`
 * takes it back and climbs once more. What a person, a feed or a checkout decided stays.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { itemsNamed } from '../../shared/domain/allocation-designation.ts';
import { droppedOf, isDecided } from '../../shared/domain/designate.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import { openItemOf } from '../../shared/domain/plan-receipt.ts';
import { isLive, isSameAccount, type AccountRef, type Receipt } from '../../shared/domain/receipt.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import { changeReceipt, type CashCall, type CashParts } from './cash-parts.ts';
import { accountsPayable } from './settle-accounts.ts';
import { isInBook } from './settle-designation.ts';
import { openItemsOf } from './settle-plan.ts';

/** So often one receipt is divided; what fits nothing then is a person's. */
const mostDivisions = 5;

/** True when it is to be settled again, because it was dropped here or by a run that died after it. */
export const dropDivision = async (
  parts: CashParts,
  call: CashCall,
  receipt: Receipt,
): Promise<Outcome<boolean, ProblemCode>> => {
  if (droppedOf(receipt).length > 0) return done(true);
  if (!mayGainBy(receipt)) return done(false);
  const company = await readCompany(parts.settings, call.scope, receipt.companyId);
  if (!company.ok) return company;
  if (await isInBook(parts, call.scope, company.value, receipt)) return done(false);
  if (!(await isNewlyNamed(parts, call, receipt))) return done(false);
  const key = { companyId: receipt.companyId, receiptId: receipt.id };
  const dropped = await changeReceipt<ProblemCode>(parts, call, key, async (now) =>
    done(mayGainBy(now) ? [{ kind: 'allocationDropped', because: 'designated' }] : []),
  );
  return dropped.ok ? done(droppedOf(dropped.value).length > 0) : dropped;
};

const mayGainBy = (receipt: Receipt): receipt is Receipt & { payer: AccountRef } => {
  const { plan, payer, designation = [], portions } = receipt;
  const divisions = new Set(portions.map(({ reservationId }) => reservationId)).size;
  if (plan === undefined || payer === undefined || designation.length === 0) return false;
  return divisions < mostDivisions && !isDecided(receipt);
};

/** An open item that its lines name and none of its money is set aside for. */
const isNewlyNamed = async (
  parts: CashParts,
  { scope }: CashCall,
  receipt: Receipt & { payer: AccountRef },
): Promise<boolean> => {
  const { designation = [], portions, currency } = receipt;
  const open = [];
  for (const { account } of await accountsPayable(parts, scope, receipt, []))
    open.push(...(await openItemsOf(parts, scope, account)).map(openItemOf));
  const named = itemsNamed(
    designation,
    open.filter((item) => item.currency === currency && item.open > 0),
  );
  const isServed = ({ id, account }: (typeof named)[number]): boolean =>
    portions.some((one) => isLive(one) && one.itemId === id && isSameAccount(one.account, account));
  return named.some((item) => !isServed(item));
};
