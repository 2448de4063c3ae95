/**
 * The send path dies before and after each of its effects, every message comes twice, the quota is reached midway (S4):
 * each account gets its mail once, and nothing is left behind.
 */
import { describe, expect, it } from 'vitest';
import { crashAt, gateOf, type Gate } from '../../support/faults.ts';
import { drain } from './bus.ts';
import {
  contact,
  createMailWorld,
  factsIn,
  headOf,
  lateItem,
  open,
  plan,
  type MailWorld,
} from './mail-world.ts';

const accounts = ['north', 'south', 'east'];

const night = async (gate: Gate, more: Parameters<typeof createMailWorld>[0] = {}): Promise<MailWorld> => {
  const world = await createMailWorld({ gate, limits: { perMinute: 2, perHour: 100 }, ...more });
  const messages: { accountId: string; messageId: string }[] = [];
  for (const [n, accountId] of accounts.entries()) {
    const items = [lateItem(accountId, 1, 4 + n), lateItem(accountId, 2, 12 + 3 * n)];
    await open(world, accountId, items, contact(`ap@${accountId}.example`));
    messages.push({ accountId, messageId: await plan(world, accountId) });
  }
  await drain(world, messages, gate);
  return world;
};

const expectOnce = async (world: MailWorld, at: string): Promise<void> => {
  const to = world.mailer.accepted.map(({ mail }) => mail.to[0]?.address).toSorted();
  expect([at, to]).toEqual([at, ['ap@east.example', 'ap@north.example', 'ap@south.example']]);
  for (const accountId of accounts) {
    const { dunning } = await headOf(world, accountId);
    const sent = (await factsIn(world, accountId)).filter(({ kind }) => kind === 'messageSent');
    expect([at, accountId, dunning.message, sent.length]).toEqual([at, accountId, undefined, 1]);
  }
};

describe('a night of three accounts with room for two mails a minute', () => {
  it('sends one mail each, although every message is delivered twice', async () => {
    await expectOnce(await night(gateOf()), 'no crash');
  });

  it.each(['before', 'after'] as const)('sends one mail each when it dies %s any effect', async (when) => {
    const whole = gateOf();
    await night(whole);
    expect(whole.calls.length).toBeGreaterThan(20);
    for (let number = 1; number <= whole.calls.length; number += 1) {
      const world = await night(crashAt(number, when));
      await expectOnce(world, `${when} ${number} ${whole.calls[number - 1]}`);
    }
  });

  it.each(['before', 'after'] as const)(
    'sends one mail each when answers are lost, too, and it dies %s any effect',
    async (when) => {
      const lost = { fault: (_id: string, post: number) => (post % 2 === 1 ? ('lost' as const) : undefined) };
      const whole = gateOf();
      await night(whole, lost);
      for (let number = 1; number <= whole.calls.length; number += 1)
        await expectOnce(await night(crashAt(number, when), lost), `${when} ${number}`);
    },
  );

  it('never posts a mail again without having asked for it since, whatever is lost', async () => {
    let asked = 0;
    let posted = 0;
    const world = await night(gateOf(), {
      fault: (_id, post) => (post <= 3 ? 'never' : undefined),
      isDumb: () => {
        asked += 1;
        return false;
      },
    });
    posted = world.mailer.posts.length;
    expect(asked).toBeGreaterThanOrEqual(posted - accounts.length);
    expect(new Set(world.mailer.posts).size).toBe(accounts.length);
    await expectOnce(world, 'never');
  });
});
