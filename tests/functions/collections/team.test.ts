/**
 * Whose work it is: absences with their deputies (R41), the pool (R40), accounts that change hands (R39).
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { endAbsence, keepAbsence } from '../../../functions/collections/keep-absences.ts';
import { assignByRules } from '../../../functions/collections/assign-by-rules.ts';
import { moveAccounts } from '../../../functions/collections/move-accounts.ts';
import { pullAccount } from '../../../functions/collections/pull-account.ts';
import { giveAccount } from '../../../functions/collections/tell-collectors.ts';
import { noReach, reach, reachPlace } from '../../../shared/contracts/reach.ts';
import { addDays, dayAt, instantFromText, type Instant } from '../../../shared/domain/calendar.ts';
import { scopeOf, type Scope } from '../../../shared/domain/scope.ts';
import { partsOf } from '../../../shared/edge/scope-parts.ts';
import { Crash, gateOf, withFaults } from '../../support/faults.ts';
import {
  all,
  keyOf,
  namesOf,
  noonOf,
  ofCollector,
  today,
  worklistWorld,
  type WorklistWorld,
} from './worklist-world.ts';

let world: WorklistWorld;
beforeEach(async () => {
  world = await worklistWorld();
});
const given = (to: string) => ({ kind: 'accountAssigned' as const, to, on: today });
const hear = async (...names: string[]) => {
  for (const name of names) await world.hear(await world.eventsOf(keyOf(name)));
};

describe('somebody is away', () => {
  const call = { scope: all, now: noonOf(today), by: 'tenant:CRM' };
  const parts = () => ({ settings: world.parts.settings, ownScope: () => all });
  const away = (who: string, deputy: string, firstOn = '2026-11-24', lastOn = '2026-11-26') =>
    keepAbsence(parts(), 'acme', { who, deputy, firstOn, lastOn, reason: 'ill' }, call);
  const scopeAt = async (id: string, now: Instant): Promise<Scope> => {
    const kept = await world.parts.settings.read(all, reachPlace(id));
    const known = kept === undefined ? noReach : reach.parse(kept.value);
    return scopeOf(partsOf('P', { id, reach: { ...known, companyIds: ['acme'] } }, now));
  };
  const listed = async (id: string, at: string) =>
    namesOf(
      (await world.list({ list: 'mine' }, { scope: await scopeAt(id, instantFromText(at)), callerId: id }))
        .ranked,
    );
  beforeEach(async () => {
    for (const [name, to] of [
      ['one', 't:ann'],
      ['two', 't:bob'],
      ['three', 't:cid'],
    ] as const) {
      await world.owe(keyOf(name), 40, 100_000);
      await world.say(keyOf(name), [given(to)]);
      await hear(name);
    }
  });

  it.each([
    ['before the first day', '2026-11-23T22:59:59Z', ['two']],
    ['from the first instant of the first day', '2026-11-23T23:00:00Z', ['one', 'two']],
    ['until the end of the last day', '2026-11-26T22:59:59Z', ['one', 'two']],
    ['and not after it', '2026-11-26T23:00:00Z', ['two']],
  ])('the deputy has the work %s', async (_when, at, expected) => {
    expect(await away('t:ann', 't:bob')).toMatchObject({ ok: true });
    expect((await listed('t:bob', at)).toSorted()).toEqual(expected);
  });

  it('marked today, the deputy has all due tasks and unread mail within the minute; after the last day they are back', async () => {
    const hold = { id: 'reply:1', code: 'reply-waiting', placedOn: today } as const;
    await world.say(keyOf('one'), [{ kind: 'holdPlaced', hold, on: today }]);
    const task = { id: 'task:f', act: 'followUp', stage: 0, createdOn: today, dueOn: today } as const;
    const asked = { ...task, does: ['collector'], sums: {}, items: [] } as const;
    await world.owe(keyOf('four'), 30, 200_000);
    await world.say(keyOf('four'), [given('t:ann'), { kind: 'taskCreated', task: asked, on: today }]);
    await hear('one', 'four');
    const due = async (id: string, at: Instant) => {
      const scope = await scopeAt(id, at);
      const { due: rows } = await world.list(
        { list: 'mine' },
        { scope, callerId: id, on: dayAt(at, 'Europe/Berlin') },
      );
      return rows.map(({ account, dues }) => [account, dues[0]?.kind]).toSorted();
    };
    const all_ = [
      ['four', 'followUp'],
      ['one', 'reply'],
    ];
    expect(await due('t:bob', noonOf(today))).toEqual([]);
    expect(await away('t:ann', 't:bob')).toMatchObject({ ok: true });
    expect(await due('t:bob', noonOf(today).add({ minutes: 1 }))).toEqual(all_);
    const after = noonOf(addDays(today, 3));
    expect(await due('t:bob', after)).toEqual([]);
    expect(await due('t:ann', after)).toEqual(all_);
  });

  it('and the deputy is away, too: whoever stands in for both has all', async () => {
    await away('t:ann', 't:bob');
    await away('t:bob', 't:cid');
    expect((await listed('t:cid', '2026-11-25T10:00:00Z')).toSorted()).toEqual(['one', 'three', 'two']);
  });

  it('twice the same is there once, and who is back early has the work alone again', async () => {
    await away('t:ann', 't:bob');
    await away('t:ann', 't:bob');
    const kept = await world.parts.settings.read(all, reachPlace('t:bob'));
    expect(reach.parse(kept?.value).covers).toHaveLength(1);
    const ended = await endAbsence(parts(), 'acme', { who: 't:ann', reason: 'back' }, call);
    expect(ended).toMatchObject({ value: { absences: [] } });
    expect(await listed('t:bob', '2026-11-25T10:00:00Z')).toEqual(['two']);
  });

  it.each([
    ['themselves', 't:ann', '2026-11-26'],
    ['days that end before they begin', 't:bob', '2026-11-23'],
  ])('is refused with %s as deputy', async (_what, deputy, lastOn) => {
    expect(await away('t:ann', deputy, '2026-11-24', lastOn)).toMatchObject({ code: 'nobody-to-stand-in' });
  });
});

describe('the pool', () => {
  const pull = (by: string, now = noonOf(today)) =>
    pullAccount(world.parts, 'acme', { scope: all, now, by, requestId: `pull ${by}` });
  beforeEach(async () => {
    await world.owe(keyOf('large'), 40, 900_000);
    await world.owe(keyOf('small'), 40, 100_000);
    await hear('large', 'small');
  });

  it('gives the best first, each to one person alone, also when two pull at once', async () => {
    const answers = await Promise.all([pull('t:ann'), pull('t:bob')]);
    const accounts = answers.map((answer) => (answer.ok ? answer.value.account : answer.code));
    expect(accounts.toSorted()).toEqual(['large', 'small']);
    expect(await pull('t:cid')).toMatchObject({ value: { account: null } });
  });

  it('locks what was pulled to one person until an hour later, whoever pulls or is given it meanwhile', async () => {
    const until = '2026-11-24T12:00:00Z';
    expect(await pull('t:ann')).toMatchObject({ value: { account: 'large', until } });
    await hear('large');
    const minutes = Array.from({ length: 6 }, (_, n) => noonOf(today).add({ minutes: n * 10 }));
    const others = [];
    for (const [n, at] of minutes.entries()) {
      const pulled = await pull(`t:other${n}`, at);
      others.push(pulled.ok && pulled.value.account);
      await hear('large', 'small');
    }
    expect(others).toEqual(['small', null, null, null, null, null]);
    const mine = { list: 'mine' } as const;
    const seen = async (id: string) => {
      const { due } = await world.list(mine, { scope: ofCollector(id), callerId: id });
      return due.map(({ account, dues }) => [account, dues[0]?.at]);
    };
    expect([await seen('t:ann'), await seen('t:bob')]).toEqual([[['large', until]], []]);
  });

  it('that was called in time stays with who called', async () => {
    await pull('t:ann');
    const called = { on: today, by: 'person', channel: 'call', isTalk: true } as const;
    await world.say(keyOf('large'), [{ kind: 'contactMade', contact: called, on: today }]);
    await hear('large');
    const late = instantFromText('2026-11-24T12:01:00Z');
    expect(await pull('t:bob', late)).toMatchObject({ value: { account: 'small' } });
    await hear('large', 'small');
    expect(await pull('t:cid', late)).toMatchObject({ value: { account: null } });
    const { head } = (await world.parts.accounts.load(all, keyOf('large'))).account;
    expect([head.assignedTo, head.dunning.tasks ?? []]).toEqual(['t:ann', []]);
  });

  it('takes back what was not called in time', async () => {
    await pull('t:ann');
    await hear('large');
    const early = instantFromText('2026-11-24T11:59:00Z');
    const late = instantFromText('2026-11-24T12:01:00Z');
    expect(await pull('t:bob', early)).toMatchObject({ value: { account: 'small' } });
    await hear('small');
    expect(await pull('t:cid', late)).toMatchObject({ value: { account: null } });
    await hear('large');
    expect(await pull('t:cid', late)).toMatchObject({ value: { account: 'large' } });
  });
});

describe('many accounts that change hands', () => {
  it('are told first, then moved, and found once', async () => {
    for (const name of ['one', 'two', 'three']) {
      await world.owe(keyOf(name), 40, 100_000);
      await world.say(keyOf(name), [given(name === 'three' ? 't:cid' : 't:ann')]);
    }
    const move = (isPreview: boolean) =>
      moveAccounts(
        world.parts,
        'acme',
        { from: 't:ann', to: 't:bob', isPreview },
        {
          ...{ scope: all, now: noonOf(today), by: 't:crm', requestId: 'm' },
        },
      );
    const names = async (isPreview: boolean) => {
      const answer = await move(isPreview);
      return answer.ok ? answer.value.accounts.map(({ account }) => account).toSorted() : answer.code;
    };
    expect(await names(true)).toEqual(['one', 'two']);
    expect(await names(true)).toEqual(['one', 'two']);
    expect(await names(false)).toEqual(['one', 'two']);
    expect(await names(false)).toEqual([]);
    await hear('one', 'two', 'three');
    expect(namesOf((await world.list({ collector: 't:bob' })).ranked).toSorted()).toEqual(['one', 'two']);
  });
});

describe('both collectors are told', () => {
  const [crm, now] = ['t:crm', noonOf(today)];
  const told = () =>
    world.alerts.raised.map(({ rule, to, history }) => [rule, ...to, ...(history ?? [])].join(' | '));
  beforeEach(async () => {
    for (const name of ['one', 'two', 'three'] as const) {
      await world.owe(keyOf(name), 40, 100_000);
      await world.say(keyOf(name), [given('t:ann')]);
    }
  });
  const move = (requestId: string, parts: Parameters<typeof moveAccounts>[0] = world.parts, to = 't:bob') =>
    moveAccounts(
      parts,
      'acme',
      { from: 't:ann', to, isPreview: false },
      { scope: all, now, by: crm, requestId },
    );

  it('of many accounts once, though the work dies in between and is sent again', async () => {
    let left = 1;
    const accounts = withFaults(
      world.parts.accounts,
      gateOf({ fault: () => (left-- > 0 ? undefined : 'crash-before') }),
      'accounts',
    );
    await expect(move('m', { ...world.parts, accounts })).rejects.toThrow(Crash);
    expect(await move('m')).toMatchObject({ ok: true, value: { accounts: [{}, {}] } });
    const expected = [
      'accountsMoved | t:ann | no longer yours (3): one, three, two',
      'accountsMoved | t:bob | given to you (3): one, three, two',
    ];
    expect(told()).toEqual(expected);
    await move('m');
    await move('another');
    expect(told()).toEqual(expected);
  });

  it('of one account by hand, history kept; the pool, whoever does it and what is so already tell nobody', async () => {
    const give = (to: string, by: string, requestId: string) =>
      giveAccount(keyOf('one'), { to }, { scope: all, now, by, requestId }, world.parts);
    await give('t:bob', 't:ann', 'r1');
    await give('t:bob', crm, 'r2');
    await give('', crm, 'r3');
    for (let time = 0; time < 2; time += 1) await give('t:cid', crm, 'r4');
    const entries = await world.parts.accounts.entries(all, keyOf('one'), { afterVersion: 0, limit: 50 });
    const history = entries.flatMap(({ actor, facts }) =>
      facts.flatMap((fact) =>
        fact.kind === 'accountAssigned' ? [`${'id' in actor ? actor.id : ''} > ${fact.to}`] : [],
      ),
    );
    expect(history).toEqual(['import > t:ann', 't:ann > t:bob', 't:crm > ', 't:crm > t:cid']);
    await hear('one');
    expect(namesOf((await world.list({ collector: 't:cid' })).ranked)).toEqual(['one']);
    expect(told()).toEqual([
      'accountsMoved | t:bob | given to you (1): one',
      'accountsMoved | t:bob | no longer yours (1): one',
      'accountsMoved | t:cid | given to you (1): one',
    ]);
  });

  it('by rules, of what they get and lose in one; looking first tells nobody', async () => {
    const rules = [{ name: 'all', to: ['t:bob', 't:cid'] }];
    const call = { scope: all, now, by: crm, requestId: 'rules' };
    await assignByRules(world.parts, 'acme', { rules, isPreview: true }, call);
    expect(told()).toEqual([]);
    for (let time = 0; time < 2; time += 1)
      await assignByRules(world.parts, 'acme', { rules, isPreview: false }, call);
    expect(world.alerts.raised.map(({ to }) => to)).toEqual([['t:ann'], ['t:bob'], ['t:cid']]);
  });
});

describe('accounts given out by rules', () => {
  const rules = [
    { name: 'key accounts', segments: ['key'], to: ['t:ann'] },
    { name: 'France', countries: ['FR'], to: ['t:cid'] },
    { name: 'the rest evenly', to: ['t:ann', 't:bob'] },
  ];
  const give = async (isPreview: boolean) => {
    const call = { scope: all, now: noonOf(today), by: 't:crm', requestId: 'rules' };
    const answer = await assignByRules(world.parts, 'acme', { rules, isPreview }, call);
    return answer.ok
      ? answer.value.moves.map(({ account, to, because }) => [account, to, because])
      : answer.code;
  };

  it('are told first, then moved; who is in the right place stays, and again moves nobody', async () => {
    for (const [name, to, segment, country] of [
      ['a', 't:bob', 'key', 'DE'],
      ['b', '', '', 'FR'],
      ['c', '', '', 'DE'],
      ['d', 't:bob', '', 'DE'],
    ] as const) {
      await world.owe(keyOf(name), 40, 100_000);
      await world.say(keyOf(name), [given(to), { kind: 'segmentNamed', segment, on: today }], { country });
    }
    const expected = [
      ['a', 't:ann', 'key accounts'],
      ['b', 't:cid', 'France'],
      ['c', 't:ann', 'the rest evenly'],
    ];
    expect(await give(true)).toEqual(expected);
    expect(await give(true)).toEqual(expected);
    expect(await give(false)).toEqual(expected);
    expect(await give(false)).toEqual([]);
    await hear('a', 'b', 'c', 'd');
    expect(namesOf((await world.list({ collector: 't:ann' })).ranked).toSorted()).toEqual(['a', 'c']);
  });
});
