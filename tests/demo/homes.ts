/**
 * Every story of the demo is one click from the home page of a role: by a list on it, or the one behind that list.
 * From: `stories.test.ts`. Next: the home pages over HTTP. What is to be seen is a text of the answer: an account, a
 * number, a state.
 */
import { homeAnswer } from '../../shared/contracts/home.ts';
import { gmbh, inc, ltd, type Demo } from './demo-support.ts';

export type Click = {
  story: number;
  as: string;
  role: string;
  company: string;
  /** The list on the page; of a way to find things, with what is asked for. */
  block: string;
  asked?: string;
  shows: readonly string[];
};

const click = (
  story: number,
  [as, role, company]: readonly [string, string, string],
  block: string,
  shows: readonly string[],
  asked?: string,
): Click => ({ ...{ story, as, role, company, block, shows }, ...(asked === undefined ? {} : { asked }) });

const clerkOf = (company: string) => ['ARC', 'ar-clerk', company] as const;
const managerOf = (company: string) => ['CRM', 'credit-manager', company] as const;
const serviceOf = (company: string) => ['CSR', 'customer-service', company] as const;

export const clicks: readonly Click[] = [
  click(1, clerkOf(gmbh), 'unidentified', ['Rauhfels Handel AG']),
  click(2, clerkOf(ltd), 'importExceptions', ['"held"', 'snapshot-shrank']),
  click(3, serviceOf(inc), 'search', ['I-3001'], 'q=IS-101'),
  click(4, clerkOf(inc), 'notPosted', ['I-3002', 'I-3003']),
  click(5, clerkOf(inc), 'notPosted', ['I-3004', 'I-3005']),
  click(6, managerOf(inc), 'pastDue', ['I-3010']),
  click(7, clerkOf(gmbh), 'onAccount', ['G-2016']),
  click(8, managerOf(ltd), 'pastDue', ['L-1004', 'brokenPromise']),
  click(9, serviceOf(ltd), 'search', ['L-1003'], 'q=Penhallow'),
  click(10, ['EXE', 'cfo', gmbh], 'decisions', ['G-2020']),
  click(11, ['DSO', 'dispute-owner', gmbh], 'ownCases', ['G-2021', 'G-2022', 'G-2023', 'G-2024', 'PRICE']),
  click(12, serviceOf(gmbh), 'search', ['G-2019'], 'q=GS-501'),
  click(13, managerOf(ltd), 'pastDue', ['L-1005', 'insurerDate']),
  click(14, managerOf(inc), 'pastDue', ['I-3007', 'blockedOrder']),
  click(15, serviceOf(ltd), 'search', ['L-1006'], 'q=LS-601'),
  click(16, managerOf(gmbh), 'pastDue', ['G-2017']),
  click(17, ['CRM', 'collector', gmbh], 'aging', ['"insolvent":']),
  click(18, ['COL2', 'collector', ltd], 'dueToday', ['L-1031', 'L-1042', 'L-1043', 'L-1046']),
];

/** The rows on the page and the answer behind them, as text. */
export const seenBy = async (
  { calls }: Demo,
  { as, role, company, block, asked }: Click,
): Promise<string> => {
  const home = homeAnswer.parse(await calls.must(as, 'GET', `home/${company}/${role}`));
  const found = home.blocks.find(({ name }) => name === block);
  if (found === undefined) throw new Error(`the home page of ${role} has no ${block}`);
  const path = found.behind.replace(/^api\//, '');
  const query = asked === undefined ? '' : `company=${company}&${asked}`;
  const behind = await calls.must(as, 'GET', query === '' ? path : `${path}?${query}`);
  return JSON.stringify([found.rows, behind]);
};
