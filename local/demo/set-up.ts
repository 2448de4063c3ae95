/**
 * The companies of the demo and the people who work for them, set up as IT would.
 * From: `plan.ts`. Next: `seed.ts` sends the files.
 */
import type { Calls } from './calls.ts';
import { plans, type CompanyPlan } from './plan.ts';

const reason = 'first set-up';

/** Who works for which company; people of the token issuer by the word one signs in with. */
export const staff = {
  collectors: ['COL', 'COL2', 'COL3', 'COL4'],
  clerks: ['ARC', 'ARC2'],
  owners: { pricing: 'DSO', logistics: 'DSO2', quality: 'DSO3' },
  sellers: ['SAL', 'SAL2', 'SAL3'],
  /** Fell ill this morning; the second stands in. */
  ill: 'COL4',
  deputy: 'COL2',
} as const;

const everywhere = ['EXE', 'CEO', 'CTL', 'CRM', ...staff.collectors, ...staff.clerks, 'CSR'];
const inKassel = [...Object.values(staff.owners), ...staff.sellers];

export const setUp = async (calls: Calls): Promise<void> => {
  for (const plan of plans) await setUpCompany(calls, plan);
  const all = plans.map(({ id }) => id);
  for (const persona of everywhere.slice(3)) await giveReach(calls, persona, all);
  for (const persona of inKassel) await giveReach(calls, persona, all);
  await giveReach(calls, 'BKK', ['harrowmint-inc']);
  await giveReach(calls, 'SYS', all);
  for (const persona of [...everywhere, ...inKassel, 'BKK']) await nameIn(calls, persona);
  for (const plan of plans) {
    await setUpDunning(calls, plan);
    await setUpCases(calls, plan);
    await setUpReports(calls, plan);
  }
};

const setUpCompany = async (calls: Calls, { id, legalName, zone, country, currency }: CompanyPlan) => {
  const mode = 'erpLed';
  await calls.must('ADM', 'PUT', `companies/${id}`, {
    ...{ legalName, mode, zone, country, currency },
    ...{ after: 0, reason },
  });
};

const giveReach = async (calls: Calls, persona: string, companyIds: readonly string[]): Promise<void> => {
  const person = `people/${await calls.personOf(persona)}`;
  const reach = { companyIds, teams: [], covers: [], reason };
  await calls.must('ADM', 'POST', `${person}/reach-requests`, reach);
  await calls.must('EXE', 'POST', `${person}/reach-requests/1/approval`, { reason });
};

/** As reports name them. */
const nameIn = async (calls: Calls, persona: string): Promise<void> => {
  const name = await calls.nameOf(persona);
  const path = `people/${await calls.personOf(persona)}/address`;
  await calls.must('ADM', 'PUT', path, { email: null, name, after: 0, reason });
};

const senders: Record<string, { name: string; phone: string }> = {
  'harrowmint-ltd': { name: 'Tom Okafor', phone: '+44 113 496 0001' },
  'harrowmint-gmbh': { name: 'Jule Harms', phone: '+49 561 9960 0' },
  'harrowmint-inc': { name: 'Ada Whitfield', phone: '+1 614 555 0142' },
};

const setUpDunning = async (calls: Calls, plan: CompanyPlan): Promise<void> => {
  const of = `companies/${plan.id}`;
  await calls.must('ADM', 'PUT', `${of}/mail-setting`, {
    ...{ from: 'billing@dunwell.example', replyDomain: 'reply.dunwell.example' },
    address: ['1 Harrow Works', plan.city],
    sender: { ...senders[plan.id]!, email: `accounts@${plan.id}.example`, hours: '9-17' },
    ...{ linkOrigin: 'http://localhost:7072', after: 0, reason },
  });
  const bank = { holder: plan.legalName, account: plan.bank, reason };
  await calls.must('ARC', 'POST', `${of}/own-bank-details`, bank);
  await calls.must('CRM', 'POST', `${of}/own-bank-details/1/release`, {});
  await calls.must('CRM', 'PUT', `${of}/dunning/start`, {
    ...{ goLiveOn: '2026-10-14', disclosedFactors: [], creditorId: 'DE98ZZZ09999999999' },
    ...{ after: 0, reason },
  });
};

/** Whose cases are whose, and who decides above them. */
const setUpCases = async (calls: Calls, { id }: CompanyPlan): Promise<void> => {
  const { pricing, logistics, quality } = staff.owners;
  const head = await calls.personOf('CRM');
  const departments: Record<string, { owner: string; head: string }> = {};
  for (const [name, persona] of Object.entries({
    pricing,
    logistics,
    quality,
    sales: 'SAL',
    arClerk: 'ARC',
    csr: 'CSR',
  }))
    departments[name] = { owner: await calls.personOf(persona), head };
  await calls.must('ADM', 'PUT', `companies/${id}/dispute-settings`, {
    ...{ value: { departments, creditManager: head, cfo: await calls.personOf('EXE') }, after: 0, reason },
  });
};

const readers = [
  ['CEO', 'EXE', 'ceo'],
  ['EXE', 'EXE', 'cfo'],
  ['CTL', 'EXE', 'controller'],
  ['CRM', 'CRM', 'creditManager'],
  ['ARC', 'ARC', 'arClerk'],
] as const;

/** Who gets which report and alert by mail. */
const setUpReports = async (calls: Calls, { id }: CompanyPlan): Promise<void> => {
  const recipients = [];
  // Kassel's reports go to all, those of the others to who decides
  const some =
    id === 'harrowmint-gmbh' ? readers : readers.filter(([persona]) => ['EXE', 'CRM'].includes(persona));
  for (const [persona, principal, role] of some)
    recipients.push({
      ...{ personId: await calls.personOf(persona), email: `${role.toLowerCase()}@harrowmint.example` },
      ...{ principal, roles: [role] },
    });
  await calls.must('CRM', 'PUT', `reports/${id}/mails/recipients`, {
    recipients,
    times: [],
    after: 0,
    reason,
  });
};
