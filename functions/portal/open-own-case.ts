/**
 * A customer contests invoices or needs something before paying: a dispute becomes a case as any other, a query pauses
 * its items for some days.
 * From: `POST …/cases`, signed in or by the link of a mail. Next: the disputes piece's rules; a clerk's task.
 */
import type { CaseBody } from '../../shared/contracts/portal.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import { addBusinessDays } from '../../shared/domain/business-days.ts';
import { payableOf } from '../../shared/domain/checkout.ts';
import { sum, type AmountMinor } from '../../shared/domain/money.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { PortalStores } from './portal-parts.ts';
import { ownAccount } from './read-own.ts';
import { countTold, type TellCall } from './tell-us.ts';

export type CaseCall = TellCall & {
  /** The system's own: whose account it is was looked at here. */
  caseScope: Scope;
  mayContest: 'all' | readonly string[];
};

/** Until then at the latest somebody has looked at it. */
const validateBusinessDays = 5;

export const openOwnCase = async (
  parts: PortalStores,
  call: CaseCall,
  key: AccountKey,
  body: CaseBody,
): Promise<Outcome<{ case: string; heldUntil: string }, ProblemCode>> => {
  const ids = body.items.map(({ item }) => item);
  if (call.mayContest !== 'all' && ids.some((id) => !call.mayContest.includes(id)))
    return refuse('item-not-found', 'One of the invoices is not there.');
  const own = await ownAccount(parts, call, key, ids);
  if (!own.ok) return own;
  const counted = await countTold(parts, call.now, key, call.requestId);
  if (!counted.ok) return counted;
  const { company, loaded, today } = own.value;
  const actor = { kind: 'customer', id: call.callerId } as const;
  const work = {
    scope: call.caseScope,
    now: call.now,
    actor,
    cause: { kind: 'request', id: call.requestId },
  };
  if (body.as === 'query') {
    if (ids.some((id) => !loaded.account.items.has(id)))
      return refuse('item-not-found', 'One of the invoices is not there.');
    const wanted = { code: body.code, items: ids, text: body.text };
    const asked = await parts.openQuery(work, key, wanted);
    return asked.ok ? done({ case: asked.value.query, heldUntil: asked.value.pausesUntilOn }) : asked;
  }
  const items: { item: string; amount: AmountMinor }[] = [];
  for (const { item: id, amount } of body.items) {
    const item = loaded.account.items.get(id);
    if (item === undefined || item.open <= 0)
      return refuse('item-not-found', 'One of the invoices is not open here.');
    const disputed = (item.heldParts ?? []).filter(({ code }) => code === 'disputed');
    const free = (payableOf(item) - sum(...disputed.map((part) => part.amount))) as AmountMinor;
    items.push({ item: id, amount: amount ?? free });
  }
  const { text, code } = body;
  const opened = await parts.openCase(work, key, {
    code,
    items,
    text,
    papers: [],
  });
  if (!opened.ok) return opened;
  const calendar = await parts.calendarOf(company.country, today);
  const heldUntil = addBusinessDays(today, validateBusinessDays, calendar);
  return done({ case: opened.value.case, heldUntil });
};
