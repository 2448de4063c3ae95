/**
 * What a route parameter may look like: `{id:int}`, `{code:length(3)}`, `{key:regex(^[a-z]+$)}`.
 * From: `route-template.ts`. Next: the router asks before it takes a route.
 */
export type Constraint = (value: string) => boolean;

const guid = /^(\{|\()?[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}(\}|\))?$/i;
const integer = /^\s*[+-]?\d+\s*$/;
const number = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;

const between = (least: bigint, most: bigint) => (value: string) =>
  integer.test(value) &&
  BigInt(value.trim().replace('+', '')) >= least &&
  BigInt(value.trim().replace('+', '')) <= most;

const plain: Record<string, Constraint> = {
  int: between(-(2n ** 31n), 2n ** 31n - 1n),
  long: between(-(2n ** 63n), 2n ** 63n - 1n),
  bool: (value) => /^(true|false)$/i.test(value),
  alpha: (value) => /^[a-z]*$/i.test(value),
  guid: (value) => guid.test(value),
  decimal: (value) => /^\s*[+-]?(\d+\.?\d*|\.\d+)\s*$/.test(value),
  double: (value) => number.test(value),
  float: (value) => number.test(value),
  datetime: (value) => /^\d{4}-\d{1,2}-\d{1,2}/.test(value) && !Number.isNaN(Date.parse(value)),
  required: (value) => value !== '',
};

const withNumbers: Record<string, (...numbers: number[]) => Constraint> = {
  length:
    (least = 0, most = least) =>
    (value) =>
      value.length >= least && value.length <= most,
  minlength:
    (least = 0) =>
    (value) =>
      value.length >= least,
  maxlength:
    (most = 0) =>
    (value) =>
      value.length <= most,
  min:
    (least = 0) =>
    (value) =>
      integer.test(value) && Number(value) >= least,
  max:
    (most = 0) =>
    (value) =>
      integer.test(value) && Number(value) <= most,
  range:
    (least = 0, most = 0) =>
    (value) =>
      integer.test(value) && Number(value) >= least && Number(value) <= most,
};

/** @throws Error when the constraint is not one of the platform's. */
export const parseConstraint = (text: string): Constraint => {
  const [, name = '', inBrackets] = text.match(/^(\w+)(?:\((.*)\))?$/s) ?? [];
  const simple = plain[name.toLowerCase()];
  if (simple && inBrackets === undefined) return simple;
  if (name.toLowerCase() === 'regex' && inBrackets !== undefined) {
    const pattern = new RegExp(inBrackets.replaceAll('{{', '{').replaceAll('}}', '}'), 'i');
    return (value) => pattern.test(value);
  }
  const counted = withNumbers[name.toLowerCase()];
  const numbers = (inBrackets ?? '').split(',').map(Number);
  if (!counted || inBrackets === undefined || numbers.some((one) => !Number.isInteger(one)))
    throw new Error(`constraint '${text}' is not known`);
  return counted(...numbers);
};
