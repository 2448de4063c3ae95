/**
 * Every field of the table (A5), as every role, in answers and in bodies: the table decides, and what is not said there
 * is not seen. Made from `access-fields.csv`, so that it grows with it.
 */
import { HttpRequest } from '@azure/functions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  fieldNames,
  fieldRightOf,
  principals,
  staffPrincipals,
  type ActionName,
  type FieldName,
  type Principal,
} from '../../shared/contracts/access.ts';
import { done } from '../../shared/domain/outcome.ts';
import { checkAnswerFields, checkPaths, maskedText, maskFields } from '../../shared/edge/fields.ts';
import { readFunction } from '../../shared/edge/http.ts';
import { writeFunction } from '../../shared/edge/http-write.ts';
import { createTestIssuer, type TestIssuer } from '../support/test-issuer.ts';
import { tenOClock, testContext, testEdge } from '../support/test-edge.ts';

let issuer: TestIssuer;
beforeAll(async () => {
  issuer = await createTestIssuer(tenOClock);
});
afterAll(() => issuer.close());

/** Anybody may do it, so that the table of fields alone decides. */
const action = 'sys.health.read';
const secret = 'DE02 1203 0000 4711';
const row = z.strictObject({ value: z.string().optional(), id: z.string() });
const answer = z.strictObject({
  rows: z.array(row),
  more: z.strictObject({ value: z.string().optional() }).nullable(),
});

const callAs = async (
  roles: readonly Principal[],
  handler: ReturnType<typeof readFunction>,
  body?: unknown,
): Promise<{ status: number | undefined; body: unknown }> => {
  const token = await issuer.tokenFor({ roles: roles.map((one) => principals[one].role) });
  const request = new HttpRequest({
    url: 'http://localhost/api/test',
    method: body === undefined ? 'GET' : 'PUT',
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined
        ? {}
        : { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }),
    },
    ...(body === undefined ? {} : { body: { string: JSON.stringify(body) } }),
  });
  const said = await handler(request, testContext().context);
  return { status: said.status, body: said.jsonBody ?? JSON.parse(said.body as string) };
};

const readAs = (roles: readonly Principal[], field: FieldName) =>
  callAs(
    roles,
    readFunction(testEdge(issuer.access), {
      ...{ name: 'test', route: 'api/test', action, answer },
      fields: { 'rows.*.value': field, 'more.value': field },
      run: async () => done({ rows: [{ id: '1', value: secret }, { id: '2' }], more: { value: secret } }),
    }),
  );

let written = 0;
const writeAs = (roles: readonly Principal[], field: FieldName, body: unknown) =>
  callAs(
    roles,
    writeFunction(testEdge(issuer.access), {
      ...{ name: 'test', route: 'api/test', action, method: 'PUT', answer: z.strictObject({ n: z.int() }) },
      body: z.strictObject({ list: z.array(row) }),
      bodyFields: { 'list.*.value': field },
      run: async () => done({ n: (written += 1) }),
    }),
    body,
  );

/** What the table says each role sees. */
const seenBy = (right: string | undefined): string | undefined => {
  if (right === 'r' || right === 'rw') return secret;
  return right === 'm' ? '•••4711' : undefined;
};

describe.each(staffPrincipals)('%s', (who) => {
  it.each(fieldNames)('sees %s as the table says, and nothing of it when it says nothing', async (field) => {
    const value = seenBy(fieldRightOf(field, who));
    const shown = value === undefined ? {} : { value };
    const { body } = await readAs([who], field);
    expect(body).toEqual({ rows: [{ id: '1', ...shown }, { id: '2' }], more: shown });
    expect('value' in (body as { more: object }).more).toBe(value !== undefined);
  });

  it.each(fieldNames)('writes %s only where the table says rw', async (field) => {
    const before = written;
    const mayWrite = fieldRightOf(field, who) === 'rw';
    const said = await writeAs([who], field, { list: [{ id: '1' }, { id: '2', value: 'x' }] });
    expect([said.status, written - before]).toEqual(mayWrite ? [200, 1] : [403, 0]);
    if (!mayWrite) expect(said.body).toMatchObject({ code: 'field-not-allowed' });
    expect((await writeAs([who], field, { list: [{ id: '1' }] })).status).toBe(200);
  });
});

describe('who changes a thing', () => {
  const changedAs = (who: Principal) =>
    callAs(
      [who],
      writeFunction(testEdge(issuer.access), {
        ...{ name: 'test', route: 'api/test', action: 'pay.apply', method: 'PUT' },
        ...{ body: z.strictObject({}), reduced: ['payer'], reducedBy: 'pay.receipt.read' },
        answer: z.strictObject({ n: z.int(), payer: z.string().optional() }),
        run: async () => done({ n: 1, payer: 'Example Ltd' }),
      }),
      {},
    );

  it('sees of it what they would see who only read it', async () => {
    expect((await changedAs('ARC')).body).toEqual({ n: 1, payer: 'Example Ltd' });
    expect((await changedAs('BKK')).body).toEqual({ n: 1 });
  });
});

describe('somebody with several roles', () => {
  it('sees what the most permissive of them sees', async () => {
    expect((await readAs(['CSR', 'ARC'], 'payment.method')).body).toMatchObject({ more: { value: secret } });
    expect((await readAs(['SAL', 'CSR'], 'payment.method')).body).toMatchObject({
      more: { value: '•••4711' },
    });
    expect((await readAs(['SAL', 'EXE'], 'payment.method')).body).toMatchObject({ more: {} });
  });

  it('sees nothing by a role that may not do this at all', async () => {
    const marginAs = (roles: readonly Principal[], what: ActionName) =>
      callAs(
        roles,
        readFunction(testEdge(issuer.access), {
          ...{
            name: 'test',
            route: 'api/test',
            action: what,
            answer: z.strictObject({ m: z.int().optional() }),
          },
          fields: { m: 'invoice.margin' },
          run: async () => done({ m: 7 }),
        }),
      );
    expect((await marginAs(['ARC', 'SAL'], action)).body).toEqual({ m: 7 });
    expect((await marginAs(['ARC', 'SAL'], 'pay.receipt.read')).body).toEqual({});
  });
});

describe('a route', () => {
  const declared =
    (fields: Record<string, string>, reduced: string[] = []) =>
    () =>
      checkAnswerFields(
        { name: 'test', action, fields: fields as Record<string, FieldName>, reduced },
        answer,
      );

  it('whose paths and fields are there starts', () => {
    expect(declared({ 'rows.*.value': 'account.taxId' }, ['more.value'])).not.toThrow();
  });

  it.each<[string, Record<string, string>, string[]]>([
    ['with a path that leads nowhere', { 'rows.*.worth': 'account.taxId' }, []],
    ['with a path through a list without saying so', { 'rows.value': 'account.taxId' }, []],
    ['with a field the table does not have', { 'rows.*.value': 'account.shoeSize' }, []],
    ['that must answer what not everybody may see', { 'rows.*.id': 'account.taxId' }, []],
    ['that reduces by a path that leads nowhere', {}, ['rows.*.worth']],
    ['that leaves out what must be there', {}, ['rows.*.id']],
  ])('%s does not start', (_what, fields, reduced) => {
    expect(declared(fields, reduced)).toThrow('route test');
  });

  it('whose masked place takes no other text does not start', () => {
    const narrow = z.strictObject({ method: z.enum(['card', 'wire']).optional() });
    const route = { name: 'test', action, fields: { method: 'payment.method' } } as const;
    expect(() => checkAnswerFields(route, narrow)).toThrow('masked');
  });

  it('whose body has no such place does not start', () => {
    expect(() => checkPaths('test', { 'list.*.worth': 'account.name' }, answer)).toThrow('nothing is at');
  });
});

describe('a masked value', () => {
  it.each([
    ['4111 1111 1111 1234', '•••1234'],
    ['12345678', '•••5678'],
    ['1234567', '•••'],
    ['sepa direct debit', '•••'],
    ['', '•••'],
  ])('%s shows as %s', (text, shown) => {
    expect(maskedText(text)).toBe(shown);
  });

  it('that is no text is left out, in lists and records too', () => {
    const masked = (value: unknown) => maskFields(value, { '*.a': 'account.bankDetails' }, ['CRM']);
    expect(masked([{ a: 4 }, { a: { iban: 'x' } }, { a: null }])).toEqual([{}, {}, { a: null }]);
    expect(masked({ one: { a: ['x'] } })).toEqual({ one: {} });
  });
});
