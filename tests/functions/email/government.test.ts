/**
 * A public body is asked in its own way (R135): by steps of its own, with interest by a rule that is meant for it alone, in
 * words that name order, acceptance and law and threaten with nothing; the same debt of anybody else is asked for as before.
 * Its own terms: `tests/functions/whole-path/ten-faults-e-invoice.test.ts`.
 */
import { expect, it } from 'vitest';
import { addDays, dayFromText, instantFromText, type Instant } from '../../../shared/domain/calendar.ts';
import type { LateCharge } from '../../../shared/domain/late-charges.ts';
import { lateChargeOf } from '../../../shared/domain/late-charges.ts';
import { dunningSettingFrom } from '../../../shared/contracts/dunning-settings.ts';
import type { MasterData } from '../../../shared/domain/master-data.ts';
import { everything as scope } from '../../support/test-edge.ts';
import { appendTo, companyId, contact, createMailWorld, lateItem, open, plan, run } from './mail-world.ts';

/** 101 days after 31 March 2026. */
const july: Instant = instantFromText('2026-07-10T08:00:00Z');
const of = (customers?: 'government'): LateCharge => ({
  ...{ country: 'DE', interestRule: customers === undefined ? 'eu-split' : 'eu-locked' },
  ...{ basis: customers === undefined ? 'Terms of sale' : 'Law on public buyers' },
  ...(customers === undefined ? {} : { customers }),
});

type Treatment = NonNullable<MasterData['treatment']>;

/** 10,000.00 of an order, due on 31 March, accepted on the buyer's platform, at the letter that comes next. */
const letterTo = async (treatment: Treatment, policyId: string, lateCharges: LateCharge[]) => {
  const world = await createMailWorld();
  const value = { goLiveOn: '2025-01-01', disclosedFactors: [], lateCharges };
  const change = { by: 'tenant:crm', at: '2026-01-01T00:00:00Z', reason: 'checked by legal' };
  await world.settings.save(scope, { scope: `company:${companyId}`, name: 'dunning' }, 1, {
    value,
    ...change,
  });
  const invoice = {
    ...lateItem('north', 1, 77, 1_000_000),
    ...{ references: { purchaseOrder: 'B-2026-4' } },
    ...{ apStatus: 'approved', apStatusOn: dayFromText('2026-03-05') },
  };
  await open(world, 'north', [invoice], contact('ap@north.example', { treatment }));
  const items = [{ itemId: invoice.id, stage: policyId === 'public' ? 4 : 6 }];
  const on = addDays(dayFromText('2026-07-10'), -8);
  await appendTo(world, 'north', [
    { kind: 'itemsCarried', by: 'message:x', policyId, tone: 'clear', items, on },
  ]);
  const messageId = await plan(world, 'north', july);
  await appendTo(world, 'north', [
    { kind: 'messageReleased', messageId, as: 'creditManager', by: 'u:crm', on: dayFromText('2026-07-10') },
  ]);
  expect(await run(world, 'north', messageId, july)).toEqual({ ok: true, value: 'sent' });
  return world.mailer.accepted[0]!.mail.text;
};

const publicBody = (charges: LateCharge[]) => letterTo({ kind: 'government' }, 'public', charges);
const anybody = (charges: LateCharge[]) => letterTo({ policyId: 'standard' }, 'standard', charges);

it('the same debt: a public body owes by its own rule and reads order, acceptance and law; others by theirs, as ever', async () => {
  const charges = [of(), of('government')];
  const theirs = await publicBody(charges);
  for (const words of ['280.86', '(101 days)', 'Law on public buyers', 'B-2026-4', '5 March 2026'])
    expect(theirs).toContain(words);
  expect(theirs).toContain('Directive 2011/7/EU');
  expect(theirs).not.toMatch(/253\.05|281\.55|Terms of sale|agency|court|deliver|further steps/i);
  const others = await anybody(charges);
  for (const words of ['253.05', '28.49', 'Terms of sale']) expect(others).toContain(words);
  expect(others).not.toMatch(/280\.86|Law on public buyers|Directive 2011|5 March 2026/);
});

it('where there is a rule for public bodies alone, nobody else owes by it; where there is none, all owe alike', async () => {
  expect(await anybody([of('government')])).not.toMatch(/interest/i);
  expect(await publicBody([of('government')])).toContain('280.86');
  expect(await publicBody([of()])).toContain('281.55');
});

it.each<[string, string, string | undefined, string | undefined]>([
  ['a public body', 'DE', 'government', 'Law on public buyers'],
  ['a maker', 'DE', 'manufacturer', 'Terms of sale'],
  ['whoever nobody sorted', 'DE', undefined, 'Terms of sale'],
  ['a public body of another country', 'FR', 'government', undefined],
])('the rule of %s, as the setting is kept', (_who, country, kind, basis) => {
  const kept = dunningSettingFrom({ disclosedFactors: [], lateCharges: [of('government'), of()] });
  expect(lateChargeOf(kept.lateCharges!, { country, kind })?.basis).toBe(basis);
});
