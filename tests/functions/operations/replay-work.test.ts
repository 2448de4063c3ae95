/**
 * Failed work goes out again when one person asked and another agreed: once, wherever the process dies.
 */
import { describe, expect, it } from 'vitest';
import { agreeToReplay, askForReplay, sendApproved } from '../../../functions/operations/replay-work.ts';
import { collectDeadLetters } from '../../../functions/operations/collect-dead-letters.ts';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import { grantsOf, topology } from '../../../shared/contracts/topology.ts';
import { deadLettersLatestMs } from '../../../shared/domain/attention.ts';
import { parkedId, replayIdOf, type ParkedWork } from '../../../shared/domain/parked-work.ts';
import type { DeadLetter } from '../../../shared/ports/dead-letter-store.ts';
import { crashAt, gateOf, withFaults } from '../../support/faults.ts';
import { memoryDeadLetters, type MemoryDeadLetters } from '../../support/memory/dead-letter-store.ts';
import { memorySender } from '../../support/memory/message-sender.ts';
import { memoryParkedWork } from '../../support/memory/parked-work-store.ts';
import { everything, tenOClock } from '../../support/test-edge.ts';

const work: ParkedWork = {
  ...{ companyId: 'acme', source: 'account-postings', workId: 'part-1', code: 'kept-failing', detail: 'x' },
  ...{ body: '{"v":1,"part":"p1"}', attempts: 8, parkedAt: '2026-11-22T09:00:00Z' },
};
const named = { company: 'acme', id: parkedId(work) };
const by = (person: string) => ({ scope: everything, by: person, at: '2026-11-22T10:00:00Z' });
const asked = { ...named, reason: 'the store is back' };
const approved = [{ companyId: 'acme', id: named.id, state: 'approved' }];

const parkedWith = async (more: Partial<ParkedWork> = {}) => {
  const parked = memoryParkedWork();
  await parked.park(everything, { ...work, ...more });
  return { parked, sender: memorySender() };
};

const call = { scope: everything, at: '2026-11-22T10:05:00Z' };

const codeOf = async (outcome: Promise<{ ok: boolean; code?: string }>) => (await outcome).code ?? 'done';

describe('two people', () => {
  it('are needed: who asked cannot agree, and nobody agrees to what nobody asked', async () => {
    const { parked } = await parkedWith();
    expect(await codeOf(agreeToReplay(named, by('bea'), parked))).toBe('not-approved');
    await askForReplay(asked, by('ann'), parked);
    expect(await codeOf(agreeToReplay(named, by('ann'), parked))).toBe('same-person');
    expect(await codeOf(agreeToReplay(named, by('bea'), parked))).toBe('done');
    expect(await codeOf(agreeToReplay(named, by('bea'), parked))).toBe('done');
    expect(await codeOf(agreeToReplay(named, by('cem'), parked))).toBe('replay-done');
    expect(await codeOf(askForReplay(asked, by('ann'), parked))).toBe('replay-done');
  });

  it('cannot send what has no body, came from nowhere, or is not there', async () => {
    const { parked } = await parkedWith({ source: 'Nowhere' });
    const id = parkedId({ ...work, source: 'Nowhere' });
    expect(await codeOf(askForReplay({ ...asked, id }, by('ann'), parked))).toBe('replay-not-possible');
    const empty = await parkedWith({ body: '' });
    expect(await codeOf(askForReplay(asked, by('ann'), empty.parked))).toBe('replay-not-possible');
    expect(await codeOf(askForReplay({ ...asked, id: 'work:x' }, by('ann'), parked))).toBe('not-found');
  });
});

describe('sending again', () => {
  const sentAgain = async (gate = gateOf()) => {
    const { parked, sender } = await parkedWith({ sessionId: 's1' });
    await askForReplay(asked, by('ann'), parked);
    await agreeToReplay(named, by('bea'), parked);
    const ports = {
      ...{ parked: withFaults(parked, gate, 'parked'), sender: withFaults(sender, gate, 'sender') },
      ...{ hashText: sha256, workAgain: () => Promise.reject(new Error('this came from a queue')) },
    };
    try {
      await sendApproved(approved, call, ports);
    } catch (fault) {
      if (!gate.isDead) throw fault;
      gate.restart();
    }
    await sendApproved(approved, call, ports);
    const kept = (await parked.read(everything, 'acme', named.id))!.work;
    return { sent: sender.sent.get('account-postings'), kept };
  };

  it('keeps who, why and when, and the id it went out as', async () => {
    const { sent, kept } = await sentAgain();
    expect(sent).toEqual([{ id: 'part-1#replay-1', body: { v: 1, part: 'p1' }, sessionId: 's1' }]);
    expect(kept).toMatchObject({
      state: 'replayed',
      replay: { requestedBy: 'ann', approvedBy: 'bea', reason: asked.reason, sentAs: 'part-1#replay-1' },
    });
  });

  it.each(['before', 'after'] as const)('is once when the process dies %s any effect', async (when) => {
    const counting = gateOf();
    const expected = await sentAgain(counting);
    for (let number = 1; number <= counting.calls.length; number += 1)
      expect(await sentAgain(crashAt(number, when))).toEqual(expected);
  });

  it('that fails anew is parked under a name of its own, and can be sent once more', () => {
    expect(replayIdOf('part-1')).toBe('part-1#replay-1');
    expect(replayIdOf('part-1#replay-1')).toBe('part-1#replay-2');
    expect(parkedId({ ...work, workId: 'part-1#replay-1' })).not.toBe(named.id);
  });
});

describe('a document a change feed gave up on', () => {
  const source = 'ledger (relay-entries)';
  const id = parkedId({ ...work, source });
  /** Asked for and agreed to; `workAgain` is what the feed's handler does with it. */
  const followedAgain = async (workAgain: () => Promise<void>, gate = gateOf()) => {
    const { parked, sender } = await parkedWith({ source });
    const shaky = withFaults(parked, gate, 'parked');
    const worked: unknown[] = [];
    const parts = {
      ...{ parked: shaky, sender, hashText: sha256 },
      workAgain: async (from: string, document: Record<string, unknown>) => {
        worked.push([from, document]);
        await workAgain();
      },
    };
    await askForReplay({ ...asked, id }, by('ann'), parked);
    await agreeToReplay({ company: 'acme', id }, by('bea'), parked);
    const changed = [{ companyId: 'acme', id, state: 'approved' }];
    await sendApproved(changed, call, parts).catch((fault: unknown) => {
      if (!gate.isDead) throw fault;
      gate.restart();
    });
    await sendApproved(changed, call, parts);
    return { worked, sender, parked, kept: (await parked.read(everything, 'acme', id))!.work };
  };

  it('goes to its handler once two people said so, with who and why, and to no queue', async () => {
    const { worked, kept, sender } = await followedAgain(async () => undefined);
    expect(worked).toEqual([[source, { v: 1, part: 'p1' }]]);
    expect(kept).toMatchObject({
      ...{ state: 'replayed', replay: { requestedBy: 'ann', approvedBy: 'bea', sentAs: source } },
    });
    expect(sender.sent.size).toBe(0);
  });

  it('that fails again waits for people as before, and keeps who had asked, when and what failed', async () => {
    const { kept, parked } = await followedAgain(() => Promise.reject(new Error('still away')));
    expect(kept).toMatchObject({
      ...{ state: 'parked', attempts: 9 },
      failedReplays: [
        { requestedBy: 'ann', approvedBy: 'bea', failedAt: call.at, fault: 'Error: still away' },
      ],
    });
    expect(kept.replay).toBeUndefined();
    expect((await parked.list(everything, 'acme', { limit: 9 })).work).toHaveLength(1);
    expect(await codeOf(askForReplay({ ...asked, id }, by('ann'), parked))).toBe('done');
  });

  it.each(['before', 'after'] as const)('is done however the process dies %s any effect', async (when) => {
    const counting = gateOf();
    await followedAgain(async () => undefined, counting);
    for (let number = 1; number <= counting.calls.length; number += 1) {
      const { kept, worked } = await followedAgain(async () => undefined, crashAt(number, when));
      expect([kept.state, worked.length > 0]).toEqual(['replayed', true]);
    }
  });
});

describe('dead letters', () => {
  const letter: DeadLetter = {
    ...{ id: 'm1', body: '{"companyId":"acme"}', deliveries: 5, reason: 'MaxDeliveryCountExceeded' },
    sentAt: '2026-11-22T09:10:00Z',
  };
  const lettersOf = (source: string): MemoryDeadLetters => {
    const letters = memoryDeadLetters();
    letters.giveUp(source, letter);
    return letters;
  };
  const tick = { now: tenOClock, scope: everything };

  it.each(['account-postings', 'ar-events/reporting'])('of %s are shown as failed work', async (source) => {
    const parked = memoryParkedWork();
    expect(await collectDeadLetters('work', tick, { deadLetters: lettersOf(source), parked })).toBe(1);
    expect((await parked.list(everything, 'acme', { limit: 9 })).work).toMatchObject([
      { source, workId: 'm1', code: 'delivery-gave-up', attempts: 5, detail: letter.reason },
    ]);
  });

  it('are as old as their messages, so that the alarm of an hour counts from there', async () => {
    const parked = memoryParkedWork();
    await collectDeadLetters('work', tick, { deadLetters: lettersOf('imports'), parked });
    expect(await parked.count(everything, 'acme')).toMatchObject([{ oldestAt: letter.sentAt }]);
  });

  it('stay where they are when they cannot be kept', async () => {
    const deadLetters = lettersOf('ticks');
    const gate = crashAt(1, 'before');
    const parked = withFaults(memoryParkedWork(), gate, 'parked');
    await expect(collectDeadLetters('work', tick, { deadLetters, parked })).rejects.toThrow('crashed');
    expect(deadLetters.left('ticks')).toBe(1);
  });

  it('are looked for often enough for the alarm, with fewer than a thousand looks a day', async () => {
    const deadLetters = memoryDeadLetters();
    await collectDeadLetters('work', tick, { deadLetters, parked: memoryParkedWork() });
    const { everyMinutes } = topology.jobs['collect-dead-letters']!;
    expect(new Set(deadLetters.asked)).toEqual(new Set(grantsOf('work', topology).listens));
    expect(deadLetters.asked.length * (1440 / everyMinutes)).toBeLessThan(1_000);
    expect(everyMinutes * 60_000).toBeLessThanOrEqual(deadLettersLatestMs / 2);
  });
});
