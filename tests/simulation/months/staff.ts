/**
 * What people in the house do: release, hold, call, promise for a customer, agree plans, decide cases, handle replies, look up what is
 * in doubt at the mail service, stop everything and let it go on.
 * From: the seed. Next: the staff's workflows.
 */
import { logOutcome } from '../../../functions/collections/log-call.ts';
import { worklistFrames } from '../../../functions/collections/worklist-frame.ts';
import { decideCase } from '../../../functions/disputes/decide-case.ts';
import type { StaffCall } from '../../../functions/dunning/change-by-staff.ts';
import { liftHold, placeHold, saveTreatment } from '../../../functions/dunning/change-standing.ts';
import { recordPromise } from '../../../functions/dunning/keep-promises.ts';
import { releaseMessages, resolveDoubt } from '../../../functions/dunning/release-messages.ts';
import { handleReply } from '../../../functions/email/handle-reply.ts';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import { callBody } from '../../../shared/contracts/calls.ts';
import type { Principal } from '../../../shared/contracts/access.ts';
import { addDays } from '../../../shared/domain/calendar.ts';
import { everything } from '../../support/test-edge.ts';
import { weekdays } from '../../support/weekdays.ts';
import { openItemsOf } from './customers.ts';
import { plansOf } from './plans.ts';
import { companyId, type Month } from './world.ts';

const roles: readonly Principal[] = ['EXE', 'CRM', 'COL'];

export const staffOf = (month: Month) => {
  const { draw, agenda, bus, parts, journal, stores } = month;
  let requests = 0;
  const rowsOf = worklistFrames({
    settings: stores.plain.settings,
    references: stores.plain.references,
    calendarOf: weekdays,
    owedBy: async () => ({}),
  });
  const calls = { ...parts.dunning, rowsOf, hashText: sha256 };

  const ask = (what: string, act: (call: StaffCall) => Promise<unknown>): void => {
    const requestId = `staff-${(requests += 1)}`;
    const times = draw.chance(month.faults().people.again) ? 2 : 1;
    for (let time = 0; time < times; time += 1)
      bus.again(agenda.nowMs() + time * draw.rate(60_000), what, () =>
        act({ ...month.call(), requestId, caller: { id: 'u:ann', principals: roles } }),
      );
  };
  const plans = plansOf(month, ask);
  const headOf = (accountId: string) => journal.of({ companyId, accountId }).account.head;

  const hold = (accountId: string, itemId: string): void => {
    const key = { companyId, accountId };
    const code = draw.pick(['on-hold', 'sales-hold', 'legal'] as const);
    const untilOn = addDays(month.today(), 1 + draw.below(6));
    const body = {
      code,
      reason: 'asked',
      ...(draw.chance(0.7) ? { untilOn } : {}),
      ...(draw.chance(0.5) ? { itemIds: [itemId] } : {}),
    };
    ask('hold', (call) => placeHold(parts.dunning, key, body, call));
  };
  const lift = (accountId: string): void => {
    const [first] = headOf(accountId).holds;
    if (first === undefined || first.code === 'payment-pending') return;
    ask('lift', (call) => liftHold(parts.dunning, { companyId, accountId }, first.id, 'over', call));
  };
  const promise = (accountId: string, itemId: string, open: number): void => {
    const dueOn = addDays(month.today(), 1 + draw.below(14));
    const body = { dueOn, currency: 'EUR', items: [{ itemId, amount: 1 + draw.below(open) }] };
    ask('promise', (call) => recordPromise(parts.dunning, { companyId, accountId }, body, call));
  };
  const log = (accountId: string): void => {
    const code = draw.pick(['voicemail', 'noAnswer', 'busy', 'refuses']);
    const answers = { told: { reason: 'no money' } };
    const body = callBody.parse({ code, durationSeconds: 30, answers });
    ask('call', (call) =>
      logOutcome(calls, { companyId, accountId }, body, { ...call, by: 'u:ann', authority: 'collector' }),
    );
  };
  const treat = (accountId: string): void => {
    const policyId = draw.pick(['standard', 'watch', 'small', 'key', 'public']);
    ask('treat', (call) => saveTreatment(parts.dunning, { companyId, accountId }, { policyId }, call));
  };

  const waitingOf = (accountId: string): void => {
    const { dunning, holds, disputes = [] } = headOf(accountId);
    const { message, notices = [] } = dunning;
    const key = { companyId, accountId };
    if (message?.state === 'awaiting')
      for (const as of message.needs)
        ask('release', (call) =>
          releaseMessages(
            parts.dunning,
            companyId,
            { as, messages: [{ account: accountId, messageId: message.id, digest: message.digest }] },
            call,
          ),
        );
    for (const one of [...(message === undefined ? [] : [message]), ...notices])
      if (one.state === 'inDoubt') {
        const was = month.mails.taken.some(({ operationId }) => operationId === one.operationId)
          ? 'sent'
          : 'not-sent';
        ask('doubt', (call) => resolveDoubt(parts.dunning, key, one.id, was, call));
      }
    for (const { id, code } of holds)
      if (code === 'reply-waiting' && draw.chance(0.5))
        ask('reply handled', ({ requestId, now }) =>
          handleReply(parts.mail, key, id.slice(id.indexOf(':') + 1), {
            scope: everything,
            now,
            callerId: 'u:ann',
            requestId,
          }),
        );
    for (const { id } of disputes) if (draw.chance(0.2)) decide(id);
    plans.approve(accountId);
    plans.end(accountId);
  };
  const decide = (id: string): void => {
    const reason = `because ${(requests += 1)}`;
    ask('decide', ({ now, scope, requestId }) =>
      decideCase(
        ...([
          parts.disputes,
          { now, scope, actor: { kind: 'staff', id: 'u:cfo' }, cause: { kind: 'request', id: requestId } },
        ] as const),
        ...([{ id: 'u:cfo', principals: ['EXE'] }, { company: companyId, case: id }, { reason }] as const),
      ),
    );
  };

  return {
    /** What waits for a person, once a day. */
    desk: async (accountIds: readonly string[]): Promise<void> => accountIds.forEach(waitingOf),
    act: async (accountId: string): Promise<void> => {
      const items = openItemsOf(month, accountId);
      if (items.length === 0) return;
      const item = draw.pick(items);
      draw.pick([
        () => hold(accountId, item.id),
        () => lift(accountId),
        () => lift(accountId),
        () => promise(accountId, item.id, item.open),
        () => log(accountId),
        () => treat(accountId),
        () => plans.agree(accountId),
      ])();
    },
    stop: async (isStopped: boolean): Promise<void> => {
      await month.set('dunning-stop', { isStopped });
      if (isStopped) month.stopped.sinceMs ??= agenda.nowMs();
      else delete month.stopped.sinceMs;
    },
  };
};
