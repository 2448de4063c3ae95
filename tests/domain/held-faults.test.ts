/**
 * Each fault of an invoice that is posted and held, red and green (R16).
 */
import { describe, expect, it } from 'vitest';
import { heldFaultsOf } from '../../shared/domain/held-faults.ts';
import type { MasterData } from '../../shared/domain/master-data.ts';
import { masterDataAfter } from '../../shared/domain/master-data.ts';
import { day, money } from '../support/account-examples.ts';
import { rowOf } from '../support/posting-examples.ts';

const master: MasterData = { name: 'Lee Ltd.', nameFrom: 'customers', termsCode: 'net 30' };
const good = rowOf('A', 10_000, { accountName: 'LEE LTD', references: { purchaseOrder: 'P1' } });

describe('an invoice is held', () => {
  it.each([
    ['po-missing', { references: {} }, { requiresPurchaseOrder: true }],
    ['bill-to-differs', { accountName: 'Kim Ltd' }, {}],
    ['due-date-differs', { dueOn: day('2026-04-02') }, {}],
    ['zero-total', { original: money(0), open: money(0) }, {}],
    ['customer-closed', {}, { isClosed: true }],
    ['tax-differs', { faults: ['tax-differs'] }, {}],
    ['price-differs', { faults: ['price-differs'] }, {}],
    ['attachment-missing', { faults: ['attachment-missing'] }, {}],
  ])('%s', (fault, row, more) => {
    expect(heldFaultsOf({ ...good, ...row }, { ...master, ...more })).toEqual([fault]);
  });

  it('for nothing when all is well, or nothing is known to compare with', () => {
    expect(heldFaultsOf(good, { ...master, requiresPurchaseOrder: true })).toEqual([]);
    expect(heldFaultsOf({ ...good, accountName: 'Kim', references: {} }, undefined)).toEqual([]);
    expect(heldFaultsOf({ ...good, accountName: 'Kim' }, { name: 'Lee', nameFrom: 'rows' })).toEqual([]);
  });

  it('while credits are not', () => {
    const credit = rowOf('C', -1, { kind: 'creditNote', accountName: 'Kim' });
    expect(heldFaultsOf(credit, { ...master, isClosed: true })).toEqual([]);
  });
});

it('a feed adds and corrects, and never overwrites what a person confirmed', () => {
  const known: MasterData = { name: 'Lee', email: 'a@lee.example', confirmed: ['email'] };
  expect(masterDataAfter(known, { name: 'Lee Ltd', email: 'b@lee.example' })).toEqual({
    ...known,
    name: 'Lee Ltd',
  });
  expect(masterDataAfter(known, { name: 'Lee' })).toBe(known);
});
