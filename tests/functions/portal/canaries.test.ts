/**
 * No answer of the portal holds anything of another account (A1): each bears markers in all its texts, and each answer to a
 * customer of one is looked through for those of the others, also when items of others are asked for under their own.
 */
import { expect, it } from 'vitest';
import type { BesideCall } from '../../../functions/portal/change-beside.ts';
import { proposeContact } from '../../../functions/portal/contact-proposals.ts';
import { invite, listInvited } from '../../../functions/portal/invitations.ts';
import { listReceived } from '../../../functions/portal/own-payments.ts';
import {
  downloadDocument,
  downloadStatement,
  listItemPapers,
  type PaperCall,
} from '../../../functions/portal/own-papers.ts';
import { readProfile } from '../../../functions/portal/own-profile.ts';
import { listCheckouts } from '../../../functions/portal/payment-routes.ts';
import { listOwnQuestions } from '../../../functions/portal/questions.ts';
import {
  listOwnAccounts,
  readOwnAccount,
  readOwnItem,
  readOwnItems,
  readOwnPromises,
} from '../../../functions/portal/read-own.ts';
import { startCheckout } from '../../../functions/portal/start-checkout.ts';
import { ask, sayPaid } from '../../../functions/portal/tell-us.ts';
import { scopeOf } from '../../../shared/domain/scope.ts';
import { all, idOf, invoice, wire } from '../../support/cash-world.ts';
import { portalWorld } from './portal-world.ts';

const names = ['alpha', 'bravo', 'carol'] as const;
const markerOf = (name: string): string => `canary${name}`;
const keyOf = (accountId: string) => ({ companyId: 'c1', accountId });
const customerOf = (accountId: string) =>
  scopeOf([{ companies: ['c1'], accounts: { by: 'grant', accountId, itemIds: 'all' } }]);

const world = async () => {
  const made = await portalWorld('dunwellLed');
  const sender = { name: 'Ann', email: 'ann@seller.example', phone: '+49 30 1', hours: '9-17' };
  const from = { from: 'ar@seller.example', replyDomain: 'r.seller.example', address: ['Street 1'] };
  await made.cash.set('mail', { ...from, sender, linkOrigin: 'https://pay.example.com' });
  const by = { askedBy: 'p1', askedAt: '2026-01-01T00:00:00Z', reason: 'first', releasedBy: 'p2' };
  const bank = { version: 1, holder: 'Test', account: 'DE02120300000000202051' };
  await made.cash.set('ourBankDetails', { inForce: { ...bank, ...by, releasedAt: by.askedAt } });
  const { stores } = made;
  let requests = 0;
  for (const name of names) {
    const [marker, key] = [markerOf(name), keyOf(name)];
    for (const n of [1, 2, 3])
      await made.cash.post(
        name,
        invoice(`${marker}-${n}`, n * 100_00, { references: { purchaseOrder: `po-${marker}-${n}` } }),
      );
    await made.masterData(
      { name: `${marker} Ltd`, city: marker, contacts: [{ name: marker, email: `ap@${marker}.example` }] },
      key,
    );
    await made.cash.receive([wire(`w-${marker}`, 100_00, { accountId: name })], undefined, {
      importId: `import-${marker}`,
    });
    const call = { ...made.call(), callerId: `contact:${marker}`, requestId: `r${(requests += 1)}` };
    await ask(stores, call, key, { text: `a word of ${marker}` });
    const said = { paidOn: '2026-03-09', how: 'transfer', reference: marker } as const;
    await sayPaid(stores, { ...call, requestId: `r${(requests += 1)}` }, key, {
      ...{ ...said, items: [idOf(`${marker}-2`)] },
    });
    const start = { ...call, requestId: `r${(requests += 1)}`, mayPay: 'all' } as const;
    const body = { currency: 'EUR', items: [{ item: idOf(`${marker}-3`) }], credits: [] };
    await startCheckout(stores, start, key, body);
    const beside: BesideCall = {
      ...{ ...made.call(), requestId: `r${(requests += 1)}`, actor: { kind: 'customer', id: call.callerId } },
    };
    await invite(stores, beside, key, `friend@${marker}.example`);
    await proposeContact(stores, beside, key, { wanted: { name: marker, email: `new@${marker}.example` } });
  }
  return made;
};

it('every answer to a customer holds markers of their account and of no other', async () => {
  const { stores, call } = await world();
  const seen: Record<string, number> = {};
  for (const name of names) {
    const [key, scope] = [keyOf(name), customerOf(name)];
    const own = { ...call(), scope };
    const paper: PaperCall = { ...own, language: undefined, seesAddress: true, mayRead: 'all' };
    const emailHash = stores.hashEmail(`ap@${markerOf(name)}.example`);
    const item = idOf(`${markerOf(name)}-3`);
    const asText = async (of: ReturnType<typeof downloadDocument>) => {
      const file = await of;
      return file.ok ? new TextDecoder().decode(file.value.bytes as Uint8Array) : file;
    };
    const answers: Record<string, unknown> = {
      accounts: await listOwnAccounts(stores, own),
      account: await readOwnAccount(stores, own, key),
      items: await readOwnItems(stores, own, key, { state: 'all' }),
      item: await readOwnItem(stores, own, { ...key, itemId: item }),
      money: await listReceived(stores, own, key, undefined),
      checkouts: await listCheckouts(stores, own, key),
      statement: await asText(downloadStatement(stores, paper, key, 'pdf')),
      document: await asText(downloadDocument(stores, paper, { ...key, itemId: item })),
      questions: await listOwnQuestions(stores, own, key),
      profile: await readProfile(stores, { ...own, emailHash }, key),
      invited: await listInvited(stores, own, key),
    };
    for (const [what, answer] of Object.entries(answers)) {
      const text = JSON.stringify(answer);
      expect([what, names.filter((one) => text.includes(markerOf(one)))]).toEqual([what, [name]]);
      seen[what] = (seen[what] ?? 0) + 1;
    }
  }
  expect(Object.values(seen)).toEqual(Array(11).fill(names.length));
});

it('nothing of another account answers, by its own address or under one’s own', async () => {
  const { stores, call } = await world();
  const own = { ...call(), scope: customerOf('alpha') };
  const paper: PaperCall = { ...own, language: undefined, seesAddress: true, mayRead: 'all' };
  const foreign = idOf(`${markerOf('bravo')}-3`);
  const beside: BesideCall = { ...own, requestId: 'r', actor: { kind: 'customer', id: 'contact:alpha' } };
  const said = { paidOn: '2026-03-09', how: 'transfer', reference: 'x', items: [foreign] } as const;
  const told = { ...own, callerId: 'contact:alpha', requestId: 'r' };
  const body = { currency: 'EUR', items: [{ item: foreign }], credits: [] };
  const answers = (name: string) => {
    const key = keyOf(name);
    return Promise.all([
      readOwnItem(stores, own, { ...key, itemId: foreign }),
      downloadDocument(stores, paper, { ...key, itemId: foreign }),
      listItemPapers(stores, paper, { ...key, itemId: foreign }),
      sayPaid(stores, told, key, { ...said, items: [foreign] }),
      startCheckout(stores, { ...told, mayPay: 'all' }, key, body),
    ]);
  };
  for (const answer of [...(await answers('alpha')), ...(await answers('bravo'))]) {
    expect(answer).toMatchObject({ ok: false });
    expect(JSON.stringify(answer)).not.toContain(markerOf('bravo').concat(' '));
  }
  const key = keyOf('bravo');
  const whole = await Promise.all([
    ...[readOwnAccount(stores, own, key), readOwnPromises(stores, own, key)],
    ...[listReceived(stores, own, key, undefined), listCheckouts(stores, own, key)],
    ...[downloadStatement(stores, paper, key, 'pdf'), listOwnQuestions(stores, own, key)],
    ...[readProfile(stores, { ...own, emailHash: 'x' }, key), listInvited(stores, own, key)],
    ...[invite(stores, beside, key, 'eve@evil.example'), ask(stores, told, key, { text: 'hello' })],
  ]);
  const never = await readOwnAccount(stores, own, keyOf('never'));
  for (const answer of whole) expect(answer).toEqual(never);
  // and nothing was written
  expect((await stores.accounts.load(all, key)).account.head.holds.map(({ code }) => code)).toEqual([
    ...['says-paid', 'payment-pending'],
  ]);
});
