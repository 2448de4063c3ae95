/**
 * `StaffMailStore` on Cosmos DB, container `alerts`, key /companyId: one document per mail.
 * From: reporting, mail. Next: pages in order of time.
 */
import type { Container } from '@azure/cosmos';
import { z } from 'zod';
import { isInScope } from '../domain/scope.ts';
import type { StaffMail, StaffMailStore } from '../ports/staff-mail-store.ts';

const text = z.string();
const mailDocument = z.object({
  ...{ id: text, companyId: text, report: text, to: text, subject: text, file: text, at: text },
  state: z.enum(['planned', 'claimed', 'sent', 'inDoubt', 'refused']),
  ...{ operationId: text.optional(), firstPostAt: text.optional(), because: text.optional() },
});

const placeInTime = ({ at, id }: Pick<StaffMail, 'at' | 'id'>): string => `${at} ${id}`;
const documentOf = (mail: StaffMail) =>
  JSON.parse(JSON.stringify({ ...mail, kind: 'staffMail', sort: placeInTime(mail) })) as StaffMail;
const codeOf = (fault: unknown): number | undefined => (fault as { code?: number }).code;

const pageQuery = `SELECT TOP @limit * FROM c WHERE c.kind = 'staffMail' AND c.sort > @after ORDER BY c.sort`;

export const cosmosStaffMails = (container: () => Container): StaffMailStore => ({
  plan: async (scope, mail) => {
    if (!isInScope(scope, mail.companyId)) throw new Error(`mail ${mail.id} is out of scope`);
    try {
      await container().items.create(documentOf(mail));
      return 'planned';
    } catch (fault) {
      if (codeOf(fault) !== 409) throw fault;
      return 'known';
    }
  },
  read: async (scope, companyId, id) => {
    if (!isInScope(scope, companyId)) return undefined;
    const { resource, etag } = await container().item(id, companyId).read<object>();
    return resource === undefined ? undefined : { mail: mailDocument.parse(resource), mark: etag };
  },
  save: async (scope, { mail, mark }) => {
    if (!isInScope(scope, mail.companyId)) throw new Error(`mail ${mail.id} is out of scope`);
    try {
      const options = { accessCondition: { type: 'IfMatch', condition: mark } };
      await container().item(mail.id, mail.companyId).replace(documentOf(mail), options);
      return 'saved';
    } catch (fault) {
      if (codeOf(fault) !== 412) throw fault;
      return 'version-conflict';
    }
  },
  list: async (scope, companyId, { limit, after = '' }) => {
    if (!isInScope(scope, companyId)) return { mails: [] };
    const parameters = Object.entries({ limit, after }).map(([name, value]) => ({ name: `@${name}`, value }));
    const answer = await container()
      .items.query<unknown>({ query: pageQuery, parameters }, { partitionKey: companyId })
      .fetchAll();
    const mails = answer.resources.map((one) => mailDocument.parse(one));
    const last = mails.length < limit ? undefined : mails.at(-1);
    return last === undefined ? { mails } : { mails, after: placeInTime(last) };
  },
});
