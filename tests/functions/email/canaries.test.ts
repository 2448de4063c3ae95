/**
 * No mail holds anything of another account: every account of the world bears markers in all its texts, and every mail
 * is looked through for those of the others.
 */
import { expect, it } from 'vitest';
import type { Item } from '../../../shared/domain/item.ts';
import { contact, createMailWorld, lateItem, open, plan, run, type MailWorld } from './mail-world.ts';

const accounts = ['alpha', 'bravo', 'carol', 'delta', 'echos'];
const markerOf = (accountId: string): string => `canary${accountId}`;

const marked = (accountId: string, n: number): Item => ({
  ...lateItem(accountId, n, 5 + n, 10_000 + n),
  number: `${markerOf(accountId)}-${n}`,
  references: { purchaseOrder: `po-${markerOf(accountId)}-${n}` },
});

const world = async (): Promise<MailWorld> => {
  const made = await createMailWorld({ limits: { perMinute: 100, perHour: 100 } });
  for (const accountId of accounts) {
    const marker = markerOf(accountId);
    const who = contact(`ap@${marker}.example`, {
      ...{ name: `${marker} Ltd`, address: `${marker} Street`, city: marker },
      contacts: [{ name: `Kim ${marker}`, email: `ap@${marker}.example`, role: 'Accounts Payable' }],
    });
    await open(
      made,
      accountId,
      [1, 2, 3].map((n) => marked(accountId, n)),
      who,
    );
  }
  return made;
};

it('every mail holds the markers of its own account and of no other', async () => {
  const made = await world();
  const planned = await Promise.all(accounts.map(async (id) => [id, await plan(made, id)] as const));
  await Promise.all(planned.map(([accountId, id]) => run(made, accountId, id)));
  expect(made.mailer.accepted).toHaveLength(accounts.length);
  for (const { mail } of made.mailer.accepted) {
    const text = JSON.stringify(mail);
    const found = accounts.filter((accountId) => text.includes(markerOf(accountId)));
    expect(found).toHaveLength(1);
    expect(mail.to[0]?.address).toBe(`ap@${markerOf(found[0]!)}.example`);
  }
});

it('a message of one account is nothing at another', async () => {
  const made = await world();
  const id = await plan(made, 'alpha');
  expect(await run(made, 'bravo', id)).toEqual({ ok: true, value: 'gone' });
  expect(made.mailer.posts).toEqual([]);
});
