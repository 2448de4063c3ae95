/**
 * Queries (`defaults.md` §5.1): the items pause, somebody has it by a day, what is late climbs and is told once.
 */
import { describe, expect, it } from 'vitest';
import { listCases } from '../../../functions/disputes/list-cases.ts';
import { closeQuery, openQuery, readQuery } from '../../../functions/disputes/query-cases.ts';
import { casesQuery } from '../../../shared/contracts/disputes.ts';
import { applyPayment } from '../../../shared/domain/apply-payment.ts';
import { attachmentIdOf, type Attachment } from '../../../shared/domain/attachment.ts';
import { keepAttachment } from '../../../shared/ports/attachments.ts';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import { day, factsOf, money } from '../../support/account-examples.ts';
import { callerOf, disputeWorld, key, type DisputeWorld } from '../../support/dispute-world.ts';
import { Crash, gateOf, withFaults } from '../../support/faults.ts';
import { everything } from '../../support/test-edge.ts';

const [one, two] = ['item:invoice:1', 'item:invoice:2'] as const;

const ask = async (world: DisputeWorld, code: string, items: string[] = [one], request = 'q1') => {
  const opened = await openQuery(world.parts, world.callBy('u:collector', request), key, { code, items });
  if (!opened.ok) throw new Error(`${opened.code}: ${opened.detail}`);
  return opened.value.query;
};
const listed = async (world: DisputeWorld, query: object = {}) => {
  const answer = await listCases(
    ...([world.parts, world.callBy('u:x'), callerOf('u:x', 'CRM'), 'c1'] as const),
    casesQuery.parse(query),
  );
  if (!answer.ok) throw new Error(answer.code);
  return answer.value.cases;
};
const toldOf = (world: DisputeWorld, id: string) =>
  world.alerts.raised.filter(({ caseId }) => caseId === id).map(({ rule, to }) => [rule, ...to].join(' '));
const noticesOf = async (world: DisputeWorld) =>
  (await world.entries()).flatMap(({ facts }) =>
    facts.flatMap((fact) => (fact.kind === 'noticePlanned' ? [fact.notice] : [])),
  );

describe('a query', () => {
  it('is in the list of cases with its day, its owner and what waits for it', async () => {
    const world = await disputeWorld();
    await world.post({ id: one }, { id: two, original: money(5_000) });
    const id = await ask(world, 'PORTAL', [one, two]);
    expect(await listed(world)).toMatchObject([
      {
        ...{
          case: id,
          as: 'query',
          code: 'PORTAL',
          state: 'opened',
          owner: 'u:clerk',
          department: 'arClerk',
        },
        ...{ amount: 15_000, currency: 'EUR', openedOn: '2026-11-24', dueOn: '2026-11-26' },
      },
    ]);
    expect(await listed(world, { mine: 'yes' })).toEqual([]);
    const shown = await readQuery(world.parts, world.callBy('u:x'), key, id);
    expect(shown).toMatchObject({
      ok: true,
      value: { query: id, items: [one, two], next: { level: 'owner' } },
    });
  });

  it('closed it leaves the open list, with how it ended; its items are asked for again', async () => {
    const world = await disputeWorld();
    await world.post({ id: one });
    const id = await ask(world, 'PO');
    expect((await world.account()).head.holds).toMatchObject([{ id, code: 'query-open', itemIds: [one] }]);
    await closeQuery(world.parts, world.callBy('u:clerk'), key, id);
    await world.hear();
    expect(await listed(world)).toEqual([]);
    expect(await listed(world, { open: 'no' })).toMatchObject([
      { case: id, outcome: 'answered', state: 'closed' },
    ]);
    expect((await world.account()).head.holds).toEqual([]);
  });

  it('past its day is its superior’s, three business days on the credit manager’s; each hears once', async () => {
    const world = await disputeWorld();
    await world.set('disputes', {
      departments: { arClerk: { owner: 'u:clerk', head: 'u:head' } },
      ...{ creditManager: 'u:manager', cfo: 'u:cfo' },
    });
    await world.post({ id: one });
    const id = await ask(world, 'VENDOR');
    const owners: string[] = [];
    for (const date of ['25', '26', '27', '30']) {
      world.moveTo(`2026-11-${date}T07:00:00Z`);
      await world.tick();
      await world.tick();
      await world.hear();
      owners.push((await listed(world))[0]!.owner);
    }
    world.moveTo('2026-12-01T07:00:00Z');
    await world.tick();
    owners.push((await listed(world))[0]!.owner);
    expect(owners).toEqual(['u:clerk', 'u:clerk', 'u:head', 'u:head', 'u:manager']);
    expect(toldOf(world, id)).toEqual([
      ...['disputeDateNear u:clerk', 'disputePastDate u:clerk u:head', 'disputePastDate u:manager'],
    ]);
  });

  it('whose document is not there yet is answered by the copy as soon as it is', async () => {
    const world = await disputeWorld();
    await world.post({ id: one });
    const id = await ask(world, 'COPY');
    await world.hear();
    expect(await listed(world)).toMatchObject([{ case: id }]);
    const bytes = new TextEncoder().encode('%PDF-1.4');
    const attachment: Attachment = {
      id: attachmentIdOf({ ...key, itemId: one, sha256: sha256('x') }, sha256),
      ...{ ...key, itemId: one, number: '1', paper: 'document', name: 'a.pdf', sha256: sha256('x') },
      ...{ bytes: bytes.byteLength, contentType: 'application/pdf', origin: { is: 'upload' } },
      ...{ by: 'u:x', at: '2026-11-24T09:00:00Z' },
    };
    await keepAttachment(world.parts, everything, attachment, bytes, false);
    world.moveTo('2026-11-25T07:00:00Z');
    await world.tick();
    expect(await noticesOf(world)).toMatchObject([{ text: 'T16', attachmentIds: [attachment.id] }]);
    expect(await listed(world, { open: 'no' })).toMatchObject([{ case: id, outcome: 'copySent' }]);
  });

  it('of which nothing is owed any more is over', async () => {
    const world = await disputeWorld();
    await world.post({ id: one }, { id: 'payment:r1', kind: 'paymentOnAccount', original: money(-10_000) });
    const id = await ask(world, 'PO');
    const payment = { paymentId: 'payment:r1', itemId: one, changeId: 'p', amount: money(10_000) };
    await world.append(
      (account) => factsOf(applyPayment(account, { ...payment, on: day('2026-11-24') })),
      [one, 'payment:r1'],
    );
    await world.hear();
    expect(await listed(world, { open: 'no' })).toMatchObject([{ case: id, outcome: 'paid' }]);
    expect((await world.account()).head.holds).toEqual([]);
    expect(await world.violations()).toEqual([]);
  });

  it('a row lost by a crash comes back with the event', async () => {
    const world = await disputeWorld();
    await world.post({ id: one });
    await world.hear();
    const gate = gateOf({ fault: () => 'crash-before' });
    const cases = withFaults(world.parts.cases, gate, 'cases');
    const call = world.callBy('u:collector', 'q1');
    await expect(
      openQuery({ ...world.parts, cases }, call, key, { code: 'PO', items: [one] }),
    ).rejects.toThrow(Crash);
    expect(await listed(world)).toEqual([]);
    await world.hear();
    expect(await listed(world)).toMatchObject([{ as: 'query', code: 'PO' }]);
    await ask(world, 'PO');
    expect(await listed(world)).toHaveLength(1);
  });

  it('of another account is not there', async () => {
    const world = await disputeWorld();
    await world.post({ id: one });
    const id = await ask(world, 'PO');
    const other = { companyId: 'c1', accountId: 'a2' };
    expect(await readQuery(world.parts, world.callBy('u:x'), other, id)).toMatchObject({ code: 'not-found' });
    expect(await closeQuery(world.parts, world.callBy('u:x'), other, id)).toMatchObject({
      code: 'not-found',
    });
  });
});
