/**
 * `TokenStore` in memory. From and next: workflows under test.
 */
import { instantFromText } from '../../../shared/domain/calendar.ts';
import type { LinkToken, TokenAsked, TokenStore } from '../../../shared/ports/token-store.ts';

export const memoryTokens = (): TokenStore & { readonly kept: ReadonlyMap<string, LinkToken> } => {
  const kept = new Map<string, LinkToken & { use?: string }>();
  const good = (hash: string, { purpose, now }: TokenAsked, use?: string): LinkToken | undefined => {
    const found = kept.get(hash);
    if (found === undefined || found.purpose !== purpose) return undefined;
    if (now.epochMilliseconds >= instantFromText(found.endsAt).epochMilliseconds) return undefined;
    const { use: usedBy, ...token } = found;
    return usedBy === undefined || usedBy === use ? token : undefined;
  };
  return {
    kept,
    keep: async (hash, token) => {
      if (kept.has(hash)) return 'known';
      kept.set(hash, token);
      return 'kept';
    },
    look: async (hash, asked) => good(hash, asked),
    use: async (hash, { use, ...asked }) => {
      const token = good(hash, asked, use);
      if (token !== undefined) kept.set(hash, { ...token, use });
      return token;
    },
  };
};
