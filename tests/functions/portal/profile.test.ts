/**
 * Who of a customer is written to and let in: language and reminders are the customer's own word, names and addresses are
 * confirmed by people, invitations open the account at once and end on the next call.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import type { BesideCall } from '../../../functions/portal/change-beside.ts';
import {
  decideProposal,
  listProposals,
  proposeContact,
} from '../../../functions/portal/contact-proposals.ts';
import { endInvited, invite, listInvited } from '../../../functions/portal/invitations.ts';
import {
  chooseLanguage,
  chooseReminders,
  readProfile,
  type ProfileCall,
} from '../../../functions/portal/own-profile.ts';
import { signInMessage } from '../../../shared/contracts/messages.ts';
import { mailProblemOf } from '../../../shared/domain/person.ts';
import { isContact, membershipsOf } from '../../../shared/edge/portal-access.ts';
import { all, invoice } from '../../support/cash-world.ts';
import { crashAt, withFaults } from '../../support/faults.ts';
import { key, portalWorld, type PortalWorld } from './portal-world.ts';

let world: PortalWorld;
let requests = 0;
beforeEach(async () => {
  world = await portalWorld();
  await world.cash.post('a1', invoice('1', 100_00));
  await world.masterData({ name: 'North', contacts: [{ name: 'Pat', email: 'pat@north.example' }] });
});
const hashOf = (email: string) => world.stores.hashEmail(email);
const as = (email: string, requestId = `r${(requests += 1)}`): BesideCall & ProfileCall => ({
  ...{ ...world.call(), requestId, emailHash: hashOf(email) },
  actor: { kind: 'customer', id: `contact:${hashOf(email)}` },
});
const pat = (requestId?: string) => as('pat@north.example', requestId);
const clerk = (requestId = `r${(requests += 1)}`): BesideCall => ({
  ...{ ...world.call(), requestId, actor: { kind: 'staff', id: 'u:clerk' } },
});
const tasks = async () => ((await world.cash.account('a1')).head.dunning.tasks ?? []).map(({ act }) => act);
const versionNow = async () => (await world.cash.account('a1')).head.version;
const profile = async (call = pat()) => {
  const read = await readProfile(world.stores, call, key);
  if (!read.ok) throw new Error(read.code);
  return read.value;
};

describe('the profile', () => {
  it('shows the contacts of the account, and which of them one is', async () => {
    expect(await profile()).toMatchObject({
      contacts: [{ name: 'Pat', email: 'pat@north.example', isYou: true }],
      ...{ wantsReminders: true, waiting: 0 },
    });
    expect((await profile(as('eve@evil.example'))).contacts[0]?.isYou).toBe(false);
  });

  it('takes the language of one’s own mails at once, once', async () => {
    const call = pat();
    expect(await chooseLanguage(world.stores, call, key, 'fr')).toMatchObject({ ok: true });
    const version = await versionNow();
    expect(await chooseLanguage(world.stores, call, key, 'fr')).toMatchObject({ ok: true });
    expect([await versionNow(), (await profile()).contacts[0]?.language]).toEqual([version, 'fr']);
    const stranger = await chooseLanguage(world.stores, as('eve@evil.example'), key, 'fr');
    expect(stranger).toMatchObject({ code: 'not-a-contact' });
  });

  it('takes the wish for no reminders of this seller, and back', async () => {
    const problem = async (companyId: string) =>
      mailProblemOf(
        (await world.stores.people.read(all, hashOf('pat@north.example'))).state,
        companyId,
        true,
      );
    await chooseReminders(world.stores, pat(), key, false);
    expect([await problem('c1'), await problem('c2')]).toEqual(['opted-out', undefined]);
    expect((await profile()).wantsReminders).toBe(false);
    const listed = await world.stores.people.barred(all, 'c1', { limit: 5 });
    expect(listed.addresses).toMatchObject([{ accountId: 'a1', reason: 'opted-out' }]);
    await chooseReminders(world.stores, pat(), key, true);
    expect([
      await problem('c1'),
      (await world.stores.people.barred(all, 'c1', { limit: 5 })).addresses,
    ]).toEqual([undefined, []]);
  });

  it('does not take an address off the list that bounced', async () => {
    const known = await world.stores.people.read(all, hashOf('pat@north.example'));
    const since = world.clock.now.toString();
    await world.stores.people.save(all, { ...known, state: { ...known.state, bounced: { since } } });
    const barred = { ...key, emailHash: hashOf('pat@north.example'), reason: 'bounced', since } as const;
    await world.stores.people.bar(all, barred);
    await chooseReminders(world.stores, pat(), key, false);
    await chooseReminders(world.stores, pat(), key, true);
    expect((await world.stores.people.barred(all, 'c1', { limit: 5 })).addresses).toMatchObject([
      { reason: 'bounced' },
    ]);
  });
});

describe('a change of contacts', () => {
  const kim = { name: 'Kim', email: 'kim@north.example' };

  it('counts once staff have confirmed it, and not before', async () => {
    const asked = await proposeContact(world.stores, pat(), key, { wanted: kim });
    const proposal = asked.ok ? asked.value.proposal : '';
    const isIn = () => isContact(world.stores, key, hashOf('kim@north.example'));
    expect([await isIn(), await tasks(), (await profile()).waiting]).toEqual([false, ['confirm-contact'], 1]);
    const listed = await listProposals(world.stores, clerk(), key);
    expect(listed).toMatchObject({ ok: true, value: { proposals: [{ proposal, wanted: kim }] } });
    await decideProposal(world.stores, clerk(), key, { proposal, as: 'confirmed' });
    expect([await isIn(), await tasks(), (await profile()).waiting]).toEqual([true, [], 0]);
    expect(await decideProposal(world.stores, clerk(), key, { proposal, as: 'refused' })).toMatchObject({
      code: 'not-found',
    });
  });

  it('that is refused changes nothing', async () => {
    const asked = await proposeContact(world.stores, pat(), key, { wanted: kim });
    const proposal = asked.ok ? asked.value.proposal : '';
    await decideProposal(world.stores, clerk(), key, { proposal, as: 'refused' });
    expect([(await profile()).contacts.length, await tasks()]).toEqual([1, []]);
  });

  it('may move a contact or take one away, which then sees nothing more', async () => {
    const [{ contact } = { contact: '' }] = (await profile()).contacts;
    const moved = await proposeContact(world.stores, pat(), key, {
      contact,
      wanted: { ...kim, name: 'Pat' },
    });
    await decideProposal(world.stores, clerk(), key, {
      ...{ proposal: moved.ok ? moved.value.proposal : '', as: 'confirmed' },
    });
    expect((await profile()).contacts).toMatchObject([{ name: 'Pat', email: 'kim@north.example' }]);
    expect(await isContact(world.stores, key, hashOf('pat@north.example'))).toBe(false);
    expect(await proposeContact(world.stores, pat(), key, { contact })).toMatchObject({ code: 'not-found' });
  });

  it('told twice is one, and twenty wait at most', async () => {
    const call = pat('same');
    const first = await proposeContact(world.stores, call, key, { wanted: kim });
    expect(await proposeContact(world.stores, call, key, { wanted: kim })).toEqual(first);
    for (let n = 2; n <= 20; n += 1) await proposeContact(world.stores, pat(), key, { wanted: kim });
    expect((await profile()).waiting).toBe(20);
    expect(await proposeContact(world.stores, pat(), key, { wanted: kim })).toMatchObject({
      code: 'too-many-proposals',
    });
  });
});

describe('an invitation', () => {
  const lee = 'Lee@Audit.example';
  const sees = async () => (await membershipsOf(world.stores, hashOf(lee))).length;
  const links = () =>
    world.waiting.filter(({ queue }) => queue === 'sign-ins').map(({ body }) => signInMessage.parse(body));

  it('by a customer or by staff opens the account and sends one link', async () => {
    const call = pat();
    await invite(world.stores, call, key, lee);
    expect([await sees(), links().map(({ email }) => email)]).toEqual([1, ['lee@audit.example']]);
    await invite(world.stores, clerk(), key, lee);
    expect(await listInvited(world.stores, clerk(), key)).toMatchObject({
      value: { invited: [{ email: 'lee@audit.example' }] },
    });
    expect(await sees()).toBe(1);
  });

  it('ends at once, for this account alone', async () => {
    await world.cash.post('a2', invoice('2', 5_00));
    await invite(world.stores, pat(), key, lee);
    await invite(world.stores, clerk(), { ...key, accountId: 'a2' }, lee);
    await endInvited(world.stores, pat(), key, hashOf(lee));
    const left = await membershipsOf(world.stores, hashOf(lee));
    expect(left.map(({ accountId }) => accountId)).toEqual(['a2']);
    expect(await endInvited(world.stores, pat(), key, hashOf(lee))).toMatchObject({ code: 'not-found' });
  });

  it('outlasts being a contact, and being a contact outlasts it', async () => {
    await invite(world.stores, clerk(), key, 'pat@north.example');
    await world.masterData({ name: 'North' });
    expect(await membershipsOf(world.stores, hashOf('pat@north.example'))).toHaveLength(1);
    await endInvited(world.stores, clerk(), key, hashOf('pat@north.example'));
    expect(await membershipsOf(world.stores, hashOf('pat@north.example'))).toHaveLength(0);
  });

  it('of twenty a day is the last', async () => {
    for (let n = 1; n <= 20; n += 1) await invite(world.stores, pat(), key, `p${n}@audit.example`);
    expect(await invite(world.stores, pat(), key, lee)).toMatchObject({ code: 'too-many-invited' });
    expect([await sees(), links().length]).toEqual([0, 20]);
  });

  it.each([1, 2, 3, 4])(
    'a process that dies at call %i, and the same again: one membership, one name on the list',
    async (place) => {
      for (const when of ['before', 'after'] as const) {
        world = await portalWorld();
        await world.cash.post('a1', invoice('1', 100_00));
        const gate = crashAt(place, when);
        const { accounts, members, sender, counter } = world.stores;
        const faulty = {
          ...world.stores,
          ...{
            accounts: withFaults(accounts, gate, 'accounts'),
            members: withFaults(members, gate, 'members'),
          },
          ...{ sender: withFaults(sender, gate, 'sender'), counter: withFaults(counter, gate, 'counter') },
        };
        const call = pat(`crash-${place}-${when}`);
        await invite(faulty, call, key, lee).catch(() => undefined);
        await invite(world.stores, call, key, lee);
        const invited = await listInvited(world.stores, clerk(), key);
        expect([place, when, invited.ok && invited.value.invited.length, await sees()]).toEqual([
          place,
          when,
          1,
          1,
        ]);
        expect(new Set(links().map(({ requestId }) => requestId)).size).toBe(1);
      }
    },
  );
});
