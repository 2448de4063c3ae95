/**
 * The shape of a parsed query. `c.x` and `c["x"]` are the same node, parentheses leave no trace.
 * From: `parse-query.ts`. Next: `compile-query.ts` makes closures of it, `print.ts` text, `plan.ts` another query.
 */
export type Arithmetic = '+' | '-' | '*' | '/' | '%';
export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';
export type BinaryOperator = Arithmetic | Comparison | 'AND' | 'OR' | '||' | '??';
export type UnaryOperator = '-' | '+' | 'NOT';

export type Member = { name: string; value: Expression };

export type Expression =
  | { kind: 'literal'; value: null | boolean | number | string }
  | { kind: 'undefined' }
  | { kind: 'parameter'; name: string }
  | { kind: 'name'; name: string }
  | { kind: 'property'; of: Expression; name: string }
  | { kind: 'index'; of: Expression; at: Expression }
  | { kind: 'array'; items: Expression[] }
  | { kind: 'object'; members: Member[] }
  /** `name` in upper case. */
  | { kind: 'call'; name: string; args: Expression[] }
  | { kind: 'unary'; operator: UnaryOperator; of: Expression }
  | { kind: 'binary'; operator: BinaryOperator; left: Expression; right: Expression }
  | { kind: 'between'; not: boolean; of: Expression; low: Expression; high: Expression }
  | { kind: 'in'; not: boolean; of: Expression; list: Expression[] }
  | { kind: 'like'; not: boolean; of: Expression; pattern: Expression; escape: string | undefined }
  | { kind: 'conditional'; test: Expression; then: Expression; otherwise: Expression }
  | { kind: 'subquery'; use: 'value' | 'exists' | 'array'; query: Query };

export type SelectItem = { value: Expression; alias: string | undefined };

export type Select =
  { kind: 'all' } | { kind: 'value'; value: Expression } | { kind: 'list'; items: SelectItem[] };

/** `each`: one binding per element (`x IN c.list`, or a subquery's rows); else the value itself. */
export type Source = { each: boolean; of: Expression; alias: string };

export type OrderItem = { value: Expression; descending: boolean };

export type Query = {
  distinct: boolean;
  /** TOP, OFFSET and LIMIT are number literals or parameters. */
  top: Expression | undefined;
  select: Select;
  from: Source[];
  where: Expression | undefined;
  groupBy: Expression[];
  orderBy: OrderItem[];
  offset: Expression | undefined;
  limit: Expression | undefined;
};

/** The name a select item gives its answer: its alias, or the last property of its path. */
const nameOf = ({ value, alias }: SelectItem): string | undefined =>
  alias ?? (value.kind === 'property' || value.kind === 'name' ? value.name : undefined);

/** The members a select list answers with; those without a name are called `$1`, `$2`, … */
export const membersOf = (items: readonly SelectItem[]): Member[] => {
  let unnamed = 0;
  return items.map((item) => ({ name: nameOf(item) ?? `$${(unnamed += 1)}`, value: item.value }));
};
