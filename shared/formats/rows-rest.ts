/**
 * What a row says of a document beside its name, days and amounts: parties, references, texts, marks, what is retained.
 * From: `rows-document.ts`. Next: the same row.
 */
import type { Day } from '../domain/calendar.ts';
import type { Decimals } from '../domain/currencies.ts';
import type { DocumentRow } from '../domain/feed-rows.ts';
import { zero } from '../domain/money.ts';
import type { Line } from './rows-fields.ts';
import type { Values } from './rows-values.ts';

export type Rest = Pick<DocumentRow, 'parties' | 'references' | 'isInsured' | 'isIntercompany'> & {
  who: Pick<DocumentRow, 'accountName' | 'contactEmail'>;
  handling: Pick<DocumentRow, 'method' | 'assignedTo'>;
  state: Pick<DocumentRow, 'erpBlock' | 'apStatus'>;
  originalNumber: string | undefined;
  reversesNumber: string | undefined;
  retention: DocumentRow['retention'];
};

/** Reasons why not gather at the line. */
export const restIn = (line: Line, values: Values, decimals: Decimals | undefined): Rest => {
  const retention = retentionIn(line, values, decimals);
  const originalNumber = values.identifier(line, 'originalNumber', false);
  const reversesNumber = values.identifier(line, 'reverses', false);
  return {
    who: textsIn(line, values, whoFields),
    originalNumber,
    reversesNumber,
    parties: textsIn(line, values, partyFields),
    references: textsIn(line, values, referenceFields),
    handling: textsIn(line, values, handlingFields),
    isInsured: values.flag(line, 'insured'),
    isIntercompany: values.flag(line, 'intercompany'),
    retention,
    state: textsIn(line, values, stateFields),
  };
};

const whoFields = ['accountName', 'contactEmail'] as const;
const partyFields = ['soldTo', 'shipTo', 'site', 'salesOwner'] as const;
const referenceFields = ['purchaseOrder', 'order', 'delivery', 'text'] as const;
const handlingFields = ['method', 'assignedTo'] as const;
const stateFields = ['erpBlock', 'apStatus'] as const;

/** The fields of these names that say something. */
const textsIn = <Name extends string>(
  line: Line,
  values: Values,
  names: readonly Name[],
): { [key in Name]?: string } => {
  const texts: { [key in Name]?: string } = {};
  for (const name of values.fieldsThere(names)) {
    const text = values.text(line, name);
    if (text !== undefined) texts[name] = text;
  }
  return texts;
};

const retentionIn = (
  line: Line,
  values: Values,
  decimals: Decimals | undefined,
): DocumentRow['retention'] => {
  const amount = decimals === undefined ? undefined : values.amount(line, 'retentionAmount', decimals);
  const releaseOn: Day | undefined = values.day(line, 'retentionRelease');
  if (amount === undefined || amount === zero) return undefined;
  return { amount, ...(releaseOn !== undefined && { releaseOn }) };
};
