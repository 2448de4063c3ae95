/**
 * Papers beside what dunning writes: each message, notice and task as it was decided, so that it can be shown and
 * sent without the journal; and whether one was written before, since the head forgets what is over.
 * From: facts of a look. Next: the same append.
 */
import type { PlannedMessage } from '../../shared/domain/dunning-facts.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import type { CauseData } from '../../shared/domain/message-data.ts';
import type { Notice } from '../../shared/domain/notice.ts';
import type { LoadedAccount, Paper } from '../../shared/ports/account-store.ts';
import type { DunningParts, JobCall } from './parts.ts';

/** `message:<day>:mail` {planned, itemCount} where a person is to release it, `message:<text>:<cause>` {notice}, `task:…` {task}, `promise:…` {promise}. */
export const papersOf = (facts: readonly Fact[], causeOf: CauseOf = () => undefined): Paper[] =>
  facts.flatMap((fact) => paperOf(fact, causeOf));

/** What a notice tells of, where the account alone does not say it. */
export type CauseOf = (notice: Notice) => CauseData | undefined;

const paperOf = (fact: Fact, causeOf: CauseOf): Paper[] => {
  switch (fact.kind) {
    case 'messagePlanned':
      return fact.message.needs.length === 0
        ? []
        : [{ id: fact.message.id as Paper['id'], content: shownOf(fact.message) }];
    case 'noticePlanned': {
      const cause = causeOf(fact.notice);
      const content = { notice: fact.notice, ...(cause === undefined ? {} : { cause }) };
      return [{ id: fact.notice.id as Paper['id'], content }];
    }
    case 'taskCreated':
      return [{ id: fact.task.id as Paper['id'], content: { task: fact.task } }];
    default:
      return [];
  }
};

/** Rows a person looks at; the journal has all of them. */
const mostRowsShown = 200;

const shownOf = (message: PlannedMessage): object => ({
  planned: { ...message, items: message.items.slice(0, mostRowsShown) },
  itemCount: message.items.length,
});

/** Work of a date or of a track. */
const onceFor = ['task:insurer:', 'task:track:'];

/** What is done once and for ever, whatever the head still knows of it. */
const onceId = (fact: Fact): string | undefined => {
  if (fact.kind === 'noticePlanned') return fact.notice.id;
  return fact.kind === 'taskCreated' && onceFor.some((start) => fact.task.id.startsWith(start))
    ? fact.task.id
    : undefined;
};

/** The facts without notices and dated tasks that were there before. */
export const withoutDone = async (
  { accounts }: Pick<DunningParts, 'accounts'>,
  { scope }: JobCall,
  { account }: LoadedAccount,
  facts: readonly Fact[],
): Promise<Fact[]> => {
  const { companyId, accountId } = account.head;
  const left: Fact[] = [];
  for (const fact of facts) {
    const id = onceId(fact);
    const paper = id === undefined ? undefined : await accounts.paper(scope, { companyId, accountId }, id);
    if (paper === undefined) left.push(fact);
  }
  return left;
};
