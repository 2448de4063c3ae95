/**
 * A mail is accepted, has an operation, arrives: what a caller with good messages meets.
 * From: the official SDK. Next: `local/email/` or the real service.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  askFor,
  clientOf,
  isLocal,
  messageTo,
  recipient,
  refusalOf,
  send,
  sender,
  signedFetch,
  startLocal,
  startUnderTest,
  type Local,
} from './under-test.ts';

const underTest = await startUnderTest();
afterAll(() => underTest.close());

describe('a mail', () => {
  it('is accepted and its operation succeeds', async () => {
    const { id, status } = await send(underTest.client, messageTo(recipient));
    expect(status).toBe('Succeeded');
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('keeps the operation id its caller gave it', async () => {
    const operationId = randomUUID();
    expect((await send(underTest.client, messageTo(recipient), operationId)).id).toBe(operationId);
  });

  it('gets a fresh operation id when its caller gave none', async () => {
    const [first, second] = [
      await send(underTest.client, messageTo(recipient)),
      await send(underTest.client, messageTo(recipient)),
    ];
    expect(first.id).not.toBe(second.id);
  });

  it('can be asked for later by its operation id alone', async () => {
    const operationId = randomUUID();
    await send(underTest.client, messageTo(recipient), operationId);
    const result = await askFor(underTest.connectionString, operationId);
    expect(result).toMatchObject({ id: operationId, status: 'Succeeded' });
  });

  it('that nobody sent is not found', async () => {
    const refused = await refusalOf(askFor(underTest.connectionString, randomUUID()));
    expect(refused.statusCode).toBe(404);
  });

  it('may be HTML only', async () => {
    const content = { subject: 'Statement', html: '<p>Your statement</p>' };
    expect((await send(underTest.client, messageTo(recipient, { content }))).status).toBe('Succeeded');
  });

  it('may carry an attachment', async () => {
    const attachment = {
      name: 'statement.pdf',
      contentType: 'application/pdf',
      contentInBase64: Buffer.from('%PDF-1.4').toString('base64'),
    };
    const message = messageTo(recipient, { attachments: [attachment] });
    expect((await send(underTest.client, message)).status).toBe('Succeeded');
  });

  it('may carry headers of its own and an address for replies', async () => {
    const message = messageTo(recipient, {
      headers: { 'X-Dunwell-Message': 'message:2026-11-22:email' },
      replyTo: [{ address: sender, displayName: 'Northwind Billing' }],
    });
    expect((await send(underTest.client, message)).status).toBe('Succeeded');
  });

  it('may go to an empty list of copies', async () => {
    const recipients = { to: [{ address: recipient }], cc: [], bcc: [] };
    expect((await send(underTest.client, messageTo(recipient, { recipients }))).status).toBe('Succeeded');
  });
});

describe.runIf(isLocal)('a mail in the local mailboxes', () => {
  let local: Local;
  beforeAll(async () => {
    local = await startLocal();
  });
  afterAll(() => local.close());

  it('arrives as it was sent', async () => {
    const content = { subject: 'Mahnung für Müller & Söhne', plainText: 'Grüße', html: '<b>Grüße</b>' };
    const headers = { 'X-Dunwell-Message': 'm1' };
    await send(local.client, messageTo('as-sent@customer.example', { content, headers }));
    const [mail] = await local.mailsTo('as-sent@customer.example');
    expect(mail?.message).toMatchObject({ ...content, headers, senderAddress: sender });
  });

  it('arrives at every recipient, copies and blind copies too, once each', async () => {
    const all = ['one', 'two', 'three'].map((name) => ({ address: `${name}@all.example` }));
    const [one, two, three] = all;
    const recipients = { to: [one!, { address: 'ONE@all.example' }], cc: [two!], bcc: [three!] };
    await send(local.client, messageTo('', { recipients }));
    const arrived = await Promise.all(all.map(({ address }) => local.mailsTo(address)));
    expect(arrived.map((mails) => mails.length)).toEqual([1, 1, 1]);
    expect(arrived[0]![0]!.recipients.map(({ kind }) => kind)).toEqual(['to', 'cc', 'bcc']);
  });

  it('goes to as many as fifty recipients', async () => {
    const to = Array.from({ length: 50 }, (_, index) => ({ address: `n${index}@fifty.example` }));
    await send(local.client, messageTo('', { recipients: { to } }));
    expect(await local.mailsTo('n49@fifty.example')).toHaveLength(1);
  });

  it('of almost ten megabytes arrives whole', async () => {
    const bytes = Buffer.alloc(7 * 1024 * 1024, 'statement ');
    const attachment = {
      name: 'big.pdf',
      contentType: 'application/pdf',
      contentInBase64: bytes.toString('base64'),
    };
    await send(local.client, messageTo('big@customer.example', { attachments: [attachment] }));
    const [mail] = await local.mailsTo('big@customer.example');
    const download = await fetch(`${local.email.url}/mail/${mail!.id}/attachments/1`);
    expect(Buffer.from(await download.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it('is running before it has succeeded, on the business clock', async () => {
    const slow = await startLocal({ processingMs: 60_000 });
    const operationId = randomUUID();
    const url = `${slow.email.url}/emails/operations/${operationId}?api-version=2025-09-01`;
    const status = async () =>
      ((await (await signedFetch(url, { method: 'GET' })).json()) as { status: string }).status;
    await slow.client.beginSend(messageTo('slow@customer.example'), { operationId });
    expect(await status()).toBe('NotStarted');
    await slow.clock.moveTo(slow.clock.now() + 40_000);
    expect(await status()).toBe('Running');
    await slow.clock.moveTo(slow.clock.now() + 20_000);
    expect((await askFor(slow.connectionString, operationId)).status).toBe('Succeeded');
    await slow.close();
  });

  it('is counted, and the start-up line says how far the service got', async () => {
    const before = local.email.counts();
    await send(local.client, messageTo('counted@customer.example'));
    const after = local.email.counts();
    expect(after.send! - before.send!).toBe(1);
    expect(after.status! - before.status!).toBe(1);
    expect(local.email.summary).toBe('0 mails, quota 10000/min 10000/h');
  });

  it('is spoken of in the same way to each of two clients with one key', async () => {
    const operationId = randomUUID();
    await send(local.client, messageTo(recipient), operationId);
    const other = clientOf(local.email.connectionString('mail'));
    expect((await send(other, messageTo(recipient), operationId)).id).toBe(operationId);
  });
});
