/**
 * Fields by `access-fields.csv`: what of an answer a caller sees, what of a body they may say.
 * From: the paths a route declares for the fields of the table. Next: the wrappers beside this file.
 * Of several principals the most permissive counts, and only those whom the matrix lets do the action.
 */
import {
  cellOf,
  fieldNames,
  fieldRightOf,
  principalNames,
  type ActionName,
  type FieldName,
  type Principal,
} from '../contracts/access.ts';
import { mayBeAbsent, mayBeText, schemasAt } from '../contracts/schema-paths.ts';
import type { Schema } from '../contracts/schema.ts';

/** Which place of an answer or a body holds which field of the table, such as `{'receipts.*.method': 'payment.method'}`. */
export type FieldPaths = Readonly<Record<string, FieldName>>;

export type Sight = 'plain' | 'masked' | 'none';

/** What stands for a value that is masked; the end of an account or card number stays. */
export const maskedText = (text: string): string =>
  /^.{4,}\d{4}$/s.test(text) ? `•••${text.slice(-4)}` : '•••';

/** Those of the caller's principals that open the action. */
export const principalsFor = (principals: readonly Principal[], action: ActionName): Principal[] =>
  principals.filter((one) => cellOf(action, one).scope !== '-');

/**
 * The right of one principal. Machines have no column, since what they do is narrowed by action (decision 0006);
 * a decider sees what the clerk of the case sees; `own`, `team`, `self` need more than this table and open nothing here.
 */
const rightOf = (field: FieldName, who: Principal): 'rw' | 'r' | 'm' | undefined => {
  if (who === 'SYS') return 'rw';
  const right = fieldRightOf(field, who === 'DEC' ? 'CSR' : who);
  if (who === 'DEC') return right === 'rw' ? 'r' : right === 'r' || right === 'm' ? right : undefined;
  return right === 'rw' || right === 'r' || right === 'm' ? right : undefined;
};

export const sightOf = (field: FieldName, principals: readonly Principal[]): Sight => {
  const rights = principals.map((who) => rightOf(field, who));
  if (rights.some((right) => right === 'r' || right === 'rw')) return 'plain';
  return rights.includes('m') ? 'masked' : 'none';
};

export const mayWrite = (field: FieldName, principals: readonly Principal[]): boolean =>
  principals.some((who) => rightOf(field, who) === 'rw');

/** The answer as these principals may see it: what they may not is left out, what is masked is a text of dots. */
export const maskFields = (answer: unknown, fields: FieldPaths, principals: readonly Principal[]): unknown =>
  Object.entries(fields).reduce((seen, [path, field]) => {
    const sight = sightOf(field, principals);
    if (sight === 'plain') return seen;
    return changedAt(seen, path.split('.'), sight === 'masked' ? masked : () => undefined);
  }, answer);

/** The answer without some of its places. */
export const withoutPaths = (answer: unknown, paths: readonly string[]): unknown =>
  paths.reduce((seen, path) => changedAt(seen, path.split('.'), () => undefined), answer);

/** A number or an object cannot be half shown: it is left out. */
const masked = (value: unknown): unknown => {
  if (value === null) return null;
  return typeof value === 'string' ? maskedText(value) : undefined;
};

/** The fields a body speaks of that none of these principals may write, by path. */
export const fieldsRefused = (
  body: unknown,
  fields: FieldPaths,
  principals: readonly Principal[],
): string[] =>
  Object.entries(fields)
    .filter(([path, field]) => !mayWrite(field, principals) && isSaid(body, path.split('.')))
    .map(([path]) => path);

/** Whether anything is at a path. */
export const isSaid = (value: unknown, path: readonly string[]): boolean => {
  let said = false;
  changedAt(value, path, (one) => {
    said ||= one !== undefined;
    return one;
  });
  return said;
};

/** A copy in which each value the path leads to is what `change` makes of it; undefined takes it out. */
const changedAt = (value: unknown, path: readonly string[], change: (one: unknown) => unknown): unknown => {
  const [name, ...rest] = path;
  if (name === undefined) return change(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value))
    return name === '*'
      ? value.map((one) => changedAt(one, rest, change)).filter((one) => one !== undefined)
      : (value as unknown[]);
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, one]) => [
        key,
        name === '*' || key === name ? changedAt(one, rest, change) : (one as unknown),
      ])
      .filter(([, one]) => one !== undefined),
  );
};

/** Whether the matrix gives these principals the action with a reduced set of fields only. */
export const isReduced = (action: ActionName, principals: readonly Principal[]): boolean =>
  principalsFor(principals, action).every((one) => cellOf(action, one).reduced);

/** Whether the matrix gives these principals the action within a personal limit only. */
export const isLimited = (action: ActionName, principals: readonly Principal[]): boolean =>
  principalsFor(principals, action).every((one) => cellOf(action, one).limited);

type Declared = {
  name: string;
  action: ActionName;
  fields?: FieldPaths | undefined;
  reduced?: readonly string[] | undefined;
};

/** @throws when a path leads nowhere, a field is not of the table, or a caller could not be answered by the schema. */
export const checkAnswerFields = (
  { name, action, fields = {}, reduced = [] }: Declared,
  answer: Schema<unknown>,
): void => {
  checkPaths(name, fields, answer);
  for (const [path, field] of Object.entries(fields)) {
    const sights = principalsFor(principalNames, action).map((who) => sightOf(field, [who]));
    if (sights.includes('none') && !mayBeAbsent(answer, path))
      throw new Error(`route ${name}: ${path} is not everybody's to see, so it must be optional`);
    if (sights.includes('masked') && !mayBeText(answer, path, maskedText('')))
      throw new Error(`route ${name}: ${path} is masked for some, so it must be able to hold any text`);
  }
  for (const path of reduced)
    if (schemasAt(answer, path).length === 0 || !mayBeAbsent(answer, path))
      throw new Error(`route ${name}: ${path} is left out for some, so it must be there and optional`);
};

/** @throws when a path leads nowhere or a field is not of the table. */
export const checkPaths = (name: string, fields: FieldPaths, schema: Schema<unknown>): void => {
  for (const [path, field] of Object.entries(fields)) {
    if (!fieldNames.includes(field)) throw new Error(`route ${name}: the access table has no field ${field}`);
    if (schemasAt(schema, path).length === 0) throw new Error(`route ${name}: nothing is at ${path}`);
  }
};
