/**
 * What waits in a company: messages to be released or in doubt, tasks, accounts kept back for a reason.
 * From: staff. Next: lists by a mark of the head, never a scan; details from the papers beside it.
 */
import type { MessagesAnswer, TasksAnswer, WithheldAnswer } from '../../shared/contracts/dunning.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountHead } from '../../shared/domain/account.ts';
import type { NewTask } from '../../shared/domain/dunning-facts.ts';
import type { HeadMark } from '../../shared/domain/head-marks.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { WithheldReason } from '../../shared/domain/withheld-reasons.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import type { DunningParts } from './parts.ts';
import { planOf } from './read-planned.ts';

const pageSize = 25;
const mostRowsShown = 200;

type Parts = Pick<DunningParts, 'accounts' | 'settings'>;
type Wanted = { companyId: string; mark: HeadMark; after?: string | undefined };

const marked = async (
  { accounts, settings }: Parts,
  scope: Scope,
  { companyId, mark, after }: Wanted,
): Promise<Outcome<{ heads: AccountHead[]; after?: string }, ProblemCode>> => {
  const company = await readCompany(settings, scope, companyId);
  if (!company.ok) return refuse('not-found', 'There is no such company.');
  const behind = after === undefined ? {} : { after };
  return done(await accounts.heads(scope, companyId, { limit: pageSize, mark, ...behind }));
};

const paged = <Rows extends object>(rows: Rows, after: string | undefined): Rows & { after?: string } =>
  after === undefined ? rows : { ...rows, after };

export const listMessages = async (
  parts: Parts,
  companyId: string,
  { state, after }: { state: 'awaiting' | 'in-doubt'; after?: string | undefined },
  scope: Scope,
): Promise<Outcome<MessagesAnswer, ProblemCode>> => {
  const page = await marked(parts, scope, { companyId, mark: state, after });
  if (!page.ok) return page;
  const messages: MessagesAnswer['messages'] = [];
  for (const head of page.value.heads) {
    const { message, notices = [] } = head.dunning;
    if (
      message !== undefined &&
      (state === 'awaiting' ? message.state === 'awaiting' : message.state === 'inDoubt')
    )
      messages.push(await shownMessage(parts, scope, head, message));
    if (state === 'in-doubt')
      for (const notice of notices.filter((one) => one.state === 'inDoubt'))
        messages.push({
          ...{ account: head.accountId, messageId: notice.id, state: notice.state, text: notice.text },
          ...{ plannedOn: notice.plannedOn, stage: null, tone: null, needs: [], digest: null, sums: {} },
          ...{ items: [], itemCount: notice.itemIds?.length ?? 0 },
        });
  }
  return done(paged({ messages }, page.value.after));
};

const shownMessage = async (
  parts: Parts,
  scope: Scope,
  head: AccountHead,
  message: NonNullable<AccountHead['dunning']['message']>,
): Promise<MessagesAnswer['messages'][number]> => {
  const { accountId } = head;
  const { id, state, text, plannedOn, stage, tone, needs, digest } = message;
  const { planned, itemCount = 0 } = (await planOf(parts, scope, head, message)) ?? {};
  const items = (planned?.items ?? [])
    .slice(0, mostRowsShown)
    .map(({ itemId, stage: own, currency, asked, isDue }) => ({
      ...{ itemId, stage: own, currency, asked, isDue },
    }));
  return {
    ...{ account: accountId, messageId: id, state, text, plannedOn, stage, tone, needs: [...needs], digest },
    ...{ sums: { ...planned?.sums }, items, itemCount },
  };
};

export const listTasks = async (
  parts: Parts,
  companyId: string,
  after: string | undefined,
  scope: Scope,
): Promise<Outcome<TasksAnswer, ProblemCode>> => {
  const page = await marked(parts, scope, { companyId, mark: 'tasks', after });
  if (!page.ok) return page;
  const tasks: TasksAnswer['tasks'] = [];
  for (const { accountId, dunning } of page.value.heads)
    for (const { id, act, stage, createdOn, dueOn = null } of dunning.tasks ?? []) {
      const paper = (await parts.accounts.paper(scope, { companyId, accountId }, id)) as
        { task?: NewTask } | undefined;
      const { does = [], sums = {}, text = null } = paper?.task ?? {};
      const known = { account: accountId, taskId: id, act, stage, createdOn, dueOn };
      tasks.push({ ...known, does: [...does], sums: { ...sums }, text });
    }
  return done(paged({ tasks }, page.value.after));
};

export const listWithheld = async (
  parts: Parts,
  companyId: string,
  { reason, after }: { reason: WithheldReason; after?: string | undefined },
  scope: Scope,
): Promise<Outcome<WithheldAnswer, ProblemCode>> => {
  const page = await marked(parts, scope, { companyId, mark: `withheld:${reason}`, after });
  if (!page.ok) return page;
  const accounts = page.value.heads.flatMap(({ accountId, dunning: { withheld, policy } }) =>
    withheld === undefined
      ? []
      : [
          {
            ...{ account: accountId, since: withheld.since, policyId: policy?.id ?? null },
            reasons: { ...withheld.reasons },
          },
        ],
  );
  return done(paged({ accounts }, page.value.after));
};
