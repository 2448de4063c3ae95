/**
 * Cells of a file that not everybody may see: a tax id among rejected customers, a payer's bank account.
 * From: rows as they stood, the profiles that say what a column holds. Next: people who look at rows or correct them.
 * A column counts as what any profile of the company, or of the product, reads it as: which of them is used changes
 * nothing. What is hidden stays where it is kept, and a correction leaves it alone.
 */
import type { FieldName } from '../../shared/contracts/access.ts';
import { columnKey } from '../../shared/domain/mapping-profile-choice.ts';
import type { MappingProfile } from '../../shared/domain/mapping-profile.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { Sight } from '../../shared/edge/fields.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';
import { profilesOf } from './profiles.ts';

/** What fields of profiles and documents are in the table of fields; all others are everybody's who reads reports. */
const guarded: Readonly<Record<string, FieldName>> = {
  taxId: 'account.taxId',
  vatId: 'account.taxId',
  creditLimit: 'account.creditLimit',
  payerBankAccount: 'account.bankDetails',
  address: 'account.address',
  contactEmail: 'contact.email',
  phone: 'contact.phone',
};

type Sees = (field: FieldName) => Sight;
type Shown = {
  cells: Readonly<Record<string, string>>;
  reasons: readonly { column: string; value: string; code: string; detail: string }[];
};

/** Keys of columns this caller may not read in plain; empty for whoever sees all of them. */
export const hiddenColumns = async (
  settings: SettingsStore,
  { scope, sees }: { scope: Scope; sees: Sees },
  companyId: string,
): Promise<ReadonlySet<string>> => {
  const names = Object.keys(guarded).filter((name) => sees(guarded[name]!) !== 'plain');
  if (names.length === 0) return new Set();
  const profiles = await profilesOf(settings, scope, companyId);
  return new Set([...names, ...profiles.flatMap(({ profile }) => columnsOf(profile, names))].map(plainKey));
};

/** A heading is the same with a space, a dash or neither in it. */
const plainKey = (column: string): string => columnKey(column).replace(/[^\p{L}\p{N}]/gu, '');

const columnsOf = ({ fields }: MappingProfile, names: readonly string[]): string[] =>
  names.flatMap((name) => fields[name]?.columns ?? []);

/** The row without them; a reason of such a column keeps its code alone, since its words may quote the cell. */
export const withoutHidden = <Row extends Shown>(row: Row, hidden: ReadonlySet<string>): Row => ({
  ...row,
  cells: plainCells(row.cells, hidden),
  reasons: row.reasons.map((reason) =>
    hidden.has(plainKey(reason.column)) ? { ...reason, value: '', detail: '' } : { ...reason },
  ),
});

export const plainCells = (
  cells: Readonly<Record<string, string>>,
  hidden: ReadonlySet<string>,
): Record<string, string> =>
  Object.fromEntries(Object.entries(cells).filter(([column]) => !hidden.has(plainKey(column))));
