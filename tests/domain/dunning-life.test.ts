/**
 * From plan to sent: nothing twice, nothing stale, the gate says why not.
 * From: invented accounts, decisions and facts. Next: the mail workflow does the same on stores.
 */
import { describe, expect, it } from 'vitest';
import type { Account } from '../../shared/domain/account.ts';
import { addDays, instantFromText } from '../../shared/domain/calendar.ts';
import { previewAccount } from '../../shared/domain/decide-plan.ts';
import { passGate, type GateAnswer } from '../../shared/domain/dunning-gate.ts';
import type { PlannedMessage } from '../../shared/domain/dunning-facts.ts';
import { evolve } from '../../shared/domain/evolve.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import {
  carryOn,
  claimMessage,
  itemsToCarry,
  noteInDoubt,
  noteNotArrived,
  noteSent,
  releaseMessage,
  withholdMessage,
} from '../../shared/domain/message-life.ts';
import { reduceItem } from '../../shared/domain/reduce-item.ts';
import { factsOf, money } from '../support/account-examples.ts';
import {
  accountOf,
  dayOf,
  frameOn,
  inputOf,
  late,
  planned,
  remindedAt,
  today,
} from '../support/dunning-examples.ts';

const messageIn = (facts: readonly Fact[]): PlannedMessage | undefined =>
  facts.flatMap((fact) => (fact.kind === 'messagePlanned' ? [fact.message] : []))[0];

const start = (...items: ReturnType<typeof late>[]): { account: Account; message: PlannedMessage } => {
  const before = accountOf(...items);
  const facts = planned(before);
  return { account: evolve(before, facts), message: messageIn(facts)! };
};
const paid = (account: Account, itemId: string, amount: number): Account =>
  evolve(
    account,
    factsOf(
      reduceItem(account, {
        itemId,
        changeId: `pay:${itemId}`,
        by: 'payment',
        amount: money(amount),
        on: today,
      }),
    ),
  );
const ask = (account: Account, message: PlannedMessage, frame = frameOn(), payer = {}): GateAnswer =>
  passGate(message, { ...inputOf(account, { payer }), items: [...account.items.values()] }, frame);
const ok = (decision: { ok: boolean; value?: readonly Fact[] }): readonly Fact[] => {
  if (!decision.ok || decision.value === undefined) throw new Error(JSON.stringify(decision));
  return decision.value;
};

describe('a look at an account', () => {
  it('again writes nothing, and the preview is what the run does (D3, D16)', () => {
    const { account, message } = start(late('a', 50_000, 4));
    const preview = previewAccount(inputOf(accountOf(late('a', 50_000, 4))), frameOn());
    expect(preview.steps[0]?.items).toEqual(message.items);
    expect(preview.inputs).toBe(message.inputs);
    const second = planned(account).filter(({ kind }) => kind === 'messagePlanned' || kind === 'taskCreated');
    expect(second).toEqual([]);
    expect(planned(evolve(account, planned(account)))).toEqual([]);
  });

  it('keeps every reason with its item, and none once it is over', () => {
    const account = accountOf(late('a', 50_000, 4, { erpBlock: 'X' }));
    const facts = planned(account);
    expect(facts).toContainEqual(
      expect.objectContaining({
        kind: 'reminderWithheld',
        items: [{ itemId: 'a', reason: 'erp-dunning-block' }],
      }),
    );
    const after = evolve(account, facts);
    expect(after.head.dunning.withheld?.reasons).toEqual({ 'erp-dunning-block': 1 });
    const free = evolve(after, [
      { kind: 'itemAmended', itemId: 'a', amendment: { emptied: ['erpBlock'] }, on: today },
    ]);
    expect(planned(free).map(({ kind }) => kind)).toContain('reminderFree');
  });

  it('makes a task of what somebody is to do, once', () => {
    const account = accountOf(late('a', 50_000, 4), late('p', -60_000, 4, { kind: 'paymentOnAccount' }));
    const facts = planned(account);
    expect(facts).toContainEqual(
      expect.objectContaining({
        kind: 'taskCreated',
        task: expect.objectContaining({ act: 'allocateCash' }) as unknown,
      }),
    );
    expect(
      planned(evolve(account, facts), { frame: frameOn(addDays(today, 1)) }).some(
        ({ kind }) => kind === 'taskCreated',
      ),
    ).toBe(false);
  });
});

describe('the gate', () => {
  it('lets go what is as it was planned', () => {
    const { account, message } = start(late('a', 50_000, 4));
    expect(ask(account, message)).toEqual({ is: 'send' });
  });

  it('an account that paid one second before the run gets nothing, and shows why', () => {
    const { account, message } = start(late('a', 50_000, 4));
    expect(ask(paid(account, 'a', 50_000), message)).toEqual({ is: 'withhold', reasons: ['paid'] });
  });

  it('one of two paid: it is planned anew with what is left', () => {
    const { account, message } = start(late('a', 50_000, 4), late('b', 60_000, 4));
    const answer = ask(paid(account, 'a', 50_000), message);
    expect(answer).toMatchObject({
      is: 'replan',
      reasons: ['paid'],
      message: { id: message.id, sums: { EUR: 60_000 } },
    });
  });

  it.each<[string, (account: Account) => Account, string]>([
    [
      'promised',
      (one) =>
        evolve(one, [
          {
            kind: 'partHeld',
            itemId: 'a',
            part: { id: 'p', code: 'promised', amount: money(50_000), untilOn: addDays(today, 3) },
            on: today,
          },
        ]),
      'promised',
    ],
    [
      'disputed',
      (one) =>
        evolve(one, [
          {
            kind: 'partHeld',
            itemId: 'a',
            part: { id: 'd', code: 'disputed', amount: money(50_000) },
            on: today,
          },
          {
            ...{ kind: 'disputeStands', disputeId: 'd', on: today },
            stands: {
              ...{ id: 'd', code: 'PRICE', state: 'opened', owner: 'u:pricing', currency: 'EUR' },
              held: money(50_000),
            },
          },
        ]),
      'disputed',
    ],
    [
      'held',
      (one) =>
        evolve(one, [
          { kind: 'holdPlaced', hold: { id: 'h', code: 'says-paid', placedOn: today }, on: today },
        ]),
      'says-paid',
    ],
  ])('%s since: withheld', (_name, change, reason) => {
    const { account, message } = start(late('a', 50_000, 4));
    expect(ask(change(account), message)).toEqual({ is: 'withhold', reasons: [reason] });
  });

  it.each(['feed-stale', 'cash-stale', 'reconciliation-red', 'stop-all'] as const)(
    '%s: withheld',
    (block) => {
      const { account, message } = start(late('a', 50_000, 4));
      expect(ask(account, message, frameOn(today, { blocks: [block] }))).toEqual({
        is: 'withhold',
        reasons: [block],
      });
    },
  );

  it('a barred address: withheld; 20:30 at the recipient: waits until eight', () => {
    const { account, message } = start(late('a', 50_000, 4));
    expect(ask(account, message, frameOn(), { contactProblem: 'suppressed' })).toEqual({
      is: 'withhold',
      reasons: ['suppressed'],
    });
    const evening = frameOn(today, { now: instantFromText('2026-06-16T18:30:00Z') });
    expect(ask(account, message, evening)).toEqual({
      is: 'wait',
      reason: 'quiet-hours',
      until: '2026-06-17T06:00:00Z',
    });
  });

  it('another message, or one claimed before, is gone', () => {
    const { account, message } = start(late('a', 50_000, 4));
    const claimed = evolve(
      account,
      ok(claimMessage(account, { messageId: message.id, operationId: 'o', at: 'x', on: today })),
    );
    expect(ask(claimed, message)).toEqual({ is: 'gone' });
    expect(ask(account, { ...message, digest: 'other' })).toEqual({ is: 'gone' });
  });
});

describe('the life of a message', () => {
  const claim = { operationId: 'o1', at: '2026-06-16T07:00:00Z', on: today };
  it('a final notice goes out only once somebody with the duty released it', () => {
    const { account, message } = start(late('a', 90_000, 50, remindedAt(6, 9)));
    expect(claimMessage(account, { ...claim, messageId: message.id }).ok).toBe(false);
    expect(ask(account, message)).toEqual({ is: 'wait', reason: 'approval-waiting' });
    expect(releaseMessage(account, { messageId: message.id, as: 'collector', by: 'u', on: today }).ok).toBe(
      false,
    );
    const released = evolve(
      account,
      ok(releaseMessage(account, { messageId: message.id, as: 'creditManager', by: 'u', on: today })),
    );
    expect(ask(released, message)).toEqual({ is: 'send' });
  });

  it('claimed twice under one operation is once; in doubt nothing is planned, and a person ends it', () => {
    const { account, message } = start(late('a', 50_000, 4));
    const claimed = evolve(account, ok(claimMessage(account, { ...claim, messageId: message.id })));
    expect(ok(claimMessage(claimed, { ...claim, messageId: message.id }))).toEqual([]);
    const doubt = evolve(claimed, ok(noteInDoubt(claimed, { messageId: message.id, on: today })));
    expect(planned(doubt, { frame: frameOn(addDays(today, 1)) })).toContainEqual(
      expect.objectContaining({ account: ['in-doubt'] }),
    );
    const ended = evolve(
      doubt,
      ok(withholdMessage(doubt, { messageId: message.id, reasons: ['in-doubt'], on: today })),
    );
    expect(ended.head.dunning.message).toBeUndefined();
  });

  it('what bounced does not count: the item stands where it stood', () => {
    const before = accountOf(late('a', 50_000, 12, remindedAt(2, 8)));
    const { account, facts } = dayOf(before, today);
    expect(account.items.get('a')?.stage).toBe(3);
    const back = evolve(account, noteNotArrived(account, messageIn(facts)!, today));
    expect(back.items.get('a')?.stage).toBe(2);
    expect(noteNotArrived(back, messageIn(facts)!, today)).toEqual([]);
  });

  it('200 items are carried in several entries, each once, and nothing is planned meanwhile', () => {
    const items = Array.from({ length: 200 }, (_, at) => late(`i${String(at).padStart(3, '0')}`, 5_000, 4));
    const { account, message } = start(...items);
    let now = evolve(account, ok(claimMessage(account, { ...claim, messageId: message.id })));
    now = evolve(now, ok(noteSent(now, message, today)));
    expect(itemsToCarry(now, message)).toHaveLength(90);
    expect(messageIn(planned(now, { frame: frameOn(addDays(today, 8)) }))).toBeUndefined();
    for (let round = 0; round < 3; round += 1) {
      const facts = ok(carryOn(now, message, today));
      if (facts.length > 0) now = evolve(now, facts);
    }
    expect([...now.items.values()].every(({ stage }) => stage === 2)).toBe(true);
    expect(now.head.dunning.message).toBeUndefined();
  });
});
