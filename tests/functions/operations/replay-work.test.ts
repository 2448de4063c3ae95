/**
 * Failed work goes out again when one person asked and another agreed: once, wherever the process dies.
 */
import { describe, expect, it } from 'vitest';
import { agreeToReplay, askForReplay, sendApproved } from '../../../functions/operations/replay-work.ts';
import { collectDeadLetters } from '../../../functions/operations/collect-dead-letters.ts';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import { parkedId, replayIdOf, type ParkedWork } from '../../../shared/domain/parked-work.ts';
import type { DeadLetter, DeadLetterStore } from '../../../shared/ports/dead-letter-store.ts';
import { crashAt, gateOf, withFaults } from '../../support/faults.ts';
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

  it('cannot send what came from a change feed, has no body, or is not there', async () => {
    const feed = { source: 'ledger (relay-entries)' };
    const { parked } = await parkedWith(feed);
    const id = parkedId({ ...work, ...feed });
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
    const ports = { parked: withFaults(parked, gate, 'parked'), sender: withFaults(sender, gate, 'sender') };
    try {
      await sendApproved(approved, everything, ports, sha256);
    } catch (fault) {
      if (!gate.isDead) throw fault;
      gate.restart();
    }
    await sendApproved(approved, everything, ports, sha256);
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

describe('dead letters', () => {
  const letter: DeadLetter = {
    ...{ id: 'm1', body: '{"companyId":"acme"}', deliveries: 5, reason: 'MaxDeliveryCountExceeded' },
  };
  /** One queue holds one letter until it was kept. */
  const letters = (source: string): DeadLetterStore & { left: () => number } => {
    const waiting = [letter];
    return {
      left: () => waiting.length,
      take: async (_scope, from, _limit, keep) => {
        if (from !== source || waiting.length === 0) return 0;
        await keep(waiting[0]!);
        waiting.shift();
        return 1;
      },
    };
  };
  const call = { now: tenOClock, scope: everything };

  it.each(['account-postings', 'ar-events/reporting'])('of %s are shown as failed work', async (source) => {
    const parked = memoryParkedWork();
    expect(await collectDeadLetters('work', call, { deadLetters: letters(source), parked })).toBe(1);
    expect((await parked.list(everything, 'acme', { limit: 9 })).work).toMatchObject([
      { source, workId: 'm1', code: 'delivery-gave-up', attempts: 5, detail: letter.reason },
    ]);
  });

  it('stay where they are when they cannot be kept', async () => {
    const deadLetters = letters('ticks');
    const gate = crashAt(1, 'before');
    const parked = withFaults(memoryParkedWork(), gate, 'parked');
    await expect(collectDeadLetters('work', call, { deadLetters, parked })).rejects.toThrow('crashed');
    expect(deadLetters.left()).toBe(1);
  });
});
