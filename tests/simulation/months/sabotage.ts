/**
 * Ways to break a month on purpose, and what the first month that breaks says.
 * From: `months-oracles*.test.ts`. Next: `run-month.ts`, whose checks are to see it.
 */
import type { Account, AccountItem } from '../../../shared/domain/account.ts';
import type { Change } from '../../../shared/domain/entry.ts';
import type { Fact } from '../../../shared/domain/facts.ts';
import type { CompanyFrame, FrameOf } from '../../../shared/edge/read-dunning-frame.ts';
import type { AccountStore, LoadedAccount } from '../../../shared/ports/account-store.ts';
import { Broken, liveMonth } from './run-month.ts';
import type { Month } from './world.ts';

export type Sabotage = (parts: Month['parts'], stores: Month['stores']) => void;
const mostSeeds = 6;

/** What the first month that breaks so says; where none does, what the last one says. */
export const firstBreak = async (sabotage: Sabotage, seen = /./): Promise<string> => {
  let last = 'nothing was noticed';
  for (let seed = 1; seed <= mostSeeds; seed += 1) {
    const broken = await liveMonth({ seed, sabotage }).then(
      () => undefined,
      (fault: unknown) => fault,
    );
    if (broken !== undefined && !(broken instanceof Broken)) throw broken as Error;
    last = broken?.message ?? last;
    if (broken !== undefined && seen.test(last)) return last;
  }
  return last;
};

/** Preview, planner and gate see another account than there is; what they decide is written to the true one. */
export const blindTo =
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

export const itemsAs = (account: Account, as: (item: AccountItem) => AccountItem): Account => ({
  ...account,
  items: new Map([...account.items].map(([id, item]) => [id, as(item)])),
});

/** Planner, preview and gate see another company than there is. */
export const framesAs =
  (as: (frame: CompanyFrame) => CompanyFrame): Sabotage =>
  (parts) => {
    const frames =
      (frameOf: FrameOf): FrameOf =>
      async (...asked) => {
        const frame = await frameOf(...asked);
        return frame === undefined ? undefined : as(frame);
      };
    for (const one of [parts.dunning, parts.mail, parts.looking]) one.frameOf = frames(one.frameOf);
  };

/** What is written is not what was decided. */
export const factsAs = (accounts: AccountStore, as: (fact: Fact) => readonly Fact[]): AccountStore => ({
  ...accounts,
  append: (scope, loaded, change: Change, ...more) =>
    accounts.append(scope, loaded, { ...change, facts: change.facts.flatMap(as) }, ...more),
});
