/**
 * Pages of an account: what is open and how old, items and their history, timeline, statement, notes.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { accountAnswer } from '../../../shared/contracts/accounts.ts';
import { readAccountPage } from '../../../functions/ledger/read-account-page.ts';
import { readItem, readItems } from '../../../functions/ledger/read-items.ts';
import { readStatement } from '../../../functions/ledger/read-statement.ts';
import { readTimeline } from '../../../functions/ledger/read-timeline.ts';
import { writeNote } from '../../../functions/ledger/write-note.ts';
import { statementQuery } from '../../../shared/contracts/statements.ts';
import type { Outcome } from '../../../shared/domain/outcome.ts';
import { scopeOf, type Scope } from '../../../shared/domain/scope.ts';
import { day, money } from '../../support/account-examples.ts';
import { all, ann, idOf, north, now, readWorld, south, type ReadWorld } from './read-world.ts';

let world: ReadWorld;
beforeEach(async () => {
  world = await readWorld();
  const { post, clear, say } = world;
  await post(north, 'A', { parties: { site: 'Bremen' } });
  await post(north, 'B', { faults: ['po-missing'] });
  await post(north, 'C', { kind: 'creditNote', original: money(-2_500), open: money(-2_500) });
  await post(south, 'D');
  await clear(north, 'B', { by: 'payment', amount: 4_000, on: '2026-03-15' });
  await say(north, [{ kind: 'accountAssigned', to: 'ann', on: day('2026-03-16') }], '2026-03-16');
});

const doneOf = <Value>(outcome: Outcome<Value, string>): Value => {
  if (!outcome.ok) throw new Error(outcome.code);
  return outcome.value;
};
const page = (key = north, scope: Scope = all) =>
  readAccountPage(world.parts, key, { scope, systemScope: all, now });
const note = (text: string, requestId: string, isPinned = true, scope: Scope = all) =>
  writeNote(world.parts, north, { text, isPinned }, { scope, callerId: 'tenant:ann', requestId, now });

describe('the page of an account', () => {
  it('shows balances with their mode, money on account, aging and open items', async () => {
    const answer = doneOf(await page());
    expect(answer).toMatchObject({
      book: { mode: 'erpLed' },
      version: 5,
      openCount: 3,
      nextItem: null,
      pinned: [],
    });
    const [{ open, onAccount, aging } = { open: 0, onAccount: 0, aging: undefined }] = answer.balances;
    expect([open, onAccount, aging?.receivables.total]).toEqual([13_500, 2_500, 13_500]);
    expect(aging?.receivables.buckets).toMatchObject({ '1-30': 16_000 });
    const b = answer.openItems.find(({ number }) => number === 'B');
    expect(b?.open).toBe(6_000);
    expect(Object.keys(b?.faults ?? {})).toEqual(['po-missing']);
  });

  it('shows what holds it, and which items of it', async () => {
    const on = day('2026-04-20');
    const hold = { id: 'h', code: 'says-paid', placedOn: on, itemIds: ['item:invoice:B'] };
    await world.say(north, [{ kind: 'holdPlaced', hold, on }], on);
    const { holds } = accountAnswer.parse(doneOf(await page()));
    expect(holds).toEqual([{ ...hold, untilOn: null }]);
  });

  it('shows 25 open items of many, with exact aging up to 60 and where to go on', async () => {
    for (let n = 0; n < 40; n += 1) await world.post(north, `N${n}`);
    const answer = doneOf(await page());
    expect([answer.openItems.length, answer.openCount]).toEqual([25, 43]);
    expect(answer.balances[0]?.aging.receivables.total).toBe(413_500);
    const after = answer.nextItem ?? undefined;
    const next = doneOf(await readItems(world.parts, north, { state: 'open', after }, all));
    const ids = [...answer.openItems, ...next.items].map(({ item }) => item);
    expect(new Set(ids).size).toBe(43);
  });

  it.each([
    ['somebody else’s account', () => page(south, ann)],
    ['an account that never was', () => page({ companyId: 'acme', accountId: 'never' }, ann)],
    ['a company that never was', () => page({ companyId: 'never', accountId: 'north' })],
  ])('is not there for %s', async (_what, ask) => {
    expect(await ask()).toMatchObject({ ok: false, code: 'not-found', detail: 'There is no such account.' });
  });

  it('shows whom some items were lent those alone, in figures too', async () => {
    const accounts = { by: 'grant', accountId: 'north', itemIds: [idOf('B')] } as const;
    const lent = scopeOf([{ companies: ['acme'], accounts }]);
    const answer = doneOf(await page(north, lent));
    expect(answer.balances).toMatchObject([{ open: 6_000, onAccount: 0 }]);
    expect(answer.openItems.map(({ number }) => number)).toEqual(['B']);
    expect(doneOf(await readTimeline(world.parts.accounts, north, undefined, lent)).entries).toEqual([]);
    expect(await readItem(world.parts, north, idOf('A'), lent)).toMatchObject({ code: 'not-found' });
  });
});

describe('items and timeline', () => {
  it('an item shows what happened to it alone, with the row that said so', async () => {
    const { item, history } = doneOf(await readItem(world.parts, north, idOf('B'), all));
    expect(item).toMatchObject({ original: 10_000, open: 6_000, clearedTo: null });
    expect(history.flatMap(({ lines }) => lines.map(({ text }) => text))).toEqual([
      'invoice B posted: 100.00 EUR, due 2026-04-01',
      'invoice B paid: 40.00 EUR',
    ]);
    expect(history[0]?.cause).toEqual({ kind: 'import', id: 'import-1 row 7' });
  });

  it('the timeline is newest first and pages to the very first entry', async () => {
    for (let n = 0; n < 30; n += 1) await world.post(north, `N${n}`);
    const versions: number[] = [];
    let before: number | undefined;
    do {
      const answer = doneOf(await readTimeline(world.parts.accounts, north, before, all));
      versions.push(...answer.entries.map(({ version }) => version));
      before = answer.next ?? undefined;
    } while (before !== undefined);
    expect(versions).toEqual(Array.from({ length: 35 }, (_, n) => 35 - n));
  });
});

describe('a statement', () => {
  const statement = async (query: object) => {
    const answer = await readStatement(world.parts, north, statementQuery.parse(query), { scope: all, now });
    return new TextDecoder().decode(doneOf(answer).bytes as Uint8Array);
  };

  it('lists what is open on a day, of one site alone where asked', async () => {
    const whole = JSON.parse(await statement({ to: '2026-03-14' })) as { currencies: { closing: number }[] };
    expect(whole.currencies[0]?.closing).toBe(17_500);
    const site = JSON.parse(await statement({ site: 'Bremen' })) as { currencies: { closing: number }[] };
    expect(site.currencies[0]?.closing).toBe(10_000);
  });

  it('goes from opening to closing line by line', async () => {
    const text = await statement({
      style: 'balance-forward',
      from: '2026-03-10',
      to: '2026-03-31',
      format: 'csv',
    });
    const id = text.trimEnd().slice(-32);
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    const about = `2026-03-31,2026-04-20T10:00:00Z,corrected,5,2,${id}`;
    expect(text.trimEnd().split('\r\n').slice(1)).toEqual([
      `EUR,2026-03-10,,,opening,17500,175.00,17500,${about}`,
      `EUR,2026-03-15,B,invoice,payment,-4000,-40.00,13500,${about}`,
    ]);
  });

  it.each([{ style: 'balance-forward' }, { from: '2026-03-10', to: '2026-03-09' }])('refuses %j', (query) => {
    expect(statementQuery.safeParse(query).success).toBe(false);
  });
});

describe('a note', () => {
  it('is written once however often it is asked for, stands on the page, and not in the journal', async () => {
    const first = doneOf(await note('Ms Lee pays on Fridays', 'ann:1'));
    expect(doneOf(await note('Ms Lee pays on Fridays', 'ann:1')).id).toBe(first.id);
    await note('second', 'ann:2');
    await note('not pinned', 'ann:3', false);
    const answer = doneOf(await page());
    expect(answer.pinned?.map(({ text }) => text)).toEqual(['second', 'Ms Lee pays on Fridays']);
    expect(answer.version).toBe(8);
    const entries = await world.parts.accounts.entries(all, north, { afterVersion: 0, limit: 100 });
    expect(JSON.stringify(entries)).not.toContain('Lee');
  });

  it('lands beside others written at the same time', async () => {
    await Promise.all(['a', 'b', 'c'].map((text) => note(text, `ann:${text}`)));
    expect(
      doneOf(await page())
        .pinned?.map(({ text }) => text)
        .toSorted(),
    ).toEqual(['a', 'b', 'c']);
  });

  it('is not written beside a foreign account', async () => {
    const foreign = scopeOf([{ companies: ['acme'], accounts: { by: 'collector', ids: ['bob'] } }]);
    expect(await note('x', 'bob:1', true, foreign)).toMatchObject({ ok: false, code: 'not-found' });
  });
});
