/**
 * What to say on the phone (`defaults.md` §11): C1 checks receipt and approval, C2 asks a date, C3 names consequence and plan.
 * From: how far the account has come. Next: the call card. The words are the collector's; this is their order.
 */
import type { CardAnswer } from '../../shared/contracts/calls.ts';
import type { AccountHead } from '../../shared/domain/account.ts';
import type { CurrencyClaim } from './call-frame.ts';

const goals = {
  C1: 'Was the invoice received and approved, and with which run is it paid?',
  C2: 'Agree an amount and a date.',
  C3: 'Name what follows if it stays unpaid, and offer a plan.',
} as const;

/** From this stage on a reminder is firm. */
const firmFrom = 4;

export const scriptOf = (
  { accountId, dunning }: AccountHead,
  claims: readonly CurrencyClaim[],
  name: string | undefined,
): CardAnswer['script'] => {
  const overdue = claims.filter(({ claim }) => claim > 0);
  const code = overdue.length === 0 ? 'C1' : dunning.stage >= firmFrom || dunning.brokenOn?.[0] ? 'C3' : 'C2';
  const items = overdue.reduce((count, one) => count + one.items.length, 0);
  const broken = dunning.brokenOn?.[0];
  return {
    ...{ code, goal: goals[code] },
    steps: [
      'Say who you are and for whom you call.',
      `Account ${accountId}${name === undefined ? '' : ` of ${name}`}: ${items} items are overdue.`,
      ...(broken === undefined ? [] : [`A promise for this account broke on ${broken}.`]),
      'Ask: "What keeps this from being paid?" Then listen.',
      goals[code],
      'Repeat what was agreed, and thank.',
    ],
  };
};
