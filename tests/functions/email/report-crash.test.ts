/**
 * A delivery report is worked by a process that dies before or after each of its effects, and comes again: what follows from
 * it is written once, and a reply to the mail finds its account.
 */
import { describe, expect, it } from 'vitest';
import { applyReport } from '../../../functions/email/apply-report.ts';
import { deliveryReport } from '../../../shared/contracts/mail-events.ts';
import { Crash, crashAt, gateOf, type Gate } from '../../support/faults.ts';
import { everything as scope } from '../../support/test-edge.ts';
import { createMailWorld, factsIn, headOf, lateItem, open, plan, run, tuesday } from './mail-world.ts';
import { sentPaperOf } from './papers.ts';

const reported = async (gate: Gate, status: string) => {
  const world = await createMailWorld({ gate });
  await open(world, 'north', [lateItem('north', 1, 5)]);
  const id = await plan(world, 'north');
  await run(world, 'north', id);
  const sentCalls = gate.calls.length;
  const report = deliveryReport.parse({
    ...{ id: 'event-1', eventType: 'Microsoft.Communication.EmailDeliveryReportReceived' },
    data: {
      ...{ recipient: 'ap@north.example', messageId: world.mailer.posts[0], status },
      internetMessageId: '<m1@dunwell.example>',
      deliveryAttemptTimestamp: '2026-06-16T08:01:00+00:00',
    },
  });
  const call = { now: tuesday.add({ minutes: 2 }), scope };
  const hear = () =>
    applyReport(world.parts, report, call).catch((fault: unknown) => {
      if (!(fault instanceof Crash)) throw fault;
      gate.restart();
    });
  await hear();
  const heardCalls = gate.calls.length;
  await hear();
  const again = await applyReport(world.parts, report, call);
  return { world, id, sentCalls, heardCalls, again };
};

describe.each(['Delivered', 'Bounced', 'FilteredSpam'])('a report of %s', (status) => {
  it.each(['before', 'after'] as const)('counts once when its process dies %s any effect', async (when) => {
    const whole = gateOf();
    const { sentCalls, heardCalls } = await reported(whole, status);
    expect(heardCalls).toBeGreaterThan(sentCalls);
    for (let number = sentCalls + 1; number <= heardCalls; number += 1) {
      const { world, id, again } = await reported(crashAt(number, when), status);
      expect(again).toEqual({ ok: true, value: 'known' });
      const facts = await factsIn(world, 'north');
      expect(facts.filter(({ kind }) => kind === 'messageReported')).toHaveLength(1);
      expect((await sentPaperOf(world, 'north', id)).reports).toHaveLength(1);
      const tasks = (await headOf(world, 'north')).dunning.tasks ?? [];
      expect(tasks.length).toBe({ Delivered: 0, Bounced: 1, FilteredSpam: 2 }[status]);
      const place = await world.inbox.placeByEvents(scope, 'internet:m1@dunwell.example');
      expect(place).toMatchObject({ accountId: 'north', messageId: id });
    }
  });
});
