/**
 * Mails to people of the house, each once: what was planned, what went out, what nobody knows of.
 * From: reporting plans them, mail alone sends them. Next: `shared/azure/cosmos-staff-mails.ts`, in memory `tests/support/memory`.
 * The mail itself lies in container `documents` under `file`, before it is planned here.
 */
import type { Scope } from '../domain/scope.ts';

export type StaffMailState = 'planned' | 'claimed' | 'sent' | 'inDoubt' | 'refused';

export type StaffMail = {
  /** Derives from what it is about and to whom: the same mail is the same. */
  id: string;
  companyId: string;
  /** Of the report or alert. */
  report: string;
  /** Id of the person. */
  to: string;
  subject: string;
  file: string;
  /** ISO instant it was planned at. */
  at: string;
  state: StaffMailState;
  /** Of the claim. */
  operationId?: string | undefined;
  firstPostAt?: string | undefined;
  /** Why it was refused: code of the service. */
  because?: string | undefined;
};

export type KnownStaffMail = { mail: StaffMail; mark: string };
export type StaffMailPage = { mails: StaffMail[]; after?: string };

export interface StaffMailStore {
  /** Keeps it once; `known` when it was planned before, whatever became of it. @throws outside the scope. */
  plan(scope: Scope, mail: StaffMail): Promise<'planned' | 'known'>;
  read(scope: Scope, companyId: string, id: string): Promise<KnownStaffMail | undefined>;
  /** Only if it is as it was read. @throws outside the scope. */
  save(scope: Scope, known: KnownStaffMail): Promise<'saved' | 'version-conflict'>;
  /** In order of time, behind `after`. Nothing outside the scope. */
  list(scope: Scope, companyId: string, page: { limit: number; after?: string }): Promise<StaffMailPage>;
}
