/**
 * Reads as much of a Bicep file as can be checked without the compiler: declarations, module calls, brackets.
 * From: the text of a file. Next: `bicep-rules.ts`. CI compiles the same files with the real compiler.
 */
export type Declaration = { name: string; described: boolean; required: boolean };
export type ModuleCall = { name: string; path: string; params: string[] };

export type BicepFile = {
  /** The text without comments. */
  code: string;
  /** What is wrong with brackets and quotes, if anything. */
  unbalanced: string | undefined;
  params: Declaration[];
  outputs: Declaration[];
  variables: string[];
  modules: ModuleCall[];
};

export const readBicep = (text: string): BicepFile => {
  const { code, unbalanced } = scan(text);
  return {
    code,
    unbalanced,
    params: declarations(code, 'param'),
    outputs: declarations(code, 'output'),
    variables: [...code.matchAll(/^var (\w+)/gm)].map(([, name = '']) => name),
    modules: [...code.matchAll(/^module (\w+) '([^']+)' = /gm)].map((found) => ({
      name: found[1] ?? '',
      path: found[2] ?? '',
      params: paramsPassed(blockFrom(code, found.index + found[0].length)),
    })),
  };
};

/** Values of a parameter file: which file it is for, and the names it gives. */
export const readParameters = (text: string): { using: string; given: string[] } => ({
  using: /^using '([^']+)'/m.exec(text)?.[1] ?? '',
  given: [...text.matchAll(/^param (\w+) =/gm)].map(([, name = '']) => name),
});

const declarations = (code: string, kind: 'param' | 'output'): Declaration[] =>
  [...code.matchAll(new RegExp(`((?:^@.*\\n)*)^${kind} (\\w+) [^\\n=]*(=)?`, 'gm'))].map((found) => ({
    name: found[2] ?? '',
    described: (found[1] ?? '').includes('@description('),
    required: found[3] === undefined,
  }));

const closing: Record<string, string> = { '{': '}', '[': ']', '(': ')' };

/** Blanks comments and follows brackets and quotes, into interpolations as well. */
const scan = (text: string): { code: string; unbalanced: string | undefined } => {
  const open: string[] = [];
  let code = '';
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index]!;
    const inString = open.at(-1) === "'";
    if (!inString && text.startsWith('//', index)) {
      index = text.indexOf('\n', index) - 1;
      if (index < 0) break;
      continue;
    }
    code += char;
    if (inString) {
      if (char === '\\') code += text[(index += 1)] ?? '';
      else if (char === "'") open.pop();
      else if (text.startsWith('${', index)) {
        code += text[(index += 1)];
        open.push('}');
      } else if (char === '\n') return { code, unbalanced: `a text without its end, near "${near(code)}"` };
    } else if (char === "'") open.push("'");
    else if (closing[char]) open.push(closing[char]);
    else if (/[}\])]/.test(char) && open.pop() !== char)
      return { code, unbalanced: `${char} closes nothing, near "${near(code)}"` };
  }
  return { code, unbalanced: open.length > 0 ? `${open.at(-1)} is missing at the end` : undefined };
};

const near = (code: string): string => code.trimEnd().split('\n').at(-1)?.trim() ?? '';

/** From an opening bracket to the one that closes it. */
const blockFrom = (code: string, start: number): string => {
  let depth = 0;
  for (let index = start; index < code.length; index += 1) {
    if (/[{[(]/.test(code[index]!)) depth += 1;
    if (/[}\])]/.test(code[index]!)) depth -= 1;
    if (depth === 0 && index > start) return code.slice(start, index + 1);
  }
  return code.slice(start);
};

/** Names in the `params: { … }` of a module call, those within its values left out. */
const paramsPassed = (call: string): string[] => {
  const start = /params: \{/.exec(call);
  if (!start) return [];
  let flat = blockFrom(call, start.index + start[0].length - 1).slice(1, -1);
  flat = flat.replace(/'(?:\\.|[^'\\])*'/g, "''");
  for (let before = ''; before !== flat;) {
    before = flat;
    flat = flat.replace(/\{[^{}[\]()]*\}|\[[^{}[\]()]*\]|\([^{}[\]()]*\)/g, '_');
  }
  return [...flat.matchAll(/(?:^|[\n,]) *(\w+):/g)].map(([, name = '']) => name);
};
