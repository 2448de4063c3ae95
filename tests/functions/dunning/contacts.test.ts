/**
 * A credit manager sees how often a customer and each invoice was written to in thirty days, and sets the ceiling; what
 * it keeps back is listed with its reason (R25).
 * From: mornings on in-memory ports. Next: `GET …/accounts/{account}/contacts`, `…/dunning/withheld?reason=frequency-cap`.
 */
import { describe, expect, it } from 'vitest';
import { listWithheld } from '../../../functions/dunning/list-waiting.ts';
import { approvePolicies, proposePolicies } from '../../../functions/dunning/keep-policies.ts';
import { readContacts } from '../../../functions/dunning/read-contacts.ts';
import { contactsAnswer } from '../../../shared/contracts/dunning-account.ts';
import { addDays, instantFromText, type Day } from '../../../shared/domain/calendar.ts';
import { defaultChoiceRules } from '../../../shared/domain/policy-choice.ts';
import { defaultPolicies } from '../../../shared/domain/policy-defaults.ts';
import { defaultDunningRules } from '../../../shared/domain/policy-rules.ts';
import { late, today } from '../../support/dunning-examples.ts';
import { everything as scope } from '../../support/test-edge.ts';
import { companyId, dunningWorld, type DunningWorld } from './world.ts';

const at = (day: Day, time = '08:30'): string => `${day}T${time}:00Z`;
const [older, newer] = ['item:invoice:1', 'item:invoice:2'];
const key = { companyId, accountId: 'a1' };

const worldWith = async (): Promise<DunningWorld> => {
  const world = await dunningWorld();
  await world.post('a1', at(today, '03:00'), late(older, 50_000, 3), late(newer, 40_000, -6));
  await world.tell(at(today, '03:05'));
  return world;
};
const mornings = async (world: DunningWorld, from: number, to: number): Promise<void> => {
  for (let day = from; day <= to; day += 1) {
    await world.tick(at(addDays(today, day)));
    await world.send('a1', at(addDays(today, day), '10:00'));
    await world.tell(at(addDays(today, day), '10:05'));
  }
};
const seen = async (world: DunningWorld, day: number) => {
  const now = instantFromText(at(addDays(today, day), '12:00'));
  const answer = await readContacts(world.parts(), key, { scope, now });
  if (!answer.ok) throw new Error(answer.code);
  return contactsAnswer.parse(answer.value);
};

/** Proposed by one, approved by another. */
const capAt = async (world: DunningWorld, most: number): Promise<void> => {
  const rules = { ...defaultDunningRules, automated: [{ most, days: 30 }] };
  const set = { policies: defaultPolicies, rules, choice: defaultChoiceRules };
  const call = (who: string) => ({
    ...{ scope, now: instantFromText(at(today, '07:00')), requestId: who },
    caller: { id: who, principals: ['CRM'] as const },
  });
  const body = { ...set, after: 0, reason: 'fewer' };
  const proposed = await proposePolicies(world.parts(), companyId, body, call('u:one'));
  if (!proposed.ok) throw new Error(proposed.code);
  const approved = { version: proposed.value.version, reason: 'yes' };
  expect(await approvePolicies(world.parts(), companyId, approved, call('u:two'))).toMatchObject({
    ok: true,
  });
};

describe('messages of thirty days', () => {
  it('are counted for the customer and each invoice, within the ceilings', async () => {
    const world = await worldWith();
    await mornings(world, 0, 15);
    const counted = await seen(world, 15);
    expect(counted).toMatchObject({ reminders: 3, calls: 0, cappedOn: [], isWhole: true });
    expect(counted.items).toEqual([
      { itemId: older, messages: 3 },
      { itemId: newer, messages: 2 },
    ]);
    expect(counted.ceilings).toContainEqual({ of: 'automated', most: 5, days: 30, used: 3 });
    expect((await seen(world, 31)).reminders).toBe(2);
  });

  it('above a ceiling that was set are kept back, and listed with that reason', async () => {
    const world = await worldWith();
    await capAt(world, 1);
    await mornings(world, 0, 15);
    const counted = await seen(world, 15);
    expect(counted).toMatchObject({ reminders: 1, items: [{ itemId: older, messages: 1 }] });
    expect(counted.ceilings).toContainEqual({ of: 'automated', most: 1, days: 30, used: 1 });
    expect(counted.cappedOn.length).toBeGreaterThan(0);
    const listed = await listWithheld(world.parts(), companyId, { reason: 'frequency-cap' }, scope);
    expect(listed).toMatchObject({ ok: true, value: { accounts: [{ account: 'a1' }] } });
  });

  it('of an account nobody posted to are not found', async () => {
    const world = await worldWith();
    const now = instantFromText(at(today));
    const call = { scope, now };
    expect(await readContacts(world.parts(), { ...key, accountId: 'x' }, call)).toMatchObject({
      ok: false,
      code: 'not-found',
    });
  });
});
