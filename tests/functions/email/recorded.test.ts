/**
 * What was sent from an account is recorded by itself: words, recipients, papers, the text with its version, and what
 * became of it at each recipient (R32).
 */
import { expect, it } from 'vitest';
import { applyReport } from '../../../functions/email/apply-report.ts';
import { listMessages, readMessage } from '../../../functions/email/list-messages.ts';
import { everything as scope } from '../../support/test-edge.ts';
import { companyId, createMailWorld, lateItem, open, plan, run, tuesday } from './mail-world.ts';

const key = { companyId, accountId: 'north' };

it('a sent mail stands at its account as it went out, and says when it arrived', async () => {
  const world = await createMailWorld();
  await open(world, 'north', [lateItem('north', 1, 5)]);
  const messageId = await plan(world, 'north');
  await run(world, 'north', messageId);
  const [{ mail } = expect.unreachable()] = world.mailer.accepted;
  await applyReport(
    world.parts,
    {
      ...{ id: 'e1', eventType: 'Microsoft.Communication.EmailDeliveryReportReceived' },
      data: {
        ...{ recipient: 'ap@north.example', messageId: world.mailer.posts[0]!, status: 'Delivered' },
        deliveryAttemptTimestamp: '2026-06-16T08:01:00+00:00',
      },
    },
    { now: tuesday.add({ minutes: 2 }), scope },
  );
  const read = await readMessage(world.parts, { ...key, messageId }, scope);
  expect(read).toMatchObject({
    ok: true,
    value: {
      ...{ message: messageId, to: mail.to, cc: mail.cc, from: mail.from, subject: mail.subject },
      ...{ html: mail.html, plain: mail.text, operation: world.mailer.posts[0] },
      files: mail.files.map(({ name, contentType }) => ({ name, contentType })),
      template: { version: expect.any(Number) as number },
      reports: [{ status: 'delivered', at: expect.any(String) as string }],
    },
  });
  expect(mail.text).toContain('north-1');
  const listed = await listMessages(world.parts, key, { limit: 10 }, scope);
  expect(listed.ok && listed.value.messages).toMatchObject([{ message: messageId, reported: 'delivered' }]);
});
