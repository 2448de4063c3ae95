/**
 * A month of dunning in the journal of an account: each stage once, in order, whatever ticks; a replay says the same.
 * From: fast-check. Next: the invariants of dunning, as nights and simulations check them.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Account } from '../../shared/domain/account.ts';
import { isBusinessDay } from '../../shared/domain/business-days.ts';
import { addDays, instantFromText, type Day } from '../../shared/domain/calendar.ts';
import { decidePlan } from '../../shared/domain/decide-plan.ts';
import { appendTo, replay, type Entry } from '../../shared/domain/entry.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { checkDunning, checkDunningJournal } from '../../shared/domain/invariants-dunning.ts';
import { claimMessage, noteSent, withholdMessage } from '../../shared/domain/message-life.ts';
import { linesOf } from '../../shared/domain/timeline-words.ts';
import { hashOfContent } from '../../shared/azure/entry-hash.ts';
import { key } from '../support/account-examples.ts';
import { accountOf, frameOn, inputOf, late, today, week } from '../support/dunning-examples.ts';

/** An account with the entries written since. */
type Kept = { account: Account; entries: Entry[] };

const keep = (kept: Kept, facts: readonly Fact[], on: Day): void => {
  if (facts.length === 0) return;
  const id = String(kept.entries.length);
  const change = {
    at: instantFromText(`${on}T06:30:00Z`),
    actor: { kind: 'job', id: 'test' },
    cause: { kind: 'tick', id },
    facts,
  } as const;
  const append = appendTo(kept.account, change, hashOfContent);
  kept.entries.push(append.entry);
  kept.account = append.account;
};

const ok = (decision: { ok: boolean; value?: readonly Fact[] }): readonly Fact[] => {
  if (!decision.ok || decision.value === undefined) throw new Error(JSON.stringify(decision));
  return decision.value;
};

/** One look; what needs nobody is sent at once, what needs somebody is not released. */
const look = (kept: Kept, on: Day, policy: string): void => {
  const facts = decidePlan(kept.account, inputOf(kept.account, { policy }), frameOn(on));
  keep(kept, facts, on);
  const message = facts.flatMap((fact) => (fact.kind === 'messagePlanned' ? [fact.message] : []))[0];
  if (message === undefined) return;
  const messageId = message.id;
  if (message.needs.length > 0)
    return keep(
      kept,
      ok(withholdMessage(kept.account, { messageId, reasons: ['approval-waiting'], on })),
      on,
    );
  keep(kept, ok(claimMessage(kept.account, { messageId, operationId: messageId, at: on, on })), on);
  keep(kept, ok(noteSent(kept.account, message, on)), on);
};

const month = Array.from({ length: 30 }, (_, day) => addDays(today, day)).filter((on) =>
  isBusinessDay(on, week),
);
const anyItem = fc.record({
  cents: fc.integer({ min: 3_000, max: 300_000 }),
  days: fc.integer({ min: -10, max: 60 }),
});

it('a month on autopilot: each stage once, in order, one message a day, the same however often it ticks', () => {
  fc.assert(
    fc.property(
      fc.array(anyItem, { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 2, max: 3 }),
      fc.constantFrom('standard', 'small', 'watch', 'public'),
      (items, ticks, policy) => {
        const before = accountOf(...items.map(({ cents, days }, at) => late(`i${at}`, cents, days)));
        const [once, often] = [1, ticks].map((times): Kept => {
          const kept: Kept = { account: before, entries: [] };
          for (const on of month) for (let tick = 0; tick < times; tick += 1) look(kept, on, policy);
          return kept;
        });
        expect(checkDunningJournal(often!.entries)).toEqual([]);
        expect(checkDunning(often!.account.head, often!.account.items.values())).toEqual([]);
        const daysSent = ({ entries }: Kept): string[] =>
          entries.flatMap(({ facts }) =>
            facts.filter(({ kind }) => kind === 'messageSent').map((fact) => fact.on),
          );
        expect(new Set(daysSent(often!)).size).toBe(daysSent(often!).length);
        expect(daysSent(often!)).toEqual(daysSent(once!));
        for (const entry of often!.entries)
          for (const { text } of linesOf(entry)) expect(text.length).toBeGreaterThan(3);
      },
    ),
    { numRuns: 30 },
  );
}, 60_000);

it('nothing softer follows a decision when another policy takes over', () => {
  const reminded = { policyId: 'key', tone: 'firm', on: addDays(today, -20) } as const;
  const kept: Kept = { account: accountOf({ ...late('a', 2_000_000, 65), stage: 7, reminded }), entries: [] };
  look(kept, today, 'key');
  expect(kept.account.items.get('a')).toMatchObject({ stage: 8, reminded: { tone: 'final' } });
  for (const days of [7, 14, 21]) look(kept, addDays(today, days), 'watch');
  const kinds = kept.entries.flatMap(({ facts }) => facts.map(({ kind }) => kind));
  expect(kinds).not.toContain('messagePlanned');
});

it('a stage carried twice, a stage taken back and two messages at once are found', () => {
  const carried = (stage: number, by: string): Fact => ({
    ...{ kind: 'itemsCarried', by, policyId: 'standard', items: [{ itemId: 'a', stage }], on: today },
  });
  const claimed = (messageId: string): Fact => ({
    kind: 'messageClaimed',
    messageId,
    operationId: 'o',
    at: today,
    on: today,
  });
  const found = (...facts: Fact[]) =>
    checkDunningJournal([{ version: 1, facts }]).map(({ invariant }) => invariant);
  expect(found(carried(3, 'm1'), carried(3, 'm2'))).toEqual(['D1']);
  expect(found(carried(3, 'm1'), carried(2, 'm2'))).toEqual(['D6']);
  expect(found(claimed('m1'), claimed('m2'))).toEqual(['D7']);
  expect(
    found(
      carried(3, 'm1'),
      { kind: 'carryingUndone', by: 'm1', itemIds: ['a'], on: today },
      carried(3, 'm2'),
    ),
  ).toEqual([]);
});

it('an account is what its journal of dunning says', () => {
  const posted: Fact = { kind: 'masterDataNoted', masterData: 'contact:x', on: today };
  const [first] = [
    appendTo(
      replay(key, []),
      {
        at: instantFromText('2026-06-16T06:00:00Z'),
        actor: { kind: 'job', id: 't' },
        cause: { kind: 't', id: '1' },
        facts: [posted],
      },
      hashOfContent,
    ),
  ];
  const on = today;
  const facts: Fact[] = [
    { kind: 'policyChosen', policy: { id: 'standard', rule: 'by-hand', on }, on },
    { kind: 'contactMade', contact: { on, by: 'person', channel: 'call', isTalk: true }, on },
    { kind: 'reviewPlanned', nextReviewAt: '2026-06-17T06:30:00Z', on },
    { kind: 'reviewPlanned', on },
  ];
  const second = appendTo(
    first.account,
    {
      at: instantFromText('2026-06-16T06:01:00Z'),
      actor: { kind: 'job', id: 't' },
      cause: { kind: 't', id: '2' },
      facts,
    },
    hashOfContent,
  );
  expect(replay(key, [first.entry, second.entry]).head).toEqual(second.account.head);
  expect(second.account.head.nextReviewAt).toBeUndefined();
});
