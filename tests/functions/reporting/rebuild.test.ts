/**
 * A projection that was lost, whole or in part, is the same again after a night; what is there is not counted twice.
 */
import { expect, it } from 'vitest';
import { catchUp } from '../../../functions/reporting/catch-up.ts';
import { readKpis } from '../../../functions/reporting/read-kpis.ts';
import { projectEvents } from '../../../functions/reporting/project-events.ts';
import { workTick } from '../../../functions/reporting/work-tick.ts';
import type { ArEvent } from '../../../shared/contracts/messages.ts';
import { kpisQuery } from '../../../shared/contracts/reports.ts';
import { instantFromText, type Day } from '../../../shared/domain/calendar.ts';
import type { Fact } from '../../../shared/domain/facts.ts';
import { postItem } from '../../../shared/domain/post-item.ts';
import { after, factsOf, itemWith, money } from '../../support/account-examples.ts';
import { memoryReports } from '../../support/memory/report-store.ts';
import { everything } from '../../support/test-edge.ts';
import { fillCompany } from './mail-people.ts';
import { agingOn, appendFacts, companyId } from './projection-support.ts';
import { newReportParts } from './report-parts.ts';

const night = { scope: everything, now: instantFromText('2026-04-01T00:05:00Z') };

const newLedger = async () => {
  const made = newReportParts();
  await fillCompany(made.settings);
  const events: ArEvent[] = [];
  for (let n = 1; n <= 130; n += 1) {
    const item = itemWith({
      ...{ id: `item:invoice:${n}`, original: money(n * 100), open: money(n * 100) },
      dueOn: '2026-03-10' as Day,
    });
    events.push(
      ...(await appendFacts(made.world, `a${n}`, '2026-03-02', factsOf(postItem(after(), item)), [item.id])),
    );
    const sent: Fact = { kind: 'noticeSent', messageId: `message:T6:${n}`, on: '2026-03-09' as Day };
    events.push(...(await appendFacts(made.world, `a${n}`, '2026-03-09', [sent])));
  }
  return { ...made, events };
};

const shown = async (parts: Awaited<ReturnType<typeof newLedger>>['parts']) => {
  const aging = await Promise.all(
    (['2026-03-05', '2026-03-31'] as Day[]).map((day) => agingOn(parts as never, day, 'known')),
  );
  const kpis = await readKpis(
    companyId,
    kpisQuery.parse({ asOf: '2026-03-31' }),
    everything,
    night.now,
    parts,
  );
  return { aging, tiles: kpis.ok ? kpis.value : kpis.code };
};

it('a lost projection is rebuilt from the journals by the next night, to the last figure', async () => {
  const { parts, events } = await newLedger();
  await projectEvents(events, everything, parts);
  const before = await shown(parts);
  expect(JSON.stringify(before)).toContain('"noticesSent"');
  const lost = { ...parts, reports: memoryReports() };
  expect(
    (await workTick({ v: 1, job: 'fold-tails', slot: '2026-04-01T00:00:00Z' }, night, lost, lost)).ok,
  ).toBe(true);
  expect(await shown(lost)).toEqual(before);
  expect(await catchUp(companyId, night, lost)).toBe(0);
});

it('what no event told is read; late events, doubled ones and those in any order change nothing then', async () => {
  const { parts, events } = await newLedger();
  await projectEvents(
    events.filter((_, n) => n % 3 === 0),
    everything,
    parts,
  );
  expect(await catchUp(companyId, night, parts)).toBeGreaterThan(50);
  const once = await shown(parts);
  for (const some of [events.toReversed(), events, events.slice(7)])
    await projectEvents(some, everything, parts);
  expect(await shown(parts)).toEqual(once);
  const whole = await newLedger();
  await projectEvents(whole.events, everything, whole.parts);
  expect(once).toEqual(await shown(whole.parts));
});
