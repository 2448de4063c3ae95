/**
 * Money beside the book where people look: what waits is named, what a feed has confirmed or what came back is not
 * named again, and the book is never lowered by it (B3). And which of a receipt's money its ERP is to post.
 */
import { describe, expect, it } from 'vitest';
import { newAccount, type Account } from '../../shared/domain/account.ts';
import type { Decision } from '../../shared/domain/decide.ts';
import { appendTo, type Entry } from '../../shared/domain/entry.ts';
import { evolveAll } from '../../shared/domain/evolve-receipt.ts';
import { exportRowsOf } from '../../shared/domain/export-rows.ts';
import {
  confirmProvisional,
  noteProvisional,
  withdrawProvisional,
} from '../../shared/domain/note-provisional.ts';
import { postItem } from '../../shared/domain/post-item.ts';
import { postPortion, reversePortion } from '../../shared/domain/post-portion.ts';
import { linesOfReceipt } from '../../shared/domain/posting-export.ts';
import { releasePortion } from '../../shared/domain/release-portion.ts';
import { reservePortions } from '../../shared/domain/reserve-portions.ts';
import { statementOf } from '../../shared/domain/statement.ts';
import { hashOfContent, sha256 } from '../../shared/azure/entry-hash.ts';
import { day, factsOf, itemWith, key, money, noon } from '../support/account-examples.ts';
import { decided, part, wireOf } from './receipt-examples.ts';

const on = day('2026-03-02');
const note = (receiptId: string, amount: number) => (account: Account) =>
  noteProvisional(account, { itemId: 'i1', receiptId, amount: money(amount), on });

const lived = (...steps: ((account: Account) => Decision)[]): { account: Account; entries: Entry[] } => {
  let account = newAccount(key);
  const entries: Entry[] = [];
  for (const step of steps) {
    const facts = factsOf(step(account));
    const cause = { kind: 'test', id: String(entries.length) };
    const appended = appendTo(
      account,
      { at: noon, actor: { kind: 'job', id: 't' }, cause, facts },
      hashOfContent,
    );
    account = appended.account;
    entries.push(appended.entry);
  }
  return { account, entries };
};

describe('of money noted, confirmed and withdrawn', () => {
  const { account, entries } = lived(
    (now) => postItem(now, itemWith({ id: 'i1' })),
    note('waits', 1_000),
    note('shown', 2_000),
    (now) => confirmProvisional(now, { itemId: 'i1', receiptId: 'shown', on }),
    note('gone', 3_000),
    (now) => withdrawProvisional(now, { itemId: 'i1', receiptId: 'gone', on, reason: 'returned' }),
  );
  const frame = { state: 'open', day: on, zone: 'UTC' } as const;

  it('an export of items names what waits, beside the whole open amount', () => {
    const [row] = exportRowsOf(account, { ...frame, kind: 'items' });
    expect(row?.values).toMatchObject({ open: 10_000, provisional: 1_000 });
  });

  it('an export of balances says the same', () => {
    const [row] = exportRowsOf(account, { ...frame, kind: 'accounts' });
    expect(row?.values).toMatchObject({ open: 10_000, provisional: 1_000 });
  });

  it('a statement names what waits, and its closing is the book', () => {
    const choice = { from: on, to: on, zone: 'UTC', view: 'corrected' } as const;
    const [statement] = statementOf(key, entries, choice);
    expect(statement).toMatchObject({ closing: 10_000, provisional: 1_000 });
  });
});

describe('of a receipt the ERP is to post', () => {
  const wanted = [1, 2, 3, 4].map((n) => part(n, `item-${n}`, n * 100));
  const wire = wireOf(1_000, { standing: 'provisional', companyId: 'north' });
  const reserved = evolveAll(wire, decided(reservePortions(wire, 'r1', wanted, 500, sha256)));
  const idOf = (n: number): string => reserved.portions[n - 1]!.id;
  const posted = [2, 3].reduce(
    (now, n) => evolveAll(now, decided(postPortion(now, idOf(n), { paymentId: `p${n}`, uses: [] }))),
    reserved,
  );
  const reversed = evolveAll(
    posted,
    decided(reversePortion(posted, idOf(3), { entryId: 'e', because: 'returned' })),
  );
  const refusal = { portionId: idOf(4), code: 'item-not-found' };
  const receipt = evolveAll(reversed, decided(releasePortion(reversed, idOf(4), refusal)));

  it('it lists what is reserved and posted, not what was given back', () => {
    expect(linesOfReceipt(receipt, 'north').map(({ id, amount }) => [id, amount])).toEqual([
      [idOf(1), 100],
      [idOf(2), 200],
    ]);
  });

  it('it lists for each company its own', () => {
    expect(linesOfReceipt(receipt, 'south')).toEqual([]);
  });
});
