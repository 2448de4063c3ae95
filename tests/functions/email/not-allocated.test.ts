/**
 * Money that was received and is not allocated yet lowers what is asked; plan, gate and mail say so alike. What a public
 * body is told of its orders is what is known of them.
 */
import { expect, it } from 'vitest';
import { causeOfReminder } from '../../../functions/email/cause-of-reminder.ts';
import { noteProvisional } from '../../../shared/domain/note-provisional.ts';
import { reduceItem } from '../../../shared/domain/reduce-item.ts';
import { everything } from '../../support/test-edge.ts';
import { factsOf, itemWith, money } from '../../support/account-examples.ts';
import {
  appendTo,
  companyId,
  createMailWorld,
  factsIn,
  lateItem,
  open,
  plan,
  run,
  today,
  type MailWorld,
} from './mail-world.ts';

const paid = 'item:invoice:north-1';

/** Its invoice was taken out of the book while the money for it is not shown there yet. */
const received = async (world: MailWorld): Promise<void> => {
  const load = async () =>
    (await world.accounts.load(everything, { companyId, accountId: 'north' }, [paid])).account;
  const noted = { itemId: paid, receiptId: 'receipt:1', amount: money(12_345), on: today };
  await appendTo(world, 'north', factsOf(noteProvisional(await load(), noted)));
  const credited = { itemId: paid, changeId: 'c1', by: 'credit', amount: money(50_000), on: today } as const;
  await appendTo(world, 'north', factsOf(reduceItem(await load(), credited)));
};

it('a payment received and not allocated stands as a credit in plan and mail', async () => {
  const world = await createMailWorld();
  await open(world, 'north', [lateItem('north', 1, 5), lateItem('north', 2, 4)]);
  await received(world);
  const id = await plan(world, 'north');
  const [planned] = (await factsIn(world, 'north')).flatMap((fact) =>
    fact.kind === 'messagePlanned' ? [fact.message] : [],
  );
  expect(planned).toMatchObject({ sums: { EUR: 37_655 }, credits: [], unallocated: { EUR: 12_345 } });
  expect(await run(world, 'north', id)).toEqual({ ok: true, value: 'sent' });
  const { text, html } = world.mailer.accepted[0]!.mail;
  for (const words of ['Payment received, not yet allocated', '123.45', '376.55']) {
    expect(text).toContain(words);
    expect(html).toContain(words);
  }
});

const due = (id: string, more: object = {}) => ({
  ...itemWith({ id, ...more }),
  ...{ changes: [], allocated: money(0), provisional: [], writeOffs: [], recoveries: [] },
});
const told = (theirs: string, ...items: ReturnType<typeof due>[]) =>
  causeOfReminder(
    {
      frame: { company: { country: 'DE' } } as never,
      judged: {
        items: new Map(items.map((item) => [item.id, item])),
        masterData: { country: theirs },
      } as never,
    },
    {
      text: 'T5-P',
      items: items.map(({ id: itemId, currency, open: asked }) => ({
        ...{ itemId, stage: 5, currency, asked, isDue: true },
      })),
    },
  ).statutory;
const accepted = { apStatus: 'approved', apStatusOn: '2026-05-04', references: { purchaseOrder: 'B-7' } };

it('a public body is told order, acceptance and law, each as far as it is known', () => {
  expect(told('FR', due('a', accepted), due('b', { ...accepted, apStatusOn: '2026-05-06' }))).toEqual({
    ...{ order: 'B-7', acceptedOn: '2026-05-06', legalBasis: 'Directive 2011/7/EU' },
  });
  expect(told('DE', due('a', accepted), due('b', { references: { order: 'A-1' } }))).toEqual({
    ...{ order: 'A-1, B-7', legalBasis: 'Directive 2011/7/EU' },
  });
  expect(told('IL', due('a'))).toEqual({});
});
