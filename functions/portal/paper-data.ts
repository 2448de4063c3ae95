/**
 * The data of a paper a customer downloads: of this one account, as every text to customers has them.
 * From: the account, its master data, settings of its company. Next: `own-papers.ts` draws it.
 */
import { mailPlaces, mailSettingFrom } from '../../shared/contracts/mail.ts';
import { payeeFrom } from '../../shared/contracts/payee-details.ts';
import type { AccountItem } from '../../shared/domain/account.ts';
import { balanceDemand } from '../../shared/domain/balance-demand.ts';
import { buildMessageData } from '../../shared/domain/build-message-data.ts';
import type { MasterData } from '../../shared/domain/master-data.ts';
import type { MessageData, MessageLanguage } from '../../shared/domain/message-data.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { ourDetailsNow } from '../../shared/domain/payee-details.ts';
import { languageOf, recipientsOf } from '../../shared/domain/recipients.ts';
import type { PortalStores } from './portal-parts.ts';
import type { Own, OwnCall } from './read-own.ts';

export type PaperWanted = {
  items: readonly AccountItem[];
  language: MessageLanguage | undefined;
  /** Whoever came by the link of a mail is shown no address. */
  seesAddress: boolean;
};

/** The sums of a currency without items are nothing, so that a settled account has a statement, too. */
export const paperData = async (
  { accounts, settings, origin }: Pick<PortalStores, 'accounts' | 'settings' | 'origin'>,
  { scope, systemScope, now }: OwnCall,
  { company, loaded }: Own,
  { items, language, seesAddress }: PaperWanted,
): Promise<Outcome<{ data: MessageData; language: MessageLanguage }, 'paper-not-ready'>> => {
  const { head } = loaded.account;
  const read = (name: string) => settings.read(systemScope, { scope: `company:${head.companyId}`, name });
  const [mail, bank, kept] = await Promise.all([
    read(mailPlaces.mail),
    read(mailPlaces.bank),
    head.masterData === undefined ? undefined : accounts.paper(scope, head, head.masterData),
  ]);
  const known = (kept ?? {}) as MasterData;
  const page = `${origin}/accounts/${encodeURIComponent(head.companyId)}/${encodeURIComponent(head.accountId)}`;
  const demand = balanceDemand(items);
  const empty = Object.fromEntries(Object.keys(head.balances).map((currency) => [currency, 0 as never]));
  const data = buildMessageData({
    ...{ company, accountId: head.accountId, now, zone: company.zone, earlier: [], cause: {} },
    setting: mailSettingFrom(mail?.value),
    bank: ourDetailsNow(payeeFrom(bank?.value), now).inForce,
    masterData: seesAddress ? known : nameOnly(known),
    to: { email: '', role: 'account' },
    items: new Map(items.map((item) => [item.id, item])),
    demand: items.length === 0 ? { ...demand, sums: empty } : demand,
    links: { origin, pay: page, statement: page, alreadyPaid: page, somethingWrong: page },
  });
  if (!data.ok) return refuse('paper-not-ready', data.detail);
  const ofAccount = { ...known, country: known.country ?? company.country };
  const spoken = recipientsOf(known).language ?? languageOf(known.language, ofAccount) ?? 'en';
  return done({ data: data.value, language: language ?? spoken });
};

const nameOnly = ({ name }: MasterData): MasterData => (name === undefined ? {} : { name });
