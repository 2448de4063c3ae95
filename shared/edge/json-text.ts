/**
 * What `JSON.parse` lets pass although readers differ about it: names that come twice, and great depth.
 * From: `body.ts`, with text that did parse. Next: a refusal.
 */

/** Objects and lists within each other. */
export const mostDepth = 32;

/** What is wrong with JSON that parses, in words; undefined when nothing is. */
export const faultOfJson = (text: string): string | undefined => {
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '{' || sign === '[') {
      if (open.push(sign === '{' ? new Set() : undefined) > mostDepth)
        return `More than ${mostDepth} objects and lists within each other.`;
    } else if (sign === '}' || sign === ']') open.pop();
    else if (sign === '"') {
      const end = endOfString(text, at);
      const names = open.at(-1);
      if (names && isName(text, end)) {
        const name = JSON.parse(text.slice(at, end + 1)) as string;
        if (names.has(name))
          return `The name ${JSON.stringify(name.slice(0, 100))} comes twice in one object.`;
        if (name === '__proto__') return 'The name __proto__ is not taken.';
        names.add(name);
      }
      at = end;
    }
  }
  return undefined;
};

/** The place of the closing quote of the string that begins at `start`. */
const endOfString = (text: string, start: number): number => {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
};

/** Whether the string that ends here is followed by a colon. */
const isName = (text: string, end: number): boolean => {
  let at = end + 1;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at += 1;
  return text[at] === ':';
};
