/**
 * No card number is kept, wherever somebody may write words (A13): every field of every route of both apps that takes a
 * sentence either masks card numbers or is named here as what names a thing.
 * Made from the bodies of the registered routes, so that it grows with them.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { registerApp } from '../../functions/main.ts';
import type { Parts } from '../../functions/parts.ts';
import type { Schema } from '../../shared/contracts/schema.ts';
import { topology } from '../../shared/contracts/topology.ts';
import { forgetFunctions, registeredRoutes } from '../../shared/edge/edge.ts';
import { maskWords, wordFields } from '../../shared/edge/mask-words.ts';
import { appSettings } from '../support/app-settings.ts';
import { tenOClock } from '../support/test-edge.ts';

const apps = Object.keys(topology.apps);
let opened: Parts[] = [];
beforeAll(async () => {
  opened = await Promise.all(apps.map((app) => registerApp(appSettings(app), () => tenOClock)));
});
afterAll(async () => {
  await Promise.all(opened.map((parts) => parts.close()));
  for (const app of apps) forgetFunctions(app);
});

const [words, number] = ['Charge 4111 1111 1111 1111.', '4111111111111111'];
const unwrapped = (schema: Schema<unknown>): Schema<unknown> | undefined =>
  schema instanceof z.ZodOptional ||
  schema instanceof z.ZodNullable ||
  schema instanceof z.ZodDefault ||
  schema instanceof z.ZodReadonly
    ? (schema.unwrap() as Schema<unknown>)
    : schema instanceof z.ZodPipe
      ? (schema.in as Schema<unknown>)
      : undefined;

/** Paths at which the words would be kept as they are. */
const keeping = (schema: Schema<unknown>, path: readonly string[] = []): string[] => {
  const inner = unwrapped(schema);
  if (inner !== undefined) return keeping(inner, path);
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([name, one]) =>
      keeping(one as Schema<unknown>, [...path, name]),
    );
  if (schema instanceof z.ZodUnion)
    return schema.options.flatMap((one) => keeping(one as Schema<unknown>, path));
  if (schema instanceof z.ZodArray) return keeping(schema.element as Schema<unknown>, path);
  if (schema instanceof z.ZodRecord) return keeping(schema.valueType as Schema<unknown>, path);
  const read = schema.safeParse(words);
  return read.success && read.data === words && !path.some((name) => wordFields.has(name))
    ? [path.join('.')]
    : [];
};

/**
 * What names a thing: a document, an account, a person of the house, a column of a file. To change it would be to mean
 * another one.
 */
const names = new Set([
  ...['company', 'companyId', 'account', 'accountId', 'billTo', 'soldTo', 'shipTo', 'site', 'segment'],
  ...['item', 'items', 'itemId', 'itemIds', 'number', 'part', 'fiscalYear', 'originalNumber', 'reference'],
  ...[
    'purchaseOrder',
    'order',
    'delivery',
    'credits',
    'creditId',
    'changeId',
    'portionId',
    'receiptId',
    'id',
  ],
  ...[
    'payerName',
    'method',
    'bank',
    'holder',
    'detailsVersion',
    'termsCode',
    'amount',
    'from',
    'to',
    'after',
  ],
  ...[
    'owner',
    'owners',
    'deputy',
    'head',
    'creditManager',
    'cfo',
    'author',
    'assignedTo',
    'salesOwner',
    'person',
  ],
  ...[
    'teams',
    'collectorId',
    'contact',
    'messageId',
    'digest',
    'policyId',
    'rule',
    'name',
    'legalName',
    'code',
  ],
  ...[
    'department',
    'cases',
    'paper',
    'papers',
    'link',
    'token',
    'source',
    'leadingSource',
    'importId',
    'profile',
  ],
  ...['columns', 'column', 'equals', 'otherwise', 'recognisedBy', 'required', 'terms', 'cells', 'value'],
  ...['creditorId', 'disclosedFactors', 'address', 'role', 'phone', 'hours'],
]);

it('every field that takes words masks card numbers, or names a thing', () => {
  const bodies = registeredRoutes().flatMap(({ name, body }) => (body === undefined ? [] : [{ name, body }]));
  expect(bodies.length).toBeGreaterThan(100);
  const found = bodies.flatMap(({ name, body }) => keeping(body).map((path) => `${name} ${path}`));
  expect(found.filter((one) => !names.has(one.split(/[ .]/).at(-1)!))).toEqual([]);
  // what a customer writes, and names of people, are words even where the same field names a thing elsewhere
  for (const one of ['say-paid reference', 'propose-own-contact wanted.name', 'log-call newContact.name'])
    expect(found).not.toContain(one);
  const needless = [...names].filter((name) => !found.some((one) => one.split(/[ .]/).at(-1) === name));
  expect(needless).toEqual([]);
});

it('words are masked however deep they lie, names of things never', () => {
  const told = { method: words, deeper: [{ reason: words }] };
  expect(
    maskWords({ told, items: [{ itemId: number, note: words }], number, paidOn: 1, none: null }),
  ).toEqual({
    told: { method: 'Charge **** **** **** 1111.', deeper: [{ reason: 'Charge **** **** **** 1111.' }] },
    items: [{ itemId: number, note: 'Charge **** **** **** 1111.' }],
    ...{ number, paidOn: 1, none: null },
  });
  expect(maskWords(undefined)).toBeUndefined();
});
