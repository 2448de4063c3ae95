/**
 * What a parameter may be, and the provider's words when it is not.
 * From: the tree of `form.ts`. Next: the handlers get typed values. Names nobody knows are refused.
 */
import { z } from 'zod';
import { invalid, type Refusal } from './errors.ts';
import type { FormTree } from './form.ts';

const issue = (code: string, message: string) => ({ code: 'custom' as const, message, params: { code } });

/** Text that is not empty, of at most `max` characters. */
export const text = (max = 5_000) =>
  z.string().check((ctx) => {
    if (ctx.value === '')
      ctx.issues.push({
        ...issue('parameter_invalid_empty', emptyMessage),
        input: ctx.value,
        continue: false,
      });
    if (ctx.value.length > max)
      ctx.issues.push({
        ...issue('', `Invalid string: must be at most ${max} characters`),
        input: ctx.value,
      });
  });

const emptyMessage =
  'You passed an empty string. We assume empty values are an attempt to unset a parameter; however this one ' +
  'cannot be unset. You should remove it from your request or supply a non-empty value.';

/** A whole number written in digits. */
export const integer = (min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER) =>
  z.string().transform((value, ctx) => {
    const number = Number(value);
    const refuse = (message: string) => {
      ctx.addIssue({ ...issue('parameter_invalid_integer', message), input: value });
      return z.NEVER;
    };
    if (!/^-?\d{1,16}$/.test(value) || !Number.isSafeInteger(number))
      return refuse(`Invalid integer: ${value}`);
    if (number < min) return refuse(`This value must be greater than or equal to ${min}.`);
    if (number > max) return refuse(`This value must be less than or equal to ${max}.`);
    return number;
  });

export const bool = () => z.enum(['true', 'false']).transform((value) => value === 'true');

/** One of these words. */
export const oneOf = <const T extends readonly string[]>(words: T) => z.enum(words);

/** An absolute http or https address. */
export const url = () =>
  text().refine((value) => /^https?:$/.test(URL.parse(value)?.protocol ?? ''), {
    message: 'Not a valid URL',
    params: { code: 'url_invalid' },
  });

export const email = () =>
  text(800).refine((value) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value), {
    error: (raw) => `Invalid email address: ${String(raw.input)}`,
    params: { code: 'email_invalid' },
  });

/** A list, sent as a tree named 0, 1, 2 … */
export const list = <T extends z.ZodType>(inner: T, max = 100) =>
  z.preprocess(
    (value) => (isTree(value) ? Object.values(value) : value),
    z.array(inner).max(max, `Array is longer than ${max}`),
  );

const isTree = (value: unknown): value is FormTree => typeof value === 'object' && value !== null;

/** Up to 50 names of 40 characters with values of 500; an empty value leaves the name out. */
export const metadata = () =>
  z
    .preprocess((value) => (value === '' ? {} : value), z.record(z.string().max(40), z.string().max(500)))
    .refine((value) => Object.keys(value).length <= 50, 'Metadata can have at most 50 keys')
    .transform((value) => Object.fromEntries(Object.entries(value).filter(([, text]) => text !== '')));

export const expand = { expand: list(text(200), 20).optional() };

type Range = {
  gt?: number | undefined;
  gte?: number | undefined;
  lt?: number | undefined;
  lte?: number | undefined;
};

/** A moment, or a range of moments, in seconds since 1970. */
const moments = z.union([
  integer().transform((at): Range => ({ gte: at, lte: at })),
  z.strictObject({
    gt: integer().optional(),
    gte: integer().optional(),
    lt: integer().optional(),
    lte: integer().optional(),
  }),
]);
export type Moments = Range;

/** What every list takes. */
export const paging = {
  limit: integer(1, 100).optional(),
  starting_after: text().optional(),
  ending_before: text().optional(),
  created: moments.optional(),
  ...expand,
};

/** @throws Refusal in the provider's words; a name nobody knows comes first, as there. */
export const readParams = <T extends z.ZodType>(schema: T, tree: FormTree): z.output<T> => {
  const parsed = schema.safeParse(tree, { reportInput: true });
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.flatMap((one) =>
    one.code === 'invalid_union' ? innermost(one) : [one],
  );
  throw refusalOf(issues.find((one) => one.code === 'unrecognized_keys') ?? issues[0]!);
};

/** A union says little; the branch that fits the shape of what was sent says what is wrong. */
const innermost = (union: z.core.$ZodIssueInvalidUnion): z.core.$ZodIssue[] => {
  const branch = union.errors.find((issues) => issues.some((one) => one.code !== 'invalid_type'));
  return (branch ?? union.errors[0] ?? []).map((one) => ({ ...one, path: [...union.path, ...one.path] }));
};

const paramName = ([first, ...rest]: PropertyKey[]): string =>
  `${String(first)}${rest.map((part) => `[${String(part)}]`).join('')}`;

const refusalOf = (one: z.core.$ZodIssue): Refusal => {
  if (one.code === 'unrecognized_keys') {
    const names = one.keys.map((key) => paramName([...one.path, key]));
    const plural = names.length > 1 ? 's' : '';
    return invalid(`Received unknown parameter${plural}: ${names.join(', ')}`, {
      param: names[0]!,
      code: 'parameter_unknown',
    });
  }
  const param = paramName(one.path);
  if (one.code === 'invalid_type' || one.code === 'invalid_value') {
    if (one.input === undefined)
      return invalid(`Missing required param: ${param}.`, { param, code: 'parameter_missing' });
    if (one.code === 'invalid_value')
      return invalid(`Invalid ${param}: must be one of ${one.values.map(String).join(', ')}`, { param });
    return invalid(`Invalid ${one.expected}: ${JSON.stringify(one.input).slice(0, 100)}`, { param });
  }
  const code = one.code === 'custom' ? String(one.params?.['code'] ?? '') : '';
  return invalid(one.message, code === '' ? { param } : { param, code });
};
