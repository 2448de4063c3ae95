/**
 * A row of a snapshot that lies outside of what its file says to be about: refused, so that nothing is posted which
 * no later file of that scope could close again.
 * From: `spread-rows.ts`. Next: kept for a person, who corrects the scope or the extract.
 */
import { isInFeedScope } from '../../shared/domain/feed-scope.ts';
import type { ImportDocument } from '../../shared/domain/imports.ts';
import type { RowOutcome } from '../../shared/formats/rows-mapper.ts';

export const withinScope = (outcome: RowOutcome, { kind, scope }: ImportDocument): RowOutcome => {
  if (kind !== 'snapshot' || outcome.is !== 'accepted' || outcome.record !== 'document') return outcome;
  const { row } = outcome;
  if (isInFeedScope(scope, row)) return outcome;
  const isOtherCurrency = scope.currency !== undefined && scope.currency !== row.currency;
  const [column, value] = isOtherCurrency ? ['currency', row.currency] : ['account', row.accountId];
  const detail = `The file is about ${JSON.stringify(scope)} alone.`;
  return {
    ...{ is: 'refused', row: row.row, accountId: row.accountId, key: row },
    reasons: [{ column, value, code: 'row-outside-scope', detail }],
  };
};
