/**
 * `expand[]=payment_intent.latest_charge`: puts whole objects where their names stand.
 * From: the answer of a route and its `expand` parameter. Next: the caller. Only fields that can be are expanded.
 */
import type { Desk } from './desk.ts';
import { invalid } from './errors.ts';
import type { Kind } from './objects.ts';

type Node = { [field: string]: unknown };

const expandable: { [field: string]: Kind } = {
  payment_intent: 'payment_intent',
  latest_charge: 'charge',
  charge: 'charge',
  customer: 'customer',
  balance_transaction: 'balance_transaction',
};

/** @throws Refusal for a field that cannot be expanded, or more than four levels. */
export const expandPaths = (desk: Desk, answer: object, paths: readonly string[] = []): object => {
  const copy = structuredClone(answer) as Node;
  for (const [index, path] of paths.entries()) {
    const fields = path.split('.');
    if (fields.length > 4)
      throw invalid('You cannot expand more than 4 levels of a property.', { param: `expand[${index}]` });
    expandOne(desk, copy, fields, path);
  }
  return copy;
};

const expandOne = (desk: Desk, node: Node, [field = '', ...rest]: string[], path: string): void => {
  if (field === 'data' && node['object'] === 'list') {
    for (const one of node['data'] as Node[]) expandOne(desk, one, rest, path);
    return;
  }
  const refusal = invalid(`This property cannot be expanded (${path}).`, { param: 'expand' });
  if (field === 'line_items' && node['object'] === 'checkout.session')
    node[field] ??= linesOf(desk, String(node['id']));
  else if (field === 'refunds' && node['object'] === 'charge')
    node[field] ??= refundsOf(desk, String(node['id']));
  else expandName(desk, node, field, refusal);
  const next = node[field];
  if (rest.length > 0 && typeof next === 'object' && next !== null) expandOne(desk, next as Node, rest, path);
};

const expandName = (desk: Desk, node: Node, field: string, refusal: Error): void => {
  const kind = expandable[field];
  if (!kind || !(field in node)) throw refusal;
  const name = node[field];
  if (typeof name === 'string') node[field] = structuredClone(desk.get(kind, name)?.object ?? name);
};

const wholeList = (url: string, data: object[]) => ({
  object: 'list',
  url,
  has_more: false,
  data: structuredClone(data),
});

const linesOf = (desk: Desk, id: string) =>
  wholeList(`/v1/checkout/sessions/${id}/line_items`, desk.get('checkout.session', id)?.lines ?? []);

const refundsOf = (desk: Desk, id: string) => {
  const refunds = [...desk.newestFirst('refund')]
    .map(({ object }) => object)
    .filter(({ charge }) => charge === id);
  return wholeList(`/v1/charges/${id}/refunds`, refunds.slice(0, 10));
};
