/**
 * Accounts with more items than their head keeps: a reminder asks for all of them, shows twenty, and brings all as a sheet.
 */
import { expect, it } from 'vitest';
import readXlsx from 'read-excel-file/node';
import type { Item } from '../../../shared/domain/item.ts';
import { postItem } from '../../../shared/domain/post-item.ts';
import { mailSheet } from '../../../shared/formats/mail-sheet.ts';
import { factsOf } from '../../support/account-examples.ts';
import { everything } from '../../support/test-edge.ts';
import { lookNow } from './desks.ts';
import {
  appendTo,
  companyId,
  createMailWorld,
  headOf,
  lateItem,
  open,
  run,
  tuesday,
  type MailWorld,
} from './mail-world.ts';

const perEntry = 90;

const openMany = async (world: MailWorld, count: number): Promise<void> => {
  await open(world, 'north', []);
  const items = Array.from({ length: count }, (_, n) => lateItem('north', n + 1, 5 + (n % 3), 10_000 + n));
  for (let at = 0; at < count; at += perEntry) {
    const { account } = await world.accounts.load(everything, { companyId, accountId: 'north' });
    const post = ({ open: _open, ...rest }: Item) =>
      factsOf(postItem(account, { ...rest, open: rest.original }));
    await appendTo(world, 'north', items.slice(at, at + perEntry).flatMap(post));
  }
};

it.each([
  [60, '6,017.70'],
  [61, '6,118.30'],
  [500, '51,247.50'],
])('%i late invoices are one mail that asks for every one of them', async (count, sum) => {
  const world = await createMailWorld();
  world.parts.sheetOf = mailSheet;
  await openMany(world, count);
  await lookNow(world, 'north', 'event', tuesday);
  const { id } = (await headOf(world, 'north')).dunning.message!;
  expect(await run(world, 'north', id)).toEqual({ ok: true, value: 'sent' });
  const { text, files } = world.mailer.accepted[0]!.mail;
  expect(text).toContain(sum);
  expect(text).toContain(`and ${count - 20} more, listed in the attached sheet`);
  expect(files.map(({ name }) => name)).toEqual(['open-items.xlsx']);
  const [sheet] = await readXlsx(Buffer.from(files[0]!.base64, 'base64'));
  expect(sheet!.data).toHaveLength(count + 1);
  expect((await headOf(world, 'north')).dunning.message).toBeUndefined();
});
