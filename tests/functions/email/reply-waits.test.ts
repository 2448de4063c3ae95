/**
 * A reply nobody handled pauses its account for at most three business days; then it is on the manager's list, the oldest
 * first, until somebody handles it (R31).
 * From: a mail as it came in, on in-memory ports. Next: the rows of the worklist, the team as a credit manager sees it.
 */
import { expect, it } from 'vitest';
import { keepRows } from '../../../functions/collections/keep-rows.ts';
import { readTeam } from '../../../functions/collections/read-team.ts';
import { worklistFrames } from '../../../functions/collections/worklist-frame.ts';
import { applyInbound } from '../../../functions/email/apply-inbound.ts';
import { handleReply } from '../../../functions/email/handle-reply.ts';
import { keepInbound } from '../../../functions/email/keep-inbound.ts';
import { replyIdOf } from '../../../functions/email/note-reply.ts';
import type { InboundMailMessage } from '../../../shared/contracts/mail-events.ts';
import { instantFromText, type Day } from '../../../shared/domain/calendar.ts';
import { memoryReferences } from '../../support/memory/reference-store.ts';
import { memoryWorklist } from '../../support/memory/worklist-store.ts';
import { everything } from '../../support/test-edge.ts';
import { companyId, createMailWorld, headOf, lateItem, open, plan, run, tuesday } from './mail-world.ts';

const key = { companyId, accountId: 'north' };
const morningOf = (on: string) => instantFromText(`${on}T07:00:00Z`);

const started = async () => {
  const world = await createMailWorld();
  await open(world, 'north', [lateItem('north', 1, 5)]);
  await run(world, 'north', await plan(world, 'north'));
  const { settings, accounts } = world;
  const [references, worklist] = [memoryReferences(), memoryWorklist()];
  const calendarOf = async () => ({ weekend: [6, 7], holidays: new Set<Day>() });
  const owedBy = async () => ({});
  const rowsOf = worklistFrames({ settings, references, calendarOf, owedBy });
  const desk = { settings, accounts, references, worklist, calendarOf, owedBy, rowsOf };
  const hear = async (on: string): Promise<void> => {
    const entries = await accounts.entries(everything, key, { afterVersion: 0, limit: 500 });
    const events = entries.map(({ version, at, facts }) => ({
      ...{ v: 1 as const, ...key, version, at, kinds: facts.map(({ kind }) => kind) },
    }));
    await keepRows(events, { scope: everything, now: morningOf(on) }, desk);
  };
  const managersList = async (on: string) => {
    const call = { scope: everything, now: morningOf(on), by: 'tenant:manager' };
    const team = await readTeam(desk, companyId, call);
    if (!team.ok) throw new Error(team.code);
    return team.value.late.filter(({ kind }) => kind === 'reply');
  };
  return { world, hear, managersList };
};

const replyTo = async ({ world }: Awaited<ReturnType<typeof started>>): Promise<string> => {
  const recipient = world.mailer.accepted[0]!.mail.replyTo[0]!.address;
  const lines = ['From: Kim Ap <ap@north.example>', `To: ${recipient}`, 'Subject: Re: your reminder'];
  const bytes = Buffer.from([...lines, 'Content-Type: text/plain', '', 'Which order is this?'].join('\r\n'));
  const call = { now: tuesday, scope: everything };
  const kept = await keepInbound(world.parts, { bytes, recipient }, call);
  if (!kept.ok) throw new Error(kept.detail);
  for (const { body } of world.sender.sent.get('inbound-mails') ?? [])
    for (let time = 1; time <= 2; time += 1)
      await applyInbound(world.parts, body as InboundMailMessage, call);
  return replyIdOf(kept.value);
};

it('pauses the account until Friday’s end and is on the manager’s list on Monday', async () => {
  const started_ = await started();
  const { world, hear, managersList } = started_;
  await replyTo(started_);
  await hear('2026-06-16');
  for (const on of ['2026-06-16', '2026-06-17', '2026-06-18', '2026-06-19'])
    expect(await managersList(on), on).toEqual([]);
  expect((await headOf(world, 'north')).holds).toMatchObject([
    { code: 'reply-waiting', untilOn: '2026-06-19' },
  ]);
  const late = await managersList('2026-06-22');
  expect(late.length).toBeGreaterThan(0);
  for (const one of late)
    expect(one).toMatchObject({ account: 'north', on: '2026-06-16', businessDaysLate: 4 });
});

it('is off the list once somebody handled it', async () => {
  const started_ = await started();
  const { world, hear, managersList } = started_;
  const id = await replyTo(started_);
  await hear('2026-06-16');
  expect(await managersList('2026-06-22')).not.toEqual([]);
  const desk = { scope: everything, now: morningOf('2026-06-22'), callerId: 'tenant:col', requestId: 'r' };
  expect(await handleReply(world.parts, key, id, desk)).toMatchObject({ ok: true });
  await hear('2026-06-22');
  expect(await managersList('2026-06-22')).toEqual([]);
});
