/**
 * Whose items a payer's money may be for: its own, those it is said to pay for, those the remittance names, and those
 * of its group, which stand back behind all of these.
 * From: a receipt with a payer. Next: `settle-plan.ts` loads their items, the ladder chooses among them.
 */
import type { PayableAccount } from '../../shared/domain/plan-receipt.ts';
import { isSameAccount, type AccountRef, type Receipt } from '../../shared/domain/receipt.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { CashParts } from './cash-parts.ts';

export const accountsPayable = async (
  { groups }: Pick<CashParts, 'groups'>,
  scope: Scope,
  { payer, designation, companyId }: Receipt & { payer: AccountRef },
  paysFor: readonly AccountRef[],
): Promise<PayableAccount[]> => {
  const named = (designation ?? []).flatMap(({ account }) => account ?? []);
  const members = (await groups.groupOf(scope, payer))?.members ?? [];
  const all: PayableAccount[] = [
    ...[payer, ...paysFor, ...named].map((account) => ({ account })),
    ...members.map((account) => ({
      account,
      standsBack: account.companyId === companyId ? ('unlessNothingElse' as const) : ('unlessNamed' as const),
    })),
  ];
  return all.filter(
    ({ account }, at) => all.findIndex((other) => isSameAccount(account, other.account)) === at,
  );
};
