/**
 * Who of a customer is written to: the contact for accounts payable first, then the account's own address, then
 * finance; confirmed ones before others. From the records of this one account alone, never a guess.
 * From: master data, what is known of addresses. Next: the payer's facts for evaluation and gate; the mail workflow.
 */
import type { Contact, MasterData } from './master-data.ts';
import { messageLanguages, type MessageLanguage } from './message-data.ts';
import type { MailProblem } from './person.ts';
import type { copyRoles } from './policy.ts';
import type { WithheldReason } from './withheld-reasons.ts';

/** What is in the way of an address; undefined: nothing. */
export type StateOfAddress = (email: string) => MailProblem | undefined;

export type RecipientRole = 'ap' | 'account' | 'finance' | 'ordering' | 'other' | 'inHouse';
export type Recipient = { name?: string; email: string; role: RecipientRole; language?: string };
export type CopyRole = (typeof copyRoles)[number];

export type ContactProblem = Extract<
  WithheldReason,
  'no-valid-contact' | 'bounced' | 'language-missing' | 'opted-out' | 'suppressed'
>;

export type Recipients = {
  to?: Recipient;
  copies: readonly Recipient[];
  /** Of the text; absent where there is none of ours. */
  language?: MessageLanguage;
  /** Why nothing can be written; `to` is absent or not to be used. */
  problem?: ContactProblem;
};

export type RecipientsWanted = {
  copyTo?: readonly string[];
  /** A role, or the name or address of a contact; absent: whoever gets reminders. */
  to?: string;
  /** People in the house by what they are to this account. */
  inHouse?: Partial<Record<CopyRole, Recipient>>;
  stateOf?: StateOfAddress;
};

const namesOfRole: readonly [RecipientRole, RegExp][] = [
  ['ap', /\b(ap|accounts?[ -]?payable|payables?|invoic\w*|kreditoren\w*|rechnung\w*|fournisseurs?)\b/i],
  ['finance', /\b(finance\w*|cfo|treasur\w*|controll\w*|accounting|buchhaltung\w*|comptab\w*|daf)\b/i],
  ['ordering', /\b(order\w*|purchas\w*|procure\w*|einkauf\w*|achats?|bestell\w*)\b/i],
];

/** What the words a source has for somebody's work mean here. */
export const roleOf = ({ role }: Pick<Contact, 'role'>): RecipientRole | undefined =>
  role === undefined || role.trim() === ''
    ? undefined
    : (namesOfRole.find(([, names]) => names.test(role))?.[0] ?? 'other');

type Candidate = Recipient & { isConfirmed: boolean };

/** Everybody with an address; roles nobody reminds, such as the warehouse, last. */
const candidatesOf = ({ email, language, contacts = [], confirmed = [] }: MasterData): Candidate[] => {
  const own: Candidate[] = isAddress(email)
    ? [
        {
          ...{ email: email.trim(), role: 'account', isConfirmed: confirmed.includes('email') },
          ...(language === undefined ? {} : { language }),
        },
      ]
    : [];
  const people = contacts.flatMap((contact): Candidate[] => {
    if (!isAddress(contact.email)) return [];
    const spoken = contact.language ?? language;
    return [
      {
        ...{ name: contact.name, email: contact.email.trim(), role: roleOf(contact) ?? 'account' },
        ...{ isConfirmed: contact.isConfirmed === true },
        ...(spoken === undefined ? {} : { language: spoken }),
      },
    ];
  });
  return [...people, ...own];
};

const isAddress = (email: string | undefined): email is string =>
  email !== undefined && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim());

const ranks: readonly RecipientRole[] = ['ap', 'account', 'finance'];

const inOrder = (candidates: readonly Candidate[]): Candidate[] => {
  const asked = candidates.filter(({ role }) => ranks.includes(role));
  return asked.length < 2
    ? asked
    : asked.toSorted(
        (a, b) =>
          ranks.indexOf(a.role) - ranks.indexOf(b.role) || Number(b.isConfirmed) - Number(a.isConfirmed),
      );
};

/** The addresses that may be asked for, so that what is known of them can be read beforehand. */
export const addressesOf = (masterData: MasterData): string[] => [
  ...new Set(candidatesOf(masterData).map(({ email }) => email)),
];

/** Who gets it, who gets a copy, in which language; or why nobody. */
export const recipientsOf = (masterData: MasterData, wanted: RecipientsWanted = {}): Recipients => {
  const { stateOf = () => undefined, copyTo = [], inHouse = {} } = wanted;
  const all = candidatesOf(masterData);
  const asked = wanted.to === undefined ? inOrder(all) : namedBy(wanted.to, all);
  const states = asked.map(({ email }) => stateOf(email));
  const first = asked[states.indexOf(undefined)];
  if (first === undefined) return { copies: [], problem: problemOf(states) };
  const { isConfirmed: _confirmed, ...to } = first;
  const language = languageOf(to.language, masterData);
  const copies = copiesOf(copyTo, all, inHouse)
    .filter(({ email }) => !isSame(email, to.email) && stateOf(email) === undefined)
    .filter(({ email }, at, list) => list.findIndex((one) => isSame(one.email, email)) === at);
  return language === undefined ? { to, copies, problem: 'language-missing' } : { to, copies, language };
};

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const namedBy = (to: string, all: readonly Candidate[]): Candidate[] => {
  const byRole = all.filter(({ role }) => role === to || (to === 'financeContact' && role === 'finance'));
  const byName = all.filter(({ name, email }) => isSame(email, to) || (name !== undefined && name === to));
  return byName.length > 0 ? byName : byRole;
};

/** What stands in the way of the first of them says it best. */
const problemOf = ([first]: readonly (MailProblem | undefined)[]): ContactProblem =>
  first ?? 'no-valid-contact';

const copiesOf = (
  copyTo: readonly string[],
  all: readonly Candidate[],
  inHouse: Partial<Record<CopyRole, Recipient>>,
): Recipient[] =>
  copyTo.flatMap((role): Recipient[] => {
    const house = inHouse[role as CopyRole];
    if (house !== undefined) return [house];
    const wanted = role === 'financeContact' ? 'finance' : role === 'orderingOffice' ? 'ordering' : undefined;
    const [found] = all.filter((one) => one.role === wanted).toSorted(confirmedFirst);
    if (found === undefined) return [];
    const { isConfirmed: _confirmed, ...copy } = found;
    return [copy];
  });

const confirmedFirst = (a: Candidate, b: Candidate): number => Number(b.isConfirmed) - Number(a.isConfirmed);

const languagesByCountry: Readonly<Record<string, MessageLanguage>> = {
  ...{ DE: 'de', AT: 'de', LI: 'de', FR: 'fr', MC: 'fr', IL: 'he' },
};

/** As it is recorded, by its first part; where nothing is, that of the country, else English. */
export const languageOf = (
  recorded: string | undefined,
  { country }: MasterData,
): MessageLanguage | undefined => {
  if (recorded === undefined || recorded.trim() === '') return languagesByCountry[country ?? ''] ?? 'en';
  const code = recorded.trim().slice(0, 2).toLowerCase();
  return messageLanguages.find((one) => one === code || (one === 'he' && code === 'iw'));
};
