/**
 * Delivery reports as Event Grid events: what they say, when they come, how often, and what follows a bounce.
 * From: the official SDK. Next: the queue `delivery-reports`, by way of `deliver`.
 */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventGridEvent } from '../../../local/email/types.ts';
import { askFor, isLocal, messageTo, refusalOf, send, sender, startLocal, type Local } from './under-test.ts';

const hourMs = 3_600_000;

describe.runIf(isLocal)('a delivery report', () => {
  let local: Local;
  beforeEach(async () => {
    local = await startLocal();
  });
  afterEach(() => local.close());

  const sendTo = (address: string, operationId?: string) =>
    send(local.client, messageTo(address), operationId);
  const statusesFor = async (address: string) => {
    await local.settled();
    return local.events.filter(({ data }) => data.recipient === address).map(({ data }) => data.status);
  };
  const advance = (ms: number) => local.clock.moveTo(local.clock.now() + ms);

  it('is an Event Grid event that names the operation, the mail and the recipient', async () => {
    const operationId = randomUUID();
    await sendTo('ada@customer.example', operationId);
    await local.settled();
    const [mail] = await local.mailsTo('ada@customer.example');
    expect(local.events).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        topic: expect.stringContaining('/providers/microsoft.communication/communicationservices/') as string,
        subject: `sender/${sender}/message/${operationId}`,
        eventType: 'Microsoft.Communication.EmailDeliveryReportReceived',
        eventTime: new Date(mail!.acceptedAtMs).toISOString(),
        data: {
          sender,
          recipient: 'ada@customer.example',
          messageId: operationId,
          internetMessageId: mail!.internetMessageId,
          status: 'Delivered',
          deliveryStatusDetails: {
            statusMessage: 'No error.',
            recipientMailServerHostName: 'mx.customer.example',
          },
          deliveryAttemptTimestamp: new Date(mail!.acceptedAtMs).toISOString().replace('Z', '+00:00'),
        },
        dataVersion: '1.0',
        metadataVersion: '1',
      },
    ]);
  });

  it('is made for every recipient', async () => {
    const recipients = {
      to: [{ address: 'a@x.example' }],
      cc: [{ address: 'b@x.example' }],
      bcc: [{ address: 'c@x.example' }],
    };
    await send(local.client, messageTo('', { recipients }));
    await local.settled();
    const told = local.events.map(({ data }) => data.recipient);
    expect(told.toSorted()).toEqual(['a@x.example', 'b@x.example', 'c@x.example']);
  });

  it.each([
    ['bounce@x.example', 'Bounced'],
    ['spam-trap@x.example', 'FilteredSpam'],
    ['quarantine.7@x.example', 'Quarantined'],
    ['suppress@x.example', 'Suppressed'],
    ['fail@x.example', 'Failed'],
    ['expand@x.example', 'Expanded'],
    ['bouncer@x.example', 'Delivered'],
  ])('for %s says %s', async (address, status) => {
    await sendTo(address).catch(() => undefined); // all recipients suppressed: the operation fails, told below
    expect(await statusesFor(address)).toEqual([status]);
  });

  it('of a bounce does not make the operation fail', async () => {
    expect((await sendTo('bounce@x.example')).status).toBe('Succeeded');
  });

  it('says suppressed for a day after a bounce, and the operation fails', async () => {
    const operationId = randomUUID();
    await sendTo('bounce@x.example');
    expect((await refusalOf(sendTo('bounce@x.example', operationId))).message).toContain(
      'EmailDroppedAllRecipientsSuppressed',
    );
    expect(await statusesFor('bounce@x.example')).toEqual(['Bounced', 'Suppressed']);
    expect((await refusalOf(askFor(local.connectionString, operationId))).message).toContain('suppressed');
  });

  it('says bounced again once the suppression is over, which then lasts two days', async () => {
    await sendTo('bounce@x.example');
    await advance(25 * hourMs);
    await sendTo('bounce@x.example');
    await advance(25 * hourMs);
    await refusalOf(sendTo('bounce@x.example'));
    expect(await statusesFor('bounce@x.example')).toEqual(['Bounced', 'Bounced', 'Suppressed']);
  });

  it('of one suppressed recipient leaves the others alone', async () => {
    await local.post('/admin/suppressions', { address: 'Gone@x.example', suppressed: true });
    const recipients = { to: [{ address: 'gone@x.example' }, { address: 'here@x.example' }] };
    expect((await send(local.client, messageTo('', { recipients }))).status).toBe('Succeeded');
    expect(await statusesFor('gone@x.example')).toEqual(['Suppressed']);
    expect(await statusesFor('here@x.example')).toEqual(['Delivered']);
  });

  it('says delivered again once a person took the address off the list', async () => {
    await local.post('/admin/suppressions', { address: 'back@x.example', suppressed: true });
    await local.post('/admin/suppressions', { address: 'back@x.example', suppressed: false });
    await sendTo('back@x.example');
    expect(await statusesFor('back@x.example')).toEqual(['Delivered']);
  });

  it('comes hours late, with the time of the attempt, not of the report', async () => {
    await sendTo('late@x.example');
    await advance(5 * hourMs);
    expect(local.events).toEqual([]);
    await advance(2 * hourMs);
    const [{ eventTime, data }] = local.events as [EventGridEvent];
    expect(Date.parse(eventTime) - Date.parse(data.deliveryAttemptTimestamp)).toBe(6 * hourMs);
  });

  it('comes twice under one id', async () => {
    await sendTo('twice@x.example');
    await local.settled();
    expect(local.events).toHaveLength(2);
    expect(local.events[0]!.id).toBe(local.events[1]!.id);
  });

  it('never comes', async () => {
    await sendTo('silent@x.example');
    await advance(30 * 24 * hourMs);
    expect(local.events).toEqual([]);
    expect(await local.mailsTo('silent@x.example')).toHaveLength(1);
  });

  it('follows a table that can be changed, first match first', async () => {
    const rules = [
      { match: 'ada@x.example', status: 'Quarantined', copies: 2 },
      { match: '@x.example', status: 'Failed' },
    ];
    expect((await local.post('/admin/settings', { rules })).status).toBe(200);
    await sendTo('ada@x.example');
    await sendTo('bounce@x.example');
    expect(await statusesFor('ada@x.example')).toEqual(['Quarantined', 'Quarantined']);
    expect(await statusesFor('bounce@x.example')).toEqual(['Failed']);
  });
});

describe.runIf(isLocal)('a delivery report that nobody takes', () => {
  it('is handed over again until somebody does, and the clock waits for it', async () => {
    let refusals = 3;
    const taken: EventGridEvent[] = [];
    const deliver = (events: EventGridEvent[]) => {
      if (refusals-- > 0) throw new Error('the queue is away');
      taken.push(...events);
    };
    const local = await startLocal({ deliver });
    await send(local.client, messageTo('ada@customer.example'));
    await local.settled();
    expect(taken).toHaveLength(1);
    expect(local.logged).toEqual([expect.stringContaining('the queue is away')]);
    await local.close();
  });

  it('holds up neither the mail nor its status', async () => {
    const local = await startLocal({ deliver: () => Promise.reject(new Error('the queue is away')) });
    expect((await send(local.client, messageTo('ada@customer.example'))).status).toBe('Succeeded');
    expect(await local.mailsTo('ada@customer.example')).toHaveLength(1);
    await local.close();
  });
});
