/**
 * Which script fits an account before a call, and what of it the script tells (R28).
 * From: how far the account has come. Next: the call card; the words are `texts/<language>/c*.liquid`,
 * or what the company made of them: written by one person, approved by another, as its mails are.
 */
import { ownTextFrom, ownTextName } from '../../shared/contracts/own-texts.ts';
import type { AccountHead } from '../../shared/domain/account.ts';
import type { ScriptCode } from '../../shared/domain/call-outcomes.ts';
import type { MasterData } from '../../shared/domain/master-data.ts';
import { languageOf, recipientsOf } from '../../shared/domain/recipients.ts';
import type { MessageLanguage } from '../../shared/domain/message-data.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { callScript, type CallScript, type ScriptData } from '../../shared/formats/call-script.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';
import type { CurrencyClaim } from './call-frame.ts';

/** From this stage on a reminder is firm. */
const firmFrom = 4;

const codeOf = ({ dunning }: AccountHead, isOverdue: boolean): ScriptCode => {
  if (!isOverdue) return 'C1';
  return dunning.stage >= firmFrom || dunning.brokenOn?.[0] !== undefined ? 'C3' : 'C2';
};

export type ScriptWanted = { code: ScriptCode; language: MessageLanguage; data: ScriptData };

/** In the language of whoever would be written to, else of the account, else English. */
export const scriptFor = (
  head: AccountHead,
  claims: readonly CurrencyClaim[],
  masterData: MasterData,
  seller: string,
): ScriptWanted => {
  const overdue = claims.filter(({ claim }) => claim > 0);
  const oldest = overdue.flatMap(({ items }) => items.map(({ item }) => item.dueOn)).toSorted()[0];
  const broken = head.dunning.brokenOn?.[0];
  const { name, language: recorded } = masterData;
  const language = recipientsOf(masterData).language ?? languageOf(recorded, masterData) ?? 'en';
  const data = {
    ...{ seller, account: head.accountId },
    ...(name === undefined ? {} : { customer: name }),
    overdue: overdue.map(({ currency, claim }) => ({ currency, amount: claim })),
    ...(oldest === undefined ? {} : { oldestDueOn: oldest }),
    ...(broken === undefined ? {} : { brokenOn: broken }),
  };
  return { code: codeOf(head, overdue.length > 0), language, data };
};

/** The company's own where one was approved, else ours. */
export const readScript = async (
  settings: Pick<SettingsStore, 'read'>,
  scope: Scope,
  companyId: string,
  { code, language, data }: ScriptWanted,
): Promise<CallScript> => {
  const place = { scope: `company:${companyId}`, name: ownTextName(code, language) };
  const { inForce } = ownTextFrom((await settings.read(scope, place))?.value);
  return callScript(code, language, data, inForce);
};
