/**
 * What deciding comes to: done, or refused for a reason that has a code.
 * From: every rule and workflow. Next: the edge answers a caller with the problem of that code, or parks
 * the work under it. A fault is neither: it throws and the work comes back.
 */

export type Refusal<Code extends string = string> = { ok: false; code: Code; detail: string };
export type Done<Value> = { ok: true; value: Value };
export type Outcome<Value, Code extends string = string> = Done<Value> | Refusal<Code>;

export const done = <Value>(value: Value): Done<Value> => ({ ok: true, value });

/** `detail` is for a person: what was wrong, with the values that were. */
export const refuse = <Code extends string>(code: Code, detail: string): Refusal<Code> => ({
  ok: false,
  code,
  detail,
});
