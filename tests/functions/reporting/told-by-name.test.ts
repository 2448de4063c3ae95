/**
 * Collectors whose accounts change hands are mailed, each once, whether or not they stand on the list of recipients, and
 * where nobody has set a list (R39); nobody hears of accounts of others.
 */
import { describe, expect, it } from 'vitest';
import { keepAddress } from '../../../functions/administration/keep-address.ts';
import { moveAccounts } from '../../../functions/collections/move-accounts.ts';
import { planReports } from '../../../functions/reporting/plan-reports.ts';
import { mailFrom } from '../../../shared/contracts/mail.ts';
import { reachPlace } from '../../../shared/contracts/reach.ts';
import { instantFromText } from '../../../shared/domain/calendar.ts';
import { day } from '../../support/account-examples.ts';
import { everything } from '../../support/test-edge.ts';
import { fillCompany, recipient } from './mail-people.ts';
import { appendFacts, companyId } from './projection-support.ts';
import { newReportParts } from './report-parts.ts';

const now = instantFromText('2026-03-10T10:00:00Z');
const change = { by: 'test', at: '2026-03-07T10:00:00Z', reason: 'test' };
const [ann, bob] = ['t:ann', 't:bob'];

const start = async (listed: readonly string[] | 'no list' = []) => {
  const { parts, world, settings, staffMails, documents } = newReportParts();
  const onList = listed === 'no list' ? [] : listed.map((id) => recipient(id, 'COL', ['collector']));
  await fillCompany(settings, onList);
  const read: typeof settings.read = async (scope, place) =>
    listed === 'no list' && place.name === 'reportMails' ? undefined : settings.read(scope, place);
  const reach = { companyIds: [companyId], teams: [], covers: [], grants: [], isDisabled: false };
  for (const id of [ann, bob].filter((one) => !onList.some(({ personId }) => personId === one)))
    await settings.save(everything, reachPlace(id), 0, { ...change, value: reach });
  await appendFacts(world, 'north', '2026-03-02', [
    { kind: 'accountAssigned', to: ann, on: day('2026-03-02') },
  ]);
  const by = { by: 't:manager', requestId: 'r1', now, scope: everything };
  return {
    settings,
    move: () => moveAccounts(parts, companyId, { from: ann, to: bob, isPreview: false }, by),
    live: (id: string, email: string | null, after = 0) =>
      keepAddress(
        settings,
        everything,
        id,
        { email, name: null, after, reason: 'test' },
        { by: 't:it', at: change.at },
      ),
    /** To whom mails went out after two ticks, and what each says. */
    told: async () => {
      for (const minutes of [0, 5])
        await planReports(
          { ...parts, settings: { ...settings, read } },
          { scope: everything, now: now.add({ minutes }) },
        );
      const { mails } = await staffMails.list(everything, companyId, { limit: 100 });
      const told = mails
        .filter(({ report }) => report === 'alert')
        .toSorted((a, b) => (a.to < b.to ? -1 : 1));
      return Promise.all(
        told.map(async ({ to, file }) => {
          const mail = mailFrom((await documents.read(everything, { companyId, name: file }))!);
          return [to, mail.to[0]?.address, /given to you|no longer yours/.exec(mail.text)?.[0]];
        }),
      );
    },
  };
};
const both = [
  [ann, 'ann@house.example', 'no longer yours'],
  [bob, 'bob@house.example', 'given to you'],
];

describe('collectors whose accounts change hands', () => {
  it('are told where they live, on no list, each once', async () => {
    const { move, told, live } = await start();
    await live(ann, 'ann@house.example');
    await live(bob, 'bob@house.example');
    await move();
    await move();
    expect(await told()).toEqual(both);
  });

  it('are told once where they are on the list, at the address of the list', async () => {
    const { move, told, live } = await start([ann, bob]);
    await live(ann, 'elsewhere@house.example');
    await move();
    expect(await told()).toEqual(both);
  });

  it('are told in a company that has set no list', async () => {
    const { move, told, live } = await start('no list');
    await live(ann, 'ann@house.example');
    await live(bob, 'bob@house.example');
    await move();
    expect(await told()).toEqual(both);
  });

  it('are not told without an address, once it was taken away, or when their sign-in was ended', async () => {
    const { settings, move, told, live } = await start();
    await live(ann, 'ann@house.example');
    await live(ann, null, 1);
    await live(bob, 'bob@house.example');
    const kept = await settings.read(everything, reachPlace(bob));
    const ended = { ...(kept!.value as object), isDisabled: true };
    await settings.save(everything, reachPlace(bob), 1, { ...change, value: ended });
    await move();
    expect(await told()).toEqual([]);
  });

  it('somebody else’s change of an address in between is not written over', async () => {
    const { live } = await start();
    await live(ann, 'ann@house.example');
    expect(await live(ann, 'mallory@house.example')).toMatchObject({ code: 'setting-changed' });
  });
});
