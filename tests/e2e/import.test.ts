/**
 * A file from upload to ledger over HTTP alone, hosted as in the cloud on the local Azure.
 */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readEnvironment } from '../../local/environment.ts';
import { runLocal, type Running } from '../../local/run.ts';
import { createdAnswer, importAnswer } from '../../shared/contracts/imports.ts';
import { rejectedAnswer, rowDecisionAnswer } from '../../shared/contracts/rejected-rows.ts';
import { problemDocument } from '../../shared/contracts/problems.ts';
import { invoicesCsv } from '../functions/invoice-ingestion/world.ts';

let running: Running;

beforeAll(async () => {
  const environment = readEnvironment(['--memory'], { DUNWELL_LOCAL_PORTS: 'any' });
  running = await runLocal(environment, () => undefined);
  await setUp();
});
afterAll(() => running.close());

const tokenOf = async (persona: string): Promise<string> => {
  const origin = new URL(running.endpoints.identity.issuer).origin;
  return (await fetch(`${origin}/local/token?persona=${persona}`)).text();
};

const call = async (persona: string, method: string, path: string, body?: object | Uint8Array) => {
  const isBytes = body instanceof Uint8Array;
  const content = isBytes ? body : body && JSON.stringify(body);
  const key = createHash('sha256')
    .update(`${persona} ${method} ${path}`)
    .update(content ?? '')
    .digest('hex');
  return fetch(`${running.urls['staff']}/api/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await tokenOf(persona)}`,
      'idempotency-key': key,
      ...(body && { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' }),
    },
    ...(content && { body: content as string }),
  });
};

const json = async (answer: Promise<Response>): Promise<unknown> => {
  const got = await answer;
  const text = await got.text();
  if (!got.ok) throw new Error(`${got.status} ${text}`);
  return JSON.parse(text);
};

/** IT sets the company up and asks for the credit manager's reach; the executive approves. */
const setUp = async (): Promise<void> => {
  const company = {
    ...{ legalName: 'Acme', mode: 'erpLed', zone: 'UTC', country: 'DE', currency: 'EUR' },
    ...{ after: 0, reason: 'test' },
  };
  await json(call('ADM', 'PUT', 'companies/acme', company));
  const payload = (await tokenOf('CRM')).split('.')[1] ?? '';
  const { tid, oid } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, string>;
  const reach = { companyIds: ['acme'], teams: [], covers: [], reason: 'test' };
  await json(call('ADM', 'POST', `people/${tid}:${oid}/reach-requests`, reach));
  await json(call('EXE', 'POST', `people/${tid}:${oid}/reach-requests/1/approval`, { reason: 'test' }));
};

const csv = Buffer.from(invoicesCsv(500));
const described = 'company=acme&name=invoices.csv&kind=invoices&source=erp&locale=plain';

const settled = async (importId: string) => {
  await running.clock.moveTo(running.clock.now() + 1_000);
  for (;;) {
    const answer = importAnswer.parse(await json(call('CRM', 'GET', `imports/acme/${importId}`)));
    if (['done', 'refused', 'held'].includes(answer.state)) return answer;
    await running.clock.moveTo(running.clock.now() + 1_000);
  }
};

it('a file of 500 rows with 20 bad ones is in the ledger, its report equal to what changed there', async () => {
  const sent = createdAnswer.parse(await json(call('CRM', 'POST', `imports/file?${described}`, csv)));
  const answer = await settled(sent.import.importId);
  expect(answer).toMatchObject({
    state: 'done',
    rows: { read: 500, accepted: 480, rejected: 20, rejectedBy: { 'invalid-amount': 20 } },
    posted: { rows: 480, refusedBy: {} },
  });
  expect(answer.posted.change).toEqual(answer.sums);
});

it('the same file again answers with its first result', async () => {
  const again = createdAnswer.parse(await json(call('CRM', 'POST', `imports/file?${described}`, csv)));
  expect(again).toMatchObject({ isAgain: true });
  const { posted } = await settled(again.import.importId);
  expect(posted.rows).toBe(480);
});

it('a rejected row is corrected and goes on as a small import of its own', async () => {
  const { importId } = createdAnswer.parse(
    await json(call('CRM', 'POST', `imports/file?${described}`, csv)),
  ).import;
  const page = rejectedAnswer.parse(
    await json(call('CRM', 'GET', `imports/acme/${importId}/rejected?limit=1`)),
  );
  const { row } = page.rows[0]!;
  const decision = { decision: 'correct', cells: { amount: '99.00' }, reason: 'a slip' };
  const decided = rowDecisionAnswer.parse(
    await json(call('CRM', 'POST', `imports/acme/${importId}/rejected/${row}`, decision)),
  );
  const small = await settled(decided.import!.importId);
  expect(small).toMatchObject({ state: 'done', corrects: { importId, row }, sums: { EUR: 9_900 } });
});

it('blocks in any order, one twice, make the file that was announced', async () => {
  const bytes = Buffer.from(invoicesCsv(30, () => false).replaceAll('F-', 'G-'));
  const announced = {
    ...{ company: 'acme', name: 'more.csv', kind: 'invoices', source: 'erp', locale: 'plain' },
    ...{ size: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex') },
  };
  const sent = createdAnswer.parse(await json(call('CRM', 'POST', 'imports', announced)));
  const place = `imports/acme/${sent.import.importId}`;
  const early = await call('CRM', 'POST', `${place}/commit`);
  expect(problemDocument.parse(await early.json()).code).toBe('blocks-missing');
  await json(call('CRM', 'PUT', `${place}/blocks/0`, bytes));
  await json(call('CRM', 'PUT', `${place}/blocks/0`, bytes));
  const key = { 'idempotency-key': 'second-try' };
  const committed = await fetch(`${running.urls['staff']}/api/${place}/commit`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await tokenOf('CRM')}`, ...key },
  });
  expect(committed.status).toBe(202);
  expect(await settled(sent.import.importId)).toMatchObject({ state: 'done', rows: { accepted: 30 } });
});

it('an import of a company out of reach is not there', async () => {
  const foreign = await call('CRM', 'POST', `imports/file?${described.replace('acme', 'other')}`, csv);
  expect(foreign.status).toBe(404);
  expect((await call('CRM', 'GET', 'imports/other/imp-1')).status).toBe(404);
});
