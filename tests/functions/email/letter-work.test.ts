/**
 * A step that asks for a letter: the letter is kept as it was drawn, and somebody is told to print and post it, once (R30).
 * From: a final notice on in-memory ports. Next: the clerk's list; the file is at `…/messages/{message}/files`.
 */
import { expect, it } from 'vitest';
import { downloadMessageFile, readMessage } from '../../../functions/email/list-messages.ts';
import { addDays, type Day } from '../../../shared/domain/calendar.ts';
import type { Duty } from '../../../shared/domain/policy.ts';
import type { FrameOf } from '../../../shared/edge/read-dunning-frame.ts';
import { everything as scope } from '../../support/test-edge.ts';
import { remindedAt } from '../../support/dunning-examples.ts';
import { appendTo, companyId, contact, createMailWorld, factsIn, headOf } from './mail-world.ts';
import { lateItem, open, plan, run, today } from './mail-world.ts';

const withHolidays =
  (frameOf: FrameOf, holidays: readonly Day[]): FrameOf =>
  async (...asked) => {
    const frame = await frameOf(...asked);
    return frame && { ...frame, calendar: { ...frame.calendar, holidays: new Set(holidays) } };
  };

const key = { companyId, accountId: 'north' };
const treatment = { policyId: 'standard' };

const sentAt = async (daysLate: number, stage: number, released: readonly Duty[], holidays: Day[] = []) => {
  const world = await createMailWorld();
  // days off of the company, not of whoever gets the mail
  const parts = { ...world.parts, frameOf: withHolidays(world.parts.frameOf, holidays) };
  const item = { ...lateItem('north', 1, daysLate), ...remindedAt(stage, 10) };
  await open(world, 'north', [item], contact('ap@north.example', { treatment }));
  const messageId = await plan(world, 'north');
  for (const as of released)
    await appendTo(world, 'north', [{ kind: 'messageReleased', messageId, as, by: 'u:crm', on: today }]);
  for (let time = 0; time < 2; time += 1) await run({ ...world, parts }, 'north', messageId);
  expect(world.mailer.accepted).toHaveLength(1);
  return { world, messageId };
};

it('a final notice with a letter is posted by somebody, told once, with the sum; the letter is kept', async () => {
  const { world, messageId } = await sentAt(50, 6, ['creditManager']);
  const asked = (await factsIn(world, 'north')).flatMap((fact) =>
    fact.kind === 'taskCreated' && fact.task.act === 'postLetter' ? [fact.task] : [],
  );
  expect(asked).toMatchObject([
    { id: `task:${messageId}:postLetter`, does: ['arClerk'], sums: { EUR: 50_000 } },
  ]);
  expect((await headOf(world, 'north')).dunning.tasks).toMatchObject([{ act: 'postLetter' }]);
  expect(await world.accounts.paper(scope, key, asked[0]!.id)).toEqual({ task: asked[0] });
  const message = await readMessage(world.parts, { ...key, messageId }, scope);
  const files = message.ok ? message.value.files : [];
  const at = files.findIndex(({ name }) => name.endsWith('.pdf'));
  expect(at).toBeGreaterThanOrEqual(0);
  const file = await downloadMessageFile(world.parts, { ...key, messageId, file: at + 1 }, scope);
  expect(file).toMatchObject({ ok: true, value: { contentType: 'application/pdf' } });
});

it.each([
  ['on a business day is for the same day', [], today],
  ['on a day off of the company is for its next business day', [today, addDays(today, 1)], addDays(today, 2)],
  ['before a weekend is not for the weekend', [0, 1, 2, 3].map((n) => addDays(today, n)), addDays(today, 6)],
])('a letter sent %s', async (_what, holidays, dueOn) => {
  const { world } = await sentAt(50, 6, ['creditManager'], holidays);
  expect((await headOf(world, 'north')).dunning.tasks).toMatchObject([{ act: 'postLetter', dueOn }]);
});

it('a mail without one asks nobody', async () => {
  const { world } = await sentAt(12, 2, []);
  expect((await headOf(world, 'north')).dunning.tasks ?? []).toEqual([]);
});
