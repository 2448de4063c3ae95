/**
 * Keeps where refunds of an account are paid to: asked for by one person, released by another, in force a day later.
 * From: staff routes. Next: settings, place `company:<id>` / `payee:<account>`, every version kept; refunds read it.
 */
import { payeeFrom, type BankDetailsBody } from '../../shared/contracts/payee-details.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import { escapeId } from '../../shared/domain/document-ids.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { askDetails, payeeNow, releaseDetails, type PayeeRecord } from '../../shared/domain/payee-details.ts';
import type { AccountRef } from '../../shared/domain/receipt.ts';
import { isSameJson } from '../../shared/domain/same-json.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { CashCall, CashParts } from './cash-parts.ts';

type PayeeParts = Pick<CashParts, 'accounts' | 'settings'>;

export const payeePrefix = 'payee:';

const placeOf = ({ companyId, accountId }: AccountRef) => ({
  scope: `company:${companyId}`,
  name: `${payeePrefix}${escapeId(accountId)}`,
});

/** As it is now; nothing of an account nobody ever named details for. */
export const readPayee = async (
  { accounts, settings }: PayeeParts,
  { scope, now }: Pick<CashCall, 'scope' | 'now'>,
  ref: AccountRef,
): Promise<Outcome<PayeeRecord, 'not-found'>> =>
  (await isThere(accounts, scope, ref))
    ? done(payeeNow(payeeFrom((await settings.read(scope, placeOf(ref)))?.value), now))
    : refuse('not-found', `There is no account ${ref.accountId}.`);

export const askForDetails = (
  parts: PayeeParts,
  call: CashCall,
  ref: AccountRef,
  { reason, ...details }: BankDetailsBody,
): Promise<Outcome<PayeeRecord, ProblemCode>> => {
  const said = { reason, askedBy: call.actor.id, askedAt: textOfInstant(call.now) };
  return change(parts, call, ref, reason, (before) => done(askDetails(before, details, said)));
};

export const release = (
  parts: PayeeParts,
  call: CashCall,
  ref: AccountRef,
  version: number,
): Promise<Outcome<PayeeRecord, ProblemCode>> =>
  change(parts, call, ref, `release of ${version}`, (before) =>
    releaseDetails(before, version, { by: call.actor.id, at: textOfInstant(call.now) }),
  );

const isThere = async (accounts: PayeeParts['accounts'], scope: Scope, ref: AccountRef): Promise<boolean> =>
  (await accounts.load(scope, ref)).account.head.version > 0;

const change = async (
  { accounts, settings }: PayeeParts,
  { scope, now, actor }: CashCall,
  ref: AccountRef,
  reason: string,
  decide: (before: PayeeRecord) => Outcome<PayeeRecord, ProblemCode>,
): Promise<Outcome<PayeeRecord, ProblemCode>> => {
  if (!(await isThere(accounts, scope, ref)))
    return refuse('not-found', `There is no account ${ref.accountId}.`);
  const kept = await settings.read(scope, placeOf(ref));
  const before = payeeFrom(kept?.value);
  const after = decide(before);
  if (!after.ok || isSameJson(before, after.value)) return after;
  const by = { by: actor.id, at: textOfInstant(now), reason };
  const saved = await settings.save(scope, placeOf(ref), kept?.version ?? 0, {
    ...{ value: { ...after.value, accountId: ref.accountId }, ...by },
  });
  return saved === 'saved'
    ? after
    : refuse('setting-changed', 'Somebody else changed them at the same time.');
};
