/**
 * What a notice tells of, where its cause left no words of its own: promises and plans, out of the account itself.
 * From: the head, the paper of the promise, the items. Next: the data of the text; what is not there is not rendered.
 */
import type { MessagePaper } from '../../shared/contracts/mail.ts';
import type { OpenPromise, PaymentPlan } from '../../shared/domain/dunning-position.ts';
import type { CauseData } from '../../shared/domain/message-data.ts';
import { sum } from '../../shared/domain/money.ts';
import type { PendingNotice } from '../../shared/domain/notice.ts';
import type { Judged } from './gate-message.ts';
import type { MailCall, MailParts, Place } from './parts.ts';

export const causeOfNotice = async (
  parts: Pick<MailParts, 'accounts'>,
  { scope }: Pick<MailCall, 'scope'>,
  place: Place,
  judged: Judged,
  { notice, paper }: { notice: PendingNotice | undefined; paper: MessagePaper },
): Promise<CauseData> => {
  if (paper.cause !== undefined) return paper.cause;
  const { plan, promises = [] } = judged.loaded.account.head.dunning;
  if (notice?.text === 'T15' && plan?.id === notice.causeId) return { plan: planData(plan, judged) };
  if (notice?.text !== 'T6' && notice?.text !== 'T7') return {};
  const kept = (await parts.accounts.paper(scope, place, notice.causeId)) as
    { promise?: OpenPromise } | undefined;
  const promise = promises.find(({ id }) => id === notice.causeId) ?? kept?.promise;
  return promise === undefined ? {} : { promise: promiseData(promise, judged) };
};

const numbersOf = (items: OpenPromise['items'], { items: known }: Judged): string[] =>
  items.flatMap(({ itemId }) => known.get(itemId)?.number ?? []);

const promiseData = (
  { amount, currency, dueOn, items }: OpenPromise,
  judged: Judged,
): NonNullable<CauseData['promise']> => ({
  ...{ amount: { amount, currency }, dueOn, items: numbersOf(items, judged) },
});

const planData = (
  { id, currency, instalments, items }: PaymentPlan,
  judged: Judged,
): NonNullable<CauseData['plan']> => ({
  number: id,
  total: { amount: sum(...instalments.map(({ amount }) => amount)), currency },
  items: numbersOf(items, judged),
  instalments: instalments.map(({ on, amount }) => ({ on, amount: { amount, currency } })),
});
