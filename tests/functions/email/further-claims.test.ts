/**
 * What firm and final letters say beyond their items, through the mail workflow: interest and fixed sum where they are on
 * (golden figures of the papers), the next step as it was approved and in no other words.
 */
import { describe, expect, it } from 'vitest';
import { releaseMessages } from '../../../functions/dunning/release-messages.ts';
import type { Principal } from '../../../shared/contracts/access.ts';
import { addDays, dayFromText, instantFromText, type Instant } from '../../../shared/domain/calendar.ts';
import type { ApprovedMeasure } from '../../../shared/domain/dunning-position.ts';
import type { LateCharge } from '../../../shared/domain/late-charges.ts';
import { reduceItem } from '../../../shared/domain/reduce-item.ts';
import { factsOf, money } from '../../support/account-examples.ts';
import { everything as scope } from '../../support/test-edge.ts';
import { appendTo, companyId, contact, createMailWorld, headOf, lateItem, open, plan } from './mail-world.ts';
import { run, type MailWorld } from './mail-world.ts';

/** 101 days after 31 March 2026. */
const july: Instant = instantFromText('2026-07-10T08:00:00Z');
const itemId = 'item:invoice:north-1';
const basis = 'Directive 2011/7/EU';

type Made = { charges?: LateCharge[]; stage?: number; cents?: number; daysBefore?: number; policy?: string };

/** Due on 31 March, 10,000.00, and carried to a stage before. */
const started = async ({
  charges,
  stage = 6,
  cents = 1_000_000,
  daysBefore = 77,
  policy = 'standard',
}: Made) => {
  const world = await createMailWorld();
  if (charges !== undefined) {
    const value = { goLiveOn: '2025-01-01', disclosedFactors: [], lateCharges: charges };
    const change = { by: 'tenant:crm', at: '2026-01-01T00:00:00Z', reason: 'checked by legal' };
    await world.settings.save(scope, { scope: `company:${companyId}`, name: 'dunning' }, 1, {
      value,
      ...change,
    });
  }
  const who = contact('ap@north.example', { treatment: { policyId: policy } });
  await open(world, 'north', [lateItem('north', 1, daysBefore, cents)], who);
  const on = addDays(dayFromText('2026-07-10'), -8);
  await appendTo(world, 'north', [
    {
      kind: 'itemsCarried',
      by: 'message:x',
      policyId: policy,
      tone: 'clear',
      items: [{ itemId, stage }],
      on,
    },
  ]);
  return world;
};

const release = async (
  world: MailWorld,
  messageId: string,
  measure?: ApprovedMeasure,
  as: 'creditManager' | 'cfo' = 'creditManager',
): Promise<string> => {
  const { digest } = (await headOf(world, 'north')).dunning.message!;
  const parts = { ...world.parts, sender: world.sender };
  const principal: Principal = as === 'cfo' ? 'EXE' : 'CRM';
  const seen = { account: 'north', messageId, digest, ...(measure === undefined ? {} : { measure }) };
  const caller = { id: 'tid:crm', principals: [principal] };
  const call = { scope, now: july, requestId: `r:${measure}:${as}`, caller };
  const released = await releaseMessages(parts, companyId, { as, messages: [seen] }, call);
  return released.ok ? released.value.results[0]!.is : released.code;
};

const sentText = async (world: MailWorld, id: string): Promise<string> => {
  expect(await run(world, 'north', id, july)).toEqual({ ok: true, value: 'sent' });
  return world.mailer.accepted[0]!.mail.text;
};

describe('a final notice', () => {
  const split = { country: 'DE', interestRule: 'eu-split', fixedSumRule: 'eu', basis };

  it('works out interest by rate, days and sum, and the fixed sum: the golden figures', async () => {
    const world = await started({ charges: [split] });
    const id = await plan(world, 'north', july);
    expect(await release(world, id)).toBe('released');
    const text = await sentText(world, id);
    for (const figure of ['253.05', '28.49', '281.55', '40.00', '10,000.00', '(91 days)', '(10 days)', basis])
      expect(text).toContain(figure);
  });

  it('bears interest on what was open each day: 201.89 after a part payment', async () => {
    const world = await started({ charges: [{ country: 'DE', interestRule: 'eu-locked', basis }] });
    const { account } = await world.accounts.load(scope, { companyId, accountId: 'north' }, [itemId]);
    const on = dayFromText('2026-04-30');
    const paid = { itemId, changeId: 'p1', by: 'payment', amount: money(400_000), on } as const;
    await appendTo(world, 'north', factsOf(reduceItem(account, paid)));
    const id = await plan(world, 'north', july);
    await release(world, id);
    expect(await sentText(world, id)).toContain('201.89');
  });

  it.each([
    ['none are on', undefined],
    ['they are on for another country', [{ ...split, country: 'FR' }]],
    ['a half-year has no rate', [{ ...split, interestRule: 'gb' }]],
  ])('says nothing of interest where %s', async (_what, charges) => {
    const world = await started(charges === undefined ? {} : { charges });
    const id = await plan(world, 'north', july);
    await release(world, id);
    expect(await sentText(world, id)).not.toMatch(/interest|40\.00/i);
  });

  it.each([
    ['agency', /collection agency/i],
    ['court', /court/i],
  ] as const)('names %s only when it was approved', async (measure, words) => {
    const approved = await started({});
    const id = await plan(approved, 'north', july);
    expect(await release(approved, id, measure)).toBe('released');
    expect(await sentText(approved, id)).toMatch(words);
    const plain = await started({});
    const other = await plan(plain, 'north', july);
    await release(plain, other);
    expect(await sentText(plain, other)).not.toMatch(/collection agency|court/i);
  });

  it('to a key customer needs the CFO for any such word', async () => {
    const world = await started({ cents: 5_000_000, policy: 'key' });
    const id = await plan(world, 'north', july);
    expect(await release(world, id, 'court')).toBe('not-to-release');
    expect(await release(world, id, 'court', 'cfo')).toBe('released');
  });
});

describe('what is said to a public body', () => {
  it('threatens with nothing, whoever releases it', async () => {
    const world = await started({ stage: 4, policy: 'public' });
    const id = await plan(world, 'north', july);
    expect(await release(world, id, 'agency')).toBe('not-to-release');
    expect(await release(world, id)).toBe('released');
  });
});

describe('a firm reminder', () => {
  const fixed = { country: 'DE', fixedSumRule: 'eu', basis };

  it('names the fixed sum of 40 by itself, no more than that without a person', async () => {
    const one = await started({ charges: [fixed], stage: 4, cents: 50_000 });
    expect(await sentText(one, await plan(one, 'north', july))).toContain('40.00');
    const two = await started({ charges: [fixed], stage: 4, cents: 50_000 });
    await open(
      two,
      'north',
      [lateItem('north', 2, 77, 50_000)],
      contact('ap@north.example', { treatment: { policyId: 'standard' } }),
    );
    expect(await sentText(two, await plan(two, 'north', july))).not.toMatch(/[48]0\.00/);
  });

  it('keeps it for the later letter where the policy says so', async () => {
    const early = await started({ charges: [fixed], stage: 3, cents: 50_000, policy: 'small' });
    expect(await sentText(early, await plan(early, 'north', july))).not.toContain('40.00');
  });

  it('speaks of deliveries only where a hold is proposed', async () => {
    const watched = await started({ stage: 3, cents: 50_000, policy: 'watch' });
    const id = await plan(watched, 'north', july);
    await release(watched, id);
    expect(await sentText(watched, id)).toMatch(/deliver/i);
    const plain = await started({ stage: 4, cents: 50_000 });
    expect(await sentText(plain, await plan(plain, 'north', july))).not.toMatch(/deliver/i);
  });
});
