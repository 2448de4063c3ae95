/**
 * `StaffMailStore` in memory. From and next: workflows under test.
 */
import { isInScope } from '../../../shared/domain/scope.ts';
import type { KnownStaffMail, StaffMail, StaffMailStore } from '../../../shared/ports/staff-mail-store.ts';

export const memoryStaffMails = (): StaffMailStore & { all: () => StaffMail[] } => {
  const kept = new Map<string, KnownStaffMail>();
  let writes = 0;
  const keyOf = (companyId: string, id: string): string => JSON.stringify([companyId, id]);
  const put = (mail: StaffMail): void =>
    void kept.set(keyOf(mail.companyId, mail.id), {
      mail: structuredClone(mail),
      mark: String((writes += 1)),
    });
  const place = ({ at, id }: StaffMail): string => `${at} ${id}`;
  const inScope = (scope: Parameters<StaffMailStore['plan']>[0], mail: StaffMail): void => {
    if (!isInScope(scope, mail.companyId)) throw new Error(`mail ${mail.id} is out of scope`);
  };
  return {
    all: () => [...kept.values()].map(({ mail }) => mail),
    plan: async (scope, mail) => {
      inScope(scope, mail);
      if (kept.has(keyOf(mail.companyId, mail.id))) return 'known';
      put(mail);
      return 'planned';
    },
    read: async (scope, companyId, id) =>
      isInScope(scope, companyId) ? structuredClone(kept.get(keyOf(companyId, id))) : undefined,
    save: async (scope, { mail, mark }) => {
      inScope(scope, mail);
      if (kept.get(keyOf(mail.companyId, mail.id))?.mark !== mark) return 'version-conflict';
      put(mail);
      return 'saved';
    },
    list: async (scope, companyId, { limit, after = '' }) => {
      if (!isInScope(scope, companyId)) return { mails: [] };
      const mails = [...kept.values()]
        .map(({ mail }) => mail)
        .filter((mail) => mail.companyId === companyId && place(mail) > after)
        .toSorted((a, b) => (place(a) < place(b) ? -1 : 1))
        .slice(0, limit);
      const last = mails.length < limit ? undefined : mails.at(-1);
      return last === undefined ? { mails } : { mails, after: place(last) };
    },
  };
};
