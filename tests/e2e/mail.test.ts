/**
 * A reminder from the invoice file to the mailbox and back: planned in the morning, sent once, delivered, answered, and
 * the account pauses; over HTTP alone, on the local Azure.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readEnvironment } from '../../local/environment.ts';
import { runLocal, type Running } from '../../local/run.ts';
import { messageAnswer, messagesAnswer } from '../../shared/contracts/mail-desk.ts';
import { createStaff, type Staff } from './staff.ts';

let running: Running;
let staff: Staff;

const company = 'acme';
const reason = 'test';

beforeAll(async () => {
  const environment = readEnvironment(['--memory', '--at', '2026-06-16T05:00:00Z'], {
    DUNWELL_LOCAL_PORTS: 'any',
  });
  running = await runLocal(environment, () => undefined);
  staff = createStaff(running);
  await staff.must('ADM', 'PUT', `companies/${company}`, {
    ...{
      legalName: 'Acme Tools Ltd',
      mode: 'dunwellLed',
      zone: 'Europe/Berlin',
      country: 'DE',
      currency: 'EUR',
    },
    ...{ after: 0, reason },
  });
  for (const persona of ['CRM', 'ARC', 'COL', 'CSR']) await staff.giveReach(persona, [company]);
  await staff.must('ADM', 'PUT', `companies/${company}/mail-setting`, {
    ...{ from: 'billing@dunwell.example', replyDomain: 'reply.dunwell.example', address: ['1 Mill Lane'] },
    sender: { name: 'Ann Lee', email: 'ann@acme.example', phone: '+49 30 1', hours: '9-17' },
    ...{ linkOrigin: 'https://pay.acme.example', after: 0, reason },
  });
  const bank = { holder: 'Acme Tools Ltd', account: 'DE02120300000000202051', reason };
  await staff.must('ARC', 'POST', `companies/${company}/own-bank-details`, bank);
  await staff.must('CRM', 'POST', `companies/${company}/own-bank-details/1/release`, {});
  await staff.must('CRM', 'PUT', `companies/${company}/dunning/start`, {
    ...{ goLiveOn: '2026-01-01', disclosedFactors: [], after: 0, reason },
  });
  await staff.upload('ARC', {
    company,
    name: 'invoices.csv',
    kind: 'invoices',
    source: 'erp',
    text: invoices,
  });
});
afterAll(() => running.close());

const invoices = [
  'invoice_number,customer_number,customer_name,issue_date,due_date,currency,amount,contact_email',
  'RE-1001,C-1,North Retail,2026-05-10,2026-06-09,EUR,1250.00,ap@north.example',
  '',
].join('\n');

type Arrived = {
  id: string;
  operationId: string;
  message: { subject: string; plainText: string; replyTo: { address: string }[] };
};
const mailbox = async (): Promise<Arrived[]> => {
  const answer = await fetch(`${running.endpoints.email}/api/mails?to=ap@north.example`);
  return ((await answer.json()) as { mails: Arrived[] }).mails;
};
const act = (mail: string, action: string, body: object): Promise<Response> =>
  fetch(`${running.endpoints.email}/api/mails/${mail}/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const messages = async () =>
  messagesAnswer.parse(await staff.must('CRM', 'GET', `accounts/${company}/C-1/messages`)).messages;

it('arrives once in the mailbox, and staff see it word for word with its delivery', async () => {
  await running.clock.moveTo(Date.parse('2026-06-16T07:00:00Z'));
  const [mail, ...more] = await staff.until(mailbox, (mails) => mails.length > 0);
  expect(more).toEqual([]);
  expect(mail?.message.subject).toContain('Acme Tools Ltd');
  expect(mail?.message.plainText).toContain('RE-1001');
  const [line] = await staff.until(messages, ([first]) => first?.reported === 'delivered');
  const path = `accounts/${company}/C-1/messages/${line!.message}`;
  const shown = messageAnswer.parse(await staff.must('CRM', 'GET', path));
  expect(shown).toMatchObject({
    state: 'over',
    plain: mail?.message.plainText,
    operation: mail?.operationId,
  });
  await running.clock.moveTo(running.clock.now() + 3_600_000);
  expect(await mailbox()).toHaveLength(1);
}, 120_000);

it('is answered by a person, and the account pauses until somebody handled it', async () => {
  const [mail] = await mailbox();
  const answer = await act(mail!.id, 'reply', { recipient: 'ap@north.example', text: 'We pay on Friday.' });
  expect(answer.status).toBe(200);
  const [reply] = await staff.until(messages, (all) => all.some(({ state }) => state === 'received'));
  expect(reply).toMatchObject({ state: 'received', text: 'person' });
  const id = reply!.message.slice('message:in:'.length);
  await staff.must('CRM', 'POST', `accounts/${company}/C-1/replies/${id}/handling`, {});
}, 120_000);

it('bounces afterwards, and the address is barred', async () => {
  const [mail] = await mailbox();
  expect((await act(mail!.id, 'bounce', { recipient: 'ap@north.example' })).status).toBe(200);
  const barred = await staff.until(
    () => staff.must('CRM', 'GET', `companies/${company}/barred-addresses`),
    (answer) => (answer as { addresses: unknown[] }).addresses.length > 0,
  );
  expect(barred).toMatchObject({ addresses: [{ account: 'C-1', reason: 'bounced' }] });
}, 120_000);
