/**
 * A customer asks to pay in instalments (R155): nothing changes until somebody who may agree it has answered.
 * From: `POST …/plans`. Next: a task for whoever may go so far; agreed or not, the customer hears of it by T15. Plans
 * that run or wait for an answer are listed.
 */
import type { OwnPlan, PlanAskBody } from '../../shared/contracts/portal-plans.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Account, AccountHead, AccountKey } from '../../shared/domain/account.ts';
import { dayFromText, type Day } from '../../shared/domain/calendar.ts';
import type { Company } from '../../shared/domain/company.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { PlanWanted } from '../../shared/domain/payment-plan.ts';
import { proposePlanFor, taskOfPlan, type PlanProposal } from '../../shared/domain/plan-proposal.ts';
import type { Paper } from '../../shared/ports/account-store.ts';
import type { PortalStores } from './portal-parts.ts';
import { ownAccount, type OwnCall } from './read-own.ts';
import type { TellCall } from './tell-us.ts';

const mostTries = 8;

type Asked = { plan: string; answeredBy: Day };

export const askForPlan = async (
  parts: PortalStores,
  call: TellCall,
  key: AccountKey,
  body: PlanAskBody,
): Promise<Outcome<Asked, ProblemCode>> => {
  const planId = parts.hashText(call.requestId).slice(0, 32);
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const own = await ownAccount(parts, call, key, body.items);
    if (!own.ok) return own;
    const { company, loaded, today } = own.value;
    const known = await askedPaper(parts, call, key, taskOfPlan(planId));
    if (known !== undefined) return done({ plan: planId, answeredBy: known.task.dueOn });
    const decided = await proposed(parts, company, loaded.account, wantedOf(body, planId, call, today));
    if (!decided.ok) return decided;
    const { task, facts } = decided.value;
    const change = {
      ...{ at: call.now, actor: { kind: 'customer', id: call.callerId } as const, facts },
      cause: { kind: 'request', id: call.requestId },
    };
    const { currency, instalments, items: itemIds } = body;
    const content = {
      task,
      plan: { currency, instalments, itemIds },
      by: call.callerId,
      askedBy: 'customer',
    };
    const papers: Paper[] = [{ id: taskOfPlan(planId), content }];
    const appended = await parts.accounts.append(call.scope, loaded, change, undefined, papers);
    if (appended.outcome === 'appended') return done({ plan: planId, answeredBy: task.dueOn });
  }
  return refuse('busy', 'The account is being changed by others.');
};

const wantedOf = (
  { currency, instalments, items }: PlanAskBody,
  planId: string,
  { callerId }: TellCall,
  on: Day,
): Omit<PlanWanted, 'by'> => ({
  ...{ planId, person: callerId, currency, itemIds: items, on },
  instalments: instalments.map((one) => ({ on: dayFromText(one.on), amount: one.amount })),
});

/** One question at a time: a second one is asked once the first is answered. */
const proposed = async (
  { calendarOf }: PortalStores,
  { country }: Company,
  account: Account,
  wanted: Omit<PlanWanted, 'by'>,
): Promise<Outcome<PlanProposal, ProblemCode>> => {
  if (waitingIn(account.head).length > 0)
    return refuse('plan-asked', 'A plan that was proposed is not answered yet.');
  const isClaim = (id: string): boolean => (account.items.get(id)?.open ?? 0) > 0;
  if (!wanted.itemIds.every(isClaim))
    return refuse('item-not-found', 'One of the invoices is not open here.');
  const made = proposePlanFor(account, wanted, await calendarOf(country, wanted.on));
  if (made.ok) return made;
  return made.code === 'plan-there'
    ? refuse('plan-asked', 'A plan is running.')
    : refuse('plan-not-possible', made.detail);
};

const waitingIn = ({ dunning }: AccountHead): string[] =>
  (dunning.tasks ?? []).filter(({ act }) => act === 'approvePlan').map(({ id }) => id);

type AskedPaper = {
  task: { dueOn: Day };
  plan: { currency: string; instalments: OwnPlan['instalments']; itemIds: string[] };
  askedBy?: 'customer';
};

const askedPaper = async (
  { accounts }: Pick<PortalStores, 'accounts'>,
  { scope }: Pick<OwnCall, 'scope'>,
  key: AccountKey,
  taskId: string,
): Promise<AskedPaper | undefined> => (await accounts.paper(scope, key, taskId)) as AskedPaper | undefined;

/** What staff proposed among themselves is not the customer's to see until it is agreed. */
export const readOwnPlans = async (
  parts: PortalStores,
  call: OwnCall,
  key: AccountKey,
): Promise<Outcome<{ plans: OwnPlan[] }, 'not-found'>> => {
  const own = await ownAccount(parts, call, key);
  if (!own.ok) return own;
  const { head } = own.value.loaded.account;
  const asked = await Promise.all(waitingIn(head).map((id) => askedPlan(parts, call, key, id)));
  return done({ plans: [...runningIn(head), ...asked.flat()] });
};

const runningIn = ({ dunning: { plan } }: AccountHead): OwnPlan[] =>
  plan === undefined
    ? []
    : [
        {
          ...{ plan: plan.id, is: 'agreed', currency: plan.currency, answeredBy: null },
          instalments: plan.instalments.map(({ on, amount }) => ({ on, amount })),
          items: plan.items.map(({ itemId }) => itemId),
        },
      ];

const askedPlan = async (
  parts: PortalStores,
  call: OwnCall,
  key: AccountKey,
  taskId: string,
): Promise<OwnPlan[]> => {
  const paper = await askedPaper(parts, call, key, taskId);
  if (paper?.askedBy !== 'customer') return [];
  const { currency, instalments, itemIds } = paper.plan;
  const plan = taskId.slice(taskOfPlan('').length);
  return [{ plan, is: 'asked', currency, answeredBy: paper.task.dueOn, instalments, items: itemIds }];
};
