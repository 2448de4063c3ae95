/**
 * People in lists of reports by their names, where somebody said what they are called; else by where they are mailed.
 * From: sections that name people by their ids; settings of each. Next: the mail and its workbook.
 */
import { staffAddress, staffAddressPlace } from '../../shared/contracts/staff-address.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { ExportCell } from '../../shared/formats/csv-neutral.ts';
import type { ReportSection } from '../../shared/formats/report-mail.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';

/** Tenant and person, as the directory has them. */
const aPerson = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type NameParts = { settings: Pick<SettingsStore, 'read'> };

export const withNames = async (
  parts: NameParts,
  system: Scope,
  sections: readonly ReportSection[],
): Promise<ReportSection[]> => {
  const cells = sections.flatMap(({ rows }) => rows.flat());
  const ids = new Set(cells.flatMap((cell) => (isPerson(cell) ? [cell.text] : [])));
  if (ids.size === 0) return [...sections];
  const names = distinct(await Promise.all([...ids].map((id) => nameOf(parts, system, id))));
  const named = (cell: ExportCell): ExportCell =>
    isPerson(cell) ? { is: 'text', text: names.get(cell.text) ?? cell.text } : cell;
  return sections.map((section) => ({ ...section, rows: section.rows.map((row) => row.map(named)) }));
};

const isPerson = (cell: ExportCell): cell is ExportCell & { is: 'text' } =>
  cell.is === 'text' && aPerson.test(cell.text);

type Named = { id: string; name: string; email?: string };

const nameOf = async ({ settings }: NameParts, system: Scope, id: string): Promise<Named> => {
  const kept = await settings.read(system, staffAddressPlace(id));
  const { email = null, name = null } = kept === undefined ? {} : staffAddress.parse(kept.value);
  return { id, name: name ?? email ?? id, ...(email === null ? {} : { email }) };
};

/** Two people of one name are told apart by where they are mailed, or by their ids. */
const distinct = (people: readonly Named[]): Map<string, string> => {
  const alike = Map.groupBy(people, ({ name }) => name);
  return new Map(
    people.map(({ id, name, email }) => [
      id,
      alike.get(name)!.length === 1 || name === id ? name : `${name} (${email ?? id})`,
    ]),
  );
};
