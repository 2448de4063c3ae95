/**
 * Money that comes in between plan and claim. From: tests of this folder. Next: the account.
 */
import { reduceItem } from '../../../shared/domain/reduce-item.ts';
import { money } from '../../support/account-examples.ts';
import { everything } from '../../support/test-edge.ts';
import { appendTo, companyId, today, type MailWorld } from './mail-world.ts';

/** So many cents off an item, as cash. */
export const payment = async (
  world: Pick<MailWorld, 'accounts'>,
  accountId: string,
  itemId: string,
  cents: number,
): Promise<void> => {
  const { account } = await world.accounts.load(everything, { companyId, accountId }, [itemId]);
  const decided = reduceItem(account, {
    itemId,
    changeId: `pay-${itemId}`,
    amount: money(cents),
    by: 'payment',
    on: today,
  });
  if (!decided.ok) throw new Error(decided.detail);
  await appendTo(world, accountId, decided.value);
};
