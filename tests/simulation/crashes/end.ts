/**
 * What a story came to, without instants and versions, which a death may move: two ends are compared by it.
 * From: a stage whose agenda is empty. Next: `stage.ts`.
 */
import { everything } from '../../support/test-edge.ts';
import { companyId, type Month } from '../months/world.ts';

export type End = {
  /** Who got what, in order of the text. */
  mails: string[];
  accounts: object[];
  receipts: object[];
  cases: object[];
  checkouts: object[];
  parked: string[];
  /** What people were shown. */
  saw: string[];
  /** What did not hold. */
  faults: string[];
};

const accountOf = ({ journal }: Month, accountId: string): object => {
  const { head, items } = journal.of({ companyId, accountId }).account;
  const { message, notices = [], tasks = [], contacts = [], promises = [], stage } = head.dunning;
  return {
    ...{ accountId, balances: head.balances, holds: head.holds, message: message?.state ?? '' },
    items: [...items.values()]
      .map(({ id, open, stage, carriedBy, provisional, heldParts = [] }) => ({
        ...{ id, open, stage, carriedBy },
        noted: provisional.map(({ amount, state }) => `${state} ${amount}`).toSorted(),
        held: heldParts.map(({ amount, untilOn = '' }) => `${amount} ${untilOn}`).toSorted(),
      }))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    notices: notices.map(({ id, state }) => `${id} ${state}`).toSorted(),
    tasks: tasks.map(({ id }) => id).toSorted(),
    ...{ stage, promises, brokenOn: head.dunning.brokenOn ?? [], disputes: head.disputes ?? [] },
    contacts: contacts.map(({ on }) => on),
  };
};

const states = ['unidentified', 'unassigned', 'posting', 'onAccount', 'settled'] as const;

const receiptsOf = async ({ stores }: Month): Promise<object[]> => {
  const pages = await Promise.all(
    states.map((state) =>
      stores.plain.receipts.list(everything, companyId, { state }, { limit: 1_000 }).then((page) =>
        page.receipts.map(({ id, amount, free, payer, returns }) => ({
          ...{ id, state, amount, free, payer: payer?.accountId },
          returned: returns.map((one) => `${one.id} ${one.amount}`).toSorted(),
        })),
      ),
    ),
  );
  return pages.flat().toSorted((a, b) => (a.id < b.id ? -1 : 1));
};

export const endOf = async (
  month: Month,
  accountIds: readonly string[],
): Promise<Omit<End, 'saw' | 'faults'>> => {
  const { stores, mails, bus } = month;
  const order = { order: 'due', limit: 100 } as const;
  const cases = await stores.plain.cases.list(everything, companyId, {}, order);
  const checkouts = await Promise.all(
    accountIds.map((accountId) =>
      stores.plain.checkouts.list(everything, { companyId, accountId }, { limit: 50 }),
    ),
  );
  return {
    mails: mails.taken.map(({ mail }) => `${mail.to[0]?.address} ${mail.text}`).toSorted(),
    accounts: accountIds.map((accountId) => accountOf(month, accountId)),
    receipts: await receiptsOf(month),
    cases: cases.rows.map(({ version: _version, ...row }) => row),
    checkouts: checkouts.flat().map(({ id, state, amount }) => ({ id, state, amount })),
    parked: bus.parked.map(({ why }) => why),
  };
};
