/**
 * Pairs of duties that may not meet in one person: who asks and who approves (`reliability.md` §4.5).
 * From: the matrix, whose cells say `q` and `a`. Next: `separation.test.ts`, which calls both as one person.
 * A pair without `ask` and `decide` has no route; the test fails as soon as one of its actions gets one.
 */
import { acme, answered, reason, type Pair } from './separation-pair.ts';
import { dunningPairs } from './separation-dunning.ts';

const proposal = (kind: string, name: string, approval: string): Pick<Pair, 'ask' | 'decide'> => ({
  ask: async (call, n) => {
    const items = [{ itemId: 'item:invoice:0', amount: 10 + n }];
    const body = { kind, accountId: 'north', currency: 'EUR', reason: 'OLD', items };
    return answered(await call(`propose-${name}`, `${acme}/proposals/${name}s`, body))['id'] as string;
  },
  decide: (call, id) =>
    call(`approve-${approval}-proposal`, `${acme}/proposals/${id}/${approval}-approval`, {}),
});

const writeOff = (level: 'manager' | 'top'): Pick<Pair, 'ask' | 'decide'> => ({
  ask: async (call, n) => {
    const path = 'api/companies/cara/accounts/home/write-offs';
    const said = { itemId: 'item:invoice:0', amount: 1 + n, reason: 'OLD' };
    const { writeOff: asked } = answered(await call('ask-write-off', path, said)) as {
      writeOff: { id: string };
    };
    return asked.id;
  },
  decide: (call, id) =>
    call(
      `approve-write-off-${level}`,
      `api/companies/cara/accounts/home/write-offs/${id}/${level === 'top' ? 'top-approval' : 'approval'}`,
      { itemId: 'item:invoice:0' },
    ),
});

const reach = (kind: 'reach' | 'grant', personOf: (n: number) => string): Pick<Pair, 'ask' | 'decide'> => ({
  ask: async (call, n) => {
    const person = `api/people/${personOf(n)}`;
    const span = { fromAt: '2026-11-01T00:00:00Z', untilAt: '2026-12-01T00:00:00Z' };
    const lent = { companyId: 'acme', accountId: 'north', itemIds: 'all', purpose: 'an example', ...span };
    const body =
      kind === 'reach' ? { companyIds: ['acme'], teams: [], covers: [], reason } : { grants: [lent], reason };
    const name = kind === 'reach' ? 'request-units' : 'request-grants';
    const { number } = answered(await call(name, `${person}/${kind}-requests`, body));
    return `${person}/${kind}-requests/${String(number)}/approval`;
  },
  decide: (call, path) => call(kind === 'reach' ? 'approve-units' : 'approve-grants', path, { reason }),
});

export const pairs: Record<string, Pair> = {
  ...dunningPairs,
  'write-off in the ERP': {
    ...{ asks: 'inv.writeoff.request', approves: 'inv.writeoff.approve', as: ['ARC', 'CRM'] },
    ...proposal('writeOff', 'write-off', 'write-off'),
  },
  'write-off in the ERP, at the top': {
    ...{ asks: 'inv.writeoff.request', approves: 'inv.writeoff.approve.top', as: ['ARC', 'EXE'] },
    ...proposal('writeOff', 'write-off', 'write-off-top'),
  },
  'write-off here': {
    ...{ asks: 'inv.writeoff.request', approves: 'inv.writeoff.approve', as: ['ARC', 'CRM'] },
    ...writeOff('manager'),
  },
  'write-off here, at the top': {
    ...{ asks: 'inv.writeoff.request', approves: 'inv.writeoff.approve.top', as: ['ARC', 'EXE'] },
    ...writeOff('top'),
  },
  'credit note': {
    ...{ asks: 'inv.credit.request', approves: 'inv.credit.approve', as: ['ARC', 'CRM'] },
    ...proposal('creditNote', 'credit-note', 'credit'),
  },
  refund: {
    ...{ asks: 'pay.refund.request', approves: 'pay.refund.approve', as: ['ARC', 'CRM'] },
    ask: async (call, n) => {
      const body = { accountId: 'north', amount: 1 + n, detailsVersion: '1', reason: 'OLD' };
      const path = `${acme}/receipts/overpaid/refunds`;
      return answered(await call('ask-refund', path, body))['id'] as string;
    },
    decide: (call, id) => call('approve-refund-proposal', `${acme}/proposals/${id}/refund-approval`, {}),
  },
  'bank details': {
    ...{ asks: 'acct.bank.update', approves: 'acct.bank.update.approve', as: ['ARC', 'CRM'] },
    ask: async (call, n) => {
      const body = { holder: 'A Ltd', account: `1234567${n}`, reason };
      const details = answered(await call('ask-bank-details', `${acme}/accounts/east/bank-details`, body));
      return String((details['next'] as { version: number }).version);
    },
    decide: (call, version) =>
      call('release-bank-details', `${acme}/accounts/east/bank-details/${version}/release`, {}),
  },
  'rights of others': {
    ...{ asks: 'adm.role.grant', approves: 'adm.role.grant.approve', as: ['ADM', 'EXE'] },
    ...reach('reach', (n) => `tenant:new-${n}`),
  },
  'access of another firm': {
    ...{ asks: 'adm.inquiry.grant', approves: 'adm.inquiry.grant.approve', as: ['CRM', 'CRM'] },
    ...reach('grant', (n) => `tenant:lawyer-${n}`),
  },
  'replay of parked work': {
    ...{ asks: 'ops.deadletter.replay', approves: 'ops.deadletter.replay.approve', as: ['ADM', 'CRM'] },
    ask: async (call, n) => {
      const body = { id: `work:ticks:parked-${n}`, company: 'acme', reason };
      answered(await call('request-replay', 'api/parked-work/replay-requests', body));
      return body.id;
    },
    decide: (call, id) => call('approve-replay', 'api/parked-work/replay-approvals', { company: 'acme', id }),
  },
  'held file': {
    ...{ asks: 'inv.import.release', approves: 'inv.import.release', as: ['ARC', 'CRM'] },
    ask: async (call, n) => {
      const path = `api/imports/acme/held-${n}/release`;
      answered(await call('decide-held-import', path, { decision: 'refuse', reason }));
      return path;
    },
    decide: (call, path) => call('decide-held-import', path, { decision: 'refuse', reason }),
  },
  'typed-in document': {
    ...{ asks: 'inv.create.manual', approves: 'inv.create.approve', as: ['BKK', 'CRM'] },
    ask: async (call, n) => {
      const about = { account: 'home', kind: 'invoice', number: `M-${n}`, currency: 'EUR' };
      const items = [{ ...about, amount: 90_000_000, documentOn: '2026-11-20', dueOn: '2026-12-20' }];
      const { items: entered } = answered(
        await call('enter-items', 'api/items', { company: 'cara', items }),
      ) as {
        items: { request: string }[];
      };
      return entered[0]!.request;
    },
    decide: (call, id) => call('approve-entry', `api/companies/cara/entry-requests/${id}/approval`, {}),
  },
  'break-glass': {
    ...{ asks: 'adm.breakglass.open', approves: 'adm.breakglass.approve', as: ['ADM', 'EXE'] },
    ask: async (call) => {
      const body = { companyIds: ['acme'], hours: 1, reason };
      const { requestedBy, number } = answered(await call('ask-break-glass', 'api/break-glass', body));
      return `api/people/${String(requestedBy)}/break-glass/${String(number)}/approval`;
    },
    decide: (call, path) => call('approve-break-glass', path, { reason }),
  },
  'merging accounts': { asks: 'acct.merge', approves: 'acct.merge.approve', as: ['ARC', 'CRM'] },
  'erasing a person': { asks: 'acct.pii.erase', approves: 'acct.pii.erase.approve', as: ['CRM', 'ADM'] },
  'hold asked by sales': {
    ...{ asks: 'acct.hold.dunning', approves: 'acct.hold.dunning', as: ['SAL', 'CRM'] },
    alone: 'a hold of its own kind stands at once and stops letters, moving no money; anybody may lift it',
  },
  segments: { asks: 'seg.edit', approves: 'dun.strategy.approve', as: ['CRM', 'EXE'] },
  placement: { asks: 'leg.place.request', approves: 'leg.place.approve', as: ['COL', 'CRM'] },
  'payment an agency reports': { asks: 'leg.payment.report', approves: 'pay.apply', as: ['INQ', 'ARC'] },
  'our own bank details': { asks: 'adm.remit.update', approves: 'adm.remit.approve', as: ['ADM', 'EXE'] },
  'closing a month': { asks: 'rep.period.close', approves: 'rep.period.close', as: ['CRM', 'EXE'] },
};
