/**
 * A report that went out before its company's book was set back goes to nobody twice, planned again as it is (D17).
 */
import { expect, it } from 'vitest';
import { saveRestore } from '../../../functions/email/restore-mails.ts';
import { sendStaffMail } from '../../../functions/email/send-staff-mail.ts';
import { lookedForName } from '../../../shared/contracts/mail-restore.ts';
import type { StaffMail } from '../../../shared/ports/staff-mail-store.ts';
import { memoryStaffMails } from '../../support/memory/staff-mail-store.ts';
import { everything } from '../../support/test-edge.ts';
import { companyId, createMailWorld, tuesday, type MailWorld } from './mail-world.ts';

const call = { scope: everything, now: tuesday };
const restoredTo = '2026-06-16T07:00:00Z';

const report: StaffMail = {
  ...{ id: 'report:day:u1', companyId, report: 'cashDay', to: 'u1', subject: 'Cash', file: 'reports/1.json' },
  ...{ at: '2026-06-16T06:00:00Z', state: 'planned' },
};
const mail = {
  ...{ from: 'billing@dunwell.example', to: [{ address: 'u1@house.example' }], cc: [], replyTo: [] },
  ...{ subject: 'Cash', html: '<p>1</p>', text: '1', headers: {}, files: [] },
};

const planned = async (world: MailWorld) => {
  const staffMails = memoryStaffMails();
  await staffMails.plan(everything, report);
  await world.documents.write(everything, { companyId, name: report.file }, JSON.stringify(mail));
  return { ...world.parts, staffMails };
};
const send = async (world: MailWorld) =>
  sendStaffMail(await planned(world), { v: 1, companyId, staffMailId: report.id }, call);
const say = (world: MailWorld, state: 'waiting' | 'looking' | 'done', after: number) =>
  saveRestore(
    world.parts,
    companyId,
    { restoredTo, state, reason: 'a lost region', after },
    { ...call, callerId: 'tid:adm' },
  );

it('waits while it is open what went out, then is found to have gone', async () => {
  const world = await createMailWorld();
  expect(await send(world)).toEqual({ ok: true, value: 'sent' });
  await say(world, 'waiting', 0);
  expect(await send(world)).toEqual({ ok: true, value: 'restored' });
  const told = JSON.stringify({ looked: 0, found: 0, at: restoredTo });
  await world.documents.write(everything, { companyId, name: lookedForName(restoredTo) }, told);
  await say(world, 'done', 1);
  expect(await send(world)).toEqual({ ok: true, value: 'sent' });
  expect(world.mailer.accepted).toHaveLength(1);
});

it('goes out where the mail service never had it', async () => {
  const world = await createMailWorld();
  const told = JSON.stringify({ looked: 0, found: 0, at: restoredTo });
  await world.documents.write(everything, { companyId, name: lookedForName(restoredTo) }, told);
  await say(world, 'waiting', 0);
  await say(world, 'done', 1);
  expect(await send(world)).toEqual({ ok: true, value: 'sent' });
  expect(world.mailer.accepted).toHaveLength(1);
});
