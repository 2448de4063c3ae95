/**
 * Notes beside an account (R13): pinned ones on top of its page for every colleague, all of them in a list.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { readAccountPage } from '../../../functions/ledger/read-account-page.ts';
import { readNotes } from '../../../functions/ledger/read-notes.ts';
import { writeNote } from '../../../functions/ledger/write-note.ts';
import { accountAnswer } from '../../../shared/contracts/accounts.ts';
import { notesAnswer } from '../../../shared/contracts/notes.ts';
import { scopeOf, scopeOver, type AccountRule, type Scope } from '../../../shared/domain/scope.ts';
import { day } from '../../support/account-examples.ts';
import { all, ann, idOf, north, now, readWorld, south, type ReadWorld } from './read-world.ts';

let world: ReadWorld;
beforeEach(async () => {
  world = await readWorld();
  await world.post(north, 'A');
  await world.post(south, 'B');
  await world.say(north, [
    { kind: 'accountAssigned', to: 'ann', on: day('2026-03-02') },
    { kind: 'salesOwnersNamed', owners: ['sue'], on: day('2026-03-02') },
  ]);
});

let requests = 0;
const write = async (text: string, isPinned = false, scope: Scope = all): Promise<void> => {
  const call = { scope, callerId: 'tenant:ann', requestId: `ann:${(requests += 1)}`, now };
  const written = await writeNote(world.parts, north, { text, isPinned }, call);
  if (!written.ok) throw new Error(written.code);
};
const list = async (scope: Scope = all, before?: number, key = north) => {
  const answer = await readNotes(world.parts.accounts, key, before, scope);
  if (!answer.ok) return { texts: answer.code, next: null };
  const { notes = [], next } = notesAnswer.parse(answer.value);
  return { texts: notes.map(({ text }) => text), next };
};
const pinnedFor = async (scope: Scope) => {
  const page = await readAccountPage(world.parts, north, { scope, systemScope: all, now });
  return page.ok
    ? accountAnswer.parse(page.value).pinned?.map(({ text, by }) => `${text}, ${by}`)
    : page.code;
};
const only = (accounts: AccountRule): Scope => scopeOf([{ companies: ['acme'], accounts }]);

describe('a pinned note', () => {
  it.each<[string, Scope]>([
    ['whoever wrote it', ann],
    ['a manager of the company', scopeOver(['acme'])],
    ['whoever sees every company', all],
    ['who sells to the account', only({ by: 'salesOwner', ids: ['sue'] })],
    ['whom the whole account was lent', only({ by: 'grant', accountId: 'north', itemIds: 'all' })],
  ])('is on top of the page for %s', async (_who, scope) => {
    await write('pays by batch', true, ann);
    await write('closed Fridays', true, ann);
    await write('called, no answer', false, ann);
    const pinned = ['closed Fridays, tenant:ann', 'pays by batch, tenant:ann'];
    expect(await pinnedFor(scope)).toEqual(pinned);
  });

  it('is there for the collector who takes the account over, and gone for the one before', async () => {
    await write('closed Fridays', true, ann);
    await world.say(north, [{ kind: 'accountAssigned', to: 'bob', on: day('2026-03-20') }], '2026-03-20');
    expect(await pinnedFor(only({ by: 'collector', ids: ['bob'] }))).toEqual(['closed Fridays, tenant:ann']);
    expect(await pinnedFor(ann)).toBe('not-found');
  });

  it('is not told to whom single items were lent', async () => {
    await write('closed Fridays', true);
    const lent = only({ by: 'grant', accountId: 'north', itemIds: [idOf('A')] });
    expect(await pinnedFor(lent)).toEqual([]);
    expect((await list(lent)).texts).toEqual([]);
  });

  it('makes room for the eleventh: the oldest is no longer on top, and still in the list', async () => {
    for (let n = 1; n <= 11; n += 1) await write(`note ${n}`, true);
    const pinned = await pinnedFor(all);
    expect(pinned).toHaveLength(10);
    expect(pinned?.at(-1)).toBe('note 2, tenant:ann');
    expect((await list()).texts).toContain('note 1');
  });
});

describe('the list of notes', () => {
  it('of an account without any is empty, and of a foreign one as absent as of none', async () => {
    expect(await list()).toEqual({ texts: [], next: null });
    expect(await list(ann, undefined, south)).toEqual({ texts: 'not-found', next: null });
    expect(await list(ann, undefined, { ...north, accountId: 'never' })).toEqual({
      ...{ texts: 'not-found', next: null },
    });
  });

  it('is newest first, pinned or not, and pages to the very first', async () => {
    const texts = Array.from({ length: 45 }, (_, n) => `note ${n}`);
    for (const [n, text] of texts.entries()) {
      await write(text, n % 9 === 0);
      if (n % 4 === 0) await world.post(north, `between ${n}`);
    }
    const first = await list();
    expect(first.texts).toEqual(texts.toReversed().slice(0, 20));
    const second = await list(all, first.next ?? 0);
    const third = await list(all, second.next ?? 0);
    expect([...first.texts, ...second.texts, ...third.texts]).toEqual(texts.toReversed());
    expect(third.next === null || (await list(all, third.next)).texts.length === 0).toBe(true);
  });

  it('says where to go on where a long stretch of the journal holds none', async () => {
    await write('the only one');
    for (let n = 0; n < 260; n += 1) await world.post(north, `N${n}`);
    const first = await list();
    expect(first.texts).toEqual([]);
    expect(first.next).toBeGreaterThan(1);
    expect((await list(all, first.next ?? 0)).texts).toEqual(['the only one']);
  });
});
