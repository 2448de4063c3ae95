/**
 * Written off, claimed back from the tax office, paid after all (R165).
 */
import { expect, it } from 'vitest';
import { listWrittenOff } from '../../../functions/ledger/list-written-off.ts';
import {
  approveAsked,
  askWriteOff,
  recordRecovery,
  writeOffAtOnce,
} from '../../../functions/ledger/write-off-items.ts';
import { asOf } from '../../../shared/domain/as-of.ts';
import { reliefOf, usualReliefRules } from '../../../shared/domain/tax-relief.ts';
import { day, money } from '../../support/account-examples.ts';
import { all, idOf, invoice } from '../../support/cash-world.ts';
import { by, codeOf, deskWorld, endsTheSame, valueOf, type Desk } from '../../support/desk-world.ts';

const a1 = { companyId: 'c1', accountId: 'a1' };
const wish = (amount: number) => ({ itemId: idOf('1'), amount: money(amount), reason: 'OLD' });
const listed = async ({ parts }: Desk, dueBy?: string) =>
  valueOf(await listWrittenOff(parts, all, 'c1', { limit: 9, ...(dueBy && { dueBy: day(dueBy) }) })).items;

it.each([
  ['six months after the due day', '2026-01-31', '2026-03-10', '2026-07-31', '2030-07-31'],
  ['at once when written off later than that', '2025-01-15', '2026-03-10', '2026-03-10', '2029-07-15'],
  ['the last of a short month', '2025-08-31', '2025-09-01', '2026-02-28', '2030-02-28'],
])('in the United Kingdom: %s', (_, dueOn, on, fromOn, untilOn) => {
  const relief = reliefOf({ dueOn: day(dueOn) }, day(on), 'GB', usualReliefRules['GB']);
  expect(relief).toEqual({ jurisdiction: 'GB', fromOn, untilOn });
});

it('there is none where it is too late, the claim was sold, or no rule is known', () => {
  const [rule, on] = [usualReliefRules['GB'], day('2026-03-10')];
  expect(reliefOf({ dueOn: day('2021-09-09') }, on, 'GB', rule)).toBeUndefined();
  expect(reliefOf({ dueOn: day('2025-09-09'), assignedTo: 'Factor' }, on, 'GB', rule)).toBeUndefined();
  expect(reliefOf({ dueOn: day('2025-09-09') }, on, 'US', usualReliefRules['US'])).toBeUndefined();
});

it('the day is kept with the write-off, shown with it, and listed when due', async () => {
  const desk = await deskWorld();
  await desk.post('a1', invoice('1', 400_000));
  await desk.set('cash', { taxRelief: { DE: { from: 'writeOff', months: 2 } } });
  const asked = valueOf(await askWriteOff(desk.parts, by('ann'), a1, wish(300_000)));
  expect([asked.writeOff?.state, await listed(desk)]).toEqual(['requested', []]);
  const named = { itemId: idOf('1'), writeOffId: asked.writeOff!.id };
  const done = valueOf(await approveAsked(desk.parts, by('cm'), a1, named, 'manager'));
  const relief = { jurisdiction: 'DE', fromOn: '2026-05-10' };
  expect(done.writeOff).toMatchObject({ state: 'done', doneOn: '2026-03-10', relief });
  expect(await listed(desk, '2026-05-09')).toEqual([]);
  expect(await listed(desk, '2026-05-10')).toMatchObject([
    { accountId: 'a1', writeOffs: [{ amount: 300_000, on: '2026-03-10', relief }], recoveries: [] },
  ]);
});

it('a recovery counts in the month it was received in, also when it is recorded later', async () => {
  const desk = await deskWorld();
  await desk.post('a1', invoice('1', 5_000, { postedOn: day('2026-01-05') }));
  const early = { ...by('ann'), now: by('ann').now.subtract({ hours: 24 * 28 }) };
  valueOf(await writeOffAtOnce(desk.parts, early, a1, wish(5_000)));
  const received = { itemId: idOf('1'), amount: money(700), receivedOn: day('2026-02-27') };
  for (const _ of [1, 2]) valueOf(await recordRecovery(desk.parts, by('ann', 'r'), a1, received));
  expect(await listed(desk)).toMatchObject([{ recoveries: [{ amount: 700, on: '2026-02-27' }] }]);
  const entries = await desk.parts.accounts.entries(all, a1, { afterVersion: 0, limit: 99 });
  const at = (text: string) =>
    asOf(a1, entries, { day: day(text), zone: 'UTC', view: 'corrected' }).head.balances['EUR']?.ledger
      .recovered;
  expect([at('2026-01-31'), at('2026-02-28')]).toEqual([undefined, -700]);
  expect((await desk.open('a1', idOf('1')))?.open).toBe(0);
});

it('a recovery of a day to come, or of more than was written off, is refused', async () => {
  const desk = await deskWorld();
  await desk.post('a1', invoice('1', 5_000));
  valueOf(await writeOffAtOnce(desk.parts, by('ann'), a1, wish(5_000)));
  const tried = (amount: number, receivedOn: string) =>
    recordRecovery(desk.parts, by('ann', 'r'), a1, {
      ...{ itemId: idOf('1'), amount: money(amount), receivedOn: day(receivedOn) },
    });
  expect(codeOf(await tried(1, '2026-03-11'))).toBe('input-not-valid');
  expect(codeOf(await tried(5_001, '2026-03-10'))).toBe('more-than-left');
});

it('ends the same whatever crashes between its effects', () =>
  endsTheSame(
    {
      accounts: ['a1'],
      prepare: (desk) => desk.post('a1', invoice('1', 5_000)),
      act: async (parts) => {
        const done = await writeOffAtOnce(parts, by('ann', 'w'), a1, wish(5_000));
        if (!done.ok) return done;
        return recordRecovery(parts, by('ann', 'r'), a1, { itemId: idOf('1'), amount: money(700) });
      },
    },
    2,
  ));
