/**
 * The company a walk runs in and the people who work for it: set up as IT would, over HTTP.
 * From: a fresh local Azure. Next: uploads and reads as the credit manager. IT asks for the credit manager's
 * reach, the executive approves.
 */
import { Refused, staffClient, type StaffClient } from './staff-client.ts';
import type { WalkAzure } from './azure.ts';

export const walkCompany = 'walk';
export const homeCurrency = 'USD';

/** `clerk`: brings in money. */
export type WalkPeople = { manager: StaffClient; clerk: StaffClient; executive: StaffClient };

/** In UTC, so that the company's day is that of the files. */
const company = {
  legalName: 'The company of the walk',
  mode: 'erpLed',
  zone: 'UTC',
  country: 'US',
  currency: homeCurrency,
  after: 0,
  reason: 'the walk',
};

export const setUpCompany = async (azure: WalkAzure): Promise<WalkPeople> => {
  const [administrator, executive] = [staffClient(azure, 'ADM'), staffClient(azure, 'EXE')];
  await administrator.write('PUT', `/api/companies/${walkCompany}`, company);
  for (const persona of ['CRM', 'ARC']) {
    const person = `/api/people/${await personOf(azure, persona)}`;
    await administrator.write('POST', `${person}/reach-requests`, {
      companyIds: [walkCompany],
      teams: [],
      covers: [],
      reason: 'works for it',
    });
    await executive.write('POST', `${person}/reach-requests/1/approval`, { reason: 'works for it' });
  }
  return peopleOf(azure);
};

export const peopleOf = (azure: WalkAzure): WalkPeople => ({
  manager: staffClient(azure, 'CRM'),
  clerk: staffClient(azure, 'ARC'),
  executive: staffClient(azure, 'EXE'),
});

/** Issuer tenant and object id, as the token of a person says. */
const personOf = async ({ identity }: WalkAzure, persona: string): Promise<string> => {
  const token = await (await fetch(`${identity}/local/token?persona=${persona}`)).text();
  const payload = token.split('.')[1];
  if (payload === undefined) throw new Refused('not-signed-in', `no token for ${persona}`);
  const { tid, oid } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, string>;
  return `${tid}:${oid}`;
};
