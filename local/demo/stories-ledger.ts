/**
 * The customers of the eighteen stories and what is open on their accounts; all else of them is made as for others.
 * From: what each story needs. Next: `world.ts` puts them among the rest. Amounts in minor units.
 */
import { dayAfter } from './numbers.ts';
import { today, type Terms } from './plan.ts';
import type { AccountWanted } from './accounts.ts';
import type { OpenWanted } from './world.ts';

type Wanted = { accounts: readonly AccountWanted[]; open: readonly OpenWanted[] };

const ago = (days: number): string => dayAfter(today, -days);
const net30: Terms = { code: 'net 30', due: (day) => dayAfter(day, 30) };
const net60: Terms = { code: 'net 60', due: (day) => dayAfter(day, 60) };
const twoInTen: Terms = {
  ...{ code: '2/10 net 30', due: (day: string) => dayAfter(day, 30) },
  discount: { percent: 2, days: 10 },
};
const account = (id: string, name: string, more: Omit<AccountWanted, 'id' | 'name'> = {}): AccountWanted => ({
  ...{ id, name, terms: net30 },
  ...more,
});
/** Due so many days ago (below 0: in so many days); the document is a month older. */
const item = (
  of: string,
  number: string,
  amount: number,
  late: number,
  more: Partial<OpenWanted> = {},
): OpenWanted => ({
  ...{ account: of, number, amount, dueOn: ago(late), documentOn: ago(late + 30) },
  ...more,
});

/** Accounts of the collector who fell ill: he called twelve of them, four answered him by mail. */
export const calledByIll = Array.from({ length: 12 }, (_, at) => `L-${1031 + at}`);
export const answeredIll = Array.from({ length: 4 }, (_, at) => `L-${1043 + at}`);

export const ofLtd: Wanted = {
  accounts: [
    account('L-1001', 'Larkhill Foods plc', { isKey: true, limitMinor: 400_000_00 }),
    account('L-1002', 'Ravensgill Retail plc', { isKey: true, limitMinor: 400_000_00 }),
    account('L-1003', 'Penhallow Shared Services Ltd'),
    account('L-1004', 'Stonebeck Hotels Ltd'),
    account('L-1005', 'Westhollow Packaging Ltd'),
    account('L-1006', 'Brackenfold Construction Ltd', { terms: net60 }),
    ...calledByIll.map((id, at) => account(id, `Thornley Bakery ${at + 1} Ltd`)),
    ...answeredIll.map((id, at) => account(id, `Oakmere Care Home ${at + 1} Ltd`)),
  ],
  open: [
    item('L-1003', 'LS-301', 4_180_00, 21),
    item('L-1004', 'LS-401', 2_600_00, 24),
    item('L-1004', 'LS-402', 1_950_00, 18),
    item('L-1005', 'LS-501', 12_750_00, 55, { more: { insured: 'yes' } }),
    item('L-1006', 'LS-601', 18_000_00, -25, {
      more: { retention_amount: '1800.00', retention_release: dayAfter(today, 7) },
    }),
    ...calledByIll.map((id, at) =>
      item(id, `LS-7${String(at).padStart(2, '0')}`, 620_00 + at * 85_00, 1 + (at % 2)),
    ),
    ...answeredIll.map((id, at) =>
      item(id, `LS-8${String(at).padStart(2, '0')}`, 1_140_00 + at * 70_00, 16 + at),
    ),
  ],
};

/** Billed to four customers at a price that none of them agreed to. */
export const contestedProduct = 'stretch film 23 µm';
export const branches = Array.from({ length: 14 }, (_, at) => `G-${2002 + at}`);

export const ofGmbh: Wanted = {
  accounts: [
    account('G-2001', 'Rauhfels Handel AG', { isKey: true, limitMinor: 300_000_00 }),
    ...branches.map((id, at) => account(id, `Rauhfels Markt ${at + 1} GmbH`, { parent: 'G-2001' })),
    account('G-2016', 'Eschental Hotelbetriebe GmbH'),
    account('G-2017', 'Moorbach Feinkost KG'),
    account('G-2018', 'Tannwinkel Verpackungen GmbH'),
    account('G-2019', 'Klinikum Nordhang AöR'),
    account('G-2020', 'Silberhain Großküchen AG', { isKey: true, limitMinor: 300_000_00 }),
    ...[1, 2, 3, 4].map((at) => account(`G-202${at}`, `Weidenau Filiale ${at} GmbH`)),
  ],
  open: [
    ...branches.map((id, at) =>
      item(id, `GS-1${String(at).padStart(2, '0')}`, 1_310_00 + at * 137_00, -2 - at),
    ),
    item('G-2016', 'GS-201', 5_300_00, 9),
    item('G-2016', 'GS-202', 2_050_00, 6),
    // the bank's money of a promise, as the ERP books it: on account
    item('G-2016', 'GP-203', -6_400_00, 5, { type: 'payment', documentOn: ago(5) }),
    item('G-2017', 'GS-301', 2_380_00, 2, { more: { method: 'directDebit' } }),
    item('G-2018', 'GS-401', 7_900_00, 34),
    item('G-2018', 'GS-402', 4_450_00, 12),
    item('G-2018', 'GS-403', 1_200_00, -30, { documentOn: today }),
    item('G-2018', 'GS-404', 860_00, -30, { documentOn: today }),
    item('G-2019', 'GS-501', 9_640_00, -12),
    item('G-2020', 'GS-601', 14_200_00, 2),
    item('G-2020', 'GS-602', 11_900_00, -1),
    item('G-2020', 'GS-603', 9_800_00, -3),
    ...[1, 2, 3, 4].map((at) =>
      item(`G-202${at}`, `GS-70${at}`, 8_400_00 + at * 610_00, -5 - at, { more: { text: contestedProduct } }),
    ),
  ],
};

export const ofInc: Wanted = {
  accounts: [
    account('I-3001', 'Quillback Diners LLC'),
    account('I-3002', 'Sablewood Markets Inc', { terms: twoInTen }),
    account('I-3003', 'Tidewell Foodservice LLC', { terms: twoInTen }),
    account('I-3004', 'Umberfield Lodging LLC'),
    account('I-3005', 'Vinemont Facilities Inc', { isKey: true, limitMinor: 300_000_00 }),
    account('I-3007', 'Yarrowgate Medical Group Inc', { isKey: true, limitMinor: 300_000_00 }),
    account('I-3008', 'Zephyrine Foodservice Inc', { isKey: true, limitMinor: 300_000_00 }),
    account('I-3010', 'Cobblestone Diners LLC'),
    account('I-3009', 'Ambleford Markets Inc', { isKey: true, limitMinor: 300_000_00 }),
  ],
  open: [
    item('I-3001', 'IS-101', 3_275_00, 15, { clearedOn: ago(1) }),
    item('I-3001', 'IS-102', 1_460_00, 8),
    item('I-3002', 'IS-201', 10_000_00, -18, { documentOn: ago(13) }),
    item('I-3003', 'IS-301', 8_000_00, -14, { documentOn: ago(16) }),
    item('I-3004', 'IS-401', 1_205_00, 4),
    item('I-3005', 'IS-501', 30_000_00, 2),
    item('I-3007', 'IS-701', 9_000_00, 26),
    item('I-3010', 'IS-901', 1_000_00, 5),
    item('I-3010', 'IS-902', 800_00, 14),
    item('I-3010', 'IS-903', 300_00, 47),
    // a credit note of today that says nothing of what it is for: the next night's files bring it
    item('I-3010', 'IC-904', -400_00, 0, { type: 'creditNote', documentOn: today }),
  ],
};
