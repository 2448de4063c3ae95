/**
 * Whose customers are the accounts of a company, and how a record of customers changes when others write, too.
 * From: posting of files of customers. Next: `match-customers.ts`. Said in the company's settings; else the source of
 * its snapshots, else the first that brings customers, and that stays so.
 */
import type { CustomerRecord } from '../../shared/domain/customer-match.ts';
import { isSameJson } from '../../shared/domain/same-json.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { CustomerStore } from '../../shared/ports/customer-store.ts';
import type { PartCall } from './post-parts.ts';

const mostTries = 8;
/** Accounts looked at for the source of their snapshots, once in the life of a company. */
const headsLookedAt = 20;

export const leadingSource = async (call: PartCall, source: string): Promise<string> => {
  const { company, scope, parts } = call;
  if (company.leadingSource !== undefined) return company.leadingSource;
  const { companyId } = company;
  const said = (await parts.customers.load(scope, companyId, 'lead'))?.record;
  if (said?.kind === 'lead') return said.source;
  const { heads } = await parts.accounts.heads(scope, companyId, { limit: headsLookedAt });
  const [first = source] = heads.flatMap(({ feeds }) => Object.keys(feeds ?? {})).toSorted();
  const place = { scope, companyId, id: 'lead' };
  const kept = await changeRecord(parts.customers, place, (before) =>
    before === undefined ? { kind: 'lead', companyId, id: 'lead', state: 'lead', source: first } : before,
  );
  return kept?.kind === 'lead' ? kept.source : first;
};

type Place = { scope: Scope; companyId: string; id: string };

/** Writes nothing where nothing changes. @throws when others were always faster. */
export const changeRecord = async (
  customers: CustomerStore,
  { scope, companyId, id }: Place,
  change: (before: CustomerRecord | undefined) => CustomerRecord | undefined,
): Promise<CustomerRecord | undefined> => {
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const loaded = await customers.load(scope, companyId, id);
    const record = change(loaded?.record);
    if (record === undefined || isSameJson(record, loaded?.record)) return record;
    if ((await customers.save(scope, { record, mark: loaded?.mark })) === 'saved') return record;
  }
  throw new Error(`customer record ${id} changed during each of ${mostTries} tries`);
};
