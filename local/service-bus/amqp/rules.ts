/**
 * The one rule a subscription has: the filter of the topology.
 * From: `enumerate-rules`. Next: described lists, as the service spells them.
 */
import rhea from 'rhea';
import { notAllowed } from '../core/errors.ts';
import type { Queue } from '../core/state.ts';
import { numberIn, type Fields } from './fields.ts';

/** Filters have a digit fewer than rules and actions: so the service numbers them. */
const codes = { rule: 0x13700000004, noAction: 0x13700000005, sql: 0x1370000006, true: 0x1370000007 };

const described = (code: number, values: unknown[]): unknown => rhea.types.wrap_described(values, code);

export const describeRules = (queue: Queue, fields: Fields): Fields | undefined => {
  if (!queue.path.includes('/Subscriptions/'))
    throw notAllowed(`'${queue.path}' has no rules: only subscriptions have.`);
  if (numberIn(fields, 'skip') > 0) return undefined;
  const filter =
    queue.filterText === undefined ? described(codes.true, []) : described(codes.sql, [queue.filterText, 20]);
  const rule = described(codes.rule, [filter, described(codes.noAction, []), '$Default']);
  return { rules: [{ 'rule-description': rule }] };
};
