/**
 * Who may do what: principals, actions, cells and fields of the access tables, typed.
 * From: `access-matrix.json` and `access-fields.json`, made by `scripts/make-access.ts` from `infra/access/`.
 * Next: routes name their action, the access layer asks for the cell, the local issuer for the roles.
 * A table that does not fit stops whoever reads it.
 */
import { z } from 'zod';
import fieldTable from './access-fields.json' with { type: 'json' };
import matrixTable from './access-matrix.json' with { type: 'json' };

/** The columns of the matrix. `role` is the value in a token's `roles` claim; who has none signs in otherwise or not at all. */
export const principals = {
  EXE: { name: 'Executive viewer', role: 'AR.Executive' },
  CRM: { name: 'Credit manager', role: 'AR.CreditManager' },
  COL: { name: 'Collector', role: 'AR.Collector' },
  CSR: { name: 'Customer service', role: 'AR.CustomerService' },
  DSO: { name: 'Dispute owner', role: 'AR.DisputeOwner' },
  SAL: { name: 'Sales', role: 'AR.Sales' },
  ARC: { name: 'Receivables clerk', role: 'AR.ReceivablesClerk' },
  BKK: { name: 'Outside bookkeeper', role: 'AR.Bookkeeper' },
  INQ: { name: 'Legal or agency inquiry user', role: 'AR.Inquiry' },
  ADM: { name: 'IT administrator', role: 'AR.Administrator' },
  CUS: { name: 'Signed-in customer contact', role: undefined },
  LNK: { name: 'Holder of a document link', role: undefined },
  DEC: { name: 'Addressed holder of a decision link', role: undefined },
  ANO: { name: 'Nobody signed in', role: undefined },
  PSP: { name: 'Payment provider', role: undefined },
  MEV: { name: 'Mail event source', role: undefined },
  SYS: { name: 'The system and its machine callers', role: 'AR.Integration' },
} as const;

export type Principal = keyof typeof principals;
export type ActionName = keyof typeof matrixTable.actions;
export type FieldName = keyof typeof fieldTable.fields;

export const principalNames = Object.keys(principals) as Principal[];
/** People who sign in with Entra ID, in the order of the matrix. */
export const staffPrincipals = principalNames.filter(
  (name) => principals[name].role !== undefined && name !== 'SYS',
);

/**
 * Whose data an action reaches: A all accounts; B those of the user's units; P assigned to the
 * collector or covered as substitute that day; S owned by the user or their sales team; G granted to the
 * user's firm, only the items in it; O those the contact belongs to; L the documents bound to the link;
 * N no account scope at all; `-` denied.
 */
export const scopeLetters = ['A', 'B', 'P', 'S', 'G', 'O', 'L', 'N', '-'] as const;
export type ScopeLetter = (typeof scopeLetters)[number];

export type Cell = {
  scope: ScopeLetter;
  /** q: makes a request that someone else must approve. */
  requests: boolean;
  /** a: approves, never one's own request. */
  approves: boolean;
  /** w: within a personal limit; above it a request. */
  limited: boolean;
  /** r: a reduced set of fields. */
  reduced: boolean;
  /** m: masked values. */
  masked: boolean;
};

const cellPattern = /^(?:-|([ABPSGOLN])([qawrm]*))$/;
const cellText = z.string().regex(cellPattern);

/** Reads one cell such as `Baw`. @throws Error when it is none, or says a suffix twice. */
export const parseCell = (text: string): Cell => {
  const found = cellPattern.exec(text);
  const suffixes = found?.[2] ?? '';
  if (!found || new Set(suffixes).size !== suffixes.length) throw new Error(`no cell of the matrix: ${text}`);
  return {
    scope: (found[1] ?? '-') as ScopeLetter,
    requests: suffixes.includes('q'),
    approves: suffixes.includes('a'),
    limited: suffixes.includes('w'),
    reduced: suffixes.includes('r'),
    masked: suffixes.includes('m'),
  };
};

const principal = z.enum(principalNames as [Principal, ...Principal[]]);

const matrix = z
  .strictObject({
    principals: z.array(principal),
    actions: z.record(
      z.string().regex(/^[a-z]+(\.[a-z]+)+$/),
      z.strictObject({ kind: z.enum(['R', 'W']), cells: z.partialRecord(principal, cellText) }),
    ),
  })
  .parse(matrixTable);

/** r reads, rw also writes, m masked; `own`, `team`, `self`: reads and writes only what is theirs. */
export const fieldRights = ['r', 'rw', 'm', 'own', 'team', 'self'] as const;
export type FieldRight = (typeof fieldRights)[number];

const fields = z
  .strictObject({
    principals: z.array(principal),
    fields: z.record(z.string(), z.partialRecord(principal, z.enum(fieldRights))),
  })
  .parse(fieldTable);

export const actionNames = Object.keys(matrixTable.actions) as ActionName[];
export const fieldNames = Object.keys(fieldTable.fields) as FieldName[];

/** Whether a text names an action of the matrix. */
export const isActionName = (text: string): text is ActionName => Object.hasOwn(matrix.actions, text);

/** `R` when the action only reads, `W` when it changes something. */
export const kindOf = (action: ActionName): 'R' | 'W' => matrix.actions[action]!.kind;

/** What the matrix says for this principal; denied when it says nothing. */
export const cellOf = (action: ActionName, who: Principal): Cell =>
  parseCell(matrix.actions[action]!.cells[who] ?? '-');

/** What this principal may do with a field; undefined: absent from answers and refused in bodies. */
export const fieldRightOf = (field: FieldName, who: Principal): FieldRight | undefined =>
  fields.fields[field]![who];

/** Whose role a value of the `roles` claim is; undefined when it is none of ours. */
export const principalOfRole = (role: string): Principal | undefined =>
  principalNames.find((name) => principals[name].role === role);
