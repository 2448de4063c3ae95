/**
 * The customer is told who acts from now on (T17), once per hold and currency, in the append that places the account.
 * From: a hold of a whole account, placed or with a lawyer, by whoever may name that. Next: the mail piece. Bank details of
 * others are never typed in: the letter names whom to pay and the file to quote.
 */
import type { HoldBody } from '../../shared/contracts/dunning-account.ts';
import type { AccountHead, Hold } from '../../shared/domain/account.ts';
import type { Day } from '../../shared/domain/calendar.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import type { HandOverData } from '../../shared/domain/message-causes.ts';
import { refuse } from '../../shared/domain/outcome.ts';
import { planNotice } from '../../shared/domain/plan-notice.ts';
import type { Paper } from '../../shared/ports/account-store.ts';
import type { StaffCall } from './change-by-staff.ts';
import { papersOf } from './papers-of-facts.ts';

const kindOf: Partial<Record<HoldBody['code'], HandOverData['kind']>> = { placed: 'agency', legal: 'lawyer' };
const mayTell = ['CRM', 'EXE'] as const;

export const handOverRefusal = (
  { code, itemIds }: { code: HoldBody['code']; itemIds: readonly string[] | undefined },
  { caller }: Pick<StaffCall, 'caller'>,
) => {
  if (!caller.principals.some((one) => mayTell.some((may) => may === one)))
    return refuse('action-not-allowed', 'A credit manager or executive tells who acts from now on.');
  return kindOf[code] === undefined || itemIds !== undefined
    ? refuse('action-not-allowed', 'Only a whole account that is placed or with a lawyer is handed over.')
    : undefined;
};

type Handed = { handedTo: NonNullable<HoldBody['handedTo']>; hold: Hold };

export const toldOf = (
  head: AccountHead,
  { handedTo, hold }: Handed,
  on: Day,
): { facts: Fact[]; papers: Paper[] } => {
  const told: { facts: Fact[]; papers: Paper[] } = { facts: [], papers: [] };
  const { name, ...who } = handedTo;
  for (const [currency, { open }] of Object.entries(head.balances).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    if (open <= 0) continue;
    const planned = planNotice(head, { text: 'T17', causeId: `${hold.id}:${currency}` }, on);
    if (!planned.ok) continue;
    const kind = kindOf[hold.code as HoldBody['code']] ?? 'agency';
    const handOver: HandOverData = { to: name, kind, since: on, amount: { amount: open, currency }, ...who };
    told.facts.push(...planned.value);
    told.papers.push(...papersOf(planned.value, () => ({ handOver })));
  }
  return told;
};
