/**
 * Nothing leaks (A1): words that stand for what somebody may not see are looked for in every answer to everybody.
 * Made from the registered routes, the matrix and the table of fields. Words of accounts: a customer's name, in
 * lists, searches, exports, errors and headers. Words of fields: a tax id, a limit, a payer, also in raw cells.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cosmosAccounts } from '../../shared/azure/cosmos-accounts.ts';
import { cosmosImports } from '../../shared/azure/cosmos-imports.ts';
import { cosmosReceipts } from '../../shared/azure/cosmos-receipts.ts';
import {
  cellOf,
  staffPrincipals,
  type FieldName,
  type Principal,
  type ScopeLetter,
} from '../../shared/contracts/access.ts';
import { masterDataIdOf, type MasterData } from '../../shared/domain/master-data.ts';
import { sightOf } from '../../shared/edge/fields.ts';
import { changeOf } from '../ports/account-store.suite.ts';
import { headOf, keep } from '../ports/receipt-store.suite.ts';
import { day } from '../support/account-examples.ts';
import { importThat, rejectedThat } from '../support/import-examples.ts';
import { everything } from '../support/test-edge.ts';
import { exampleCalls, type About } from './example-calls.ts';
import { startWorld, type Answer, type World } from './world.ts';

const places: Record<string, About> = {
  north: { companyId: 'acme', accountId: 'north' },
  south: { companyId: 'acme', accountId: 'south' },
  west: { companyId: 'brio', accountId: 'west' },
};
/** The word for what an account is called; it is in no id. */
const nameOf = (account: string): string => `Kanarie${account}`;

/** Words by the field they stand for; the action whose reduced cells leave out the field as well, where there is one. */
const fieldWords: Record<string, { field?: FieldName; reducedBy?: 'pay.receipt.read' | 'acct.read' }> = {
  DE811907980: { field: 'account.taxId' },
  DE129273398: { field: 'account.taxId' },
  Lindenweg77: { field: 'account.address' },
  Ahornallee5: { field: 'account.address' },
  '7654321': { field: 'account.creditLimit' },
  DE75512108001245126199: { field: 'account.bankDetails' },
  'kanarie@example.test': { field: 'contact.email' },
  kartenzahlung: { field: 'payment.method' },
  PROVIDER4711: { field: 'payment.providerId' },
  ZahlerKanarie: { reducedBy: 'pay.receipt.read' },
  VerwendungKanarie: { reducedBy: 'pay.receipt.read' },
};

let world: World;
beforeAll(async () => {
  world = await startWorld();
  const accounts = cosmosAccounts(() => world.container('ledger'));
  for (const [account, key] of Object.entries(places)) {
    const loaded = await accounts.load(everything, key);
    const id = masterDataIdOf(loaded.account.head.version + 1);
    const paper: MasterData = {
      ...{ name: nameOf(account), taxId: 'DE811907980', address: 'Lindenweg77' },
      contacts: [{ name: 'Ann', email: 'kanarie@example.test' }],
    };
    const fact = { kind: 'masterDataNoted', masterData: id, on: day('2026-03-10') } as const;
    await accounts.append(everything, loaded, changeOf([fact]), undefined, [{ id, content: paper }]);
  }
  await keepImport();
  const receipt = { id: 'never', companyId: 'acme', payerName: 'ZahlerKanarie', text: 'VerwendungKanarie' };
  await keep(
    cosmosReceipts(() => world.container('receipts')),
    headOf({ ...receipt, method: 'kartenzahlung', bankReference: 'PROVIDER4711' }),
  );
});
afterAll(() => world.close());

/** Under the name that the examples ask for: a customer row that was refused. */
const keepImport = async (): Promise<void> => {
  const imports = cosmosImports(() => world.container('imports'));
  const key = { companyId: 'acme', importId: 'never' };
  await imports.create(everything, importThat({ ...key, kind: 'customers', state: 'done' }));
  const cells = {
    ...{ account: '7', 'Tax ID': 'DE129273398', address: 'Ahornallee5', 'Credit Limit': '7654321' },
    ...{ payer_bank_account: 'DE75512108001245126199' },
  };
  const reason = { column: 'Tax ID', value: 'DE129273398', code: 'invalid', detail: 'DE129273398 is none' };
  await imports.reject(everything, key, [rejectedThat(1, { cells, reasons: [reason] })]);
};

/** Bodies of all answers. */
const told: string[] = [];
const reach = { companyIds: ['acme'], grants: [], teams: [] };

/** These change who reaches an account. */
const handsOver = new Set(['assign-collector', 'assign-sellers']);

/** Every answer to somebody about every account there is, with what a search for its name says. */
const answersTo = async (who: Principal): Promise<[string, Answer][]> => {
  const token = await world.tokenOf(who);
  const answers: [string, Answer][] = [];
  for (const route of [...new Map(world.routes.map((one) => [one.name, one])).values()])
    for (const [account, about] of Object.entries(places)) {
      const example = exampleCalls[route.name];
      if (example === undefined || handsOver.has(route.name)) continue;
      const sent = example.send(about);
      const path =
        route.name === 'run-search' ? sent.path.replace(/q=\w+/, `q=${nameOf(account)}`) : sent.path;
      answers.push([route.name, await world.call(route, { ...sent, path }, token)]);
    }
  return answers;
};

const textOf = ({ body, headers, lines }: Answer): string =>
  [body, JSON.stringify(headers), ...lines].join('\n');

/** Accounts a role with this letter reaches in the world: theirs is `north`, their company `acme`. */
const reached: Partial<Record<ScopeLetter, readonly string[]>> = {
  ...{ A: ['north', 'south', 'west'], B: ['north', 'south'], P: ['north'], S: ['north'] },
};

describe.each(staffPrincipals)('%s', (who) => {
  let answers: [string, Answer][] = [];
  beforeAll(async () => {
    await world.giveReach(who, reach);
    answers = await answersTo(who);
    told.push(...answers.map(([, answer]) => answer.body));
  }, 60_000);

  it('is told nothing of accounts they do not reach, wherever they ask', () => {
    const leaks: string[] = [];
    for (const [route, answer] of answers) {
      const letter = cellOf(world.routes.find(({ name }) => name === route)!.action, who).scope;
      for (const account of Object.keys(places).filter((one) => !(reached[letter] ?? []).includes(one)))
        if (textOf(answer).includes(nameOf(account))) leaks.push(`${route}: ${account}`);
    }
    expect(leaks).toEqual([]);
  });

  it('is told no field that is not theirs, in whatever place it stands', () => {
    const leaks: string[] = [];
    for (const [route, answer] of answers)
      for (const [word, { field, reducedBy }] of Object.entries(fieldWords)) {
        const isTheirs = field === undefined || sightOf(field, [who]) === 'plain';
        const isLeftOut = reducedBy !== undefined && isReducedOrClosed(reducedBy, who);
        if ((!isTheirs || isLeftOut) && textOf(answer).includes(word)) leaks.push(`${route}: ${word}`);
      }
    expect(leaks).toEqual([]);
  });

  it('leaves no content behind in the log', () => {
    const words = [...Object.keys(fieldWords), ...Object.keys(places).map(nameOf)];
    const logged = answers.flatMap(([route, { lines }]) =>
      words.filter((word) => lines.join('\n').includes(word)).map((word) => `${route}: ${word}`),
    );
    expect(logged).toEqual([]);
  });
});

const isReducedOrClosed = (action: 'pay.receipt.read' | 'acct.read', who: Principal): boolean => {
  const { scope, reduced } = cellOf(action, who);
  return scope === '-' || reduced;
};

it('each word is told to somebody who may know it: what nobody is told proves nothing', () => {
  const text = told.join('\n');
  const words = [...Object.keys(fieldWords), ...Object.keys(places).map(nameOf)];
  expect(words.filter((word) => !text.includes(word))).toEqual([]);
});
