/**
 * What a call set going, in the words of whoever made it.
 * From: the facts of its append. Next: the answer, the note beside the account.
 */
import type { Fact } from '../../shared/domain/facts.ts';
import type { CallFact } from '../../shared/domain/log-call.ts';

export const wordsOf = (facts: readonly Fact[]): string[] =>
  facts.flatMap((fact): string[] => {
    switch (fact.kind) {
      case 'promiseMade':
        return [`promise noted for ${fact.promise.dueOn}`];
      case 'noticePlanned':
        return [`${fact.notice.text} goes to the customer`];
      case 'taskCreated':
        return [`${fact.task.act}${fact.task.dueOn === undefined ? '' : ` by ${fact.task.dueOn}`}`];
      case 'holdPlaced':
        return [
          `held: ${fact.hold.code}${fact.hold.untilOn === undefined ? '' : ` until ${fact.hold.untilOn}`}`,
        ];
      case 'disputeOpened':
        return [`case opened: ${fact.recipe.code}`];
      case 'masterDataNoted':
        return ['contacts changed'];
      default:
        return [];
    }
  });

/** Calls in a row that reached nobody have a mail sent, once gaps and ceilings allow it. */
export const mailWords = (logged: readonly CallFact[]): string[] =>
  logged.flatMap((fact) =>
    fact.kind === 'mailAsked' ? [`${fact.text} goes to the customer when it may`] : [],
  );
