/**
 * The mail ports on the local Azure, with the keys of the app that uses them: people, inbox and pace on Cosmos DB, the
 * mailer on the mail service, its answers lost and its limits reached.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClock, type Clock } from '../../../local/clock.ts';
import { startCosmos } from '../../../local/cosmos/start.ts';
import { startEmail, type LocalEmail } from '../../../local/email/start.ts';
import { createFaultSwitch } from '../../../local/kit/faults.ts';
import { acsMailer } from '../../../shared/azure/acs-mailer.ts';
import type { AzureClients } from '../../../shared/azure/clients.ts';
import { cosmosInbox } from '../../../shared/azure/cosmos-inbox.ts';
import { cosmosPacing } from '../../../shared/azure/cosmos-pacing.ts';
import { cosmosPeople } from '../../../shared/azure/cosmos-people.ts';
import { topology } from '../../../shared/contracts/topology.ts';
import { instantFromMs } from '../../../shared/domain/calendar.ts';
import type { Mail } from '../../../shared/domain/mail.ts';
import { inboxStoreSuite } from '../../ports/inbox-store.suite.ts';
import { mailPacingSuite, paceLimits } from '../../ports/mail-pacing.suite.ts';
import { appClients } from '../../support/app-settings.ts';
import { peopleStoreSuite } from '../../ports/people-store.suite.ts';

let clock: Clock;
let clients: AzureClients;
let email: LocalEmail;
let close: () => Promise<void>;
const faults = createFaultSwitch();

beforeAll(async () => {
  clock = createClock();
  const options = { port: 0, stateDir: undefined, topology, clock, log: () => undefined };
  const cosmos = await startCosmos({ ...options, faults: createFaultSwitch() });
  email = await startEmail({ ...options, faults, perMinute: 20, perHour: 40 });
  clients = appClients('mail', { cosmos: cosmos.url, email: email.url });
  close = async () => {
    await clients.close();
    await Promise.all([cosmos.close(), email.close()]);
    clock.close();
  };
});
beforeEach(() => faults.set({}));
afterAll(() => close());

describe('people on Cosmos DB', () =>
  peopleStoreSuite(() => cosmosPeople(() => clients.container('people'))));
describe('the inbox on Cosmos DB', () =>
  inboxStoreSuite(() => cosmosInbox(() => clients.container('inbox'))));
describe('the pace on Cosmos DB', () =>
  mailPacingSuite(async () => {
    const container = () => clients.container('access');
    await container()
      .item('pace', 'pace:mail')
      .delete()
      .catch(() => undefined);
    return cosmosPacing(container, paceLimits);
  }));

describe('the mailer on Communication Services', () => {
  const mailer = () =>
    acsMailer({
      client: clients.email,
      endpoint: clients.emailEndpoint,
      now: () => instantFromMs(clock.now()),
      timeoutMs: 1_000,
    });
  const mail: Mail = {
    from: 'billing@dunwell.example',
    to: [{ address: 'ap@north.example', name: 'Kim Ap' }],
    cc: [{ address: 'cfo@north.example' }],
    replyTo: [{ address: 'reply+token@reply.dunwell.example' }],
    ...{
      subject: 'Reminder',
      html: '<p>Please pay</p>',
      text: 'Please pay',
      headers: { 'X-Dunwell-Message': 'm1' },
    },
    files: [{ name: 'letter.pdf', contentType: 'application/pdf', base64: 'JVBERi0=' }],
  };
  const arrived = async (operationId: string): Promise<number> => {
    const answer = await fetch(`${email.url}/api/mails?operationId=${operationId}`);
    return ((await answer.json()) as { mails: unknown[] }).mails.length;
  };

  it('hands a whole mail over once and finds it again', async () => {
    const id = randomUUID();
    expect(await mailer().status(id)).toEqual({ is: 'not-found' });
    expect(await mailer().send(id, mail)).toEqual({ is: 'accepted' });
    expect(await mailer().status(id)).toEqual({ is: 'accepted' });
    expect(await arrived(id)).toBe(1);
  });

  it('a picture arrives with the id its HTML names it by', async () => {
    const id = randomUUID();
    const png = { name: 'a.png', contentType: 'image/png', base64: 'iVBORw0KGgo=', contentId: 'chart-a' };
    const files = [png, ...mail.files];
    await mailer().send(id, { ...mail, html: '<img src="cid:chart-a" alt="A 1">', files });
    const answer = await fetch(`${email.url}/api/mails?operationId=${id}`);
    expect(await answer.json()).toMatchObject({
      mails: [
        { message: { attachments: [{ name: 'a.png', contentId: 'chart-a' }, { name: 'letter.pdf' }] } },
      ],
    });
  });

  it.each(['lost-answer', 'reset-after'] as const)(
    'does not know after %s, and the question finds it',
    async (kind) => {
      const id = randomUUID();
      faults.set({ rules: [{ kind, operation: 'POST /emails:send', times: 1, delayMs: 20 }] });
      expect(await mailer().send(id, mail)).toMatchObject({ is: 'unknown' });
      expect(await mailer().status(id)).toEqual({ is: 'accepted' });
      expect(await arrived(id)).toBe(1);
    },
  );

  it('was accepted even when the question right after fails', async () => {
    const id = randomUUID();
    faults.set({ rules: [{ kind: '503', operation: `GET /emails/operations/${id}`, times: 9 }] });
    expect(await mailer().send(id, mail)).toEqual({ is: 'accepted' });
    expect(await mailer().status(id)).toMatchObject({ is: 'unknown' });
  });

  it('is refused for good for what the service never takes', async () => {
    const bad = { ...mail, to: [{ address: 'no address' }] };
    expect(await mailer().send(randomUUID(), bad)).toMatchObject({
      is: 'refused',
      code: 'InvalidEmailAddress',
    });
  });

  it('waits until somebody mends a domain that is not linked', async () => {
    const answer = await mailer().send(randomUUID(), { ...mail, from: 'x@elsewhere.example' });
    expect(answer).toMatchObject({ is: 'quota', why: 'DomainNotLinked' });
  });

  it('failed when all who were to get it are barred', async () => {
    const id = randomUUID();
    await mailer().send(id, { ...mail, to: [{ address: 'suppress@north.example' }], cc: [] });
    expect(await mailer().status(id)).toMatchObject({ is: 'failed' });
  });

  it('over the limit says until when nothing is taken', async () => {
    let last = await mailer().send(randomUUID(), mail);
    for (let n = 0; n < 25 && last.is === 'accepted'; n += 1) last = await mailer().send(randomUUID(), mail);
    expect(last.is).toBe('quota');
    expect(Date.parse((last as { until: string }).until)).toBeGreaterThan(clock.now());
  });
});
