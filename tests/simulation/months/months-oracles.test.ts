/**
 * The checks are checked: months in which the code is broken on purpose are seen to be broken, by the line that is to see
 * it.
 */
import { expect, it } from 'vitest';
import type { Account, AccountItem } from '../../../shared/domain/account.ts';
import type { AccountStore, LoadedAccount } from '../../../shared/ports/account-store.ts';
import { Broken, liveMonth } from './run-month.ts';
import type { Month } from './world.ts';

type Sabotage = (parts: Month['parts']) => void;
const mostSeeds = 6;

/** What the first month that breaks says. */
const firstBreak = async (sabotage: Sabotage): Promise<string> => {
  for (let seed = 1; seed <= mostSeeds; seed += 1) {
    const broken = await liveMonth({ seed, sabotage }).then(
      () => undefined,
      (fault: unknown) => fault,
    );
    if (broken instanceof Broken) return broken.message;
    if (broken !== undefined) throw broken as Error;
  }
  return 'nothing was noticed';
};

/** Preview, planner and gate see another account than there is; what they decide is written to the true one. */
const blindTo =
  (see: (account: Account) => Account): Sabotage =>
  (parts) => {
    const truth = new WeakMap<LoadedAccount, LoadedAccount>();
    const blind = (accounts: AccountStore): AccountStore => ({
      ...accounts,
      load: async (...asked) => {
        const loaded = await accounts.load(...asked);
        const seen = { ...loaded, account: see(loaded.account) };
        truth.set(seen, loaded);
        return seen;
      },
      append: (scope, loaded, ...more) => accounts.append(scope, truth.get(loaded) ?? loaded, ...more),
    });
    for (const one of [parts.dunning, parts.mail, parts.looking]) one.accounts = blind(one.accounts);
  };

const itemsAs = (account: Account, as: (item: AccountItem) => AccountItem): Account => ({
  ...account,
  items: new Map([...account.items].map(([id, item]) => [id, as(item)])),
});

it.each<[string, RegExp, Sabotage]>([
  [
    'holds are not looked at',
    /D4 /,
    blindTo((account) => ({ ...account, head: { ...account.head, holds: [] } })),
  ],
  [
    'what is promised or disputed is asked for',
    /D4 /,
    blindTo((account) => itemsAs(account, ({ heldParts: _parts, ...item }) => item)),
  ],
  [
    'money that is noted and not in the books is asked for',
    /D4 /,
    blindTo((account) => itemsAs(account, (item) => ({ ...item, provisional: [] }))),
  ],
  [
    'money that was received and not allocated is asked for',
    /D4 /,
    blindTo(({ head, ...account }) => ({
      ...account,
      head: { ...head, balances: { EUR: { ...head.balances['EUR']!, provisional: 0 as never } } },
    })),
  ],
  [
    'a mail is posted again because nobody answered',
    /D1 /,
    ({ mail }) => {
      const { mailer } = mail;
      mail.mailer = {
        ...mailer,
        send: async (operationId, letter) => {
          const answer = await mailer.send(operationId, letter);
          return answer.is === 'unknown' ? mailer.send(operationId, letter) : answer;
        },
      };
    },
  ],
  [
    'a mail says a word of another customer',
    /D12 /,
    ({ mail }) => {
      const { render } = mail;
      mail.render = async (text, language, data) => {
        const rendered = await render(text, language, data);
        if (!rendered.ok) return rendered;
        return { ...rendered, value: { ...rendered.value, text: `${rendered.value.text} zqk50z` } };
      };
    },
  ],
  [
    'the preview is not what the run does',
    /D16 /,
    ({ looking }) => {
      const { accounts } = looking;
      looking.accounts = {
        ...accounts,
        load: async (...asked) => {
          const loaded = await accounts.load(...asked);
          return {
            ...loaded,
            account: itemsAs(loaded.account, (item) => ({ ...item, stage: item.stage + 1 })),
          };
        },
      };
    },
  ],
])(
  '%s: it is seen',
  async (_what, seen, sabotage) => expect(await firstBreak(sabotage)).toMatch(seen),
  300_000,
);
