/**
 * A mail accepted and its answer lost; a second POST of the same operation id: each way the cloud may take it.
 * From: the official SDK under the fault switch. Next: how the mailer is built on it.
 */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  askFor,
  clientOf,
  isLocal,
  messageTo,
  refusalOf,
  send,
  startLocal,
  type Local,
} from './under-test.ts';

const to = 'ada@customer.example';
const message = messageTo(to);

describe.runIf(isLocal)('the same operation id again', () => {
  let local: Local;
  let operationId: string;
  beforeEach(async () => {
    local = await startLocal();
    operationId = randomUUID();
  });
  afterEach(() => local.close());

  const sendAgain = () => send(local.client, message, operationId);
  const strike = (kind: 'reset-before' | 'reset-after' | '503') =>
    local.faults.set({ rules: [{ kind, operation: 'POST /emails:send', times: 1 }] });
  const mailsArrived = async () => (await local.mailsTo(to)).length;

  it('within five minutes is answered the same and sends nothing', async () => {
    const first = await sendAgain();
    await local.clock.moveTo(local.clock.now() + 4 * 60_000);
    expect(await sendAgain()).toEqual(first);
    expect(await mailsArrived()).toBe(1);
  });

  it('with another body is refused', async () => {
    await sendAgain();
    const other = messageTo(to, { content: { subject: 'Other', plainText: 'other' } });
    expect((await refusalOf(send(local.client, other, operationId))).statusCode).toBe(400);
    expect(await mailsArrived()).toBe(1);
  });

  it('after five minutes is refused', async () => {
    await sendAgain();
    await local.clock.moveTo(local.clock.now() + 6 * 60_000);
    expect((await refusalOf(sendAgain())).statusCode).toBe(412);
    expect(await mailsArrived()).toBe(1);
  });

  it('is refused while the first is still being accepted', async () => {
    await local.post('/admin/settings', { acceptingMs: 300 });
    const first = sendAgain();
    await expect.poll(mailsArrived).toBe(1);
    expect((await refusalOf(sendAgain())).statusCode).toBe(409);
    expect((await first).status).toBe('Succeeded');
  });

  it('is always refused when the service is set so', async () => {
    await local.post('/admin/settings', { repeat: 'refused' });
    await sendAgain();
    expect((await refusalOf(sendAgain())).statusCode).toBe(400);
    expect((await askFor(local.connectionString, operationId)).status).toBe('Succeeded');
  });

  it('sends a second mail when the service is set so', async () => {
    await local.post('/admin/settings', { repeat: 'sends-twice' });
    await sendAgain();
    await sendAgain();
    const mails = await local.mailsTo(to);
    expect(mails.map((mail) => mail.operationId)).toEqual([operationId, operationId]);
    expect(new Set(mails.map((mail) => mail.internetMessageId)).size).toBe(2);
  });

  it('finds the mail whose 202 was lost', async () => {
    strike('reset-after');
    await refusalOf(sendAgain());
    expect((await askFor(local.connectionString, operationId)).status).toBe('Succeeded');
    expect(await mailsArrived()).toBe(1);
  });

  it('sends once when the 202 was lost and the same POST is made again', async () => {
    strike('reset-after');
    await refusalOf(sendAgain());
    expect((await sendAgain()).id).toBe(operationId);
    expect(await mailsArrived()).toBe(1);
  });

  it('is unknown and free to use when the first never reached the service', async () => {
    strike('reset-before');
    await refusalOf(sendAgain());
    expect((await refusalOf(askFor(local.connectionString, operationId))).statusCode).toBe(404);
    expect((await sendAgain()).id).toBe(operationId);
    expect(await mailsArrived()).toBe(1);
  });

  it('is carried out when the first met a 503', async () => {
    strike('503');
    expect((await refusalOf(sendAgain())).statusCode).toBe(503);
    expect((await sendAgain()).status).toBe('Succeeded');
    expect(await mailsArrived()).toBe(1);
  });

  it('is free after a message was refused', async () => {
    const unlinked = { ...message, senderAddress: 'billing@elsewhere.example' };
    await refusalOf(send(local.client, unlinked, operationId));
    expect((await sendAgain()).status).toBe('Succeeded');
  });

  it('protects the retries of the SDK, which otherwise send twice after a lost 202', async () => {
    const retrying = clientOf(local.connectionString, 1);
    strike('reset-after');
    await send(retrying, message);
    expect(await mailsArrived()).toBe(2);
    strike('reset-after');
    await send(retrying, message, operationId);
    expect(await mailsArrived()).toBe(3);
  });
});
