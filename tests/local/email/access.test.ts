/**
 * Who may call: signatures, their age, and the rights of each app.
 * From: the official SDK, and requests signed by hand where the SDK would not make the mistake.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownerName } from '../../../local/kit/keys.ts';
import {
  clientOf,
  isLocal,
  messageTo,
  recipient,
  refusalOf,
  send,
  signedFetch,
  startLocal,
  startUnderTest,
  type Local,
} from './under-test.ts';

describe('access', () => {
  it('needs the right key', async () => {
    const underTest = await startUnderTest();
    const wrongKey = Buffer.alloc(32, 7).toString('base64');
    const client = clientOf(underTest.connectionString.replace(/accesskey=.*/i, `accesskey=${wrongKey}`));
    expect((await refusalOf(client.beginSend(messageTo(recipient)))).statusCode).toBe(401);
    await underTest.close();
  });
});

describe.runIf(isLocal)('local access', () => {
  let local: Local;
  beforeAll(async () => {
    local = await startLocal();
  });
  afterAll(() => local.close());

  const sendUrl = () => `${local.email.url}/emails:send?api-version=2025-09-01`;
  const body = JSON.stringify(messageTo(recipient));

  it('is open to an app that the topology lets send', async () => {
    const client = clientOf(local.email.connectionString('mail'));
    expect((await send(client, messageTo('right@customer.example'))).status).toBe('Succeeded');
    expect((await local.mailsTo('right@customer.example'))[0]?.sentBy).toBe('mail');
  });

  it('is open to the owner', async () => {
    const client = clientOf(local.email.connectionString(ownerName));
    expect((await send(client, messageTo(recipient))).status).toBe('Succeeded');
  });

  it('is shut to an app without the right, and says where the right is given', async () => {
    const client = clientOf(local.email.connectionString('staff'));
    const { statusCode, message } = await refusalOf(client.beginSend(messageTo(recipient)));
    expect(statusCode).toBe(403);
    expect(message).toContain("'staff'");
    expect(message).toContain('topology.json');
  });

  it('is shut to an app that does not exist', async () => {
    const client = clientOf(local.email.connectionString('reporting'));
    expect((await refusalOf(client.beginSend(messageTo(recipient)))).statusCode).toBe(401);
  });

  it('takes a well-signed request', async () => {
    expect((await signedFetch(sendUrl(), { body })).status).toBe(202);
  });

  it.each([-10, 10])('is shut to a signature %i minutes off', async (minutes) => {
    const date = new Date(Date.now() + minutes * 60_000).toUTCString();
    expect((await signedFetch(sendUrl(), { body, date })).status).toBe(401);
  });

  it('goes by the real clock for signatures, wherever the business clock stands', async () => {
    await local.clock.moveTo(local.clock.now() + 86_400_000);
    expect((await signedFetch(sendUrl(), { body })).status).toBe(202);
  });

  it('is shut to a body that is not the one that was signed', async () => {
    const headers = { 'x-ms-content-sha256': Buffer.alloc(32).toString('base64') };
    expect((await signedFetch(sendUrl(), { body, headers })).status).toBe(401);
  });

  it.each(['', 'Bearer abc', 'HMAC-SHA256 SignedHeaders=host&Signature=abc='])(
    'is shut to the authorization %j',
    async (authorization) => {
      expect((await signedFetch(sendUrl(), { body, headers: { authorization } })).status).toBe(401);
    },
  );
});
