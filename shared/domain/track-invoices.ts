/**
 * New invoices by mail (T0, R14): each is announced once to whoever gets the account's mail, with its papers, where the
 * company sends them from here and not from its ERP.
 * From: the items of the account, the day from which the company mails its invoices; the look at the account. Next:
 * notices of the same append, and a mark of each item, so that none is ever planned again. What is held waits; what is due
 * already is a reminder's; a direct debit is announced by its own text; what goes to a customer's system is delivered there.
 */
import type { Account, AccountItem } from './account.ts';
import { addDays, type Day } from './calendar.ts';
import { directDebit } from './debit-returns.ts';
import type { DunningFrame } from './dunning-input.ts';
import { evolve } from './evolve.ts';
import type { Fact } from './facts.ts';
import { standingOfItem } from './item-standing.ts';
import { planNotice } from './plan-notice.ts';

export type InvoiceFrame = Pick<DunningFrame, 'today' | 'disclosedFactors'> & {
  /** Absent: invoices go out elsewhere. */
  mailInvoicesFrom?: Day | undefined;
};

const isToMail = (item: AccountItem, { today, mailInvoicesFrom: from }: InvoiceFrame): boolean =>
  from !== undefined &&
  item.kind === 'invoice' &&
  item.mailedOn === undefined &&
  item.open > 0 &&
  item.postedOn >= from &&
  item.dueOn >= today &&
  item.method !== directDebit &&
  item.apStatus === undefined &&
  !item.isIntercompany &&
  (item.faults ?? []).length === 0;

const toMail = ({ head, items }: Account, frame: InvoiceFrame): AccountItem[] =>
  [...items.values()]
    .filter((item) => isToMail(item, frame) && standingOfItem(item, head, frame).reason === undefined)
    .toSorted((a, b) => (a.postedOn + a.id < b.postedOn + b.id ? -1 : 1));

/** What does not fit while many are on their way goes out by the next look. */
export const invoiceFacts = (account: Account, frame: InvoiceFrame): Fact[] => {
  const facts: Fact[] = [];
  let now = account;
  for (const { id } of toMail(account, frame)) {
    const planned = planNotice(now.head, { text: 'T0', causeId: id, itemIds: [id] }, frame.today);
    if (!planned.ok) break;
    facts.push(...planned.value);
    now = evolve(now, planned.value);
  }
  return facts;
};

/** @param account as `invoiceFacts` left it. */
export const invoiceDays = (account: Account, frame: InvoiceFrame): Day[] =>
  toMail(account, frame).length === 0 ? [] : [addDays(frame.today, 1)];
