/**
 * A person says that a customer of another source was linked to the wrong account.
 * From: staff routes. Next: the customer waits for a person, or is nobody's; the account is what its other sources say
 * of it. Money posted to the account stays, and the answer says what. Linked again by a person it is as it was. The
 * record comes first, the account after it: done again after a crash, the call finds what is left to do.
 */
import type { TakeBackBody, TakenBackAnswer } from '../../shared/contracts/customers.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountHead } from '../../shared/domain/account.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import type { CustomerMatch } from '../../shared/domain/customer-match.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { rowWithSaid } from '../../shared/domain/take-back-source.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import type { CashCall } from './cash-parts.ts';
import { leaveAccount } from './leave-wrong-account.ts';
import { noteDispute } from './look-again-customers.ts';
import { masterOf } from './match-customers.ts';
import type { PostingParts } from './post-parts.ts';

type Place = { companyId: string; matchId: string };

export const takeBackMatch = async (
  parts: PostingParts,
  call: CashCall,
  { companyId, matchId }: Place,
  body: TakeBackBody,
): Promise<Outcome<{ match: CustomerMatch } & Omit<TakenBackAnswer, 'match'>, ProblemCode>> => {
  const company = await readCompany(parts.settings, call.scope, companyId);
  const loaded = await parts.customers.load(call.scope, companyId, matchId);
  if (!company.ok || loaded?.record.kind !== 'match') return refuse('not-found', 'There is no such match.');
  const before = loaded.record;
  const accountId = before.state === 'linked' ? before.accountId : before.takenFrom?.at(-1);
  if (accountId === undefined) return refuse('customer-not-linked', `It is ${before.state}.`);
  const said = (await masterOf(accountId, { parts, scope: call.scope, company: company.value }))?.sources;
  const own = said?.[before.source];
  const taken = takenBack(before, accountId, own?.externalId === before.externalId ? own : undefined);
  const record = before.state === 'linked' ? decided(taken, body, call) : before;
  if (record !== before && (await parts.customers.save(call.scope, { ...loaded, record })) !== 'saved')
    return refuse('customer-match-decided', 'Somebody else decided it at the same time.');
  const place = { companyId, accountId, zone: company.value.zone };
  const left = await leaveAccount(parts, call, place, before);
  if (!left.ok) return left;
  await noteDispute(accountId, { parts, scope: call.scope, company: company.value });
  const { changed, withdrawn, head } = left.value;
  return done({ match: record, account: accountId, changed, withdrawn, stays: staysOn(head) });
};

/** All it had said goes with it. */
const takenBack = (
  { accountId: _left, ...before }: CustomerMatch,
  accountId: string,
  own: Parameters<typeof rowWithSaid>[1] | undefined,
): CustomerMatch => ({
  ...before,
  row: own === undefined ? before.row : rowWithSaid(before.row, own),
  takenFrom: [...(before.takenFrom ?? []).filter((one) => one !== accountId), accountId],
});

const decided = (
  match: CustomerMatch,
  { as, reason }: TakeBackBody,
  { actor, now }: CashCall,
): CustomerMatch => ({
  ...match,
  ...{ state: as, why: 'taken-back', by: actor.id, at: textOfInstant(now), note: reason },
});

/** Every sum the account has: none of it came of the link, none of it goes. */
const staysOn = ({ balances }: AccountHead): TakenBackAnswer['stays'] =>
  Object.entries(balances)
    .map(([currency, { open }]) => ({ currency, open }))
    .toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
