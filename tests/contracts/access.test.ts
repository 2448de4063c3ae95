/**
 * The access tables and what code reads of them are the same, cell by cell.
 * From: `infra/access/*.csv` and `shared/contracts/access.ts`. Next: nothing; a red test means
 * `scripts/make-access.ts` was not run, or a cell says what nobody understands.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  actionNames,
  cellOf,
  fieldNames,
  fieldRightOf,
  isActionName,
  kindOf,
  parseCell,
  principalNames,
  principalOfRole,
  principals,
  scopeLetters,
  staffPrincipals,
} from '../../shared/contracts/access.ts';
import type { Cell, Principal } from '../../shared/contracts/access.ts';

const table = (name: string) => {
  const text = readFileSync(join(import.meta.dirname, '../../infra/access', name), 'utf8');
  const [header = [], ...rows] = text
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  return { header, rows };
};

const spell = (cell: Cell): string =>
  cell.scope +
  (cell.requests ? 'q' : '') +
  (cell.approves ? 'a' : '') +
  (cell.limited ? 'w' : '') +
  (cell.reduced ? 'r' : '') +
  (cell.masked ? 'm' : '');

describe('the access matrix', () => {
  const { header, rows } = table('access-matrix.csv');
  const columns = header.slice(2) as Principal[];

  it('names the principals in the order of the table', () => {
    expect(principalNames.toSorted()).toEqual(columns.toSorted());
  });

  it('holds every action of the table and no other, in its order', () => {
    expect(actionNames).toEqual(rows.map(([action]) => action));
  });

  it('says of each action whether it changes something', () => {
    expect(actionNames.map((action) => kindOf(action))).toEqual(rows.map(([, kind]) => kind));
  });

  it('holds every cell of the table, and each parses', () => {
    const read = actionNames.map((action) => columns.map((who) => spell(cellOf(action, who))));
    expect(read).toEqual(rows.map(([, , ...cells]) => cells));
  });

  it('knows an action from a word', () => {
    expect(isActionName('acct.list')).toBe(true);
    expect(isActionName('acct.fly')).toBe(false);
    expect(isActionName('toString')).toBe(false);
  });
});

describe('a cell', () => {
  it('denies with a dash', () => {
    expect(parseCell('-')).toMatchObject({ scope: '-', requests: false, approves: false });
  });

  it('may carry several suffixes', () => {
    expect(parseCell('Baw')).toEqual({
      scope: 'B',
      requests: false,
      approves: true,
      limited: true,
      reduced: false,
      masked: false,
    });
  });

  it.each(['', 'X', 'Bz', '-q', 'Bqq', 'b', 'AB'])('is refused when it reads "%s"', (text) => {
    expect(() => parseCell(text)).toThrow('no cell of the matrix');
  });

  it('uses every scope letter somewhere in the matrix', () => {
    const used = new Set(
      actionNames.flatMap((action) => principalNames.map((who) => cellOf(action, who).scope)),
    );
    expect([...used].toSorted()).toEqual([...scopeLetters].toSorted());
  });
});

describe('the field table', () => {
  const { header, rows } = table('access-fields.csv');

  it('holds every field and right of the table', () => {
    const columns = header.slice(1) as Principal[];
    const read = fieldNames.map((field) => [field, ...columns.map((who) => fieldRightOf(field, who) ?? '')]);
    expect(read).toEqual(rows);
  });
});

describe('roles', () => {
  it('belong to the ten staff columns and the system, each to one', () => {
    expect(staffPrincipals).toEqual(['EXE', 'CRM', 'COL', 'CSR', 'DSO', 'SAL', 'ARC', 'BKK', 'INQ', 'ADM']);
    const roles = principalNames.flatMap((name) => principals[name].role ?? []);
    expect(new Set(roles).size).toBe(11);
    for (const role of roles) expect(principals[principalOfRole(role)!].role).toBe(role);
  });

  it('lead nowhere when they are not ours', () => {
    expect(principalOfRole('Global.Administrator')).toBeUndefined();
  });
});
