/**
 * The portal on the local Azure: from the link of a mail over the provider's page to the balance, and in by a mailed link.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CosmosClient } from '@azure/cosmos';
import { runLocal, type Running } from '../../../local/run.ts';
import { readEnvironment } from '../../../local/environment.ts';
import { localKey, ownerName } from '../../../local/kit/keys.ts';
import { cosmosAccounts } from '../../../shared/azure/cosmos-accounts.ts';
import { cosmosSettings } from '../../../shared/azure/cosmos-settings.ts';
import { hmacLinks } from '../../../shared/azure/hmac-links.ts';
import { topology } from '../../../shared/contracts/topology.ts';
import { masterDataIdOf } from '../../../shared/domain/master-data.ts';
import { postItem } from '../../../shared/domain/post-item.ts';
import { planNotice } from '../../../shared/domain/plan-notice.ts';
import type { AccountStore } from '../../../shared/ports/account-store.ts';
import { factsOf } from '../../support/account-examples.ts';
import { all, idOf, invoice, now } from '../../support/cash-world.ts';

const key = { companyId: 'acme', accountId: 'north' };
const origin = `http://localhost:${topology.apps['portal']!.localPort}`;
const asked = { 'content-type': 'application/json', origin };
let running: Running;
let cosmos: CosmosClient;
let accounts: AccountStore;
let link: string;

beforeAll(async () => {
  const environment = readEnvironment(['--memory'], { DUNWELL_LOCAL_PORTS: 'any' });
  running = await runLocal(environment, () => undefined);
  cosmos = new CosmosClient({ endpoint: running.endpoints.cosmos, key: localKey('cosmos', ownerName) });
  const container = (name: string) => cosmos.database(topology.database).container(name);
  accounts = cosmosAccounts(() => container('ledger'));
  const settings = cosmosSettings(() => container('settings'));
  const company = { companyId: 'acme', legalName: 'Acme GmbH', mode: 'erpLed', zone: 'Europe/Berlin' };
  const sender = { name: 'Ann', email: 'ann@acme.example', phone: '+49 30 1', hours: '9-17' };
  const mail = {
    from: 'ar@dunwell.example',
    replyDomain: 'reply.acme.example',
    address: ['Street 1'],
    sender,
  };
  for (const [name, value] of [
    ['company', { ...company, country: 'DE', currency: 'EUR' }],
    ['mail', { ...mail, linkOrigin: origin }],
  ] as const) {
    const change = { value, by: 'test', at: now.toString(), reason: 'test' };
    await settings.save(all, { scope: 'company:acme', name }, 0, change);
  }
  await fill();
  const expiresAt = new Date(running.clock.now() + 86_400_000).toISOString();
  const claim = { ...key, messageId: 'message:T16:asked', purpose: 'pay', expiresAt } as const;
  link = hmacLinks([localKey('links', 'all')]).sign(claim);
});
afterAll(async () => {
  cosmos.dispose();
  await running.close();
});

/** Two invoices, a mail that was about the first, a contact. */
const fill = async (): Promise<void> => {
  const facts = async (decide: (loaded: Awaited<ReturnType<AccountStore['load']>>) => readonly object[]) => {
    const loaded = await accounts.load(all, key);
    const contact = { name: 'North Ltd', contacts: [{ name: 'Pat', email: 'Pat@north.example' }] };
    const change = { at: now, actor: { kind: 'job', id: 't' } as const, cause: { kind: 'row', id: '1' } };
    const papers = [{ id: masterDataIdOf(1), content: contact }];
    await accounts.append(all, loaded, { ...change, facts: decide(loaded) as never }, undefined, papers);
  };
  await facts(({ account }) => factsOf(postItem(account, invoice('1', 119_00))));
  await facts(({ account }) => factsOf(postItem(account, invoice('2', 50_00))));
  await facts(() => [{ kind: 'masterDataNoted', masterData: masterDataIdOf(1), on: '2026-03-10' }]);
  await facts(({ account: { head } }) =>
    factsOf(planNotice(head, { text: 'T16', causeId: 'asked', itemIds: [idOf('1')] }, '2026-03-10' as never)),
  );
};

const call = async (path: string, headers: Record<string, string>, body?: unknown) => {
  const answer = await fetch(`${running.urls['portal']}/api/portal/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...headers,
      ...(body === undefined ? {} : { ...asked, 'idempotency-key': crypto.randomUUID() }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const json = (text === '' ? {} : JSON.parse(text)) as Record<string, never>;
  return { status: answer.status, json, cookie: answer.headers.get('set-cookie') };
};
const settled = (): Promise<unknown> => running.clock.moveTo(running.clock.now() + 1_000);
const account = 'accounts/acme/north';

it('a link opens the claim of its mail, its payment lowers the claim, once', async () => {
  const held = { authorization: `Link ${link}` };
  const shown = await call('link', held);
  expect(shown.json).toMatchObject({ seller: 'Acme GmbH', items: [{ number: '1', toPay: 119_00 }] });
  expect(JSON.stringify(shown.json)).not.toMatch(/North|Pat|"2"/);
  const other = { currency: 'EUR', items: [{ item: idOf('2') }] };
  expect((await call(`${account}/payments`, held, other)).status).toBe(404);
  const started = await call(`${account}/payments`, held, { currency: 'EUR', items: [{ item: idOf('1') }] });
  expect(started).toMatchObject({ status: 201, json: { amount: 119_00, state: 'open' } });
  const page = String(started.json['url']);
  const paid = await fetch(page, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ method: 'paid' }),
  });
  expect(paid.headers.get('location')).toBe(`${origin}/payments/${String(started.json['payment'])}`);
  await expect
    .poll(
      async () => {
        await settled();
        return (await accounts.load(all, key)).account.head.balances['EUR'];
      },
      { timeout: 20_000 },
    )
    .toMatchObject({ open: 169_00, provisional: 119_00 });
  expect((await call('link', held)).json['items']).toMatchObject([{ state: 'underWay', toPay: 0 }]);
});

it('who is known gets a link by mail that works once, and sees what is theirs alone', async () => {
  const answer = await call('sign-in-links', {}, { email: 'pat@NORTH.example', link });
  const stranger = await call('sign-in-links', {}, { email: 'somebody@else.example', link });
  expect([answer.status, answer.json]).toEqual([stranger.status, stranger.json]);
  let mail = '';
  await expect
    .poll(
      async () => {
        await settled();
        const page = await fetch(`${running.endpoints.email}/api/mails`);
        mail = await page.text();
        return mail.includes('sign-in#');
      },
      { timeout: 20_000 },
    )
    .toBe(true);
  expect(mail).not.toContain('somebody@else.example');
  const token = /sign-in#([\w-]+)/.exec(mail)?.[1];
  const opened = await call('sessions', {}, { token });
  expect(opened).toMatchObject({ status: 200 });
  expect((await call('sessions', {}, { token })).status).toBe(401);
  const cookie = { cookie: opened.cookie!.split(';')[0]! };
  expect((await call('accounts', cookie)).json).toMatchObject({
    accounts: [{ account: 'north', name: 'North Ltd' }],
  });
  expect((await call(account, cookie)).json).toMatchObject({ openCount: 2, items: [{}, { number: '2' }] });
  expect((await call('accounts/acme/south', cookie)).status).toBe(404);
  expect((await call('sessions/end', cookie, {})).status).toBe(200);
  expect((await call(account, cookie)).status).toBe(401);
});
