/**
 * `SessionStore` and `MemberStore` in memory. From and next: workflows under test.
 */
import type { KnownMember, MemberStore } from '../../../shared/ports/member-store.ts';
import type { Session, SessionStore } from '../../../shared/ports/session-store.ts';

export const memorySessions = (): SessionStore => {
  const kept = new Map<string, Session>();
  const idOf = (emailHash: string, secretHash: string) => JSON.stringify([emailHash, secretHash]);
  return {
    open: async (session) => void kept.set(idOf(session.emailHash, session.secretHash), { ...session }),
    read: async (emailHash, secretHash) => structuredClone(kept.get(idOf(emailHash, secretHash))),
    seen: async (session, at) => {
      const there = kept.get(idOf(session.emailHash, session.secretHash));
      if (there !== undefined) there.lastSeenAt = at;
    },
    end: async (emailHash, secretHash) => void kept.delete(idOf(emailHash, secretHash)),
    endAll: async (emailHash) => {
      for (const [id, one] of kept) if (one.emailHash === emailHash) kept.delete(id);
    },
  };
};

export const memoryMembers = (): MemberStore => {
  const kept = new Map<string, KnownMember>();
  let marks = 0;
  return {
    read: async (emailHash) => structuredClone(kept.get(emailHash)) ?? { memberships: [], mark: undefined },
    save: async (emailHash, { memberships, mark }) => {
      if (kept.get(emailHash)?.mark !== mark) return 'version-conflict';
      kept.set(emailHash, { memberships: structuredClone(memberships), mark: String((marks += 1)) });
      return 'saved';
    },
  };
};
