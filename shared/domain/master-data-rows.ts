/**
 * Master data as the rows of a file tell it.
 * From: work on one account. Next: `masterDataAfter` adds it to what is known. Rows of documents only fill in what
 * nobody has said: their name is who was billed, not what the customer is called.
 */
import type { AccountWork } from './account-work.ts';
import type { DocumentRow } from './feed-rows.ts';
import { customerAfter, type CustomerSaid } from './customer-sources.ts';
import { masterDataAfter, type Contact, type MasterData } from './master-data.ts';
import type { ContactRow, CustomerRow } from './other-rows.ts';

/** What the work says of the customer, beside what is known of it. */
export const masterDataOf = (work: AccountWork, known: MasterData): MasterData => {
  switch (work.do) {
    case 'customers':
      return {};
    case 'contacts':
      return { contacts: contactsAfter(known.contacts ?? [], work.rows) };
    case 'apStatus':
      return {};
    case 'journal':
      return unsaid(known, work.accountName, work.documents);
    default:
      return unsaid(known, work.accountName, work.rows);
  }
};

const unsaid = (
  known: MasterData,
  accountName: string | undefined,
  rows: readonly DocumentRow[],
): MasterData => {
  const name = accountName ?? rows.find((row) => row.accountName !== undefined)?.accountName;
  const email = rows.find((row) => row.contactEmail !== undefined)?.contactEmail;
  return {
    ...(known.name !== undefined || name === undefined ? {} : { name, nameFrom: 'rows' as const }),
    ...(known.email !== undefined || email === undefined ? {} : { email }),
  };
};

/** What is known after the work has spoken; the very same object when it says nothing new. */
export const masterDataAfterWork = (known: MasterData, work: AccountWork): MasterData => {
  if (work.do !== 'customers') return masterDataAfter(known, masterDataOf(work, known));
  const { source, asOf, isLeading = true } = work;
  const { match = { externalId: work.accountId, reason: 'same-number' as const } } = work;
  const said = Object.assign({}, ...work.rows.map(customerOf)) as CustomerSaid;
  const after = customerAfter(known, { ...match, source, asOf, isLeading, said });
  const email = work.rows.find(({ contactEmail }) => contactEmail !== undefined)?.contactEmail;
  return after.email !== undefined || email === undefined ? after : { ...after, email };
};

export const customerOf = ({
  row: _row,
  accountId: _account,
  ledgerAccount: _ledgerAccount,
  contactEmail: _contactEmail,
  creditLimit,
  ...said
}: CustomerRow): CustomerSaid => ({
  ...said,
  ...(creditLimit === undefined || said.currency === undefined
    ? {}
    : { creditLimit: { amount: creditLimit, currency: said.currency } }),
});

/** By mail address, else by name; one a person confirmed stays as it is. */
const contactsAfter = (known: readonly Contact[], rows: readonly ContactRow[]): readonly Contact[] => {
  const byKey = new Map(known.map((contact) => [keyOf(contact), contact]));
  for (const { row: _row, accountId: _account, ...said } of rows) {
    const before = byKey.get(keyOf(said));
    if (!before?.isConfirmed) byKey.set(keyOf(said), { ...before, ...said });
  }
  return [...byKey.values()];
};

const keyOf = ({ email, name }: Contact): string => (email ?? name).toLowerCase();
