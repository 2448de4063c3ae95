/**
 * What the service refuses in a message, with which status and code.
 * From: the official SDK. Next: `local/email/message.ts` or the real service.
 */
import type { EmailMessage } from '@azure/communication-email';
import { EmailClient } from '@azure/communication-email';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  isLocal,
  messageTo,
  recipient,
  refusalOf,
  signedFetch,
  startLocal,
  startUnderTest,
  type Local,
} from './under-test.ts';

const underTest = await startUnderTest();
afterAll(() => underTest.close());

const refused = (changes: Partial<EmailMessage>) =>
  refusalOf(underTest.client.beginSend(messageTo(recipient, changes)));

const attach = (changes: object) => ({
  attachments: [
    { name: 'a.pdf', contentType: 'application/pdf', contentInBase64: 'JVBERi0xLjQ=', ...changes },
  ],
});

describe('a message is refused', () => {
  it('from a domain that is not linked', async () => {
    const { statusCode, code } = await refused({ senderAddress: 'billing@elsewhere.example' });
    expect({ statusCode, code }).toEqual({ statusCode: 404, code: 'DomainNotLinked' });
  });

  it('from something that is no address', async () => {
    expect((await refused({ senderAddress: 'billing' })).statusCode).toBe(400);
  });

  it.each([
    'ada',
    'ada@',
    '@customer.example',
    'ada@customer',
    'ada lovelace@customer.example',
    'a@b@c.example',
  ])('to %s, which is no address', async (address) => {
    expect((await refused({ recipients: { to: [{ address }] } })).statusCode).toBe(400);
  });

  it('when one address of many is bad', async () => {
    const recipients = { to: [{ address: recipient }], bcc: [{ address: 'bad' }] };
    expect((await refused({ recipients })).statusCode).toBe(400);
  });

  it('to nobody', async () => {
    expect((await refused({ recipients: { to: [] } })).statusCode).toBe(400);
  });

  it('to fifty-one recipients', async () => {
    const to = Array.from({ length: 51 }, (_, index) => ({ address: `n${index}@customer.example` }));
    expect((await refused({ recipients: { to } })).statusCode).toBe(400);
  });

  it('without a subject', async () => {
    expect((await refused({ content: { subject: '', plainText: 'text' } })).statusCode).toBe(400);
  });

  it('without a text', async () => {
    expect((await refused({ content: { subject: 'subject' } as never })).statusCode).toBe(400);
  });

  it('with an attachment that is not base64', async () => {
    expect((await refused(attach({ contentInBase64: 'not base64!' }))).statusCode).toBe(400);
  });

  it('with an attachment of a type that is not allowed', async () => {
    const { statusCode } = await refused(attach({ contentType: 'application/x-msdownload', name: 'a.exe' }));
    expect(statusCode).toBe(400);
  });

  it('over ten megabytes', async () => {
    const contentInBase64 = Buffer.alloc(8 * 1024 * 1024).toString('base64');
    expect((await refused(attach({ contentInBase64 }))).statusCode).toBe(413);
  });

  it('under an operation id that is no UUID', async () => {
    const sending = underTest.client.beginSend(messageTo(recipient), { operationId: 'reminder-7' });
    await expect(sending).rejects.toThrow();
  });
});

describe.runIf(isLocal)('the local service refuses, in the words of the service,', () => {
  let local: Local;
  beforeAll(async () => {
    local = await startLocal({ linkedSenders: ['*@dunwell.example', 'only@strict.example'] });
  });
  afterAll(() => local.close());

  const sendUrl = () => `${local.email.url}/emails:send?api-version=2025-09-01`;
  type Body = { error: { code: string; message: string; target?: string; details?: { target: string }[] } };

  it('with the code in body and header, and every fault with its place', async () => {
    const body = JSON.stringify({ ...messageTo('bad'), content: { subject: '' } });
    const response = await signedFetch(sendUrl(), { body });
    const { error } = (await response.json()) as Body;
    expect(response.headers.get('x-ms-error-code')).toBe(error.code);
    expect(error.details?.map(({ target }) => target)).toEqual(
      expect.arrayContaining(['content.subject', 'recipients.to.0.address']),
    );
  });

  it('an address by its known code', async () => {
    const { code, message } = await refusalOf(local.client.beginSend(messageTo('bad')));
    expect(code).toBe('InvalidEmailAddress');
    expect(message).toContain('Invalid format for email address');
  });

  it('a user name of a linked domain that may not send', async () => {
    const message = messageTo(recipient, { senderAddress: 'other@strict.example' });
    const { statusCode, code } = await refusalOf(local.client.beginSend(message));
    expect({ statusCode, code }).toEqual({ statusCode: 400, code: 'InvalidSenderUserName' });
  });

  it('a header that breaks out of its line', async () => {
    const headers = { 'X-Note': 'a\r\nBcc: thief@evil.example' };
    expect((await refusalOf(local.client.beginSend(messageTo(recipient, { headers })))).statusCode).toBe(400);
  });

  it('a header that the service writes itself', async () => {
    const headers = { From: 'someone@dunwell.example' };
    expect((await refusalOf(local.client.beginSend(messageTo(recipient, { headers })))).statusCode).toBe(400);
  });

  it('a member that the API does not have', async () => {
    const body = JSON.stringify({ ...messageTo(recipient), importance: 'high' });
    expect((await signedFetch(sendUrl(), { body })).status).toBe(400);
  });

  it.each(['', '{', 'null', '[]', '"text"', '{"content":7}', '\u0000'])('the body %j', async (body) => {
    const response = await signedFetch(sendUrl(), { body });
    expect(response.status).toBe(400);
    expect(((await response.json()) as Body).error.code).toBe('BadRequest');
  });

  it('a body that is not declared as JSON', async () => {
    const body = JSON.stringify(messageTo(recipient));
    const response = await signedFetch(sendUrl(), { body, headers: { 'content-type': 'text/plain' } });
    expect(response.status).toBe(415);
  });

  it('a version of the API it does not know', async () => {
    const options = {
      allowInsecureConnection: true,
      apiVersion: '2019-01-01',
      retryOptions: { maxRetries: 0 },
    };
    const client = new EmailClient(local.connectionString, options);
    expect((await refusalOf(client.beginSend(messageTo(recipient)))).statusCode).toBe(400);
  });

  it.each([
    ['GET', '/emails:send', 405],
    ['POST', '/emails/operations/7', 405],
    ['GET', '/emails', 404],
    ['GET', '/emails/operations/7/more', 404],
  ])('%s %s with %i', async (method, path, status) => {
    const response = await signedFetch(`${local.email.url}${path}?api-version=2025-09-01`, { method });
    expect(response.status).toBe(status);
    expect(((await response.json()) as Body).error.message).not.toBe('');
  });

  it('and remembers no mail of all that', () => {
    expect(local.email.counts()).toMatchObject({ mails: 0 });
  });
});
