/**
 * One e-invoice as one row, under the rules of its company and the terms of its customer.
 * From: `source` of an import, UBL or CII. Next: the row, as from a list of invoices. Its due day is the one written,
 * else by terms that are a code, else by the terms of the customer, else by those of the company, which has its own for
 * public bodies (R135); never a guess.
 */
import { companyFrom } from '../../shared/contracts/company.ts';
import type { InvoiceRules } from '../../shared/domain/company.ts';
import type { ImportDocument } from '../../shared/domain/imports.ts';
import type { MasterData } from '../../shared/domain/master-data.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { termsFromCode } from '../../shared/domain/terms.ts';
import { openEInvoice, rowOfEInvoice, type OpenedEInvoice } from '../../shared/formats/xml-invoice.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';
import { wholeFile, type ReadDocuments } from './read-whole.ts';
import type { IngestionStores } from './stores.ts';

export const invoiceRows = async (
  stores: IngestionStores,
  scope: Scope,
  document: ImportDocument,
  bytes: Uint8Array,
): Promise<Outcome<ReadDocuments, string>> => {
  const opened = openEInvoice(bytes, {});
  if (!opened.ok) return opened;
  const rules = await invoiceRulesOf(stores.settings, scope, document.companyId);
  const code = await termsCodeOf(stores, scope, document, opened.value, rules);
  const terms = code === undefined ? undefined : termsFromCode(code);
  const invoice = rowOfEInvoice(opened.value, {
    ...(terms?.ok && { companyTerms: terms.value }),
    needsPurchaseOrder: rules.wanted.includes('purchaseOrder'),
    needsAttachment: rules.wanted.includes('attachment'),
  });
  if (!invoice.ok)
    return terms?.ok === false && invoice.code === 'missing-due-date'
      ? refuse(invoice.code, `${invoice.detail}; ${terms.detail}`)
      : invoice;
  const { row } = invoice.value;
  const source = wholeFile(row.row, bytes.byteLength);
  return done({ rows: [{ outcome: { is: 'accepted', record: 'document', row }, source }] });
};

/** What the company holds new invoices against; nothing where it says nothing. */
export const invoiceRulesOf = async (
  settings: SettingsStore,
  scope: Scope,
  companyId: string,
): Promise<InvoiceRules> => {
  const kept = await settings.read(scope, { scope: `company:${companyId}`, name: 'company' });
  if (kept === undefined) throw new Error(`company ${companyId} is gone`);
  return companyFrom(kept.value).invoices ?? { wanted: [] };
};

/** Asked for only where the document has no due day. Where the customer has terms, the company's are not his. */
const termsCodeOf = async (
  { accounts }: IngestionStores,
  scope: Scope,
  { companyId }: ImportDocument,
  { content, accountId }: OpenedEInvoice,
  { termsCode, publicTermsCode }: InvoiceRules,
): Promise<string | undefined> => {
  if (content.dueOn !== undefined || content.isCreditNote) return undefined;
  const key = { companyId, accountId };
  const { masterData } = (await accounts.load(scope, key)).account.head;
  const paper = masterData === undefined ? undefined : await accounts.paper(scope, key, masterData);
  const { termsCode: own, treatment } = (paper as MasterData | undefined) ?? {};
  return own ?? (treatment?.kind === 'government' ? (publicTermsCode ?? termsCode) : termsCode);
};
