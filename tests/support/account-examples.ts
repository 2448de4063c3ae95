/**
 * Accounts and items for tests: invented numbers, as few words as a case needs.
 * From: tests of the domain and of stores. Next: decisions under test.
 */
import { newAccount, type Account } from '../../shared/domain/account.ts';
import { dayFromText, instantFromText, type Instant } from '../../shared/domain/calendar.ts';
import { evolve } from '../../shared/domain/evolve.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import type { Item } from '../../shared/domain/item.ts';
import { amountOf, type AmountMinor } from '../../shared/domain/money.ts';
import type { Outcome } from '../../shared/domain/outcome.ts';

/** Of whatever decides about an account, with whatever codes. */
export type Decided = Outcome<readonly Fact[], string>;

export const day = dayFromText;
export const money = amountOf;
export const key = { companyId: 'c1', accountId: 'a1' };
export const noon: Instant = instantFromText('2026-03-02T12:00:00Z');

/** An invoice of 100.00 EUR posted 1 March, due 31 March; credits get the sign of their kind. */
export const itemWith = (more: Partial<Item> & { id: string }): Item => {
  const isCredit = more.kind === 'creditNote' || more.kind === 'paymentOnAccount';
  const original = more.original ?? money(isCredit ? -10_000 : 10_000);
  return {
    kind: 'invoice',
    source: 'erp',
    number: more.id,
    part: '1',
    documentOn: day('2026-03-01'),
    postedOn: day('2026-03-01'),
    firstDueOn: day('2026-03-31'),
    dueOn: day('2026-03-31'),
    currency: 'EUR',
    original,
    open: original,
    discountTiers: [],
    parties: {},
    references: {},
    isInsured: false,
    isIntercompany: false,
    stage: 0,
    ...more,
  };
};

/** Facts of a decision that must not be refused. */
export const factsOf = (decision: Decided): readonly Fact[] => {
  if (!decision.ok) throw new Error(`${decision.code}: ${decision.detail}`);
  return decision.value;
};

/** The code of a refusal; `done` when it was none. */
export const codeOf = (decision: Decided): string => (decision.ok ? 'done' : decision.code);

type Step = (account: Account) => Decided;

/** An account to which all of this has happened. */
export const after = (...steps: Step[]): Account =>
  steps.reduce((account, step) => evolve(account, factsOf(step(account))), newAccount(key));

export const openOf = (account: Account, id: string): AmountMinor | undefined => account.items.get(id)?.open;
