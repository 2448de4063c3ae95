/**
 * The mail address a file of customers brings: whom to write to, until somebody says otherwise.
 */
import { expect, it } from 'vitest';
import type { AccountWork } from '../../shared/domain/account-work.ts';
import { masterDataAfterWork } from '../../shared/domain/master-data-rows.ts';
import { recipientsOf } from '../../shared/domain/recipients.ts';

const work = (contactEmail?: string): Extract<AccountWork, { do: 'customers' }> => ({
  ...{ do: 'customers', accountId: 'C-1', source: 'erp', asOf: '2026-06-01T00:00:00Z' },
  rows: [
    {
      row: 1,
      accountId: 'C-1',
      name: 'Muster GmbH',
      isClosed: false,
      ...(contactEmail && { contactEmail }),
    },
  ],
});

it('is who is written to where nobody is named, and takes the place of none that is known', () => {
  const brought = masterDataAfterWork({}, work('ap@muster.example'));
  expect(brought).toMatchObject({ name: 'Muster GmbH', email: 'ap@muster.example' });
  expect(recipientsOf(brought, { stateOf: () => undefined }).to?.email).toBe('ap@muster.example');
  expect(masterDataAfterWork(brought, work('ap@muster.example'))).toBe(brought);
  expect(masterDataAfterWork(brought, work('other@muster.example')).email).toBe('ap@muster.example');
  expect(masterDataAfterWork({}, work())).not.toHaveProperty('email');
});
