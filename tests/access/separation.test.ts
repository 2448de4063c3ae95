/**
 * Two duties that may not meet in one person never do (A6): made from the cells of the matrix that ask (`q`) and approve
 * (`a`), as the same natural person with both roles at once, with one after the other, standing in for the other, and as
 * two people. Accounts are not merged here: the pair of it has no route.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  actionNames,
  cellOf,
  principalNames,
  principals,
  type ActionName,
  type Principal,
} from '../../shared/contracts/access.ts';
import { cosmosAccounts } from '../../shared/azure/cosmos-accounts.ts';
import { cosmosImports } from '../../shared/azure/cosmos-imports.ts';
import { cosmosParkedWork } from '../../shared/azure/cosmos-parked-work.ts';
import { cosmosReceipts } from '../../shared/azure/cosmos-receipts.ts';
import { noReach, reachPlace } from '../../shared/contracts/reach.ts';
import { append, fill } from '../ports/account-store.suite.ts';
import { headOf, keep } from '../ports/receipt-store.suite.ts';
import { day } from '../support/account-examples.ts';
import { importThat } from '../support/import-examples.ts';
import { everything } from '../support/test-edge.ts';
import type { CallAs, Pair } from './separation-pair.ts';
import { pairs } from './separation-pairs.ts';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ withFiles: true });
  await fillPairs();
});
afterAll(() => world.close());

const change = { by: 'tenant:setup', at: '2026-11-22T10:00:00Z', reason: 'set up' };
const save = (scope: string, name: string, value: unknown) =>
  world.settings.save(everything, { scope, name }, 0, { value, ...change });
const runs = [1, 2, 3, 4, 5, 6];

/** Company `cara` keeps its book here; in `acme` a receipt with money left, held files and parked work. */
const fillPairs = async (): Promise<void> => {
  const cara = { companyId: 'cara', legalName: 'Cara Ltd', mode: 'dunwellLed', zone: 'Europe/Berlin' };
  await save('company:cara', 'company', { ...cara, country: 'DE', currency: 'EUR' });
  await fill(
    cosmosAccounts(() => world.container('ledger')),
    { companyId: 'cara', accountId: 'home' },
    2,
  );
  const receipts = cosmosReceipts(() => world.container('receipts'));
  const payer = { account: { companyId: 'acme', accountId: 'north' }, by: 'person' };
  const paid = { id: 'overpaid', companyId: 'acme', currency: 'EUR', standing: 'confirmed' };
  await keep(receipts, headOf({ ...paid, payer: payer.account } as never));
  const released = { releasedBy: 'tenant:other', releasedAt: '2026-10-02T10:00:00Z' };
  const asked = { reason: 'set up', askedBy: 'tenant:long-ago', askedAt: '2026-10-01T10:00:00Z' };
  const details = { version: 1, holder: 'A Ltd', account: '12345678', ...asked, ...released };
  await save('company:acme', 'payee:north', { inForce: details });
  const ledger = cosmosAccounts(() => world.container('ledger'));
  for (const n of runs) {
    const key = { companyId: 'acme', accountId: `plan-${n}` };
    await fill(ledger, key, 1);
    const to = 'tenant:one-plan-of-instalments';
    await append(ledger, await ledger.load(everything, key), [
      { kind: 'accountAssigned', to, on: day('2026-03-10') },
    ]);
    const held = { importId: `held-${n}`, kind: 'snapshot', state: 'held' } as const;
    const because = { code: 'snapshot-shrank', detail: 'half of it' } as const;
    await cosmosImports(() => world.container('imports')).create(
      everything,
      importThat({ ...held, because }),
    );
    await cosmosParkedWork(() => world.container('parked')).park(everything, {
      ...{ companyId: 'acme', source: 'ticks', workId: `parked-${n}`, code: 'kept-failing', detail: 'why' },
      ...{ body: '{}', attempts: 5, parkedAt: '2026-11-22T09:00:00Z' },
    });
  }
};

/** Calls as a person in some roles, who reaches both companies. */
const callerIn = async (person: string, roles: readonly Principal[]): Promise<CallAs> => {
  const place = reachPlace(`tenant:${person}`);
  if ((await world.settings.read(everything, place)) === undefined)
    await world.settings.save(everything, place, 0, {
      ...{ value: { ...noReach, companyIds: ['acme', 'cara'] }, ...change },
    });
  const named = roles.map((one) => principals[one].role);
  const token = await world.tokenOf(roles[0]!, { oid: person, roles: named });
  return (name, path, body) => {
    const route = world.routes.find((one) => one.name === name);
    if (route === undefined) throw new Error(`no route ${name}`);
    return world.call(route, { path, ...(body === undefined ? {} : { body }) }, token);
  };
};

const built = Object.entries(pairs).filter(([, { ask }]) => ask !== undefined) as [string, Required<Pair>][];
const unbuilt = Object.entries(pairs).filter(([, { ask }]) => ask === undefined);
const refusals = ['same-author', 'same-person', 'own-rights', 'second-person-needed', 'refund-second-person'];
const codeOf = (body: string): unknown => (JSON.parse(body) as { code?: unknown }).code;

describe('the pairs', () => {
  const actionsWith = (suffix: 'requests' | 'approves'): ActionName[] =>
    actionNames.filter((action) => principalNames.some((who) => cellOf(action, who)[suffix]));

  it('are every action of the matrix that asks, and every one that approves', () => {
    const asks = new Set(Object.values(pairs).map((pair) => pair.asks));
    const approves = new Set(Object.values(pairs).map((pair) => pair.approves));
    expect(actionsWith('requests').filter((action) => !asks.has(action))).toEqual([]);
    expect(actionsWith('approves').filter((action) => !approves.has(action))).toEqual([]);
    expect(Object.keys(pairs).length).toBeGreaterThanOrEqual(20);
  });

  it('that have no route yet are these; who adds a route of one writes down how it is asked and decided', () => {
    const routed = new Set(world.routes.map(({ action }) => action));
    // what an agency reports is applied like other money: only its own asking makes it a pair
    const inUse = new Set(built.map(([, { approves }]) => approves));
    const isRouted = ({ asks, approves, alone }: Pair) =>
      alone === undefined &&
      (routed.has(asks) || (approves !== 'pay.apply' && routed.has(approves) && !inUse.has(approves)));
    expect(unbuilt.filter(([, pair]) => isRouted(pair)).map(([name]) => name)).toEqual([]);
    expect(built.filter(([, { asks, approves }]) => !routed.has(asks) || !routed.has(approves))).toEqual([]);
    expect(unbuilt.filter(([, { alone }]) => alone !== undefined).map(([name]) => name)).toEqual([
      'hold asked by sales',
    ]);
    expect(unbuilt.filter(([, { alone }]) => alone === undefined).map(([name]) => name)).toEqual([
      ...['merging accounts', 'erasing a person', 'segments', 'placement'],
      ...['payment an agency reports', 'our own bank details', 'closing a month'],
    ]);
  });
});

/** Whoever may do a thing without asking asks nobody: with both roles they ask in the one that must. */
const isOutright = (action: ActionName, who: Principal): boolean => {
  const { scope, requests } = cellOf(action, who);
  return scope !== '-' && !requests;
};

describe.each(built)('%s', (name, { asks, as: [asker, approver], ask, decide }) => {
  const other = `other-${name.replaceAll(/\W/g, '-')}`;
  const one = `one-${name.replaceAll(/\W/g, '-')}`;

  it('is not approved by who asked, with both roles at once', async () => {
    const roles = asker === approver || isOutright(asks, approver) ? [asker] : [asker, approver];
    const asked = await ask(await callerIn(one, roles), 1);
    const answer = await decide(await callerIn(one, [...new Set([...roles, approver])]), asked);
    expect(refusals).toContain(codeOf(answer.body));
  });

  it('is not approved by who asked in a role they have no more', async () => {
    const asked = await ask(await callerIn(one, [asker]), 2);
    const answer = await decide(await callerIn(one, [approver]), asked);
    expect(refusals).toContain(codeOf(answer.body));
  });

  it('is not approved by who asked, however often they ask and try', async () => {
    const [asking, approving] = [await callerIn(one, [asker]), await callerIn(one, [approver])];
    const asked = await ask(asking, 3);
    await decide(approving, asked);
    expect(refusals).toContain(codeOf((await decide(approving, await ask(asking, 3))).body));
  });

  it('is not approved by who asked while they stand in for who may approve', async () => {
    const asked = await ask(await callerIn(one, [asker]), 5);
    const covers = [
      { collectorId: `tenant:${other}`, fromAt: '2026-01-01T00:00:00Z', untilAt: '2027-01-01T00:00:00Z' },
    ];
    const place = reachPlace(`tenant:${one}`);
    const before = await world.settings.read(everything, place);
    await world.settings.save(everything, place, before?.version ?? 0, {
      ...{ value: { ...noReach, companyIds: ['acme', 'cara'], covers }, ...change },
    });
    const answer = await decide(await callerIn(one, [approver]), asked);
    expect(refusals).toContain(codeOf(answer.body));
  });

  it('is approved by another person, also after who asked had tried', async () => {
    const asked = await ask(await callerIn(one, [asker]), 4);
    expect(refusals).toContain(codeOf((await decide(await callerIn(one, [approver]), asked)).body));
    expect(await decide(await callerIn(other, [approver]), asked)).toMatchObject({ status: 200 });
  });
});

it('nobody asks for rights of their own, or approves them', async () => {
  const admin = await callerIn('self', ['ADM', 'EXE']);
  const units = { companyIds: ['acme'], teams: [], covers: [], reason: 'an example' };
  const own = await admin('request-units', 'api/people/tenant:self/reach-requests', units);
  expect([own.status, codeOf(own.body)]).toEqual([403, 'own-rights']);
  const friend = await callerIn('friend', ['ADM']);
  await friend('request-units', 'api/people/tenant:self/reach-requests', units);
  const path = 'api/people/tenant:self/reach-requests/1/approval';
  const approval = await admin('approve-units', path, { reason: 'an example' });
  expect([approval.status, codeOf(approval.body)]).toEqual([403, 'own-rights']);
});

it('who changed where refunds go approves none of that account for 30 days', async () => {
  const details = (askedAt: string) => ({
    inForce: {
      ...{ version: 1, holder: 'A Ltd', account: '12345678', reason: 'set up' },
      ...{ askedBy: 'tenant:changer', askedAt, releasedBy: 'tenant:other', releasedAt: askedAt },
    },
  });
  const place = { scope: 'company:acme', name: 'payee:north' };
  const approveAfter = async (askedAt: string, n: number) => {
    const before = (await world.settings.read(everything, place))!.version;
    await world.settings.save(everything, place, before, { value: details(askedAt), ...change });
    const asked = await pairs['refund']!.ask!(await callerIn('clerk', ['ARC']), n);
    return pairs['refund']!.decide!(await callerIn('changer', ['CRM']), asked);
  };
  const early = await approveAfter('2026-10-23T10:00:01Z', 5);
  expect([early.status, codeOf(early.body)]).toEqual([403, 'refund-second-person']);
  expect(await approveAfter('2026-10-23T10:00:00Z', 6)).toMatchObject({ status: 200 });
});
