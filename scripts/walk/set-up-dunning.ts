/**
 * How the company of a walk writes to its customers: mail setting, bank details by two people, the first day it dunns,
 * and a made-up contact for each account.
 * From: the company of `set-up.ts`. Next: the first morning. Policies are those the product comes with.
 */
import { walkCompany, type WalkPeople } from './set-up.ts';
import { staffClient } from './staff-client.ts';
import type { WalkAzure } from './azure.ts';
import { uploadFile } from './upload.ts';

const reason = 'the walk';
const ofCompany = `/api/companies/${walkCompany}`;

const mailSetting = {
  ...{ from: 'ar@dunwell.example', replyDomain: 'reply.dunwell.example', address: ['1 Walk Lane'] },
  sender: { name: 'Ann Walker', email: 'ann@walk.example', phone: '+1 555 0100', hours: '9-17' },
  ...{ linkOrigin: 'https://pay.walk.example', after: 0, reason },
};
const bank = { holder: 'The company of the walk', account: 'DE02120300000000202051', reason };

/** `goLiveOn`: its first two weeks are drafts, which the walk releases. */
export const setUpDunning = async (
  azure: WalkAzure,
  { manager, clerk }: WalkPeople,
  goLiveOn: string,
): Promise<void> => {
  await staffClient(azure, 'ADM').write('PUT', `${ofCompany}/mail-setting`, mailSetting);
  await clerk.write('POST', `${ofCompany}/own-bank-details`, bank);
  await manager.write('POST', `${ofCompany}/own-bank-details/1/release`, {});
  const start = { goLiveOn, disclosedFactors: [], after: 0, reason };
  await manager.write('PUT', `${ofCompany}/dunning/start`, start);
};

export const addressOf = (account: string): string => `ap@${account.toLowerCase()}.example`;

/** @throws when an account's name is no part of an address, or the file is not taken whole. */
export const sendContacts = async (
  azure: WalkAzure,
  { manager }: WalkPeople,
  accounts: readonly string[],
): Promise<void> => {
  const odd = accounts.find((account) => !/^[A-Za-z0-9][A-Za-z0-9-]*$/.test(account));
  if (odd !== undefined) throw new Error(`no address can be made up for account ${odd}`);
  const lines = accounts.map((account) => `${account},Accounts Payable,${addressOf(account)},AP,en`);
  const bytes = Buffer.from(['account,name,contact_email,role,language', ...lines, ''].join('\n'));
  const upload = { name: 'contacts.csv', bytes, kind: 'contacts' as const, locale: 'plain' };
  const { state, rows } = await uploadFile(manager, upload, () => undefined);
  if (state !== 'done' || rows.accepted !== accounts.length)
    throw new Error(`of ${accounts.length} contacts ${rows.accepted} were taken, the file is ${state}`);
  await azure.moveTo();
};
